"""How a story of the cast is written down: in days before today, in the unit's own words.

    def ck_on_daptomycin(tale: Tale) -> None:
        tale.is_about("Adeyemi", "Folasade", born="1968-03-14", sex="female")
        tale.operation(31, "biopsy", "CT-guided disc biopsy, T7/8")
        tale.gives("daptomycin", "600 mg IV every 24 hours", since=19, planned=42)
        tale.bloods(1, 9, **{"creatine-kinase": 2140})

What is past becomes events of the stream and comes in as a feed would bring it; what is decided now (the running
courses, the episode, the tasks) is done by the people of the unit, through the same actions as on the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from osteon.events.schema import Event
from osteon.events.simulator.chance import scatter
from osteon.events.simulator.figures import ANALYTES
from osteon.events.subjects import Identifier, Subject, subject_id_for
from osteon.events.vocabulary import DRUGS, MEASURES, ORGANISMS
from osteon.events.vocabulary.questions import QUESTIONS

LOCAL: Final = ZoneInfo("Europe/London")
FRESH: Final = timedelta(minutes=35)  # what is told of "today" has at least been on the screen for a coffee
_BEGINNING: Final = datetime(1880, 1, 1)  # noqa: DTZ001 - the stream is UTC without a zone
PANELS: Final = ("blood", "kidney", "liver", "crp")


@dataclass(frozen=True, slots=True)
class Running:
    """A course that runs today, started through the action."""

    drug: str
    dose: str
    route: str
    delivery: str
    since: int
    planned: int
    indication: str
    override: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody recorded about allergies: a substance with its reaction, or that none is known."""

    substance: str
    reaction: str


