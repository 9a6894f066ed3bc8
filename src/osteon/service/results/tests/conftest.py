"""Results and specimens of Ruth's, made through actions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from osteon.service.results import actions
from osteon.service.results.measuring import Reported
from osteon.service.results.models import Isolate, Result, Specimen

AUREUS = ("SNOMED//3092008", "Staphylococcus aureus")
EPIDERMIDIS = ("SNOMED//60875001", "Staphylococcus epidermidis")


def days_ago(days: float) -> datetime:
    """A moment that many days before now."""
    return timezone.now() - timedelta(days=days)


def on(year: int, month: int, day: int, hour: int = 8) -> datetime:
    """A moment, UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)


@dataclass
class Laboratory:
    """Short ways to the actions, always by the same nurse and for the same patient unless said otherwise."""

    cast: Any

    def result(
        self, measure: str = "crp", value: float | None = 24.0, unit: str = "mg/L", **more: Any
    ) -> Result:
        known = {key: more.pop(key) for key in ("comparator", "text", "low", "high") if key in more}
        arguments = {"patient": self.cast.ruth, "taken_at": days_ago(1), "by": self.cast.nurse, **more}
        return actions.record_result(measure=measure, reported=Reported(value, unit, **known), **arguments)

    def specimen(self, label: str = "S1 tibia", kind: str = "tissue", **more: Any) -> Specimen:
        patient, by = more.pop("patient", self.cast.ruth), more.pop("by", self.cast.nurse)
        sampling = actions.Sampling(kind, label, more.pop("taken_at", None) or days_ago(5), **more)
        return actions.record_specimen(by=by, patient=patient, sampling=sampling)

    def isolate(self, specimen: Specimen, organism: tuple[str, str] = AUREUS, **antibiogram: str) -> Isolate:
        isolate = actions.record_isolate(
            by=self.cast.nurse, specimen=specimen, organism_code=organism[0], organism_name=organism[1]
        )
        for agent, category in antibiogram.items():
            self.susceptibility(isolate, agent, category)
        return isolate

    def susceptibility(self, isolate: Isolate, agent: str = "FLC", category: str = "S", **more: Any) -> Any:
        arguments = {"drug_name": agent.title(), "by": self.cast.nurse, **more}
        return actions.record_susceptibility(isolate=isolate, agent=agent, category=category, **arguments)

    def final(self, specimen: Specimen, **more: Any) -> Specimen:
        specimen.refresh_from_db()
        return actions.report_specimen(
            by=self.cast.nurse, specimen=specimen, seen_version=specimen.version, state="final", **more
        )


@pytest.fixture
def laboratory(cast) -> Laboratory:
    return Laboratory(cast)


def words(response) -> str:
    """The text of a page, without tags, in single spaces."""
    assert "&lt;/" not in response.content.decode().replace("&lt;/script&gt;", ""), "a component was escaped"
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#39;", "'").split())


@pytest.fixture
def page(client) -> Callable:
    """Opens a page of results as somebody."""

    def open_page(person, name, *args, **query):
        client.force_login(person)
        return client.get(reverse(f"results:{name}", args=args), query)

    return open_page


@pytest.fixture
def post(client) -> Callable:
    def post_page(person, page_name, *args, **data):
        client.force_login(person)
        return client.post(reverse(f"results:{page_name}", args=args), data)

    return post_page


@pytest.fixture
def facts(laboratory):
    """One of each, by the name that the addresses below use."""
    specimen = laboratory.specimen()
    isolate = laboratory.isolate(specimen, FLC="S")
    return {
        "result": laboratory.result().public_id,
        "specimen": specimen.public_id,
        "isolate": isolate.public_id,
        "susceptibility": isolate.susceptibilities.get().public_id,
    }
