"""A study as the API answers it (``protocolSection`` and beside it), and pages of studies."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from osteon.standards.pubmed.articles import PublishedOn

MAX_BYTES: Final = 50_000_000
NCT = re.compile(r"NCT\d{8}")


class AnswerRefused(ValueError):
    """The answer is not one of this service. The text is for a person."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the study names to be asked."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """One hospital of the study; ``status`` is its own where it differs from the study's."""

    facility: str
    city: str = ""
    country: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """One study. ``status`` is the registry's word, empty when the source did not carry one."""

    nct_id: str
    title: str
    official_title: str = ""
    acronym: str = ""
    status: str = ""
    verified_on: PublishedOn | None = None
    why_stopped: str = ""
    started_on: PublishedOn | None = None
    ends_on: PublishedOn | None = None
    updated_on: PublishedOn | None = None
    sponsor: str = ""
    summary: str = ""
    details: str = ""
    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    study_type: str = ""
    phases: tuple[str, ...] = ()
    people: int | None = None
    interventions: tuple[str, ...] = ()
    eligibility: str = ""
    sex: str = ""
    lowest_age: str = ""
    highest_age: str = ""
    takes_healthy: bool | None = None
    contacts: tuple[Contact, ...] = ()
    places: tuple[Place, ...] = ()
    pmids: tuple[str, ...] = ()
    has_results: bool = False

    @property
    def url(self) -> str:
        """Its page in the registry."""
        return f"https://clinicaltrials.gov/study/{self.nct_id}"


@dataclass(slots=True)
class Page:
    """Studies of one answer. ``total`` comes with the first page only."""

    trials: list[Trial] = field(default_factory=list)
    next_token: str = ""
    total: int | None = None
    refused: Counter[str] = field(default_factory=Counter)


def read_page(body: bytes) -> Page:
    """One answer of ``/studies``, or one study alone.

    Raises:
        AnswerRefused: when it is neither.
    """
    answer = _parsed(body)
    if "protocolSection" in answer:
        return _page([answer])
    if not isinstance(answer.get("studies"), list):
        raise AnswerRefused("The answer holds no studies.")
    page = _page(answer["studies"])
    page.next_token = _text(answer.get("nextPageToken"))
    total = answer.get("totalCount")
    page.total = total if isinstance(total, int) and not isinstance(total, bool) else None
    return page


def read_export(data: bytes) -> Page:
    """A saved file: an answer of the API, one study, a list of studies, or one JSON object a line (also gzipped).

    Lines may be whole studies or only ``nctId``, ``briefTitle``, ``briefSummary`` and ``detailedDescription``.

    Raises:
        AnswerRefused: when it is none of these.
    """
    data = _unpacked(data)
    if data.lstrip()[:1] == b"[":
        return _page(_json(data))
    first, _, rest = data.strip().partition(b"\n")
    if rest.strip() and _is_object(first):
        return _page([_json(line) for line in data.splitlines() if line.strip()])
    return _page([_parsed(data)]) if b'"studies"' not in data else read_page(data)


def _unpacked(data: bytes) -> bytes:
    if data[:2] == b"\x1f\x8b":
        try:
            with gzip.open(BytesIO(data)) as file:
                data = file.read(MAX_BYTES + 1)
        except (OSError, EOFError) as error:
            raise AnswerRefused("The compressed file is damaged.") from error
    if len(data) > MAX_BYTES:
        raise AnswerRefused(f"The file is larger than {MAX_BYTES:,} bytes.")
    return data


def _page(studies: list[Any]) -> Page:
    page = Page()
    seen: set[str] = set()
    for study in studies:
        trial = _accepted(study)
        problem = trial if isinstance(trial, str) else "the same study twice" if trial.nct_id in seen else ""
        if problem:
            page.refused[problem] += 1
        elif isinstance(trial, Trial):
            seen.add(trial.nct_id)
            page.trials.append(trial)
    return page


def _accepted(study: Any) -> Trial | str:
    trial = read_study(_object(study))
    if not NCT.fullmatch(trial.nct_id):
        return "no NCT number"
    return trial if trial.title else "no title"


