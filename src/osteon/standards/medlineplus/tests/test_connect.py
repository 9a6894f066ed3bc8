from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from osteon.standards.infobutton.request import Coded, KnowledgeRequest
from osteon.standards.infobutton.systems import BY_KEY
from osteon.standards.medlineplus import connect_request, connect_url

BASE = "https://connect.example/service"


def asked(key: str, code: str, **kwargs) -> dict[str, list[str]]:
    return parse_qs(urlsplit(connect_url(BASE, connect_request(BY_KEY[key], code, **kwargs))).query)


def test_only_the_code_its_language_and_the_kind_of_reader_leave():
    assert asked("SNOMED", "60168000", language="es", display="Mary Jones, osteomyelitis") == {
        "mainSearchCriteria.v.cs": ["2.16.840.1.113883.6.96"],
        "mainSearchCriteria.v.c": ["60168000"],
        "informationRecipient": ["PAT"],
        "informationRecipient.languageCode.c": ["es"],
        "knowledgeResponseType": ["application/json"],
    }


def test_what_a_request_carries_besides_is_not_passed_on():
    topic = Coded("60168000", BY_KEY["SNOMED"].oid, "Mary Jones", "Mary Jones")
    request = KnowledgeRequest(topics=(topic,), sex="F", age="54", age_unit="a", task="PROBLISTREV")
    url = connect_url(BASE, request)
    assert "Mary" not in url and "54" not in url and "PROBLISTREV" not in url


def test_a_drug_may_be_asked_by_its_name_too():
    assert asked("RXNORM", "11124", display="vancomycin")["mainSearchCriteria.v.dn"] == ["vancomycin"]


def test_a_who_code_is_asked_as_the_american_one():
    assert asked("ICD10", "M86.6")["mainSearchCriteria.v.cs"] == ["2.16.840.1.113883.6.90"]


def test_a_system_the_service_does_not_know_is_not_asked():
    assert connect_url(BASE, connect_request(BY_KEY["ATC"], "J01XA01")) is None
    assert connect_url(BASE, connect_request(BY_KEY["MESH"], "D010019")) is None
    assert connect_url(BASE, KnowledgeRequest(topics=(Coded("1", "1.2.3"),))) is None
