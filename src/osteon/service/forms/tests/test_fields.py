import re
from decimal import Decimal

import pytest

from osteon.service.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    DecimalField,
    EmailField,
    FileField,
    FloatField,
    HiddenField,
    IntegerField,
    MultipleChoiceField,
    NHSForm,
    PasswordField,
    TextField,
)

SITES = [("tibia", "Tibia"), ("femur", "Femur")]


def rendered(field, data=None, **options):
    """The HTML of a form with the one field ``it``."""
    form = type("OneForm", (NHSForm,), {"it": field})
    return str(form(data, **options).field_group("it"))


def test_text_has_label_hint_width_and_name():
    html = rendered(CharField(label="Name", hint="As on the wristband", width=20))
    assert '<label class="nhsuk-label" for="id_it">' in html
    assert "As on the wristband" in html
    assert 'aria-describedby="id_it-hint"' in html
    assert "nhsuk-input--width-20" in html
    assert 'name="it"' in html


def test_optional_field_says_so():
    assert "Name (optional)" in rendered(CharField(label="Name", required=False))
    assert "(optional)" not in rendered(CharField(label="Name"))


def test_what_was_typed_comes_back_escaped():
    html = rendered(CharField(label="Name"), {"it": '"><script>alert(1)</script>'})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_error_stands_at_the_field_and_describes_it():
    html = rendered(CharField(label="Name"), {"it": ""})
    assert "nhsuk-form-group--error" in html
    assert 'id="id_it-error"' in html
    assert 'aria-describedby="id_it-error"' in html


def test_unit_stands_after_the_number():
    html = rendered(DecimalField(label="Level", suffix="mg/L"))
    assert "mg/L" in html
    assert 'inputmode="decimal"' in html


def test_label_may_be_the_heading_of_the_page():
    assert "<h1" in rendered(CharField(label="Name", page_heading=True, label_size="l"))


def test_email_is_an_email_box():
    assert 'type="email"' in rendered(EmailField(label="Email"))


def test_text_of_several_lines():
    assert '<textarea class="nhsuk-textarea"' in rendered(TextField(label="Note", rows=7))
    assert 'rows="7"' in rendered(TextField(label="Note", rows=7))


def test_password_is_never_sent_back():
    html = rendered(PasswordField(label="Password"), {"it": "hunter2"})
    assert "hunter2" not in html
    assert 'type="password"' in html


def test_hidden_field_is_carried_along():
    assert rendered(HiddenField(initial="3")).strip() == (
        '<input type="hidden" name="it" id="id_it" value="3">'
    )


def test_file_field_is_a_file_upload():
    assert 'type="file"' in rendered(FileField(label="Picture"))


def test_select_keeps_the_choice():
    html = rendered(ChoiceField(label="Site", choices=SITES), {"it": "femur"})
    assert '<option value="femur" selected' in html
    assert '<option value="tibia" selected' not in html


def test_radios_have_a_legend_and_keep_the_choice():
    html = rendered(ChoiceField(label="Site", choices=SITES, radios=True), {"it": "femur"})
    assert "<fieldset" in html
    assert "Site" in html
    assert html.count("checked") == 1


@pytest.mark.parametrize(
    "field",
    [
        ChoiceField(label="Site", choices=SITES, radios=True),
        MultipleChoiceField(label="Sites", choices=SITES),
        BooleanField(label="Agreed"),
    ],
    ids=["radios", "checkboxes", "one checkbox"],
)
def test_no_two_parts_of_a_group_bear_the_same_id(field):
    ids = re.findall(r' id="([^"]+)"', rendered(field))
    assert "id_it" in ids
    assert len(ids) == len(set(ids))


def test_radios_leave_out_the_empty_choice():
    html = rendered(ChoiceField(label="Site", choices=[("", "Choose"), *SITES], radios=True))
    assert "Choose" not in html


def test_radios_may_stand_in_one_line():
    assert "nhsuk-radios--inline" in rendered(ChoiceField(choices=SITES, radios=True, inline=True))


def test_groups_of_choices_are_flattened():
    html = rendered(ChoiceField(choices=[("Leg", SITES), ("spine", "Spine")]))
    assert all(word in html for word in ("Tibia", "Femur", "Spine"))


def test_checkboxes_keep_every_choice():
    html = rendered(MultipleChoiceField(choices=SITES), {"it": ["tibia", "femur"]})
    assert html.count("checked") == 2


def test_initial_choices_are_shown():
    html = rendered(MultipleChoiceField(choices=SITES), initial={"it": ["tibia"]})
    assert html.count("checked") == 1


def test_one_checkbox_carries_its_own_label():
    html = rendered(BooleanField(label="I have checked", required=False), {"it": "on"})
    assert "I have checked" in html
    assert "checked" in html
    assert "<legend" not in html


@pytest.mark.parametrize(
    ("field", "typed", "clean"),
    [
        (CharField(), "  Ruth ", "Ruth"),
        (IntegerField(), "42", 42),
        (DecimalField(), "4.20", Decimal("4.20")),
        (FloatField(), "4.2", 4.2),
        (ChoiceField(choices=SITES), "tibia", "tibia"),
        (BooleanField(required=False), "", False),
        (PasswordField(), " spaces count ", " spaces count "),
    ],
)
def test_values_come_out_clean(field, typed, clean):
    form = type("OneForm", (NHSForm,), {"it": field})({"it": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["it"] == clean


def test_choice_that_was_not_offered_is_refused():
    form = type("OneForm", (NHSForm,), {"it": ChoiceField(choices=SITES)})({"it": "skull"})
    assert not form.is_valid()


def test_number_that_is_none_keeps_what_was_typed():
    html = rendered(IntegerField(label="Days"), {"it": "six"})
    assert 'value="six"' in html
    assert "nhsuk-error-message" in html
