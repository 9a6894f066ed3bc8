from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.standards.infobutton.request import Coded, KnowledgeRequest, RequestRefused
from osteon.standards.infobutton.systems import BY_KEY

ICD = BY_KEY["ICD10"].oid
ASKED = {
    "mainSearchCriteria.v.c": "M86.6",
    "mainSearchCriteria.v.cs": ICD,
    "mainSearchCriteria.v.dn": "Chronic osteomyelitis",
    "subTopic.v.c": "Q000628",
    "subTopic.v.cs": BY_KEY["MESH"].oid,
    "informationRecipient": "PROV",
    "informationRecipient.languageCode.c": "es",
    "taskContext.c.c": "PROBLISTREV",
    "patientPerson.administrativeGenderCode.c": "F",
    "age.v.v": "54",
    "age.v.u": "a",
    "knowledgeResponseType": "text/xml",
}


def test_a_request_is_read_into_what_is_asked():
    request = KnowledgeRequest.parse(ASKED)
    assert request.topics == (Coded("M86.6", ICD, "Chronic osteomyelitis"),)
    assert request.topics[0].code_system.key == "ICD10"
    assert request.subtopics[0].code == "Q000628"
    assert (request.recipient, request.language, request.task) == ("PROV", "es", "PROBLISTREV")
    assert (request.sex, request.age, request.age_unit) == ("F", "54", "a")
    assert request.response_type == "text/xml" and request.language_was_given


def test_defaults_are_a_patient_who_reads_english():
    request = KnowledgeRequest.parse({"mainSearchCriteria.v.dn": "vancomycin"})
    assert (request.recipient, request.language, request.response_type) == ("PAT", "en", "")
    assert request.topics[0].code_system is None and not request.language_was_given


def test_several_topics_are_told_by_their_number():
    request = KnowledgeRequest.parse(
        [
            ("mainSearchCriteria.v.c1", "1988-5"),
            ("mainSearchCriteria.v.cs1", BY_KEY["LOINC"].oid),
            ("mainSearchCriteria.v.c", "M86"),
            ("mainSearchCriteria.v.cs", ICD),
            ("mainSearchCriteria.v.dn2", "pin site"),
        ]
    )
    assert [topic.code or topic.display for topic in request.topics] == ["M86", "1988-5", "pin site"]


def test_the_old_spelling_is_read_and_never_written():
    request = KnowledgeRequest.parse({"mainSearchCriteria.c.c": "M86", "mainSearchCriteria.c.cs": ICD})
    assert request.topics == (Coded("M86", ICD),)
    assert dict(request.parameters())["mainSearchCriteria.v.c"] == "M86"
    assert not any(name.startswith("mainSearchCriteria.c") for name, _ in request.parameters())


def test_the_name_of_a_system_in_place_of_its_oid_is_understood():
    request = KnowledgeRequest.parse({"mainSearchCriteria.v.c": "M86", "mainSearchCriteria.v.cs": "ICD10CM"})
    assert request.topics[0].code_system.key == "ICD10CM"


def test_what_names_a_person_is_read_past_and_never_passed_on():
    request = KnowledgeRequest.parse(
        ASKED | {"holder.assignedEntity.n": "drsmith", "holder.assignedEntity.certificateText": "secret"}
    )
    url = request.url("https://library.example/infobutton")
    assert "secret" not in url and "drsmith" not in url


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({}, "Send mainSearchCriteria.v.c"),
        ({"mainSearchCriteria.v.cs": ICD}, "Send mainSearchCriteria.v.c"),
        ({"mainSearchCriteria.v.c": "M86", "informationRecipient": "CAT"}, "one of PAT, PROV, PAYOR"),
        ({"mainSearchCriteria.v.c": "M86", "informationRecipient.languageCode.c": "<b>"}, "language code"),
        ({"mainSearchCriteria.v.c": "M" * 400}, "longer than 300"),
        ({"mainSearchCriteria.v.c": "M86\x00"}, "control characters"),
        ({f"mainSearchCriteria.v.c{n}": "M86" for n in range(11)}, "at most 10"),
    ],
)
def test_a_request_that_cannot_be_understood_says_what_to_send(parameters, said):
    with pytest.raises(RequestRefused, match=said):
        KnowledgeRequest.parse(parameters)


def test_unknown_parameters_are_ignored():
    assert KnowledgeRequest.parse(ASKED | {"utm_source": "x"}) == KnowledgeRequest.parse(ASKED)


def test_a_base_with_parameters_of_its_own_keeps_them():
    url = KnowledgeRequest.parse(ASKED).url("https://library.example/x?site=1")
    assert url.startswith("https://library.example/x?site=1&mainSearchCriteria")


words = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x2FFF, exclude_categories=("Cs", "Z", "C")), max_size=20
)


@given(code=words.filter(bool), display=words, original=words, language=st.sampled_from(["en", "es"]))
def test_what_is_written_is_read_back_the_same(code, display, original, language):
    request = KnowledgeRequest(
        topics=(Coded(code, ICD, display, original), Coded("1988-5", BY_KEY["LOINC"].oid)),
        subtopics=(Coded("Q000628", BY_KEY["MESH"].oid),),
        language=language,
        language_was_given=True,
        task="MLREV",
    )
    query = urlsplit(request.url("https://library.example/infobutton")).query
    assert KnowledgeRequest.parse(parse_qsl(query)) == request