def read_study(study: dict[str, Any]) -> Trial:
    """One study; fields of a wrong kind read as missing."""
    if "protocolSection" not in study:
        return _flat(study)
    section = _object(study["protocolSection"])
    who, when = _module(section, "identification"), _module(section, "status")
    what, people = _module(section, "description"), _module(section, "eligibility")
    design, where = _module(section, "design"), _module(section, "contactsLocations")
    about = _module(section, "conditions")
    return Trial(
        nct_id=_text(who.get("nctId")),
        title=_text(who.get("briefTitle")) or _text(who.get("officialTitle")),
        official_title=_text(who.get("officialTitle")),
        acronym=_text(who.get("acronym")),
        status=_text(when.get("overallStatus")),
        verified_on=PublishedOn.parse(_text(when.get("statusVerifiedDate"))),
        why_stopped=_text(when.get("whyStopped")),
        started_on=_date(when, "startDateStruct"),
        ends_on=_date(when, "completionDateStruct"),
        updated_on=_date(when, "lastUpdatePostDateStruct"),
        sponsor=_text(_object(_module(section, "sponsorCollaborators").get("leadSponsor")).get("name")),
        summary=_text(what.get("briefSummary")),
        details=_text(what.get("detailedDescription")),
        conditions=_texts(about.get("conditions")),
        keywords=_texts(about.get("keywords")),
        study_type=_text(design.get("studyType")),
        phases=_texts(design.get("phases")),
        people=_count(_object(design.get("enrollmentInfo")).get("count")),
        interventions=tuple(_names(_module(section, "armsInterventions").get("interventions"))),
        eligibility=_text(people.get("eligibilityCriteria")),
        sex=_text(people.get("sex")),
        lowest_age=_text(people.get("minimumAge")),
        highest_age=_text(people.get("maximumAge")),
        takes_healthy=_yes_no(people.get("healthyVolunteers")),
        contacts=tuple(_contacts(where)),
        places=tuple(_places(where)),
        pmids=tuple(_pmids(_module(section, "references"))),
        has_results=study.get("hasResults") is True,
    )


def _flat(study: dict[str, Any]) -> Trial:
    names = ("nctId", "briefTitle", "briefSummary", "detailedDescription")
    number, title, summary, details = (_text(study.get(name)) for name in names)
    return Trial(nct_id=number, title=title, summary=summary, details=details)


def _module(section: dict[str, Any], name: str) -> dict[str, Any]:
    return _object(section.get(f"{name}Module"))


def _date(module: dict[str, Any], name: str) -> PublishedOn | None:
    return PublishedOn.parse(_text(_object(module.get(name)).get("date")))


def _names(given: Any) -> Iterator[str]:
    for one in _objects(given):
        if name := _text(one.get("name")):
            yield name


def _contacts(where: dict[str, Any]) -> Iterator[Contact]:
    for one in _objects(where.get("centralContacts")):
        parts = (_text(one.get(name)) for name in ("name", "role", "phone", "email"))
        contact = Contact(*parts)
        if contact.name or contact.email or contact.phone:
            yield contact


def _places(where: dict[str, Any]) -> Iterator[Place]:
    for one in _objects(where.get("locations")):
        place = Place(*(_text(one.get(name)) for name in ("facility", "city", "country", "status")))
        if place.facility or place.city:
            yield place


def _pmids(module: dict[str, Any]) -> Iterator[str]:
    for one in _objects(module.get("references")):
        if (pmid := _text(one.get("pmid"))).isdecimal():
            yield pmid


def _text(given: Any) -> str:
    return given.strip() if isinstance(given, str) else ""


def _texts(given: Any) -> tuple[str, ...]:
    return tuple(text for one in given if (text := _text(one))) if isinstance(given, list) else ()


def _count(given: Any) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) and given >= 0 else None


def _yes_no(given: Any) -> bool | None:
    return given if isinstance(given, bool) else None


def _object(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _objects(given: Any) -> list[dict[str, Any]]:
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def _parsed(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BYTES:
        raise AnswerRefused(f"The answer is larger than {MAX_BYTES:,} bytes.")
    answer = _json(body)
    if not isinstance(answer, dict):
        raise AnswerRefused("The answer is no JSON object.")
    return answer


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise AnswerRefused("The answer is not JSON, or not all of it.") from error


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
