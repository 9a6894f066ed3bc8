"""Where things of this folder stand, in each language."""

from __future__ import annotations

from django.urls import reverse

from osteon.library.resources.models import ExternalTopic


def external_topic(topic: ExternalTopic) -> str:
    return reverse(f"resources:{topic.language}_external_topic", args=[topic.source_id])
