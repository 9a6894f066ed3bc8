import pytest
from django.core.exceptions import ValidationError
from markupsafe import escape

from osteon.service.forms import CharField, ChoiceField, Condition, MultipleChoiceField, NHSForm, given

REASONS = [("done", "Completed"), ("toxicity", "Toxicity"), ("other", "Other")]


class StopForm(NHSForm):
    reason = ChoiceField(label="Why did it stop?", choices=REASONS, radios=True)
    other_reason = CharField(label="Which reason?")
    organ = CharField(label="Which organ?")
    note = CharField(label="Note", required=False)

    conditions = [
        given("reason", "other").require("other_reason"),
        given("reason", "toxicity").ask("organ"),
    ]

    def clean_note(self):
        if self.cleaned_data["note"] == "bad":
            raise ValidationError("That is not a note")
        return self.cleaned_data["note"]


def test_every_field_is_rendered_once_and_hidden_ones_under_their_answer():
    html = str(StopForm().as_nhs())
    for name in ("other_reason", "organ", "note"):
        assert html.count(f'name="{name}"') == 1
    assert html.index('value="other"') < html.index('name="other_reason"')
    assert html.index('name="organ"') < html.index('value="other"')
    assert 'id="conditional-id_reason-3"' in html


def test_style_sheet_not_the_script_opens_and_closes_what_is_revealed():
    html = str(StopForm({"reason": "other"}).as_nhs())
    assert html.count(" data-reveals=") == 2
    assert "aria-controls" not in html
    assert "conditional--hidden" not in html


def test_condition_that_requires_is_enforced():
    form = StopForm({"reason": "other"})
    assert not form.is_valid()
    assert list(form.errors) == ["other_reason"]


def test_condition_that_only_asks_is_optional():
    form = StopForm({"reason": "toxicity"})
    assert form.is_valid()
    assert form.cleaned_data["organ"] == ""


def test_answer_to_a_question_not_asked_is_dropped():
    form = StopForm({"reason": "done", "other_reason": "left over", "organ": "kidney"})
    assert form.is_valid()
    assert (form.cleaned_data["other_reason"], form.cleaned_data["organ"]) == ("", "")


def test_answer_to_the_question_asked_is_kept():
    form = StopForm({"reason": "other", "other_reason": "moved away"})
    assert form.is_valid()
    assert form.cleaned_data["other_reason"] == "moved away"


def test_conditions_work_under_checkboxes():
    class SeenForm(NHSForm):
        seen = MultipleChoiceField(choices=[("pus", "Pus"), ("sinus", "Sinus")])
        depth = CharField()
        conditions = [given("seen", "sinus").require("depth")]

    assert SeenForm({"seen": ["pus"]}).is_valid()
    assert not SeenForm({"seen": ["pus", "sinus"]}).is_valid()
    assert SeenForm({"seen": ["sinus"], "depth": "2 cm"}).is_valid()
    assert "nhsuk-checkboxes__conditional" in str(SeenForm().as_nhs())


@pytest.mark.parametrize(
    ("answer", "met"), [("other", True), (["a", "other"], True), ("done", False), (None, False), ([], False)]
)
def test_condition_is_met_by_one_answer_or_one_of_several(answer, met):
    assert Condition("reason", ("other",)).is_met_by(answer) is met


def test_error_summary_is_empty_while_nothing_is_wrong():
    assert str(StopForm().error_summary()) == ""
    assert str(StopForm({"reason": "done"}).error_summary()) == ""


def test_error_summary_links_each_error_to_its_field_and_names_it():
    html = str(StopForm({"reason": "", "note": "bad"}).error_summary())
    assert "There is a problem" in html
    assert '<a href="#id_reason">' in html
    assert "Why did it stop: Choose one" in html
    assert '<a href="#id_note">' in html
    assert "That is not a note" in html


def test_error_summary_shows_what_belongs_to_no_field():
    form = StopForm({"reason": "done"})
    form.add_error(None, "Somebody else changed this")
    assert "Somebody else changed this" in str(form.error_summary())


def test_browser_does_not_stop_the_form_before_we_can_say_why():
    assert " required" not in str(StopForm().as_nhs())


def test_error_summary_and_fields_are_html_that_a_page_does_not_escape():
    form = StopForm({"reason": "", "note": "bad"})
    assert str(escape(form.error_summary())) == str(form.error_summary())
    assert str(escape(form.field_group("reason"))) == str(form.field_group("reason"))


def test_question_that_an_answer_makes_necessary_is_not_called_optional():
    html = str(StopForm().as_nhs())
    assert "Which reason? (optional)" not in html
    assert "Which organ? (optional)" in html


def test_missing_answers_are_told_apart_in_the_summary():
    html = str(StopForm({"reason": "other"}).error_summary())
    assert "Which reason: This is missing" in html
