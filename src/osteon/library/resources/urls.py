"""Addresses of resources, beneath the library's root."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from osteon.library.resources import views

app_name = "resources"
urlpatterns: list[URLPattern | URLResolver] = [
    path("connect/service", views.connect, name="connect"),
    path("infobutton", views.infobutton, name="infobutton"),
    path("medlineplus/<slug:number>/", views.external_topic, name="en_external_topic"),
    path("es/medlineplus/<slug:number>/", views.external_topic, name="es_external_topic"),
]
