"""Addresses of resources, beneath the library's root."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from osteon.library.resources import corner_views, views

app_name = "resources"
urlpatterns: list[URLPattern | URLResolver] = [
    path("connect/service", views.connect, name="connect"),
    path("infobutton", views.infobutton, name="infobutton"),
    path("medlineplus/<slug:number>/", views.external_topic, name="en_external_topic"),
    path("es/medlineplus/<slug:number>/", views.external_topic, name="es_external_topic"),
    path("api/v1/topics", corner_views.api_topics, name="api_topics"),
    path("api/v1/topics/<slug:language>/<slug:slug>", corner_views.api_topic, name="api_topic"),
    path("api/v1/search", corner_views.api_search, name="api_search"),
    path("api/v1/openapi.json", corner_views.api_description, name="api_description"),
    path("embed/<slug:language>/<slug:slug>/", corner_views.card, name="card"),
    path("download/library-<slug:language>.json.gz", corner_views.download, name="download"),
    path("sitemap.xml", corner_views.sitemap, name="sitemap"),
    path("robots.txt", corner_views.robots, name="robots"),
    path("developers/", corner_views.developers, name="en_developers"),
    path("es/developers/", corner_views.developers, name="es_developers"),
]
