"""Whole files: Bundles, NDJSON, folders; damaged, foreign and hostile ones."""

import copy
import gzip
import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osteon.events.report import SourceRefused
from osteon.events.schema import SCHEMA
from osteon.standards.fhir import files, shelf
from osteon.standards.fhir.reader import FhirBundle, FhirFolder, FhirLines
from osteon.standards.fhir.tests.builders import (
    administration,
    bundle,
    observation,
    patient,
    request,
    resource,
    subject,
    write,
)
from osteon.standards.fhir.tests.test_microbiology import culture, pot


def refusal(path, reader=FhirBundle) -> str:
    with pytest.raises(SourceRefused) as refused:
        source = reader(path)
        list(source.subjects())
        list(source.events())
    return str(refused.value)


# Damaged and foreign


def test_truncated_gzip_is_refused(tmp_path):
    path = write(tmp_path, bundle(patient(), observation()), "b.json.gz")
    path.write_bytes(path.read_bytes()[:-20])
    assert refusal(path).startswith("b.json.gz: the gzip file is cut short or damaged")


def test_gzip_with_a_wrong_sum_is_refused(tmp_path):
    path = write(tmp_path, bundle(patient()), "b.json.gz")
    data = bytearray(path.read_bytes())
    data[-6] ^= 0xFF
    path.write_bytes(data)
    assert "cut short or damaged" in refusal(path)


def test_gzip_bomb_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_DOCUMENT", 2**20)
    path = tmp_path / "b.json.gz"
    path.write_bytes(gzip.compress(b" " * 2**24))
    assert path.stat().st_size < 2**15
    assert refusal(path) == "b.json.gz: larger than 1 MB unpacked; send it as NDJSON"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"{", "not valid JSON at line 1"),
        (b'{"resourceType": "Bundle",\n "type": }', "not valid JSON at line 2, column 10"),
        (b'{"resourceType": "Bundle", "x": "\xff"}', "not text in UTF-8 (byte 34)"),
        ("{}".encode("utf-16"), "not text in UTF-8 (byte 1)"),
        (b"[" * 100_000, "depth limit"),
        (b'{"a": NaN}', "not valid JSON"),
        (b"[1, 2]", "a Bundle is a JSON object"),
        (b"{}", "not a FHIR resource (it has no 'resourceType')"),
        (b'{"hello": "world"}', "not a FHIR resource"),
        (b'{"resourceType": 7}', "not a FHIR resource"),
        (b'{"resourceType": "../../etc"}', "not a FHIR resource"),
        (b'{"resourceType": "Patient", "id": "1"}', "holds one Patient; a Bundle or NDJSON is needed"),
        (b'{"resourceType": "Bundle", "type": "history"}', "a Bundle of type 'history' is not read"),
        (b'{"resourceType": "Bundle"}', "a Bundle of type None is not read"),
        (
            b'{"resourceType": "Bundle", "type": "batch", "entry": {}}',
            "'entry' should be a list but is an object",
        ),
        (
            b'{"resourceType": "Bundle", "type": "batch", "entry": [7]}',
            "'entry' should be a list of objects but is a number",
        ),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": [{}]}', "entry 1 has no resource"),
        (
            b'{"resourceType": "Bundle", "type": "batch", "entry": [{"resource": {"id": "1"}}]}',
            "entry 1: not a FHIR resource",
        ),
        (
            b'{"resourceType": "Bundle", "type": "batch", "entry": [{"resource": "x"}]}',
            "'resource' should be an object but is a text",
        ),
    ],
)
def test_what_is_not_fhir_is_refused_naming_the_file_and_the_place(tmp_path, data, said):
    text = refusal(write(tmp_path, data))
    assert text.startswith("b.json: ")
    assert said in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "CRP"}, "'code' should be an object but is a text"),
        ({"code": {"coding": {}}}, "'coding' should be a list but is an object"),
        ({"subject": [1]}, "'subject' should be an object but is a list"),
        ({"component": [None]}, "'component' should be a list of objects but is null"),
        ({"valueQuantity": 5}, "'valueQuantity' should be an object but is a number"),
        ({"referenceRange": True}, "'referenceRange' should be a list but is true or false"),
    ],
)
def test_element_of_the_wrong_shape_refuses_the_whole_file(tmp_path, change, said):
    path = write(tmp_path, bundle(patient(), observation(), observation(id="bad") | change))
    assert refusal(path) == f"b.json: entry 3 (Observation/bad): {said}"


