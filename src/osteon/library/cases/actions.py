"""A case study appears from a package, and disappears when consent does."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from osteon.library.cases.guarding import identifier_faults
from osteon.library.cases.models import CaseImage, CasePage, Consent
from osteon.library.cases.package import CasePackage, PackageRefused, read
from osteon.library.content import tree
from osteon.library.content.filling import fill
from osteon.library.content.text_file import TextRefused
from osteon.library.pages import caching
from osteon.library.pages.models import IndexPage


def load_package(*, path: Path, today: date | None = None) -> CasePage:
    """Checks the package and publishes its pages. The same package again changes nothing.

    Raises ``PackageRefused``, also for a package whose consent was withdrawn here before.
    """
    package = read(path, today or timezone.localdate())
    faults = list(identifier_faults(package))
    if faults:
        raise PackageRefused(*faults)
    known = Consent.objects.filter(package_id=package.package_id).first()
    if known and known.withdrawn_at:
        raise PackageRefused("The consent to this case was withdrawn.")
    if known and known.package_digest == package.digest:
        return known.pages.get(locale__language_code="en")
    return _publish(package, known)


@transaction.atomic
def _publish(package: CasePackage, known: Consent | None) -> CasePage:
    consent = _consent(package, known)
    _keep_images(package, consent)
    indexes = tree.ensure()
    source: CasePage | None = None
    for language in sorted(package.texts):  # English first: the Spanish page is its translation
        page = _page(package, consent, indexes[language, "cases"], language, source)
        source = source or page
    caching.forget_all()
    if source is None:
        raise PackageRefused("There is no text.")
    return source


def _consent(package: CasePackage, known: Consent | None) -> Consent:
    consent = known or Consent(package_id=package.package_id)
    consent.package_digest = package.digest
    consent.form_id, consent.signer = package.consent.form_id, package.consent.signer
    consent.scope = ",".join(package.consent.scope)
    consent.signed_on, consent.ends_on = package.consent.signed_on, package.consent.ends_on
    consent.invented = package.invented
    consent.save()
    return consent


def _keep_images(package: CasePackage, consent: Consent) -> None:
    _remove_images(consent)
    folder = Path(settings.LIBRARY_CASE_FILES)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for facts, clean in package.images:
        image = CaseImage.objects.create(
            consent=consent,
            stage=facts["stage"],
            pair=str(facts.get("pair", "")),
            t_days=facts.get("t_days"),
            modality=str(facts.get("modality", "")),
            alt=facts["alt"],
            width=clean.width,
            height=clean.height,
        )
        transaction.on_commit(partial(image.file.write_bytes, clean.data))


def _remove_images(consent: Consent) -> None:
    """The rows now, the files when the change is sure. Without its row no file is given out."""
    files = [image.file for image in consent.images.all()]
    consent.images.all().delete()
    transaction.on_commit(lambda: [file.unlink(missing_ok=True) for file in files])


def _page(
    package: CasePackage, consent: Consent, index: IndexPage, language: str, source: CasePage | None
) -> CasePage:
    text = package.texts[language]
    page = consent.pages.filter(locale=index.locale).first() or CasePage(locale=index.locale, live=False)
    page.slug, page.consent = text.slug, consent
    patient: dict[str, Any] = package.facts["patient"]
    page.age_band, page.sex = patient["age_band"], str(patient.get("sex", ""))
    page.minutes = package.facts.get("procedure_minutes")
    page.timeline = package.facts.get("timeline") or []
    if source is not None:
        page.translation_key = source.translation_key
    try:
        page.title = text.front["title"]
        fill(page, text)
        page.invented = package.invented
        page.translated_from = source.digest() if source else ""
        if page.pk is None:
            index.refresh_from_db()
            index.add_child(instance=page)
        page.full_clean()
    except (ValidationError, TextRefused) as error:
        raise PackageRefused(*getattr(error, "messages", [str(error)])) from error
    page.save_revision().publish()
    return page


def withdraw(*, slug: str, reason: str) -> int:
    """Takes a case study down in every language, for ever. Returns how many pages went."""
    consents = Consent.objects.filter(pages__slug=slug).distinct()
    return sum(withdraw_consent(consent=consent, reason=reason) for consent in consents)


@transaction.atomic
def withdraw_consent(*, consent: Consent, reason: str) -> int:
    """Pages, their versions and images are gone when this returns, and no kept page is served any more."""
    consent.withdrawn_at, consent.withdrawn_because = timezone.now(), reason
    consent.save(update_fields=["withdrawn_at", "withdrawn_because"])
    pages = list(consent.pages.all())
    _remove_images(consent)
    for page in pages:
        page.unpublish(log_action=False)  # tells the search and everybody else who listens
        page.delete()
    caching.forget_all()
    return len(pages)


def withdraw_ended(*, today: date | None = None) -> list[Consent]:
    """Consents whose last day is over. Their pages were not served since midnight; now they are removed."""
    ended = Consent.objects.filter(ends_on__lt=today or timezone.localdate(), withdrawn_at=None)
    done = list(ended)
    for consent in done:
        withdraw_consent(consent=consent, reason="consent ended")
    return done
