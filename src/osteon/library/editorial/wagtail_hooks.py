"""Where the editorial office shows in Wagtail."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from osteon.library.editorial import views


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("desk/", views.desk, name="editorial_desk")]


@hooks.register("register_admin_menu_item")
def entry() -> MenuItem:
    return MenuItem(_("Desk"), reverse("editorial_desk"), name="desk", icon_name="tasks", order=50)
