"""Values, units, ranges and sources as a person reads them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from osteon.events.schema import Event
from osteon.events.vocabulary import name_of

UNIT_WORDS: Final = {
    "10*9/L": "×10⁹/L",
    "10*12/L": "×10¹²/L",
    "umol/L": "µmol/L",
    "Cel": "°C",
    "mm/h": "mm/h",
    "1": "",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "%": "%",
}
FAR_ABOVE: Final = 2.0  # from here on "3 × upper limit" says more than a difference


@lru_cache(maxsize=4096)
def said(text: str, language: str) -> str:
    """A word of the vocabulary in the reader's language; untranslated ones stay as they are.

    ``language`` is the active one: it keeps the cache apart. A translation costs ten times a look in a cache.
    """
    return _(text) if text else ""


def title_of(code: str, language: str) -> str:
    """What a stream code is called."""
    return said(name_of(code), language)


def unit_words(unit: str | None) -> str:
    """A UCUM unit as it is written on a chart; a bare annotation such as ``{INR}`` is not a unit."""
    if not unit or (unit.startswith("{") and unit.endswith("}")):
        return ""
    return UNIT_WORDS.get(unit, unit)


def number_words(value: float) -> str:
    """``2,140``, ``0.35``, ``182``: no digit invented, none lost."""
    return f"{value:,.10g}"


def short_number(value: float) -> str:
    """A number to write on a drawing: three figures are as much as the eye compares; the title has them all."""
    return number_words(round(value) if abs(value) >= 100 else float(f"{value:.3g}"))


def with_unit(text: str, unit: str | None) -> str:
    """A number with its unit, when it has one."""
    words = unit_words(unit)
    return f"{text} {words}" if words else text


def value_words(event: Event, _language: str = "") -> str:
    """``182 mg/L``, ``< 4 mg/L``, or the laboratory's own words."""
    if event.numeric_value is None:
        return event.text_value or ""
    number = number_words(event.numeric_value)
    return with_unit(f"{event.comparator} {number}" if event.comparator else number, event.unit)


@lru_cache(maxsize=4096)
def reference_words(low: float | None, high: float | None, language: str) -> str:
    """``reference below 5``, ``reference 135 to 145``; empty when the laboratory gave none."""
    if low is not None and high is not None and low > 0:
        return _("reference %(low)s to %(high)s") % {"low": number_words(low), "high": number_words(high)}
    if high is not None:
        return _("reference below %(high)s") % {"high": number_words(high)}
    if low is not None:
        return _("reference above %(low)s") % {"low": number_words(low)}
    return ""


def distance_words(event: Event, language: str) -> str:
    """How far outside its own reference range a value lies; empty inside it, or when nobody can tell."""
    value, low, high = event.numeric_value, event.reference_low, event.reference_high
    if value is None or event.comparator in ("<", "<=") or (low is None and high is None):
        return ""
    if high is not None and value > high:
        return _above(value, high, language)
    if low is not None and value < low and not event.comparator:
        return said("%(much)s below the lower limit", language) % {
            "much": number_words(round(low - value, 6))
        }
    return ""


def _above(value: float, high: float, language: str) -> str:
    if high > 0 and value / high >= FAR_ABOVE:
        return said("%(times)s × upper limit", language) % {
            "times": number_words(float(f"{value / high:.3g}"))
        }
    return said("%(much)s above the upper limit", language) % {"much": number_words(round(value - high, 6))}


RECORD_SOURCES: Final = {
    "results.result": gettext_noop("laboratory"),
    "results.specimen": gettext_noop("microbiology"),
    "results.isolate": gettext_noop("microbiology"),
    "results.susceptibility": gettext_noop("microbiology"),
    "courses.course": gettext_noop("course record"),
    "patients.finding": gettext_noop("recorded by the unit"),
    "patients.allergy": gettext_noop("recorded by the unit"),
    "patients.episode": gettext_noop("recorded by the unit"),
    "patients.importedfact": gettext_noop("imported"),
}


def source_words(source: str | None, language: str) -> str:
    """Where a fact came from, said in a word or two; the exact source stays in the record."""
    if not source:
        return said("source not stated", language)
    system, _colon, rest = source.partition(":")
    if system == "record":
        return said(RECORD_SOURCES.get(rest.partition("/")[0], "recorded by the unit"), language)
    if system == "fhir":
        return said("imported from FHIR %(kind)s", language) % {"kind": rest.partition("/")[0]}
    if system == "meds":
        return said("imported from MEDS %(file)s", language) % {"file": rest.partition("#")[0]}
    return said("simulated", language) if system == "sim" else source


# Said through ``said`` above; named here so that translators find them.
TRANSLATED: Final = (
    gettext_noop("%(much)s below the lower limit"),
    gettext_noop("%(times)s × upper limit"),
    gettext_noop("%(much)s above the upper limit"),
    gettext_noop("source not stated"),
    gettext_noop("recorded by the unit"),
    gettext_noop("imported from FHIR %(kind)s"),
    gettext_noop("imported from MEDS %(file)s"),
    gettext_noop("simulated"),
)


def capital(text: str) -> str:
    """First letter large, the rest untouched."""
    return text[:1].upper() + text[1:]
