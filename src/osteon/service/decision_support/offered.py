"""The services that are offered: on which hook, what they must be sent, and the function from facts to cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from osteon.service.decision_support import monitoring, spine
from osteon.service.decision_support.asked import Asked
from osteon.service.decision_support.replies import Fault
from osteon.standards.cds_hooks.cards import Card
from osteon.standards.cds_hooks.discovery import Service
from osteon.standards.cds_hooks.prefetch import ANSWERS, MEDICINES, RESULTS, WORDS, templates
from osteon.standards.cds_hooks.story import Story
from osteon.standards.cds_hooks.values import Hook
from osteon.standards.fhir.codings import OWN_SYSTEM

_USE = (
    "Send every prefetch key: this service asks no FHIR server. A key with the value null says that there is "
    "nothing; a key that is left out is not known. Calls are signed (JWT, ES384 or RS384)."
)


@dataclass(frozen=True, slots=True)
class Offered:
    """One service on one hook. ``needs``: keys without which nothing can be said. ``about``: names of its cards."""

    service: Service
    needs: tuple[str, ...]
    cards: Callable[[Asked], list[Card]]
    about: Callable[[], tuple[str, ...]]

    def require(self, story: Story) -> None:
        """*Prefetch Template*: 412 when what is needed was not sent, or only the first page of it.

        Raises:
            Fault: naming what is missing.
        """
        missing = [key for key in self.needs if key in story.absent]
        newest_first = (RESULTS, ANSWERS)
        cut = [key for key in self.needs if key in story.cut and key not in newest_first]
        words = [f"{WORDS[key]} (prefetch.{key}) were not sent" for key in missing]
        words += [f"{WORDS[key]} (prefetch.{key}) go on on a further page" for key in cut]
        if words:
            fields = [f"prefetch.{key}" for key in (*missing, *cut)]
            raise Fault(412, "required", f"Nothing can be said: {'; '.join(words)}.", fields)


def _monitoring(hook: Hook, when: str, cards: Callable[[Asked], list[Card]]) -> Offered:
    service = Service(
        hook=hook.value,
        id="monitoring",
        title="Blood tests and drug toxicity on antimicrobials",
        description=(
            f"{when}: which blood tests are due on the antimicrobials a patient takes, which results call for "
            "action, and what cannot be judged. Source and status of every figure are on the card."
        ),
        prefetch=templates(monitoring.reads()),
        usage_requirements=_USE,
    )
    return Offered(service, (RESULTS, MEDICINES), cards, monitoring.known_names)


def _spine(hook: Hook, when: str) -> Offered:
    service = Service(
        hook=hook.value,
        id="spinal-infection",
        title="Back pain and possible infection of the spine",
        description=(
            f"{when}: red flags and their urgency, when to suspect infection of the spine, and what the work-up "
            "still lacks. Nothing is said of people about whom no back pain or red flag is recorded."
        ),
        prefetch=templates(spine.reads()),
        usage_requirements=f"{_USE} Findings are Observations with codes of {OWN_SYSTEM}, as the prefetch lists them.",
    )
    return Offered(service, (RESULTS, ANSWERS), spine.cards, spine.known_names)


@cache
def all_offered() -> tuple[Offered, ...]:
    """Every service on every hook, in the order of discovery."""
    return (
        _monitoring(Hook.PATIENT_VIEW, "When a record is opened", monitoring.on_viewing),
        _monitoring(Hook.ENCOUNTER_DISCHARGE, "At discharge", monitoring.on_discharge),
        _monitoring(Hook.ORDER_SELECT, "When an antimicrobial is chosen", monitoring.on_ordering),
        _spine(Hook.PATIENT_VIEW, "When a record is opened"),
        _spine(Hook.ENCOUNTER_DISCHARGE, "At discharge"),
    )


def offered_under(service_id: str) -> Mapping[str, Offered]:
    """The services of this name, by hook.

    Raises:
        Fault: 404, when there is none.
    """
    found = {one.service.hook: one for one in all_offered() if one.service.id == service_id}
    if not found:
        known = ", ".join(dict.fromkeys(one.service.id for one in all_offered()))
        raise Fault(404, "not-found", f"There is no service of this name; there are: {known}.")
    return found
