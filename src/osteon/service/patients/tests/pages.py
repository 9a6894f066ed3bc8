"""Reading pages as people do, for the tests of this folder."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime

from django.urls import reverse

from osteon.service.patients.models import ImportedFact

FEVER = "OSTEON//finding//fever"
WEIGHT = "LOINC//29463-7"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def words(answer) -> str:
    """The text of a page without tags, spaces collapsed."""
    bare = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def path(name, *args):
    """The address of one of this folder's pages."""
    return reverse(f"patients:{name}", args=[getattr(each, "public_id", each) for each in args])


def posted_ok(answer, goal):
    """Whether a form was taken and led to ``goal``."""
    assert answer.status_code == 302, words(answer)[:1500]
    assert answer.url == goal


def line(cast, **said):
    """A line of Ruth's, as an imported fact."""
    values = {"kind": "line", "code": "OSTEON//line//picc", "time": NOON, "source": "sim:1/1"}
    fact = ImportedFact(patient=cast.ruth, recorded_by=cast.lead, recorded_at=NOON, **{**values, **said})
    fact.save()
    return fact


def typed_of(finding, **changes):
    """What somebody posts who changes one thing about the finding ``fever``."""
    typed = {"day": "2/11/2026", "clock": "12:00", "present": "yes", "text": finding.text_value}
    return {**typed, "version": finding.version, **changes}
