"""The description of our interface, in OpenAPI 3.1, written from the same tables the views use."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from osteon.library.resources.corner import KINDS
from osteon.library.search.documents import AUDIENCES, LANGUAGES
from osteon.library.search.documents import KINDS as FOUND_KINDS

TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
DAY = {"type": ["string", "null"], "format": "date"}


def document() -> dict[str, Any]:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.WAGTAIL_SITE_NAME}: library",
            "version": "1",
            "description": "What patients, families and GPs can read about bone and joint infection, and search over it. "
            "No key is needed. General information: it does not replace the advice of a clinician.",
            "license": {"name": settings.LIBRARY_LICENCE_NAME, "url": settings.LIBRARY_LICENCE_URL},
        },
        "servers": [{"url": settings.LIBRARY_ADDRESS}],
        "paths": {
            "/api/v1/topics": {"get": _list()},
            "/api/v1/topics/{language}/{slug}": {"get": _one()},
            "/api/v1/search": {"get": _search()},
            "/connect/service": {"get": _connect("As MedlinePlus Connect: one code in, pages to read out.")},
            "/infobutton": {"get": _connect("The HL7 Infobutton URL request.")},
        },
        "components": {"schemas": _schemas()},
    }


def _list() -> dict[str, Any]:
    return _operation(
        "topics",
        "Every page of a kind",
        [_query("language", enum=LANGUAGES), _query("kind", enum=tuple(KINDS))],
        {"type": "object", "properties": {"topics": {"type": "array", "items": _ref("Short")}}},
    )


def _one() -> dict[str, Any]:
    parameters = [_path("language", enum=LANGUAGES), _path("slug")]
    return _operation("topic", "One page with all it says", parameters, _ref("Whole"), missing=True)


def _search() -> dict[str, Any]:
    parameters = [
        {**_query("q"), "required": True},
        _query("language", enum=LANGUAGES),
        _query("kind", enum=FOUND_KINDS),
        _query("audience", enum=AUDIENCES),
        {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}},
    ]
    return _operation("search", "Search with synonyms and spelling correction", parameters, _ref("Found"))


def _connect(summary: str) -> dict[str, Any]:
    parameters = [
        _query("mainSearchCriteria.v.cs", "OID of the code system"),
        _query("mainSearchCriteria.v.c", "The code"),
        _query("mainSearchCriteria.v.dn", "Its name, used where no code fits"),
        _query("informationRecipient", enum=("PAT", "PROV", "PAYOR")),
        _query("informationRecipient.languageCode.c", enum=LANGUAGES),
        _query("knowledgeResponseType", enum=("text/xml", "application/json", "text/html")),
    ]
    answer = {"description": "A feed; without entries when nothing fits", "content": {}}
    answer["content"] = {"application/atom+xml": {}, "application/json": {}, "text/html": {}}
    return {"summary": summary, "parameters": parameters, "responses": {"200": answer, "400": _plain()}}


def _operation(
    name: str,
    summary: str,
    parameters: list[dict[str, Any]],
    schema: dict[str, Any],
    *,
    missing: bool = False,
) -> dict[str, Any]:
    responses: dict[str, Any] = {
        "200": {"description": summary, "content": {"application/json": {"schema": schema}}},
        "400": _plain(),
    }
    if missing:
        responses["404"] = _plain()
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": responses}


def _plain() -> dict[str, Any]:
    return {"description": "What is wrong, in words", "content": {"text/plain": {"schema": TEXT}}}


def _query(name: str, description: str = "", enum: tuple[str, ...] = ()) -> dict[str, Any]:
    schema = {**TEXT, "enum": list(enum)} if enum else TEXT
    return {"name": name, "in": "query", "schema": schema} | (
        {"description": description} if description else {}
    )


def _path(name: str, enum: tuple[str, ...] = ()) -> dict[str, Any]:
    return {**_query(name, enum=enum), "in": "path", "required": True}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _schemas() -> dict[str, Any]:
    short = dict.fromkeys(("slug", "kind", "language", "title", "summary", "url"), TEXT)
    short |= {
        "audience": TEXTS,
        "also_called": TEXTS,
        "codes": TEXTS,
        "last_reviewed": DAY,
        "next_review": DAY,
    }
    section = _object(key=TEXT, heading=TEXT, html=TEXT, text=TEXT)
    source, mate = _object(text=TEXT, doi=TEXT), _object(language=TEXT, url=TEXT)
    hit = _object(title=TEXT, url=TEXT, kind=TEXT, language=TEXT, audience=TEXTS, passage=TEXT)
    number = {"type": "integer"}
    return {
        "Short": _object(**short),
        "Whole": _object(
            **short,
            sections={"type": "array", "items": section},
            sources={"type": "array", "items": source},
            reviewers=TEXTS,
            translations={"type": "array", "items": mate},
            licence=_object(name=TEXT, url=TEXT, attribution=TEXT),
        ),
        "Found": _object(
            query=TEXT,
            corrected={"type": ["string", "null"]},
            total=number,
            page=number,
            pages=number,
            results={"type": "array", "items": hit},
        ),
    }
