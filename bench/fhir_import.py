"""Reading FHIR bundles into events, against merely parsing them and building fhir.resources models."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import orjson
from fhir.resources.R4B import get_fhir_model_class

from bench.timing import interleaved, seconds
from osteon.standards.sources import open_source

DATA = Path(__file__).parents[2] / "shared" / "data" / "synthea_r4"
RUNS = 5


def ours(files: list[Path]) -> int:
    """Subjects and events of every file, as the import reads them."""
    rows = 0
    for path in files:
        source = open_source(path)
        rows += len(list(source.subjects()))
        rows += sum(len(batch) for batch in source.events())
    return rows


def parsed(files: list[Path]) -> None:
    for path in files:
        orjson.loads(gzip.decompress(path.read_bytes()))


def modelled(files: list[Path]) -> None:
    for path in files:
        for entry in orjson.loads(gzip.decompress(path.read_bytes()))["entry"]:
            model_of(entry["resource"])


def model_of(resource: dict[str, object]) -> object:
    """The fhir.resources model of one resource; R4B differs from R4 in places, then it is built unchecked."""
    kind = get_fhir_model_class(str(resource["resourceType"]))
    try:
        return kind.model_validate(resource)
    except ValueError:
        return kind.model_construct(**resource)


def report() -> Iterator[str]:
    files = sorted(DATA.glob("*.json.gz"))
    if not files:
        yield "Not measured: the folder shared/data/synthea_r4 is not beside this checkout."
        return
    resources = sum(len(orjson.loads(gzip.decompress(f.read_bytes()))["entry"]) for f in files)
    read, parse, model = interleaved(
        RUNS, lambda: ours(files), lambda: parsed(files), lambda: modelled(files)
    )
    yield f"{len(files)} bundles, {resources:,} resources. Target: at least half the speed of orjson and models."
    yield ""
    yield "| work | time | resources/s |"
    yield "| --- | --- | --- |"
    for name, time in (
        ("orjson alone (the machine's limit)", parse),
        ("osteon: read into events", read),
        ("orjson, then fhir.resources models", model),
    ):
        yield f"| {name} | {seconds(time.median)} | {resources / time.median:,.0f} |"
    yield ""
    yield f"Ours is {model.median / read.median:.1f} times as fast as parsing and building models."
