"""Addresses of what is not a page of the tree, beneath the library's root."""

from __future__ import annotations

from django.urls import path

from osteon.library.pages import feeds, views

app_name = "pages"
urlpatterns = [
    path("news.<slug:language>.rss", feeds.NewsRss(), name="news_rss"),
    path("news.<slug:language>.atom", feeds.NewsAtom(), name="news_atom"),
    path("calculators/<slug:name>/", views.calculator, name="calculator"),
    path("news-by-email/", views.subscribe, name="subscribe"),
    path("news-by-email/confirm/<str:token>/", views.confirm, name="confirm"),
    path("news-by-email/stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
