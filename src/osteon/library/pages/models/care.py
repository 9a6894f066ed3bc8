"""What patients read about: health topics, tests, treatments, and the services of the unit."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from osteon.library.pages.models.base import LibraryPage, tabs


class DoneAs(models.TextChoices):
    HOME = "home", _("at home")
    CLINIC = "clinic", _("in clinic, home the same day")
    DAY_CASE = "day case", _("as a day case")
    HOSPITAL = "hospital", _("in hospital")
    MIXED = "mixed", _("as a day case or in hospital")


class TopicPage(LibraryPage):
    """A health topic: everything worth reading about one illness."""

    template = "pages/topic.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs()

    class Meta:
        verbose_name = _("health topic")


class Procedure(LibraryPage):
    """Something that is done to a patient. ``setting`` is how it is usually done; ``stay`` how long it keeps
    them, in words with their source's figure; ``inpatient_when`` what makes it a hospital stay."""

    setting = models.CharField(_("done as"), max_length=20, choices=DoneAs, blank=True)
    stay = models.CharField(_("how long"), max_length=200, blank=True)
    inpatient_when = models.TextField(_("in hospital when"), blank=True, help_text=_("One a line."))

    class Meta:
        abstract = True

    def more_content(self) -> dict[str, Any]:
        return {"setting": self.setting, "stay": self.stay, "inpatient_when": self.inpatient_when}


class TestPage(Procedure):
    """A test: what it shows and what it is like."""

    __test__ = False  # not for pytest
    template = "pages/procedure.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs("setting", "stay", "inpatient_when")

    class Meta:
        verbose_name = _("test")


class TreatmentPage(Procedure):
    """A treatment: what is done, why, and where."""

    template = "pages/procedure.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs("setting", "stay", "inpatient_when")

    class Meta:
        verbose_name = _("treatment")


class ServicePage(LibraryPage):
    """A service of the unit: what it offers, to whom, and how to reach it."""

    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    opening = models.CharField(_("when it answers"), max_length=200, blank=True)
    template = "pages/service.jinja"
    is_creatable = True
    parent_page_types = ["pages.IndexPage"]
    edit_handler = tabs("telephone", "opening")

    class Meta:
        verbose_name = _("service")

    def more_content(self) -> dict[str, Any]:
        return {"telephone": self.telephone, "opening": self.opening}
