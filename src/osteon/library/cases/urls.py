"""Addresses of cases, beneath the library's root."""

from __future__ import annotations

from django.urls import path

from osteon.library.cases import views

app_name = "cases"
urlpatterns = [path("cases/images/<uuid:key>.webp", views.image, name="image")]
