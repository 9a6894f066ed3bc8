"""What the templates show of answers and of external topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from osteon.library.resources import addresses, queries
from osteon.library.resources.answering import SOURCE
from osteon.library.resources.models import ExternalSite, ExternalTopic
from osteon.standards.infobutton import Entry, Feed, KnowledgeRequest
from osteon.standards.medlineplus import ATTRIBUTION, DISCLAIMER
from osteon.standards.medlineplus.topics import LICENSED_PATHS
from osteon.standards.safe_html import plain


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One entry of an answer as a reader sees it. ``other_language``: not the one that was asked for."""

    title: str
    href: str
    text: str
    source: str
    language: str
    other_language: bool


def reading(feed: Feed, asked: KnowledgeRequest) -> dict[str, Any]:
    """The context of the page that shows an answer to a person."""
    return {"feed": feed, "entries": [_line(entry, asked.language) for entry in feed.entries]}


def _line(entry: Entry, language: str) -> ReadingLine:
    return ReadingLine(
        title=entry.title,
        href=entry.href,
        text=plain(entry.summary),
        source=dict(entry.categories).get(SOURCE, ""),
        language=entry.language,
        other_language=bool(entry.language) and entry.language != language,
    )


# External topics

# The sections of a MedlinePlus page in its own order; what is not named here comes after them.
SECTIONS = (
    ("Start Here", "Comience aquí"),
    ("Overviews", "Introducción", "Resúmenes"),
    ("Diagnosis/Symptoms", "Diagnóstico/Síntomas", "Diagnósticos/Síntomas"),
    ("Diagnosis and Tests", "Diagnóstico y exámenes"),
    ("Prevention and Risk Factors", "Prevención y factores de riesgo"),
    ("Treatments and Therapies", "Tratamientos y terapias"),
    ("Living With", "Viviendo con..."),
    ("Specific Conditions", "Asuntos específicos", "Condiciones específicas"),
    ("Related Issues", "Asuntos relacionados"),
    ("Genetics", "Genética"),
    ("Health Check Tools", "Revise su salud"),
    ("Images", "Imágenes"),
    ("Videos and Tutorials", "Videos y tutoriales", "Tutorials", "Tutoriales"),
    ("Statistics and Research", "Estadísticas e investigaciones"),
    ("Clinical Trials", "Ensayos clínicos"),
    ("Journal Articles", "Artículos científicos"),
    ("Reference Desk", "Material de consulta"),
    ("Find an Expert", "Encuentre un experto"),
    ("Children", "Niños"),
    ("Teenagers", "Adolescentes"),
    ("Men", "Hombres"),
    ("Women", "Mujeres"),
    ("Older Adults", "Adultos mayores"),
    ("Patient Handouts", "Hojas para el paciente"),
    ("Encyclopedia", "Enciclopedia"),
)
_ORDER = {name: number for number, names in enumerate(SECTIONS) for name in names}


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A link of a section. ``licensed``: only the link may be shown, and is."""

    title: str
    href: str
    by: str
    licensed: bool


@dataclass(frozen=True, slots=True)
class ExternalView:
    """A topic of MedlinePlus as readers see it: ``sections`` in MedlinePlus' order."""

    title: str
    href: str
    here: str
    language: str
    text: str
    html: SafeString
    also_called: tuple[str, ...]
    sections: tuple[tuple[str, tuple[SiteLine, ...]], ...]


def external(topic: ExternalTopic) -> ExternalView:
    return ExternalView(
        title=topic.title,
        href=topic.url,
        here=addresses.external_topic(topic),
        language=topic.language,
        text=topic.description or plain(topic.summary),
        html=mark_safe(topic.summary),  # noqa: S308  passed the allow-list when it was imported
        also_called=tuple(topic.also_called),
        sections=tuple(_sections(topic.sites.all())),
    )


def _sections(sites: Any) -> list[tuple[str, tuple[SiteLine, ...]]]:
    found: dict[str, list[SiteLine]] = {}
    for site in sites:
        for section in site.sections:
            found.setdefault(section, []).append(_site(site))
    ordered = sorted(found.items(), key=lambda pair: (_ORDER.get(pair[0], len(SECTIONS)), pair[0]))
    return [(name, tuple(lines)) for name, lines in ordered]


def _site(site: ExternalSite) -> SiteLine:
    by = ", ".join(site.organizations) or "MedlinePlus"
    return SiteLine(site.title, site.url, by, any(part in site.url for part in LICENSED_PATHS))


def external_page(topic: ExternalTopic) -> dict[str, Any]:
    """The context of an external topic's own page."""
    here = queries.here_among([number for number, _title, _url in topic.related])
    mate = queries.mates_of(topic)
    related = [
        {"title": title, "href": addresses.external_topic(here[number]) if number in here else url}
        for number, title, url in topic.related
    ]
    return {
        "view": external(topic),
        "topic": topic,
        "mate": mate,
        "mate_href": addresses.external_topic(mate) if mate else "",
        "related": related,
        "other_languages": [{"name": own or name, "href": url} for name, own, url in topic.other_languages],
        "attribution": ATTRIBUTION,
        "disclaimer": DISCLAIMER,
    }
