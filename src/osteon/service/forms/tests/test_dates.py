from datetime import UTC, date, datetime

import pytest

from osteon.service.forms import DateField, MomentField, NHSForm, PartialDateField


def form_of(field, day="", month="", year="", time="", about="", **options):
    data = {"on_day": day, "on_month": month, "on_year": year, "on_time": time}
    if about:
        data["on_about"] = about
    return type("DateForm", (NHSForm,), {"on": field})(data, **options)


def errors(form):
    form.is_valid()
    return " ".join(form.errors.get("on", []))


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH"])
def test_whole_date_is_read_with_its_month_in_any_form(month):
    form = form_of(DateField(), "24", month, "2026")
    assert form.is_valid()
    assert form.cleaned_data["on"] == date(2026, 3, 24)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("24", "", "2026"), "must include a month"),
        (("", "", "2026"), "must include a day and month"),
        (("31", "2", "2026"), "no such date"),
        (("24", "13", "2026"), "no such date"),
        (("24", "3", "26"), "four figures"),
        (("x", "3", "2026"), "day as a number"),
        (("24", "3", "soon"), "year"),
        (("24", "Smarch", "2026"), "month as a number or a name"),
        (("", "", ""), "Enter the date"),
    ],
)
def test_date_that_cannot_be_says_what_to_do(parts, message):
    assert message in errors(form_of(DateField(), *parts))


def test_optional_date_left_empty_is_none():
    form = form_of(DateField(required=False))
    assert form.is_valid()
    assert form.cleaned_data["on"] is None


def test_date_not_sent_at_all_is_none_or_missed():
    empty = type("DateForm", (NHSForm,), {"on": DateField(required=False)})({})
    assert empty.is_valid()
    assert not type("DateForm", (NHSForm,), {"on": DateField()})({}).is_valid()


def test_date_shows_three_boxes_in_a_group_with_what_was_typed():
    html = str(form_of(DateField(label="Stopped on"), "31", "2", "2026").field_group("on"))
    assert 'role="group"' in html
    assert "Stopped on" in html
    for name, value in (("day", "31"), ("month", "2"), ("year", "2026")):
        assert f'id="id_on_{name}"' in html
        assert f'value="{value}"' in html
    assert "nhsuk-input--error" in html


def test_date_shows_its_initial_value():
    form = type("DateForm", (NHSForm,), {"on": DateField()})(initial={"on": date(2026, 3, 24)})
    html = str(form["on"].as_field_group())
    assert 'value="24"' in html
    assert 'value="2026"' in html


def test_error_summary_jumps_to_the_first_box():
    assert 'href="#id_on_day"' in str(form_of(DateField()).error_summary())


@pytest.mark.parametrize(
    ("parts", "known"),
    [
        (("24", "3", "2026"), (date(2026, 3, 24), "day")),
        (("", "3", "2026"), (date(2026, 3, 1), "month")),
        (("", "", "2026"), (date(2026, 1, 1), "year")),
    ],
)
def test_partial_date_keeps_how_much_is_known(parts, known):
    form = form_of(PartialDateField(), *parts)
    assert form.is_valid()
    assert form.cleaned_data["on"] == known


def test_partial_date_may_be_about_a_year():
    form = form_of(PartialDateField(about=True), "", "", "1998", about="on")
    assert form.is_valid()
    assert form.cleaned_data["on"] == (date(1998, 1, 1), "about")
    assert "The year is approximate" in str(form.field_group("on"))
    assert "approximate" not in str(form_of(PartialDateField()).field_group("on"))


def test_about_a_year_takes_no_day():
    assert "only the year" in errors(form_of(PartialDateField(about=True), "3", "4", "1998", about="on"))


def test_day_without_a_month_is_no_date():
    assert "leave the day empty" in errors(form_of(PartialDateField(), "24", "", "2026"))


@pytest.mark.parametrize(
    ("known", "shown", "hidden"),
    [
        ((date(2026, 3, 24), "day"), ["24", "3", "2026"], []),
        ((date(2026, 3, 1), "month"), ["3", "2026"], ["1"]),
        ((date(2026, 1, 1), "year"), ["2026"], ["1"]),
    ],
)
def test_partial_date_never_shows_more_than_is_known(known, shown, hidden):
    form = type("DateForm", (NHSForm,), {"on": PartialDateField()})(initial={"on": known})
    html = str(form.field_group("on"))
    assert all(f'value="{part}"' in html for part in shown)
    assert not any(f'value="{part}"' in html for part in hidden)


def test_moment_is_local_time():
    form = form_of(MomentField(), "10", "6", "2026", "0:30")
    assert form.is_valid()
    assert form.cleaned_data["on"] == datetime(2026, 6, 9, 23, 30, tzinfo=UTC)


def test_moment_shows_local_time():
    form = type("DateForm", (NHSForm,), {"on": MomentField()})(
        initial={"on": datetime(2026, 6, 9, 23, 30, tzinfo=UTC)}
    )
    html = str(form.field_group("on"))
    assert 'value="00:30"' in html
    assert 'value="10"' in html


@pytest.mark.parametrize("time", ["", "25:00", "noon"])
def test_moment_needs_a_time_of_day(time):
    assert "hours and minutes" in errors(form_of(MomentField(), "10", "6", "2026", time))


def test_hour_that_the_clocks_skip_is_refused():
    assert "clocks" in errors(form_of(MomentField(), "29", "3", "2026", "01:30"))


def test_change_is_noticed_part_by_part():
    field = DateField()
    same = form_of(field, "24", "3", "2026", initial={"on": date(2026, 3, 24)})
    other = form_of(field, "25", "3", "2026", initial={"on": date(2026, 3, 24)})
    assert not same.has_changed()
    assert other.changed_data == ["on"]
