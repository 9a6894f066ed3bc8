"""Seals what an earlier version stored in the clear, when its owner next signs in with it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from osteon.service.accounts.sealing import is_stale, seal, unseal

SECRETS = ("secret", "seed")  # of the authenticator app, of the recovery codes


@receiver(post_save, sender=Authenticator, dispatch_uid="osteon.seal_second_factor")
def seal_second_factor(instance: Authenticator, **kwargs: Any) -> None:
    """Signing in saves the authenticator's last use: then its secret is at hand."""
    if not _stale(instance):
        return
    with transaction.atomic():
        # Read again: the instance at hand may be older than the row (a recovery code was just marked as used).
        row = Authenticator.objects.select_for_update().get(pk=instance.pk)
        row.data |= {name: seal(unseal(text)) for name, text in _stale(row).items()}
        Authenticator.objects.filter(pk=row.pk).update(data=row.data)


def _stale(authenticator: Authenticator) -> dict[str, str]:
    data = authenticator.data
    return {name: data[name] for name in SECRETS if is_stale(data.get(name))}
