"""PubMed: articles by E-utilities, and the files a person exports from its pages by hand.

Abstracts may be the copyright of a publisher; citation facts are NLM's. Source of paths, traps and usage rules:
../shared/reference/library_and_connect.md, section 5.
"""

from osteon.standards.pubmed.articles import Article, Notice, PublishedOn
from osteon.standards.pubmed.efetch import ReadArticles
from osteon.standards.pubmed.esearch import SearchResult, read_search
from osteon.standards.pubmed.esummary import Summary, read_summaries
from osteon.standards.pubmed.exported import ExportRefused, read_export
from osteon.standards.pubmed.service import PubMed

__all__ = [
    "Article",
    "ExportRefused",
    "Notice",
    "PubMed",
    "PublishedOn",
    "ReadArticles",
    "SearchResult",
    "Summary",
    "read_export",
    "read_search",
    "read_summaries",
]
