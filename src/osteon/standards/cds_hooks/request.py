"""*Calling a CDS Service*: the request, with the context of the three hooks that are served here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from osteon.standards.cds_hooks.fields import Fields, Json, written
from osteon.standards.cds_hooks.values import Hook

_STAFF: Final = ("Practitioner", "PractitionerRole")
_ANYBODY: Final = (*_STAFF, "Patient", "RelatedPerson")


@dataclass(frozen=True, slots=True)
class Context:
    """What every one of the hooks says: who looks, at whom, in which encounter."""

    user_id: str
    patient_id: str
    encounter_id: str | None = None

    def as_json(self) -> Json:
        """The context as the hook's page writes it."""
        return written(userId=self.user_id, patientId=self.patient_id, encounterId=self.encounter_id)


@dataclass(frozen=True, slots=True)
class OrderSelectContext(Context):
    """``order-select``: the unsigned orders of the session, and which of them were just chosen."""

    selections: tuple[str, ...] = ()
    draft_orders: Json = field(default_factory=dict)

    def as_json(self) -> Json:
        """The context as the hook's page writes it."""
        return Context.as_json(self) | {"selections": list(self.selections), "draftOrders": self.draft_orders}

    @property
    def selected(self) -> tuple[Json, ...]:
        """The resources of ``draftOrders`` that ``selections`` names."""
        return tuple(
            resource
            for entry in self.draft_orders.get("entry", [])
            if isinstance(resource := entry.get("resource"), dict)
            and f"{resource.get('resourceType')}/{resource.get('id')}" in self.selections
        )


def _patient_view(fields: Fields) -> Context:
    encounter = fields.maybe("encounterId", fields.fhir_id)
    return Context(fields.reference("userId", _ANYBODY), fields.fhir_id("patientId"), encounter)


def _encounter_discharge(fields: Fields) -> Context:
    encounter = fields.fhir_id("encounterId")
    return Context(fields.reference("userId", _STAFF), fields.fhir_id("patientId"), encounter)


def _order_select(fields: Fields) -> Context:
    user, patient = fields.reference("userId", _STAFF), fields.fhir_id("patientId")
    orders = fields.object("draftOrders")
    if orders.text("resourceType") != "Bundle":
        raise orders.fault("resourceType", "should be Bundle")
    for entry in orders.each("entry"):
        entry.object("resource").text("resourceType")
    found = OrderSelectContext(
        user, patient, fields.maybe("encounterId", fields.fhir_id), fields.texts("selections"), orders.holder
    )
    known = {f"{r.get('resourceType')}/{r.get('id')}" for r in found.selected}
    for selection in found.selections:
        if selection not in known:
            raise fields.fault("selections", f"names {selection[:80]!r}, which is not in draftOrders")
    return found


_CONTEXTS: Final[dict[Hook, Callable[[Fields], Context]]] = {
    Hook.PATIENT_VIEW: _patient_view,
    Hook.ENCOUNTER_DISCHARGE: _encounter_discharge,
    Hook.ORDER_SELECT: _order_select,
}


@dataclass(frozen=True, slots=True)
class FhirAuthorization:
    """*Passing the Access Token*. The token itself is checked to be there and not kept: we ask no server."""

    expires_in: int
    scope: str
    subject: str
    patient: str | None = None

    @classmethod
    def read(cls, fields: Fields) -> FhirAuthorization:
        """The authorization of a JSON object, without its token."""
        fields.text("access_token")
        if fields.text("token_type") != "Bearer":
            raise fields.fault("token_type", "should be Bearer")
        found = cls(
            fields.whole("expires_in"),
            fields.text("scope"),
            fields.text("subject"),
            fields.maybe("patient", fields.fhir_id),
        )
        fields.done()
        return found


@dataclass(frozen=True, slots=True)
class HookRequest:
    """One call. ``prefetch``: what was sent under each key; ``None`` under a key means asked, and nothing there.

    ``unread``: the paths of fields that the specification does not name.
    """

    hook: Hook
    hook_instance: str
    context: Context
    prefetch: Mapping[str, Json | None] = field(default_factory=dict)
    fhir_server: str | None = None
    authorization: FhirAuthorization | None = None
    unread: tuple[str, ...] = ()

    @classmethod
    def read(cls, value: object) -> HookRequest:
        """The request of a parsed JSON document.

        Raises:
            Malformed: naming the field that is wrong.
        """
        fields = Fields.of(value, "")
        hook, instance = fields.word("hook", Hook), fields.uuid("hookInstance")
        server, authorization = fields.maybe("fhirServer", fields.url), None
        if fields.has("fhirAuthorization"):
            authorization = FhirAuthorization.read(fields.object("fhirAuthorization"))
            if server is None:
                raise fields.fault("fhirServer", "is needed where fhirAuthorization is given")
        inner = fields.object("context")
        context = _CONTEXTS[hook](inner)
        inner.done()
        prefetch = _prefetch(fields)
        fields.done()
        return cls(hook, instance, context, prefetch, server, authorization, tuple(fields.unread))

    def as_json(self) -> Json:
        """The request as the specification writes it. An access token is never sent."""
        return written(
            hook=self.hook.value,
            hookInstance=self.hook_instance,
            fhirServer=self.fhir_server,
            context=self.context.as_json(),
            prefetch=dict(self.prefetch),
        )


def _prefetch(fields: Fields) -> dict[str, Json | None]:
    """*Prefetch Template*: resources by key; null says that there is nothing. An empty object is no key at all."""
    if not fields.has("prefetch"):
        return {}
    inner = Fields.of(fields.holder["prefetch"], fields.where("prefetch"))
    return {key: _sent(inner, key) for key in inner.holder}


def _sent(inner: Fields, key: str) -> Json | None:
    if inner.holder[key] is None:
        return None
    resource = inner.object(key)
    resource.text("resourceType")
    return resource.holder
