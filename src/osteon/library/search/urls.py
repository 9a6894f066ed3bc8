"""Addresses of search, beneath the library's root: ``/search/`` in English, ``/es/search/`` in Spanish.

The path tells the language (see ``LocaleMiddleware``); only the root may use ``i18n_patterns``, so the prefix is ours.
"""

from __future__ import annotations

from django.urls import path

from osteon.library.search import views
from osteon.library.search.documents import LANGUAGES

app_name = "search"
urlpatterns = [
    path(f"{prefix}search/{tail}", view, name=f"{language}_{view.__name__}")
    for language, prefix in zip(LANGUAGES, ("", "es/"), strict=True)
    for tail, view in (("", views.results), ("suggestions/", views.suggestions))
]
