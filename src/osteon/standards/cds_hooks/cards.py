"""*CDS Service Response*: cards with their source, suggestions and links. Written by a service, read by a system.

Each object checks itself when it is made, so that what cannot be sent cannot be built.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from osteon.standards.cds_hooks.fields import Fields, Json, Malformed, is_web_address, written
from osteon.standards.cds_hooks.values import (
    LONGEST_SUMMARY,
    ActionType,
    Indicator,
    LinkType,
    SelectionBehavior,
)


def _need(is_right: object, where: str, problem: str) -> None:
    if not is_right:
        raise Malformed(where, problem)


@dataclass(frozen=True, slots=True)
class Coding:
    """*Coding*: a code of a system, with the words a person reads."""

    code: str
    system: str
    display: str | None = None

    def __post_init__(self) -> None:
        _need(self.code and self.system, "coding", "needs a code and its system")

    @classmethod
    def read(cls, fields: Fields) -> Coding:
        """The coding of a JSON object."""
        found = cls(fields.text("code"), fields.text("system"), fields.maybe("display", fields.text))
        fields.done()
        return found

    def as_json(self) -> Json:
        """The coding as the specification writes it."""
        return written(code=self.code, system=self.system, display=self.display)


@dataclass(frozen=True, slots=True)
class Source:
    """*Source*: who or what gave the information."""

    label: str
    url: str | None = None
    icon: str | None = None
    topic: Coding | None = None

    def __post_init__(self) -> None:
        _need(self.label.strip(), "source.label", "is empty")
        for name, address in (("url", self.url), ("icon", self.icon)):
            _need(
                address is None or is_web_address(address), f"source.{name}", "is not an absolute web address"
            )

    @classmethod
    def read(cls, fields: Fields) -> Source:
        """The source of a JSON object."""
        topic = Coding.read(fields.object("topic")) if fields.has("topic") else None
        label, url = fields.text("label"), fields.maybe("url", fields.url)
        found = cls(label, url, fields.maybe("icon", fields.url), topic)
        fields.done()
        return found

    def as_json(self) -> Json:
        """The source as the specification writes it."""
        topic = self.topic.as_json() if self.topic else None
        return written(label=self.label, url=self.url, icon=self.icon, topic=topic)


@dataclass(frozen=True, slots=True)
class Action:
    """*Action*: a resource to create or update, or the reference of one to delete."""

    type: ActionType
    description: str
    resource: Json | None = None
    resource_id: str | None = None

    def __post_init__(self) -> None:
        _need(self.description.strip(), "action.description", "is empty")
        if self.type is ActionType.DELETE:
            _need(self.resource_id and not self.resource, "action.resourceId", "is what a deletion names")
        else:
            _need(self.resource, "action.resource", "is missing")
            _need("resourceType" in (self.resource or {}), "action.resource", "is not a FHIR resource")

    @classmethod
    def read(cls, fields: Fields) -> Action:
        """The action of a JSON object."""
        resource = fields.object("resource").holder if fields.has("resource") else None
        kind, description = fields.word("type", ActionType), fields.text("description")
        found = cls(kind, description, resource, fields.maybe("resourceId", fields.text))
        fields.done()
        return found

    def as_json(self) -> Json:
        """The action as the specification writes it."""
        return written(
            type=self.type.value,
            description=self.description,
            resource=self.resource,
            resourceId=self.resource_id,
        )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """*Suggestion*: actions that are taken together."""

    label: str
    uuid: str | None = None
    is_recommended: bool | None = None
    actions: tuple[Action, ...] = ()

    def __post_init__(self) -> None:
        _need(self.label.strip(), "suggestion.label", "is empty")

    @classmethod
    def read(cls, fields: Fields) -> Suggestion:
        """The suggestion of a JSON object."""
        actions = tuple(map(Action.read, fields.each("actions"))) if fields.has("actions") else ()
        label, uuid = fields.text("label"), fields.maybe("uuid", fields.text)
        found = cls(label, uuid, fields.maybe("isRecommended", fields.truth), actions)
        fields.done()
        return found

    def as_json(self) -> Json:
        """The suggestion as the specification writes it."""
        return written(
            label=self.label,
            uuid=self.uuid,
            isRecommended=self.is_recommended,
            actions=[action.as_json() for action in self.actions],
        )


@dataclass(frozen=True, slots=True)
class Link:
    """*Link*: a page with more, or an app to start."""

    label: str
    url: str
    type: LinkType = LinkType.ABSOLUTE
    app_context: str | None = None
    autolaunchable: bool | None = None

    def __post_init__(self) -> None:
        _need(self.label.strip(), "link.label", "is empty")
        _need(is_web_address(self.url), "link.url", "is not an absolute web address")
        is_smart = self.type is LinkType.SMART
        _need(is_smart or not self.app_context, "link.appContext", "belongs to links of type smart only")

    @classmethod
    def read(cls, fields: Fields) -> Link:
        """The link of a JSON object."""
        found = cls(
            fields.text("label"),
            fields.url("url"),
            fields.word("type", LinkType),
            fields.maybe("appContext", fields.text),
            fields.maybe("autolaunchable", fields.truth),
        )
        fields.done()
        return found

    def as_json(self) -> Json:
        """The link as the specification writes it."""
        return written(
            label=self.label,
            url=self.url,
            type=self.type.value,
            appContext=self.app_context,
            autolaunchable=self.autolaunchable,
        )


@dataclass(frozen=True, slots=True)
class Card:
    """*Card attributes*. ``summary`` has at most ``LONGEST_SUMMARY`` characters, ``detail`` is Markdown."""

    summary: str
    indicator: Indicator
    source: Source
    uuid: str | None = None
    detail: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    selection_behavior: SelectionBehavior | None = None
    override_reasons: tuple[Coding, ...] = ()
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        _need(self.summary.strip(), "card.summary", "is empty")
        _need(len(self.summary) <= LONGEST_SUMMARY, "card.summary", "has 140 characters or more")
        _need(
            self.selection_behavior or not self.suggestions,
            "card.selectionBehavior",
            "is needed where there are suggestions",
        )
        if self.selection_behavior is SelectionBehavior.AT_MOST_ONE:
            recommended = sum(bool(suggestion.is_recommended) for suggestion in self.suggestions)
            _need(recommended <= 1, "card.suggestions", "recommends more than the one that may be taken")
        for reason in self.override_reasons:
            _need(reason.display, "card.overrideReasons", "needs the words of each reason")

    @classmethod
    def read(cls, fields: Fields) -> Card:
        """The card of a JSON object."""
        suggestions = (
            tuple(map(Suggestion.read, fields.each("suggestions"))) if fields.has("suggestions") else ()
        )
        reasons = (
            tuple(map(Coding.read, fields.each("overrideReasons"))) if fields.has("overrideReasons") else ()
        )
        links = tuple(map(Link.read, fields.each("links"))) if fields.has("links") else ()
        behavior = fields.maybe("selectionBehavior", lambda name: fields.word(name, SelectionBehavior))
        found = cls(
            fields.text("summary"),
            fields.word("indicator", Indicator),
            Source.read(fields.object("source")),
            fields.maybe("uuid", fields.text),
            fields.maybe("detail", fields.text),
            suggestions,
            behavior,
            reasons,
            links,
        )
        fields.done()
        return found

    def as_json(self) -> Json:
        """The card as the specification writes it."""
        return written(
            uuid=self.uuid,
            summary=self.summary,
            detail=self.detail,
            indicator=self.indicator.value,
            source=self.source.as_json(),
            suggestions=[suggestion.as_json() for suggestion in self.suggestions],
            selectionBehavior=self.selection_behavior.value if self.selection_behavior else None,
            overrideReasons=[reason.as_json() for reason in self.override_reasons],
            links=[link.as_json() for link in self.links],
        )


@dataclass(frozen=True, slots=True)
class Response:
    """*HTTP Response*: the cards; none when there is nothing to say."""

    cards: tuple[Card, ...]
    system_actions: tuple[Action, ...] = ()
    extension: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, value: object) -> Response:
        """The response of a parsed JSON document.

        Raises:
            Malformed: naming the field that is wrong.
        """
        fields = Fields.of(value, "")
        cards = tuple(map(Card.read, fields.each("cards", may_be_empty=True)))
        actions = tuple(map(Action.read, fields.each("systemActions"))) if fields.has("systemActions") else ()
        fields.done()
        return cls(cards, actions, fields.holder.get("extension", {}))

    def as_json(self) -> Json:
        """The response as the specification writes it: ``cards`` is there even when empty."""
        actions = [action.as_json() for action in self.system_actions]
        return {
            "cards": [card.as_json() for card in self.cards],
            **written(systemActions=actions, extension=self.extension),
        }


def shortened(text: str, longest: int = LONGEST_SUMMARY) -> str:
    """The text in one line, cut at a word when it is longer.

    >>> shortened("CK 2,140 U/L on daptomycin", 20)
    'CK 2,140 U/L on …'
    """
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head = line[: longest - 2]
    return f"{head.rpartition(' ')[0] or head} …"
