"""MedlinePlus (US National Library of Medicine): health topics, its search service, MedlinePlus Connect.

Content is public domain with attribution wanted; encyclopaedia and drug monographs are not, so only their links
are kept. Source of fields and rules: ../shared/reference/library_and_connect.md, sections 1 to 3.
"""

from osteon.standards.medlineplus.connect import connect_request, connect_url
from osteon.standards.medlineplus.search_answers import SearchAnswer, read_search, search_url
from osteon.standards.medlineplus.topics import HealthTopic, ReadTopics, Site, TopicLink

ATTRIBUTION = "Source: MedlinePlus, National Library of Medicine"
DISCLAIMER = (
    "This page uses publicly available data from the U.S. National Library of Medicine (NLM). NLM is not "
    "responsible for it and does not endorse or recommend it."
)

__all__ = [
    "ATTRIBUTION",
    "DISCLAIMER",
    "HealthTopic",
    "ReadTopics",
    "SearchAnswer",
    "Site",
    "TopicLink",
    "connect_request",
    "connect_url",
    "read_search",
    "search_url",
]
