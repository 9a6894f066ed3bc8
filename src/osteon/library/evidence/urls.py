"""Addresses of evidence, beneath the library's root."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "evidence"
urlpatterns: list[URLPattern | URLResolver] = []
