"""People and places: experts, sites, stories, and the pages for GPs."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from osteon.library.pages.models.base import LibraryPage, lines, tabs
from osteon.library.pages.presenters import ExpertView, GPView


class ExpertPage(LibraryPage):
    """A member of the team, as the directory shows them."""

    profession = models.CharField(_("profession"), max_length=120)
    expertise = models.TextField(_("expertise"), blank=True, help_text=_("One a line."))
    spoken = models.CharField(_("languages spoken"), max_length=120, blank=True)
    works_at = models.TextField(_("works at"), blank=True, help_text=_("Slugs of sites, one a line."))
    template = "pages/expert.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs("profession", "expertise", "spoken", "works_at")

    class Meta:
        verbose_name = _("member of the team")

    @property
    def expertise_list(self) -> list[str]:
        return lines(self.expertise)

    @property
    def site_slugs(self) -> list[str]:
        return lines(self.works_at)

    def more_content(self) -> dict[str, Any]:
        return {"profession": self.profession, "expertise": self.expertise}

    def presented(self, request: HttpRequest) -> ExpertView:
        return ExpertView(self, request)


class SitePage(LibraryPage):
    """A clinic or hospital of the unit: where it is, how to ring it, how to be referred to it."""

    address = models.TextField(_("address"), help_text=_("One line a line."))
    telephone = models.CharField(_("telephone"), max_length=60)
    email = models.EmailField(_("email"), blank=True)
    opening = models.CharField(_("opening hours"), max_length=200, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    referral_route = models.TextField(_("how to be referred"), blank=True)
    template = "pages/site.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs("address", "telephone", "email", "opening", "latitude", "longitude", "referral_route")

    class Meta:
        verbose_name = _("site")

    @property
    def address_lines(self) -> list[str]:
        return lines(self.address)

    @property
    def map_link(self) -> str:
        """A ``geo:`` address (RFC 5870): the reader's own map opens it, and no map service is told."""
        if self.latitude is None or self.longitude is None:
            return ""
        return f"geo:{self.latitude.normalize()},{self.longitude.normalize()}"

    def more_content(self) -> dict[str, Any]:
        return {"address": self.address, "telephone": self.telephone, "route": self.referral_route}


class StoryPage(LibraryPage):
    """A patient's own words. Who tells it agreed to it in writing, or it is invented and says so."""

    told_by = models.CharField(
        _("told by"), max_length=120, blank=True, help_text=_("As they wish to be called.")
    )
    consent_reference = models.CharField(
        _("consent"), max_length=80, blank=True, help_text=_("Where the signed form is kept.")
    )
    template = "pages/story.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs("told_by", "consent_reference")

    class Meta:
        verbose_name = _("patient story")

    def more_content(self) -> dict[str, Any]:
        return {"told_by": self.told_by}


class GPPage(LibraryPage):
    """A condition for GPs: who is at risk, what is dangerous, what to order, when to refer."""

    calculator = models.CharField(_("calculator"), max_length=80, blank=True, help_text=_("Its identifier."))
    template = "pages/gp.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs("calculator")

    class Meta:
        verbose_name = _("page for GPs")

    def presented(self, request: HttpRequest) -> GPView:
        return GPView(self, request)

    def sites_of_unit(self) -> QuerySet[SitePage]:
        return SitePage.objects.live().filter(locale_id=self.locale_id).order_by("title")
