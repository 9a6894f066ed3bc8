"""A package is refused for every reason it may not be published, and says all of them at once."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from osteon.library.cases.drawing import png, spine, tibia
from osteon.library.cases.images import ImageRefused, cleaned
from osteon.library.cases.package import CARE, PackageRefused, read

TODAY = date(2026, 11, 23)


def refusal(path, today=TODAY):
    with pytest.raises(PackageRefused) as refused:
        read(path, today)
    return " ".join(refused.value.reasons)


def spoil(*keys, value=None):
    """A change of package.json: at the end of the path of keys stands ``value``, or nothing."""

    def change(facts, files):
        for key in keys[:-1]:
            facts = facts[key]
        if value is None:
            facts.pop(keys[-1])
        else:
            facts[keys[-1]] = value

    return change


def test_a_whole_package_is_read(pack):
    package = read(pack(), TODAY)
    assert package.consent.scope == ("web",) and package.consent.ends_on == date(2036, 1, 5)
    assert set(package.texts) == {"en", "es"}
    assert [facts["stage"] for facts, _image in package.images] == ["before", "after"]
    assert all(image.data[8:12] == b"WEBP" for _facts, image in package.images)


# Consent -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (spoil("consent"), "no consent record"),
        (spoil("consent", value=[]), "no consent record"),
        (spoil("consent", "form_id"), "no consent record"),
        (spoil("consent", "signer"), "who signed"),
        (spoil("consent", "signer", value="the surgeon"), "who signed"),
        (spoil("consent", "signed_on"), "when it was signed"),
        (spoil("consent", "signed_on", value="2027-01-01"), "when it was signed"),
        (spoil("consent", "ends_on"), "when it ends"),
        (spoil("consent", "ends_on", value="for ever"), "when it ends"),
        (spoil("consent", "ends_on", value="2026-11-22"), "has expired"),
        (spoil("consent", "scope"), "does not cover the web"),
        (spoil("consent", "scope", value=["print", "teaching"]), "does not cover the web"),
        (spoil("consent", "shown_final"), "saw the final text"),
        (spoil("consent", "shown_final", value="yes"), "saw the final text"),
    ],
)
def test_consent_has_to_be_there_to_hold_and_to_cover_the_web(pack, change, reason):
    assert reason in refusal(pack(change))


def test_consent_holds_on_its_last_day(pack):
    path = pack(spoil("consent", "ends_on", value="2026-11-23"))
    assert read(path, TODAY).consent.ends_on == TODAY
    assert "has expired" in refusal(path, date(2026, 11, 24))


# Checklist, patient, course ------------------------------------------------------------------------------


@pytest.mark.parametrize("item", CARE)
def test_every_item_of_the_checklist_needs_an_answer(pack, item):
    assert f'"{item}"' in refusal(pack(spoil("care", item)))
    assert f'"{item}"' in refusal(pack(spoil("care", item, value="no")))
    read(pack(spoil("care", item, value="no: nobody asked the patient")), TODAY)


@pytest.mark.parametrize("band", ["63", "91-95", "about 60", ""])
def test_an_exact_or_very_great_age_is_refused(pack, band):
    assert "should be a band" in refusal(pack(spoil("patient", "age_band", value=band or "x")))


def test_from_ninety_there_is_one_band(pack):
    assert read(pack(spoil("patient", "age_band", value="90+")), TODAY).facts["patient"]["age_band"] == "90+"


def test_the_course_counts_days_and_holds_no_dates(pack):
    assert "never dates" in refusal(pack(spoil("timeline", value=[{"on": "2026-01-05"}])))


# Images --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["by", "on"])
def test_images_need_a_person_who_looked_at_them(pack, key):
    assert "No person confirmed" in refusal(pack(spoil("images_confirmed", key)))
    assert "No person confirmed" in refusal(pack(spoil("images_confirmed")))


def test_an_image_that_changed_after_the_look_is_refused(pack):
    def change(facts, files):
        files["images/before.png"] = png(spine("before"))

    assert "before.png is not the image that was confirmed" in refusal(pack(change))


def test_images_have_to_be_described_and_described_ones_to_be_there(pack):
    assert "not those that package.json describes" in refusal(
        pack(lambda facts, files: files.pop("images/after.png"))
    )
    assert "not those that package.json describes" in refusal(
        pack(lambda facts, files: facts["images"].pop())
    )


def test_images_need_words_for_those_who_cannot_see_them(pack):
    assert "no words" in refusal(pack(lambda facts, files: facts["images"][0].update(alt={"en": " "})))
    assert "stage should be" in refusal(pack(lambda facts, files: facts["images"][0].update(stage="during")))


def with_text(key, value):
    info = PngInfo()
    info.add_text(key, value)
    out = io.BytesIO()
    tibia("before").save(out, "PNG", pnginfo=info)
    return out.getvalue()


def with_exif(kind):
    exif = Image.Exif()
    exif[0x010E] = "Okafor, Ruth"
    out = io.BytesIO()
    tibia("before").convert("RGB").save(out, kind, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        with_text("PatientName", "Okafor^Ruth"),
        with_text("Comment", "nothing at all"),
        with_exif("PNG"),
        with_exif("WEBP"),
    ],
    ids=["text", "comment", "exif png", "exif webp"],
)
def test_metadata_that_could_carry_an_identifier_is_refused(sealed, data):
    assert "metadata could carry an identifier" in refusal(sealed("before.png", data))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (png(tibia("before")) + b"Okafor", "behind its end"),
        (png(tibia("before"))[:400], "cut off"),
        (b"\x89PNG\r\n\x1a\n", "cut off"),
        (b"\xff\xd8\xff\xe0 a photograph", "neither PNG nor WebP"),
        (b"", "neither PNG nor WebP"),
    ],
)
def test_what_is_no_plain_image_is_refused(sealed, data, reason):
    assert reason in refusal(sealed("before.png", data))


def test_a_moving_image_and_a_bomb_are_refused():
    frames = io.BytesIO()
    tibia("before").save(frames, "WEBP", save_all=True, append_images=[tibia("after")])
    with pytest.raises(ImageRefused):
        cleaned(frames.getvalue())
    huge = io.BytesIO()
    Image.new("1", (5000, 4000)).save(huge, "PNG")
    with pytest.raises(ImageRefused, match="16 million"):
        cleaned(huge.getvalue())


def test_what_is_kept_has_pixels_and_nothing_else():
    kept = Image.open(io.BytesIO(cleaned(png(tibia("before"))).data))
    assert kept.size == (560, 720) and not kept.getexif() and "icc_profile" not in kept.info


# Texts and the archive -----------------------------------------------------------------------------------


def test_an_english_text_is_needed(pack):
    assert "text/en.md is missing" in refusal(pack(lambda facts, files: files.pop("text/en.md")))
    assert "front matter" in refusal(pack(lambda facts, files: files.update({"text/en.md": b"words"})))


@pytest.mark.parametrize(
    "name", ["../evil.png", "images/Ruth Okafor.png", "notes.txt", "images/a.dcm", "/etc/x"]
)
def test_a_file_that_the_format_does_not_know_is_refused(pack, name):
    assert "does not know" in refusal(pack(lambda facts, files: files.update({name: b"x"})))


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("format", "zip", "does not say that it is"),
        ("version", 2, "Version 2"),
        ("package_id", "17", "should be a UUID"),
    ],
)
def test_another_format_or_version_is_refused(pack, key, value, reason):
    assert reason in refusal(pack(spoil(key, value=value)))


def test_what_is_no_archive_or_holds_no_facts_is_refused(tmp_path, pack):
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK nonsense")
    assert "no readable zip" in refusal(path)
    assert "not JSON" in refusal(pack(lambda facts, files: files.update({"package.json": b"{"})))
    assert "does not say" in refusal(pack(lambda facts, files: files.update({"package.json": b"[]"})))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("text/en.md", "x")
    assert "package.json is missing" in refusal(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("images/big.png", b"\0" * 61_000_000)
        archive.writestr("package.json", json.dumps({}))
    assert "larger than" in refusal(path)


def test_all_reasons_are_said_at_once(pack):
    def change(facts, files):
        facts.pop("consent")
        facts["care"].pop("title")
        facts["images_confirmed"].pop("by")

    words = refusal(pack(change))
    assert "no consent" in words and '"title"' in words and "No person confirmed" in words
