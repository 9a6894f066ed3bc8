"""The trunk of the tree: a home for each language and an index for each kind, made once."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Locale, Page, Site

from osteon.library.pages.models import HomePage, IndexPage


@dataclass(frozen=True, slots=True)
class Trunk:
    slug: str
    title: str
    introduction: str


HOMES = {
    "en": Trunk(
        "home",
        "Bone and joint infection: information you can trust",
        "What bone infection is, how it is found and treated, and how our unit can help you.",
    ),
    "es": Trunk(
        "inicio",
        "Infección de huesos y articulaciones: información fiable",
        "Qué es la infección del hueso, cómo se encuentra y se trata, y cómo puede ayudarle nuestra unidad.",
    ),
}
INDEXES = {
    "topics": {
        "en": Trunk("topics", "Health topics", "Each illness: what it is, how it is found and what helps."),
        "es": Trunk("temas", "Temas de salud", "Cada enfermedad: qué es, cómo se encuentra y qué ayuda."),
    },
    "tests": {
        "en": Trunk("tests", "Tests", "What each test shows, how to prepare and what it is like."),
        "es": Trunk("pruebas", "Pruebas", "Qué muestra cada prueba, cómo prepararse y cómo es."),
    },
    "treatments": {
        "en": Trunk("treatments", "Treatments", "What is done, why, where, and what to ask."),
        "es": Trunk("tratamientos", "Tratamientos", "Qué se hace, por qué, dónde y qué preguntar."),
    },
    "services": {
        "en": Trunk("services", "Our services", "How care is organised here, in hospital and at home."),
        "es": Trunk(
            "servicios", "Nuestros servicios", "Cómo se organiza la atención, en el hospital y en casa."
        ),
    },
    "team": {
        "en": Trunk("team", "Find an expert", "Who works here, and what each of us is asked about."),
        "es": Trunk("equipo", "Encuentre un experto", "Quiénes somos y de qué sabe cada uno."),
    },
    "sites": {
        "en": Trunk("sites", "Where we are", "Our clinics, how to ring them and how to be referred."),
        "es": Trunk(
            "centros", "Dónde estamos", "Nuestras consultas, sus teléfonos y cómo pedir que le deriven."
        ),
    },
    "gps": {
        "en": Trunk("gps", "For GPs", "Red flags, what to order, and when to refer."),
        "es": Trunk("medicos", "Para médicos de familia", "Señales de alarma, qué pedir y cuándo derivar."),
    },
    "cases": {
        "en": Trunk("cases", "Case studies", "What was done and how it went, told with consent."),
        "es": Trunk("casos", "Casos clínicos", "Qué se hizo y cómo fue, contado con consentimiento."),
    },
    "stories": {
        "en": Trunk("stories", "Patient stories", "In their own words."),
        "es": Trunk("historias", "Historias de pacientes", "Con sus propias palabras."),
    },
    "news": {
        "en": Trunk("news", "News", "What is new in the unit and in the library."),
        "es": Trunk("noticias", "Noticias", "Qué hay de nuevo en la unidad y en la biblioteca."),
    },
}


def ensure() -> dict[tuple[str, str], IndexPage]:
    """Every index by (language, kind). What an editor renamed since is found by its kind and left alone."""
    homes = {language: _home(language) for language in HOMES}
    _site(homes[settings.LANGUAGE_CODE])
    return {
        (language, kind): _index(homes, language, kind, trunk)
        for kind, trunks in INDEXES.items()
        for language, trunk in trunks.items()
    }


def _locale(language: str) -> Locale:
    return Locale.objects.get_or_create(language_code=language)[0]


def _home(language: str) -> HomePage:
    found = HomePage.objects.filter(locale__language_code=language).first()
    if found:
        return found
    trunk, root = HOMES[language], Page.get_first_root_node()
    home = HomePage(
        title=trunk.title, slug=trunk.slug, introduction=trunk.introduction, locale=_locale(language)
    )
    source = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source:
        home.translation_key = source.translation_key
    else:
        Page.objects.filter(depth=2, slug=trunk.slug).delete()  # the welcome page that Wagtail starts with
        root = Page.get_first_root_node()
    root.add_child(instance=home)
    return home


def _site(home: HomePage) -> None:
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "root_page": home,
            "hostname": "localhost",
            "port": 80,
            "site_name": settings.WAGTAIL_SITE_NAME,
        },
    )


def _index(homes: dict[str, HomePage], language: str, kind: str, trunk: Trunk) -> IndexPage:
    found = IndexPage.objects.filter(kind=kind, locale__language_code=language).first()
    if found:
        return found
    index = IndexPage(
        kind=kind,
        title=trunk.title,
        slug=trunk.slug,
        introduction=trunk.introduction,
        locale=homes[language].locale,
    )
    source = IndexPage.objects.filter(kind=kind, locale__language_code=settings.LANGUAGE_CODE).first()
    if source:
        index.translation_key = source.translation_key
    homes[language].refresh_from_db()
    homes[language].add_child(instance=index)
    return index
