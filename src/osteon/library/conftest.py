"""A small library for the tests: a topic in two languages, a treatment, a page for GPs, a site, an expert, news."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from pytest_django.plugin import DjangoDbBlocker
from tests.support import library as database

from osteon.library.content import loader
from osteon.library.editorial import people
from osteon.library.pages.models import LibraryPage

PASSWORD = "correct horse battery"  # noqa: S105
TEXTS = {
    "en/topics/bone-infection.md": """+++
title = "Bone infection"
slug = "bone-infection"
summary = "Germs have got into a bone. It can be treated."
also_called = ["Osteomyelitis"]
audience = ["patients", "teenagers"]
codes = ["ICD10//M86"]
mesh = ["D010019"]
reviewed_on = 2026-01-05
next_review = 2036-01-05
reviewers = ["Dr Amara Cole, infection physician"]
sources = [{text = "A review of bone infection. 2020.", doi = "10.1000/abc.12"}]
related = ["frame"]
+++

## Start here

Germs can get into a bone. **Ring us** when you shiver. See [the frame](treatments/frame).

- fever
- pain

## Diagnosis and tests

You have blood tests.

## Living with it

Rest, then walk.
""",
    "es/topics/infeccion.md": """+++
title = "Infección del hueso"
slug = "infeccion-del-hueso"
summary = "Hay gérmenes en un hueso. Se puede tratar."
translation_of = "bone-infection"
+++

## Empiece aquí

Los gérmenes pueden entrar en un hueso.
""",
    "en/treatments/frame.md": """+++
title = "Frame around the leg"
slug = "frame"
summary = "A frame holds the bone while it heals."
done_as = {setting = "hospital", stay = "A few days.", inpatient_when = ["pain", "teaching"]}
+++

## What it is

Rings and wires.
""",
    "en/gps/back-pain.md": """+++
title = "Back pain and infection"
slug = "back-pain-and-infection"
summary = "When back pain may be an infected spine."
audience = ["gps"]
calculator = "spine-triage"
+++

## Risk factors

Diabetes.

## Red flags

New weakness.

## When to refer

The same day.
""",
    "en/sites/marlbury.md": """+++
title = "Marlbury clinic"
slug = "marlbury"
summary = "The clinic on the hill."
address = ["1 Hill Road", "Marlbury"]
telephone = "020 7946 0000"
latitude = "51.50000"
longitude = "-0.12000"
referral_route = "Ring the coordinator."
+++

## How to find us

Up the hill.
""",
    "en/team/cole.md": """+++
title = "Dr Amara Cole"
slug = "amara-cole"
summary = "Looks after bone infection."
profession = "Infection physician"
expertise = ["Bone infection", "Spine"]
sites = ["marlbury"]
+++

## About

She has worked here for long.
""",
    "en/news/garden.md": """+++
title = "The garden is open"
slug = "the-garden-is-open"
summary = "Patients can sit outside again."
date = 2026-11-01
+++

## What is new

Benches.
""",
}


def written(folder: Path) -> Path:
    for name, text in TEXTS.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "content"


@pytest.fixture(scope="session")
def shelved(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A database of its own with the small library, made once: loading costs a second, a test nothing."""
    with django_db_blocker.unblock():
        home = database.path()
        shelf = database.fresh("small-library.sqlite3")
        assert not loader.load(written(tmp_path_factory.mktemp("texts"))).refused
        database.use(home)
    return shelf


@pytest.fixture
def at_the_shelf(shelved: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Set up before ``db`` opens its transaction, and taken down after it."""
    with django_db_blocker.unblock():
        home = database.path()
        database.use(shelved)
    yield
    with django_db_blocker.unblock():
        database.use(home)


@pytest.fixture
def library(at_the_shelf: None, db: None, tmp_path: Path) -> Path:
    """The small library, loaded; gives the folder of its texts, which a test may change."""
    return written(tmp_path)


@pytest.fixture
def page(library: Path) -> Callable[[str], LibraryPage]:
    def find(slug: str) -> LibraryPage:
        return LibraryPage.objects.get(slug=slug).specific

    return find


@pytest.fixture
def person(library: Path) -> Callable[..., object]:
    """Makes somebody who can sign in with ``PASSWORD``."""

    def make(name: str, *, reviewer: bool = False) -> object:
        email = f"{name.split()[-1].lower()}@marlbury.example"
        people.make_person(email=email, password=PASSWORD, name=name, reviewer=reviewer)
        return get_user_model().objects.get(username=email)

    return make


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Each test begins with an empty cache of pages."""
    cache.clear()