@dataclass(slots=True)
class Tale:
    """One patient's story while it is written. Days count back from ``now``; hours are local."""

    slug: str
    number: int
    now: datetime
    events: list[Event] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    allergies: list[Statement] = field(default_factory=list)
    tasks: list[tuple[str, str, int]] = field(default_factory=list)  # words, role, days until due
    handover: tuple[str, str] | None = None  # overnight, plan
    family: str = ""
    given: str = ""
    born: date = date(1900, 1, 1)
    sex: str = "unknown"
    nhs: str = ""
    episode: dict[str, object] = field(default_factory=dict)
    typical: dict[str, float] = field(default_factory=dict)

    # Who and where

    def is_about(self, family: str, given: str, *, born: str, sex: str) -> None:
        self.family, self.given, self.sex = family, given, sex
        self.born = date.fromisoformat(born)
        place = 1 if sex == "male" else 0
        self.typical = {a.key: a.mean[place] for a in ANALYTES if a.between_cv}

    def has_episode(
        self, kind: str, site: str, diagnosis: str, *, since: int, team: str, status: str, side: str = "none"
    ) -> None:
        self.episode = {
            "kind": kind,
            "site": site,
            "side": side,
            "diagnosis": diagnosis,
            "since": since,
            "team": team,
            "status": status,
        }

    def is_allergic(self, substance: str, reaction: str) -> None:
        self.allergies.append(Statement(substance, reaction))

    def has_no_known_allergies(self) -> None:
        self.allergies.append(Statement("", ""))

    def needs(self, words: str, role: str, in_days: int = 0) -> None:
        """A task for whoever of the role is on duty."""
        self.tasks.append((words, role, in_days))

    def is_on_the_ward(self, overnight: str, plan: str) -> None:
        """The entry of today's ward round and handover list."""
        self.handover = (overnight, plan)

    @property
    def subject(self) -> Subject:
        return Subject(
            subject_id=subject_id_for("osteon-demonstration", self.slug),
            identifiers=(Identifier("nhs", self.nhs), Identifier("hospital:Marlbury", self.hospital_number)),
            family_name=self.family,
            given_name=self.given,
            birth_date=self.born,
            sex=self.sex,
        )

    @property
    def hospital_number(self) -> str:
        return f"M9{self.number:06d}"

    # When

    def at(self, days: float, hour: float = 10.0) -> datetime:
        """UTC without zone, ``days`` before today at the local hour; never later than a little before now."""
        local = self.now.astimezone(LOCAL) - timedelta(days=days)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        moment = (midnight + timedelta(minutes=round(hour * 60))).astimezone(UTC)
        return min(moment, self.now.astimezone(UTC) - FRESH).replace(tzinfo=None, second=0, microsecond=0)

    def day(self, days: int) -> date:
        """The local calendar day, ``days`` before today."""
        return self.now.astimezone(LOCAL).date() - timedelta(days=days)

    # What happened

    def fact(
        self,
        days: float,
        code: str,
        text: str | None = None,
        *,
        hour: float = 10.0,
        value: float | None = None,
        unit: str | None = None,
        until: float | None = None,
        known: datetime | None = None,
        source: str = "",
        original: str | None = None,
    ) -> str:
        """One row of the stream; answers its source."""
        source = source or f"sim:cast/{self.slug}/{len(self.events) + 1}"
        at = self.at(days, hour)
        self.events.append(
            Event(
                subject_id=self.subject.subject_id,
                time=at,
                end=None if until is None else max(at, self.at(until, 15)),
                code=code,
                numeric_value=value,
                unit=unit,
                text_value=text,
                recorded_at=known or at,
                source=source,
                original=original,
            )
        )
        return source

    def operation(self, days: float, kind: str, words: str, hour: float = 9.5) -> None:
        self.fact(days, f"OSTEON//operation//{kind}", words, hour=hour)

    def imaging(self, days: float, kind: str, report: str) -> None:
        self.fact(days, f"OSTEON//imaging//{kind}", report, hour=13)

    def meeting(self, days: float, decision: str) -> None:
        self.fact(days, "OSTEON//meeting//decision", decision, hour=14)

    def clinic(self, days: float, words: str) -> None:
        self.fact(days, "OSTEON//admission//clinic", words, hour=11)

    def emergency(self, days: float, words: str, hour: float = 20.0) -> None:
        self.fact(days, "OSTEON//admission//emergency", words, hour=hour)

    def admission(self, days: float, until: float | None, words: str, hour: float = 7.5) -> None:
        self.fact(days, "OSTEON//admission//inpatient", words, until=until, hour=hour)

    def line(self, days: float, kind: str, words: str, until: float | None = None) -> None:
        self.fact(days, f"OSTEON//line//{kind}", words, until=until, hour=11.5)

    def diagnosis(self, days: float, icd10: str, words: str) -> None:
        self.fact(days, f"ICD10//{icd10}", words)

    def asked(self, days: float, hour: float = 10.5, **answers: bool) -> None:
        """Questions of a visit: ``muscle_symptoms=False``."""
        for finding, present in answers.items():
            code = f"OSTEON//finding//{finding.replace('_', '-')}"
            self.fact(days, code, value=float(present), hour=hour)

    def known(self, days: float, hour: float = 10.5, **answers: bool | float | str) -> None:
        """What a definition asks, by the question's name: ``syn_wbc=48_000``, ``motor_deficit="none"``."""
        for key, answer in answers.items():
            question = QUESTIONS[key]
            value = dict(question.choices)[answer] if isinstance(answer, str) else float(answer)
            unit = None if question.unit == "1" else question.unit
            words = answer if isinstance(answer, str) else None
            self.fact(days, question.code, words, value=value, unit=unit, hour=hour)

    def measured(self, days: float, key: str, value: float, hour: float = 10.5) -> None:
        """Weight, height or temperature."""
        self.fact(days, MEASURES[key].code, value=value, unit=MEASURES[key].unit, hour=hour)

    def pain(self, days: float, score: int) -> None:
        self.fact(days, "OSTEON//finding//pain", value=float(score), unit="{score}", hour=10.5)

    def gave(self, drug: str, dose: str, *, since: int, until: int, planned: int) -> None:
        """A course that has ended."""
        self.fact(since, DRUGS[drug].code, dose, value=float(planned), unit="d", until=until, hour=13)

    def gives(
        self,
        drug: str,
        dose: str,
        *,
        since: int,
        planned: int,
        delivery: str = "self",
        indication: str = "",
        override: str = "",
    ) -> None:
        """A course that runs today; ``planned`` days from its start."""
        route = "intravenous" if " IV " in f" {dose} " else "oral"
        self.running.append(Running(drug, dose, route, delivery, since, planned, indication, override))

    # The laboratory

    def bloods(
        self,
        days: float,
        hour: float = 9.0,
        *,
        panels: tuple[str, ...] = PANELS,
        reported_after: float = 7.0,
        **values: float,
    ) -> None:
        """Whole panels: the values given, everything else this person's usual with the laboratory's noise."""
        place = 1 if self.sex == "male" else 0
        known = min(self.at(days, hour) + timedelta(hours=reported_after), self.at(0, 23))
        given = {key.replace("_", "-"): value for key, value in values.items()}
        for analyte in ANALYTES:
            if analyte.key in given:
                value = given[analyte.key]
            elif analyte.panel in panels and analyte.key in self.typical:
                noise = scatter(self.number * 1009 + int(days * 17), analyte.place)
                value = self.typical[analyte.key] * (1 + analyte.within_cv * noise)
            else:
                continue
            low, high = analyte.low[place], analyte.high[place]
            self._result(
                days, hour, known, analyte.code, round(value, analyte.decimals), analyte.unit, low, high
            )

    def level(self, days: float, key: str, value: float, low: float, high: float, hour: float = 9.0) -> None:
        """A drug level with the window the unit aims at."""
        known = min(self.at(days, hour) + timedelta(hours=6), self.at(0, 23))
        measure = MEASURES[key]
        self._result(days, hour, known, measure.code, value, measure.unit, low, high)

    def _result(
        self,
        days: float,
        hour: float,
        known: datetime,
        code: str,
        value: float,
        unit: str,
        low: float | None,
        high: float | None,
    ) -> None:
        self.events.append(
            Event(
                subject_id=self.subject.subject_id,
                time=self.at(days, hour),
                code=code,
                numeric_value=float(value),
                comparator="<" if code == MEASURES["crp"].code and value == 4 else None,
                unit=unit,
                reference_low=low,
                reference_high=high,
                recorded_at=known,
                source=f"sim:cast/{self.slug}/{len(self.events) + 1}",
            )
        )

    def specimens(
        self,
        days: float,
        kind: str,
        site: str,
        grew: tuple[str | None, ...],
        *,
        tested: dict[str, str] | None = None,
        final_after: int | None = 6,
        letter: str = "S",
        hour: float = 10.0,
    ) -> None:
        """Specimens of one taking: for each the organism's key, "" for no growth; ``final_after`` None: pending."""
        for number, organism in enumerate(grew, start=1):
            label = f"{letter}{number} {site}".strip()
            if final_after is None:
                self.fact(days, f"OSTEON//specimen//{kind}", label, hour=hour)
                continue
            known = min(self.at(days, hour) + timedelta(days=final_after), self.at(0, 23))
            source = self.fact(
                days,
                f"OSTEON//specimen//{kind}",
                label,
                value=float(bool(organism)),
                hour=hour,
                known=known,
            )
            if organism:
                self._isolate(days, hour, label, organism, tested or {}, known, f"{source}/isolate/1")

    def _isolate(
        self,
        days: float,
        hour: float,
        label: str,
        organism: str,
        tested: dict[str, str],
        known: datetime,
        source: str,
    ) -> None:
        code = ORGANISMS[organism].code
        self.fact(days, code, label, hour=hour, known=known, source=source)
        for drug, category in tested.items():
            agent = DRUGS[drug].amr_code
            tested_code = f"SUSCEPTIBILITY//{code.partition('//')[2]}//{agent}"
            self.fact(
                days,
                tested_code,
                category,
                hour=hour,
                known=known,
                source=f"{source}/{agent}",
                original=label,
            )

    def in_order(self) -> Iterator[Event]:
        """Events by time, as the stream keeps them."""
        yield from sorted(self.events, key=lambda event: event.time or _BEGINNING)
