"""What a service is asked: the request, the events made of what came with it, and the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from osteon.events.vocabulary import DRUG_BY_CODE
from osteon.standards.cds_hooks.request import HookRequest, OrderSelectContext
from osteon.standards.cds_hooks.story import Story


@dataclass(frozen=True, slots=True)
class Asked:
    """``as_of`` is UTC without a zone, as in the stream; ``base_url`` is ours, without the last stroke."""

    request: HookRequest
    story: Story
    as_of: datetime
    base_url: str

    @property
    def patient(self) -> str:
        """The patient's reference in the calling system."""
        return f"Patient/{self.request.context.patient_id}"

    @property
    def running(self) -> dict[str, str]:
        """The drugs that are being taken: their names by code, in the order in which they were begun."""
        courses = [e for e in self.story.events if e.code in DRUG_BY_CODE and e.time and e.time <= self.as_of]
        courses.sort(key=lambda event: event.time or self.as_of)
        return {
            event.code: DRUG_BY_CODE[event.code].name.lower()
            for event in courses
            if event.end is None or event.end > self.as_of
        }

    @property
    def drafted(self) -> frozenset[str]:
        """The codes of the drugs that were just selected in an order."""
        context = self.request.context
        if not isinstance(context, OrderSelectContext):
            return frozenset()
        selected = {f"fhir:{name}" for name in context.selections}
        return frozenset(event.code for event in self.story.events if event.source in selected)
