"""Addresses of resources, beneath the library's root."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "resources"
urlpatterns: list[URLPattern | URLResolver] = []
