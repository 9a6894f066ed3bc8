from __future__ import annotations

from io import BytesIO

import pytest

from osteon.standards.safe_xml import Limits, XmlRefused, document, records, text_of

LAUGHS = b"""<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>
<topics><t>&c;</t></topics>"""


def read(data: bytes, **kwargs) -> list[str]:
    return [text_of(node) for node in records(BytesIO(data), ("t",), **kwargs)]


def test_records_come_one_by_one_with_their_entities_resolved_once():
    assert read(b"<r><t>one &lt;p&gt;</t><other><t>two <b>bold</b>  end</t></other></r>") == [
        "one <p>",
        "two bold end",
    ]


def test_a_record_inside_a_record_stays_part_of_it():
    assert read(b"<r><t>a<t>b</t>c</t></r>") == ["abc"]


def test_a_document_type_that_names_a_dtd_is_read_without_fetching_it():
    named = b'<!DOCTYPE r PUBLIC "-//NLM//DTD" "https://nowhere.invalid/x.dtd"><r><t>&#945;</t></r>'
    assert read(named) == ["α"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (LAUGHS, "declares an entity"),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><t>&x;</t></r>', "declares an entity"),
        (b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://x.invalid/">%p;]><r/>', "declares an entity"),
        (b'<!DOCTYPE r SYSTEM "http://x.invalid/"><r><t>&secret;</t></r>', "not declared"),
        (b"<r><t>&secret;</t></r>", "undefined entity"),
        (b"<r><t>one</r>", "mismatched tag"),
        (b"<r><t>one</t>", "no element found"),
        (b"", "no element found"),
        (b"not xml at all", "not well-formed"),
        (b"<r><t>\xff\xfe</t></r>", "not well-formed"),
        (b'<?xml version="1.0" encoding="klingon"?><r/>', "encoding cannot be read"),
        (b"<r>" * 100, "nested more than"),
    ],
)
def test_a_damaged_or_hostile_document_is_refused_with_a_reason(data, said):
    with pytest.raises(XmlRefused, match=said):
        read(data)
    with pytest.raises(XmlRefused, match=said):
        document(data)


def test_records_before_the_damage_are_given_and_then_it_is_refused():
    found = []
    with pytest.raises(XmlRefused):
        for node in records(BytesIO(b"<r>" + b"<t>x</t>" * 20_000 + b"<broken"), ("t",)):
            found.append(node)
    assert len(found) >= 8_000


def test_a_document_of_another_kind_is_refused():
    with pytest.raises(XmlRefused, match="'html' document, not r"):
        read(b"<html><t>x</t></html>", roots=("r",))
    with pytest.raises(XmlRefused, match="'html' document, not r"):
        document(b"<html/>", roots=("r",))


def test_too_many_bytes_are_refused_and_many_small_records_are_not_one_large():
    limits = Limits(total_bytes=1_000_000, record_bytes=200_000)
    small = b"<r>" + b"<t>" + b"x" * 1000 + b"</t>"
    assert len(read(small + b"<t>y</t>" * 50_000 + b"</r>", limits=limits)) == 50_001
    with pytest.raises(XmlRefused, match="One record"):
        read(b"<r><t>" + b"x" * 500_000 + b"</t></r>", limits=limits)
    with pytest.raises(XmlRefused, match="larger than 1,000,000"):
        read(b"<r>" + b"<t>y</t>" * 200_000 + b"</r>", limits=limits)
    with pytest.raises(XmlRefused, match="larger than 200,000"):
        document(b"<r>" + b" " * 300_000 + b"</r>", limits=limits)


def test_a_namespace_is_part_of_the_name():
    assert document(b'<feed xmlns="urn:a"/>', roots=("{urn:a}feed",)).tag == "{urn:a}feed"


def test_no_element_has_no_text():
    assert text_of(None) == ""
