"""The kinds of page. ``base`` is what they share; the others are what each adds."""

from osteon.library.pages.models.base import Audience, LibraryPage, LoadedText
from osteon.library.pages.models.bookkeeping import CacheGeneration
from osteon.library.pages.models.care import DoneAs, ServicePage, TestPage, TopicPage, TreatmentPage
from osteon.library.pages.models.news import NewsPage, Subscriber
from osteon.library.pages.models.people import ExpertPage, GPPage, SitePage, StoryPage
from osteon.library.pages.models.tree import HomePage, IndexPage

__all__ = [
    "Audience",
    "CacheGeneration",
    "DoneAs",
    "ExpertPage",
    "GPPage",
    "HomePage",
    "IndexPage",
    "LibraryPage",
    "LoadedText",
    "NewsPage",
    "ServicePage",
    "SitePage",
    "StoryPage",
    "Subscriber",
    "TestPage",
    "TopicPage",
    "TreatmentPage",
]
