"""Which image may be shown."""

from __future__ import annotations

from uuid import UUID

from osteon.library.cases.models import CaseImage


def shown_image(key: UUID) -> CaseImage | None:
    """The image, while its consent holds and a page of it is published; a database question each time."""
    image = CaseImage.objects.select_related("consent").filter(key=key).first()
    if image is None or not image.consent.holds() or not image.consent.pages.filter(live=True).exists():
        return None
    return image
