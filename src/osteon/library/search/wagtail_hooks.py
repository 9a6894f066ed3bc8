"""Where what was not found shows in Wagtail."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from osteon.library.search import desk


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("not-found/", desk.not_found, name="search_not_found")]


@hooks.register("register_admin_menu_item")
def entry() -> MenuItem:
    return MenuItem(
        _("Not found"), reverse("search_not_found"), name="not-found", icon_name="search", order=60
    )
