"""Addresses of evidence, beneath the library's root; the path tells the language."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from osteon.library.evidence import views

app_name = "evidence"
PREFIXES = {"en": "", "es": "es/"}
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{prefix}{tail}", view, name=f"{language}_{view.__name__}")
    for language, prefix in PREFIXES.items()
    for tail, view in (
        ("evidence/<slug:slug>/articles/", views.topic_articles),
        ("evidence/<slug:slug>/trials/", views.topic_trials),
        ("trials/<slug:nct_id>/", views.trial),
    )
]
