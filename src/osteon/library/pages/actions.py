"""News by email, with a double opt-in: an address gets one question, and news only after its owner said yes."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from osteon.library.pages import queries
from osteon.library.pages.models import NewsPage, Subscriber

CONFIRM, STOP = "library.confirm", "library.stop"
CONFIRM_SECONDS = 3 * 24 * 60 * 60


class LinkRefused(Exception):
    """The link was altered, or is too old."""


def address_of(name: str, salt: str, email: str) -> str:
    token = signing.dumps(email, salt=salt)
    return settings.LIBRARY_ADDRESS + reverse(f"pages:{name}", args=[token])


def email_in(token: str, salt: str, max_age: int | None = None) -> str:
    try:
        return str(signing.loads(token, salt=salt, max_age=max_age))
    except signing.BadSignature as error:
        raise LinkRefused from error


@transaction.atomic
def ask_to_confirm(*, email: str, language: str) -> None:
    """Sends the question. An address that already confirmed gets none, and the page says the same to both."""
    subscriber, _made = Subscriber.objects.get_or_create(email=email.lower(), defaults={"language": language})
    if subscriber.confirmed_at:
        return
    with translation.override(language):
        send_mail(
            _("Please confirm: news from %(unit)s") % {"unit": settings.WAGTAIL_SITE_NAME},
            _(
                "Somebody, probably you, asked us to send news to this address.\n\nTo say yes, open:\n%(link)s\n\n"
            )
            % {"link": address_of("confirm", CONFIRM, subscriber.email)}
            + _("If it was not you, do nothing: you will hear no more from us."),
            None,
            [subscriber.email],
        )


@transaction.atomic
def confirm(*, token: str) -> None:
    email = email_in(token, CONFIRM, CONFIRM_SECONDS)
    if not Subscriber.objects.filter(email=email).update(confirmed_at=timezone.now()):
        raise LinkRefused


@transaction.atomic
def unsubscribe(*, token: str) -> None:
    """Removes the address altogether. Doing it twice is no error."""
    Subscriber.objects.filter(email=email_in(token, STOP)).delete()


def send_news(*, page: NewsPage) -> int:
    """Writes to every confirmed subscriber of the page's language, once. Returns how many were written to."""
    if not NewsPage.objects.filter(pk=page.pk, sent_at=None).update(sent_at=timezone.now()):
        return 0
    subscribers = list(queries.confirmed_subscribers(page.language))
    with translation.override(page.language):
        for subscriber in subscribers:
            _letter(page, subscriber.email).send(fail_silently=True)
    return len(subscribers)


def _letter(page: NewsPage, email: str) -> EmailMessage:
    stop = address_of("unsubscribe", STOP, email)
    text = f"{page.summary}\n\n{page.public_address}\n\n" + _("To stop these emails, open:") + f"\n{stop}\n"
    headers = {"List-Unsubscribe": f"<{stop}>"}
    return EmailMessage(page.title, text, None, [email], headers=headers)
