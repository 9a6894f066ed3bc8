"""A case study as its template shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osteon.library.pages.presenters import PageView, SectionView

# Where the pair of pictures stands: after the first of these sections that the text has
AFTER = ("after", "procedure", "before", "presentation")


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    alt: str
    width: int
    height: int
    when: str


@dataclass(frozen=True, slots=True)
class Pair:
    name: str
    before: Picture
    after: Picture


def day_words(days: int | None) -> str:
    """``day 0`` is the admission; there are no dates in a case study."""
    if days is None:
        return ""
    if days >= 14 and days % 7 == 0:
        return ngettext("week %(n)s", "week %(n)s", days // 7) % {"n": days // 7}
    return _("day %(n)s") % {"n": days}


class CaseView(PageView):
    @cached_property
    def pictures(self) -> list[Any]:
        return list(self.page.consent.images.all())

    def _picture(self, image: Any) -> Picture:
        url = reverse("cases:image", args=[image.key])
        when = day_words(image.t_days)
        return Picture(url, image.words(self.page.language), image.width, image.height, when)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Before and after of the same view: what the slider shows."""
        found = []
        for name in dict.fromkeys(image.pair for image in self.pictures if image.pair):
            stages = {image.stage: image for image in self.pictures if image.pair == name}
            if len(stages) == 2:
                found.append(Pair(name, self._picture(stages["before"]), self._picture(stages["after"])))
        return found

    @cached_property
    def pictures_after(self) -> str:
        """The anchor of the section behind which the pictures stand."""
        keys = {section.key: section.anchor for section in self.sections}
        return next((keys[key] for key in AFTER if key in keys), "")

    @property
    def timeline(self) -> list[dict[str, str]]:
        language = self.page.language
        return [
            {
                "when": day_words(one["t_days"]),
                "what": one["label"].get(language) or one["label"].get("en", ""),
            }
            for one in self.page.timeline
        ]

    def is_last_before_pictures(self, section: SectionView) -> bool:
        return section.anchor == self.pictures_after
