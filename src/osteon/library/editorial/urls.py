"""Addresses of editorial, beneath the library's root."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "editorial"
urlpatterns: list[URLPattern | URLResolver] = []