def test_file_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path / "b.json") == "b.json: cannot be opened (No such file or directory)"


def test_folder_in_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "b.json").mkdir()
    assert refusal(tmp_path / "b.json") == "b.json: cannot be opened (Is a directory)"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WHOLE = [
    observation(),
    request("Linezolid", dosageInstruction=[{"timing": {"repeat": {"period": 1, "periodUnit": "d"}}}]),
    administration("Daptomycin", "2026-03-05"),
    patient("p9"),
    pot(),
    culture(),
    resource(
        "Encounter",
        subject=subject(),
        status="finished",
        **{"class": {"code": "IMP"}},
        period={"start": "2026"},
    ),
    resource("AllergyIntolerance", patient=subject(), code={"text": "Latex"}),
    resource("Condition", subject=subject(), code={"coding": [{"code": "1"}]}, onsetDateTime="2026"),
    resource("ImagingStudy", subject=subject(), started="2026", series=[{"modality": {"code": "MR"}}]),
    resource(
        "DeviceUseStatement",
        subject=subject(),
        timingDateTime="2026",
        device={"reference": "#a"},
        contained=[{"resourceType": "Device", "id": "a", "type": {"text": "PICC"}}],
    ),
    resource(
        "DiagnosticReport",
        subject=subject(),
        code={"text": "Culture"},
        category=[{"coding": [{"code": "MB"}]}],
        specimen=[{"reference": "Specimen/s1"}],
        result=[{"reference": "Observation/c1"}],
        issued="2026",
    ),
]


def places(value, place=()):
    """Every place in a document, as a tuple of keys and positions."""
    yield place
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*place, key))


@st.composite
def spoilt(draw):
    """A whole resource with one or two of its elements replaced by anything."""
    thing = copy.deepcopy(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(1, 2))):
        *above, key = draw(st.sampled_from([p for p in places(thing) if p and p != ("resourceType",)]))
        holder = thing
        for step in above:
            holder = holder[step]
        holder[key] = draw(json_values)
    return thing


@given(st.lists(spoilt(), min_size=1, max_size=2))
@settings(deadline=None, max_examples=300)
def test_any_content_is_taken_refused_or_refuses_the_file_and_nothing_else(tmp_path_factory, things):
    path = write(tmp_path_factory.mktemp("f"), bundle(patient(), *things))
    try:
        source = FhirBundle(path)
        list(source.subjects())
        source.event_list()
    except SourceRefused as refused:
        assert str(refused).startswith("b.json: ")
    else:
        report = source.report
        counted = report.mapped.total() + report.kept.total() + report.refused.total()
        assert report.read == counted == 1 + len(things)


# Bundles


@pytest.mark.parametrize("kind", ["transaction", "batch", "collection", "searchset", "document"])
def test_bundle_of_every_useful_type_is_read(tmp_path, kind):
    source = FhirBundle(write(tmp_path, bundle(patient(), observation(), kind=kind)))
    assert len(source.event_list()) == 3


def test_empty_bundle_gives_an_empty_stream(tmp_path):
    source = FhirBundle(write(tmp_path, {"resourceType": "Bundle", "type": "collection"}))
    (table,) = source.events()
    assert (table.height, table.columns) == (0, list(SCHEMA))


def test_byte_order_mark_is_tolerated(tmp_path):
    data = b"\xef\xbb\xbf" + json.dumps(bundle(patient())).encode()
    assert len(list(FhirBundle(write(tmp_path, data)).subjects())) == 1


def test_second_walk_gives_the_same(tmp_path):
    source = FhirBundle(
        write(tmp_path, bundle(patient(), observation(), request("Linezolid"), pot(), culture()))
    )
    (first,) = source.events()
    told = source.report.as_dict()
    (again,) = source.events()
    assert again.equals(first)
    assert source.report.as_dict() == told


# NDJSON

