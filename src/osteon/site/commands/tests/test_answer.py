import json

import pytest

from osteon.knowledge import all_definitions
from osteon.site.commands.dispatcher import main


def said(capsys, *words):
    assert main(["answer", *words]) == 0
    return capsys.readouterr().out


def told(capsys, *words):
    return json.loads(said(capsys, *words, "--json"))


def refused(capsys, *words):
    assert main(["answer", *words]) == 2
    return capsys.readouterr().err


def test_alone_it_lists_every_rule_that_can_be_asked(capsys):
    lines = said(capsys).splitlines()
    for one in all_definitions():
        assert any(line.startswith(one.id + " ") and line.endswith(one.status) for line in lines)


@pytest.mark.parametrize("definition", all_definitions(), ids=lambda one: one.id)
def test_a_rule_alone_lists_its_inputs(definition, capsys):
    text = said(capsys, definition.id)
    assert all(f"\n{question.key} " in text for question in definition.questions)


def test_inputs_say_unit_choices_and_aliases(capsys):
    inputs = {one["name"]: one for one in told(capsys, "ebjis-2021")["inputs"]}
    assert inputs["crp"]["unit"] == "mg/L" and "mg/dL" in inputs["crp"]["other_units"]
    assert inputs["syn_pmn"]["aliases"] == ["pmn"] and inputs["syn_pmn"]["most"] == 100
    assert inputs["sinus_tract"]["kind"] == "yes-no"


def test_a_certain_answer_is_one_answer(capsys):
    text = said(capsys, "ebjis-2021", "sinus_tract=yes")
    assert "infection: confirmed" in text
    assert "both ends possible" not in text and "Would change" not in text


def test_an_open_answer_gives_both_ends_and_what_would_settle_it(capsys):
    answer = told(capsys, "ebjis-2021", "crp=4", "syn_wbc=900")
    assert answer["axes"][0]["low"] == "unlikely" and answer["axes"][0]["high"] == "confirmed"
    assert "histology_fields" in answer["missing"] and not answer["certain"]
    assert set(answer["not_met"]) == {"crp_10", "wbc_3000", "wbc_1500"}
    assert answer["sources"] and answer["status"] == "provisional"
    text = said(capsys, "ebjis-2021", "crp=4", "syn_wbc=900")
    assert "unlikely to confirmed" in text and "histology_fields (histology_5): confirmed if met" in text


def test_units_signs_dates_and_aliases_are_understood(capsys):
    answer = told(capsys, "ebjis-2021", "crp_mg_l=2.4 mg/dL @ 2026-03-01", "pmn=>90")
    met = {one["key"]: one for one in answer["criteria"] if one["state"] == "met"}
    assert {"crp_10", "pmn_80"} <= set(met)
    assert met["crp_10"]["evidence"][0]["value"] == 24
    assert met["crp_10"]["evidence"][0]["time"].startswith("2026-03-01")


def test_two_answers_on_one_day_are_a_contradiction(capsys):
    text = said(capsys, "ebjis-2021", "sinus_tract=yes", "sinus_tract=no")
    assert "Sinus tract: two different answers" in text and "unlikely to confirmed" in text


def test_a_value_on_a_threshold_is_named(capsys):
    assert "CRP is exactly 10 mg/L" in said(capsys, "ebjis-2021", "crp=10")


def test_a_fact_that_the_rule_does_not_read_is_named(capsys):
    assert told(capsys, "ebjis-2021", "crp=24", "temp_c=38")["not_read"] == ["temp_c"]
    assert "Not read by this rule: temp_c." in said(capsys, "ebjis-2021", "crp=24", "temp_c=38")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["ebjis-2022"], "Did you mean ebjis-2021"),
        (["gibberish-of-no-rule"], "./osteon answer alone lists"),
        (["daptomycin-ck"], "is a monitoring rule"),
        (["ebjis-2021", "cpr=3"], "Did you mean crp?"),
        (["ebjis-2021", "crp"], "'crp' is not a fact"),
        (["ebjis-2021", "syn_pmn=140"], "140 cannot be"),
        (["ebjis-2021", "crp=-3"], "-3 cannot be"),
        (["ebjis-2021", "crp=3 furlong"], "'furlong' is not a unit"),
        (["ebjis-2021", "sinus_tract=perhaps"], "neither yes, no nor unknown"),
        (["ebjis-2021", "crp=high"], "is not a number"),
        (["ebjis-2021", "crp=24 @ 2099-01-01"], "lies in the future"),
        (["ebjis-2021", "crp=24 @ yesterday"], "is not a date"),
    ],
)
def test_what_cannot_be_is_refused_in_words(words, complaint, capsys):
    assert complaint in refused(capsys, *words)


@pytest.mark.parametrize("day", ["2099-01-01", "last", "someday"])
def test_the_day_asked_about_is_a_day_that_has_come(day, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["answer", "ebjis-2021", "crp=24", "--as-of", day])
    assert stopped.value.code == 2
    assert "--as-of" in capsys.readouterr().err


def test_as_of_leaves_out_what_came_later(capsys):
    assert "lies in the future" in refused(
        capsys, "ebjis-2021", "crp=24 @ 2026-03-02", "--as-of", "2026-03-01"
    )
    assert told(capsys, "ebjis-2021", "crp=24", "--as-of", "2026-03-01")["as_of"].startswith("2026-03-01")


def test_a_calculation_is_asked_like_a_definition(capsys):
    text = said(capsys, "likelihood-foot", "pretest=15", "ptb_lam=yes")
    assert "after all tests: 47.5 % (27.4 to 70.1)" in text
    assert told(capsys, "likelihood-foot", "pretest=15", "ptb_lam=yes")["figures"][-1]["key"] == "post_test"
    assert "\npretest " in said(capsys, "likelihood-foot")


def test_a_calculation_says_what_it_needs_and_why_it_cannot(capsys):
    assert "Still needed: pretest" in said(capsys, "likelihood-foot", "ptb_lam=yes")
    text = said(capsys, "likelihood-foot", "pretest=15", "ptb_lam=yes", "ptb_dinh=yes")
    assert "No answer:" in text and "entered more than once" in text


def test_the_list_as_data_holds_definitions_and_calculations(capsys):
    found = {one["id"]: one for one in told(capsys)}
    assert "answers" in found["ebjis-2021"] and "answers" not in found["likelihood-foot"]
