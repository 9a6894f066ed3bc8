"""HL7 Context-Aware Knowledge Retrieval (Infobutton): the URL request and its Atom or JSON answer."""

from osteon.standards.infobutton.feed import (
    AnswerRefused,
    Entry,
    Feed,
    read,
    write_atom,
    write_json,
    write_jsonp,
)
from osteon.standards.infobutton.request import Coded, KnowledgeRequest, RequestRefused
from osteon.standards.infobutton.systems import BY_KEY, BY_OID, CodeSystem, parents

__all__ = [
    "BY_KEY",
    "BY_OID",
    "AnswerRefused",
    "CodeSystem",
    "Coded",
    "Entry",
    "Feed",
    "KnowledgeRequest",
    "RequestRefused",
    "parents",
    "read",
    "write_atom",
    "write_json",
    "write_jsonp",
]
