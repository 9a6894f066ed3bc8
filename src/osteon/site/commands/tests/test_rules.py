import json

import pytest

from osteon.knowledge import all_definitions, all_rules
from osteon.site.commands.dispatcher import main


def said(capsys, *words):
    assert main(["rules", *words]) == 0
    return capsys.readouterr().out


def test_list_has_one_line_for_each_rule(capsys):
    text = said(capsys, "list")
    for rule in all_rules():
        assert any(
            line.startswith(rule.id + " ") and line.endswith(rule.status) for line in text.splitlines()
        )
    assert f"{len(all_rules())} rules that watch over patients." in text


def test_list_has_one_line_for_each_definition(capsys):
    lines = said(capsys, "list").splitlines()
    for one in all_definitions():
        assert any(line.startswith(one.id + " ") and line.endswith(one.status) for line in lines)
    assert lines[-1] == f"{len(all_definitions())} definitions, classifications and scores."


@pytest.mark.parametrize("status", ["verified", "provisional"])
def test_list_can_be_narrowed_by_status(status, capsys):
    listed = json.loads(said(capsys, "list", "--status", status, "--json"))
    everything = (*all_rules(), *all_definitions())
    assert {rule["id"] for rule in listed} == {rule.id for rule in everything if rule.status == status}


def test_show_tells_everything_that_decides(capsys):
    text = said(capsys, "show", "daptomycin-ck")
    rule = next(rule for rule in all_rules() if rule.id == "daptomycin-ck")
    flat = " ".join(text.split())
    for clause in rule.out_of_range:
        assert clause.sentence in flat
        assert all(source.place in flat for source in clause.source)
    for words in (rule.say, "on daptomycin", "every 7 days", f"{rule.next_review:%B %Y}"):
        assert words in flat


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_every_rule_can_be_shown_as_data(rule, capsys):
    shown = json.loads(said(capsys, "show", rule.id, "--json"))
    assert shown["id"] == rule.id and shown["status"] == rule.status
    assert len(shown["out_of_range"]) == len(rule.out_of_range) and len(shown["due"]) == len(rule.due)
    assert all(part["sources"] for part in shown["due"] + shown["out_of_range"])


def test_explain_runs_the_worked_examples(capsys):
    text = said(capsys, "explain", "daptomycin-ck")
    assert "answers: red\n    CK 2,140 U/L (10.7 × upper limit) on daptomycin" in text
    assert "not known: upper limit of CK" in text
    assert "the file promises" not in text


def test_explain_as_data_says_that_each_example_holds(capsys):
    told = json.loads(said(capsys, "explain", "crp-rising", "--json"))
    assert told and all(example["holds"] for example in told)
    assert {"rule", "state", "evidence"} <= set(told[0]["answer"])


def test_a_rule_that_does_not_exist_is_wrong_use(capsys):
    assert main(["rules", "show", "daptomycin-kc"]) == 2
    assert "Did you mean daptomycin-ck?" in capsys.readouterr().err


def test_a_rule_like_no_other_points_to_the_list(capsys):
    assert main(["rules", "explain", "xyzzy"]) == 2
    assert "rules list" in capsys.readouterr().err


@pytest.mark.parametrize("definition", all_definitions(), ids=lambda one: one.id)
def test_every_definition_can_be_shown_and_explained(definition, capsys):
    flat = " ".join(said(capsys, "show", definition.id).split())
    for words in (definition.title, definition.about, f"{definition.next_review:%B %Y}"):
        assert " ".join(words.split()) in flat
    assert all(question.key in flat for question in definition.questions)
    assert "the file promises" not in said(capsys, "explain", definition.id)


def test_a_definition_can_be_shown_and_explained_as_data(capsys):
    shown = json.loads(said(capsys, "show", "ebjis-2021", "--json"))
    assert shown["answers"] == {"infection": ["confirmed", "likely", "not classified", "unlikely"]}
    assert {"name": "crp", "kind": "number", "unit": "mg/L"}.items() <= next(
        one for one in shown["inputs"] if one["name"] == "crp"
    ).items()
    told = json.loads(said(capsys, "explain", "ebjis-2021", "--json"))
    assert told and all(example["holds"] for example in told)


def test_a_definition_that_is_misspelt_is_offered(capsys):
    assert main(["rules", "show", "ebjis-202"]) == 2
    assert "Did you mean ebjis-2021?" in capsys.readouterr().err
