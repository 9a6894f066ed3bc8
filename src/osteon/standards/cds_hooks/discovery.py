"""*Discovery*: what a server offers, on which hook, and what it wants to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from osteon.standards.cds_hooks.fields import Fields, Json, written


@dataclass(frozen=True, slots=True)
class Service:
    """One service on one hook. ``prefetch``: FHIR queries by the key under which the answer is to be sent."""

    hook: str
    id: str
    title: str
    description: str
    prefetch: Mapping[str, str] = field(default_factory=dict)
    usage_requirements: str | None = None

    @classmethod
    def read(cls, fields: Fields) -> Service:
        """The service of a JSON object."""
        prefetch: dict[str, str] = {}
        if fields.has("prefetch"):
            queries = fields.object("prefetch")
            prefetch = {key: queries.text(key) for key in queries.holder}
        found = cls(
            fields.text("hook"),
            fields.text("id"),
            fields.maybe("title", fields.text) or "",
            fields.text("description"),
            prefetch,
            fields.maybe("usageRequirements", fields.text),
        )
        fields.done()
        return found

    def as_json(self) -> Json:
        """The service as the specification writes it."""
        return written(
            hook=self.hook,
            title=self.title,
            description=self.description,
            id=self.id,
            prefetch=dict(self.prefetch),
            usageRequirements=self.usage_requirements,
        )


def discovery(services: Iterable[Service]) -> Json:
    """The document that ``GET {base}/cds-services`` answers with."""
    return {"services": [service.as_json() for service in services]}


def read_discovery(value: object) -> tuple[Service, ...]:
    """The services of a parsed discovery document.

    Raises:
        Malformed: naming the field that is wrong.
    """
    fields = Fields.of(value, "")
    services = tuple(map(Service.read, fields.each("services", may_be_empty=True)))
    fields.done()
    return services