STORY = [
    patient("p1"),
    patient("p2"),
    observation(),
    observation("718-7", 9.8, "g/dL", subject=subject("Patient/p2")),
    resource("Medication", id="m1", code={"text": "Daptomycin"}),
    request("Linezolid"),
    administration("Daptomycin", "2026-03-05T08:00:00Z"),
    administration("Daptomycin", "2026-03-06T08:00:00Z"),
    pot(),
    culture(),
    resource("Practitioner"),
]


def lines(resources) -> bytes:
    return b"\n".join(json.dumps(r).encode() for r in resources) + b"\n"


def story_of(source) -> list:
    table = pl.concat(source.events())
    return table.sort("subject_id", "code", "time", "source").rows()


def test_lines_in_any_order_tell_the_same_story_as_a_bundle(tmp_path):
    expected = story_of(FhirBundle(write(tmp_path, bundle(*STORY))))
    for name, order in (("a.ndjson", STORY), ("b.ndjson.gz", STORY[::-1])):
        source = FhirLines(write(tmp_path, lines(order), name))
        assert story_of(source) == expected
        assert source.report.read == len(STORY)


def test_folder_of_lines_is_one_source(tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder, lines(STORY[2:]), "Observation.ndjson")
    write(folder, lines(STORY[:2]), "Patient.ndjson.gz")
    source = FhirLines(folder)
    assert len(list(source.subjects())) == 2
    assert story_of(source) == story_of(FhirBundle(write(tmp_path, bundle(*STORY))))


def test_lines_keep_patients_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "EVENTS_PER_TABLE", 1)
    people = [patient(f"p{n}") for n in range(5)]
    facts = [observation(subject=subject(f"Patient/p{n}")) for n in range(5)] * 2
    tables = [
        set(t["subject_id"].to_list())
        for t in FhirLines(write(tmp_path, lines(facts + people), "a.ndjson")).events()
    ]
    assert len(tables) == 5
    assert all(len(table) == 1 for table in tables)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b'{"resourceType": "Observation"', "a.ndjson: line 3: not valid JSON"),
        (b"[]", "a.ndjson: line 3: not a FHIR resource, which is a JSON object"),
        (b'{"id": "1"}', "a.ndjson: line 3: not a FHIR resource (it has no 'resourceType')"),
        (
            b'{"resourceType": "Observation", "code": 5, "subject": {"reference": "Patient/p1"}, "issued": "2026"}',
            "a.ndjson: line 3: 'code' should be an object",
        ),
        (b'"\xff"', "a.ndjson: line 3: not text in UTF-8"),
    ],
)
def test_one_bad_line_refuses_all(tmp_path, bad, said):
    path = write(tmp_path, lines([patient(), observation()]) + bad + b"\n", "a.ndjson")
    assert refusal(path, FhirLines).startswith(said)


def test_fault_at_the_end_is_found_before_anything_is_handed_out(tmp_path):
    path = write(tmp_path, lines([patient(), observation()]) + b"{", "a.ndjson")
    with pytest.raises(SourceRefused):
        next(FhirLines(path).events())


def test_line_too_long_for_one_resource_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LARGEST_LINE", 1000)
    path = write(tmp_path, lines([patient(), observation(note=[{"text": "x" * 2000}])]), "a.ndjson")
    assert "a.ndjson: line 2 is longer than" in refusal(path, FhirLines)


def test_truncated_gzip_of_lines_is_refused(tmp_path):
    path = write(tmp_path, lines(STORY * 50), "a.ndjson.gz")
    path.write_bytes(path.read_bytes()[:-30])
    assert "cut short or damaged" in refusal(path, FhirLines)


def test_folder_of_bundles_puts_a_patient_together(tmp_path):
    write(tmp_path, bundle(patient(), observation()), "a.json")
    write(tmp_path, bundle(patient(), observation("718-7", 98, "g/L")), "b.json.gz")
    source = FhirFolder(tmp_path)
    assert len(list(source.subjects())) == 1
    (table,) = source.events()
    assert set(table["code"].to_list()) >= {"LOINC//1988-5", "LOINC//718-7"}
    assert source.report.read == 4
