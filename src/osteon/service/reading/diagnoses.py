"""Which code stands for what a patient is treated for.

For each open episode the newest coded diagnosis of its kind; without one, the code of the kind itself. Comorbidities
are left alone: nobody asked for reading about them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from osteon.events.schema import Event
from osteon.service.patients.models import Episode
from osteon.standards.infobutton import BY_KEY, Coded

# The categories of ICD-10 that a kind of episode goes by, the first for one that nobody coded
# (../shared/reference/library_and_connect.md, 3.2). A kind without a category of its own is asked by its name.
CATEGORIES: Final = {
    Episode.Kind.OSTEOMYELITIS: ("M86",),
    Episode.Kind.PROSTHETIC_JOINT: ("T84.5",),
    Episode.Kind.FRACTURE_RELATED: ("T84.6",),
    Episode.Kind.SPINAL: ("M46.4", "M46.2", "M46.3", "M46.5"),
    Episode.Kind.SEPTIC_ARTHRITIS: ("M00",),
}
NAMES: Final = {Episode.Kind.DIABETIC_FOOT: "Diabetic foot infection", Episode.Kind.OTHER: "Bone infection"}
SYSTEMS: Final = ("ICD10", "ICD10CM")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is asked (``concept``) and how the page calls it (``words``, of ours, never typed text)."""

    concept: Coded
    words: str


def diagnoses(episodes: Iterable[Episode], story: Sequence[Event]) -> list[Diagnosis]:
    """One for each kind of open episode, in their order."""
    found: dict[str, Diagnosis] = {}
    for episode in episodes:
        if episode.kind not in found:
            found[episode.kind] = _diagnosis(episode, story)
    return list(found.values())


def _diagnosis(episode: Episode, story: Sequence[Event]) -> Diagnosis:
    kind = Episode.Kind(episode.kind)
    words = str(kind.label)
    categories = CATEGORIES.get(kind)
    if not categories:
        return Diagnosis(Coded(display=NAMES[kind]), words)
    system, code = _newest(story, categories) or ("ICD10", categories[0])
    return Diagnosis(Coded(code, BY_KEY[system].oid), words)


def _newest(story: Sequence[Event], categories: tuple[str, ...]) -> tuple[str, str] | None:
    fitting = []
    for event in story:
        system, _, code = event.code.partition("//")
        if system in SYSTEMS and code.startswith(categories):
            fitting.append((event.time is not None, event.time, system, code))
    _known, _time, system, code = max(fitting, default=(False, None, "", ""))
    return (system, code) if code else None
