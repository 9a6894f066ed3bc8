from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import UndefinedError

from osteon.site import jinja

NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
NARROW = "\N{NARROW NO-BREAK SPACE}"


def rendered(source, **context):
    return engines["jinja"].from_string(source).render(context)


def test_moment_is_unambiguous_and_local():
    assert jinja.moment(NOW) == "Tue 24 Nov 2026, 08:12"
    assert jinja.moment(datetime(2026, 6, 9, 23, 30, tzinfo=UTC)) == "Wed 10 Jun 2026, 00:30"


def test_moment_without_a_zone_is_utc_as_in_the_event_stream():
    assert jinja.moment(datetime(2026, 6, 9, 23, 30)) == "Wed 10 Jun 2026, 00:30"


def test_day_of_a_date_and_of_a_moment():
    assert jinja.day(date(2026, 11, 4)) == "Wed 4 Nov 2026"
    assert jinja.day(datetime(2026, 6, 9, 23, 30, tzinfo=UTC)) == "Wed 10 Jun 2026"


def test_dates_in_spanish_are_unambiguous_too():
    with translation.override("es"):
        assert "24" in jinja.day(date(2026, 11, 24))
        assert "nov" in jinja.day(date(2026, 11, 24)).lower()
        assert "2026" in jinja.day(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("precision", "shown"),
    [("day", "Sun 1 Mar 2026"), ("month", "Mar 2026"), ("year", "2026"), ("about", "about 2026")],
)
def test_partial_day_shows_no_more_than_is_known(precision, shown):
    when = date(2026, 3, 1)
    assert jinja.partial_day((when, precision)) == shown
    assert jinja.partial_day(when, precision) == shown
    assert jinja.partial_day(SimpleNamespace(date=when, precision=precision)) == shown


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=8), "8 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(days=20), "20 days ago"),
        (timedelta(days=21), "3 weeks ago"),
        (timedelta(days=120), "4 months ago"),
        (timedelta(days=800), "2 years ago"),
        (timedelta(hours=-3), "in 3 h"),
    ],
)
def test_ago_grows_with_the_distance(before, shown):
    assert jinja.ago(NOW - before, NOW) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2140.0, "2,140"),
        (10.70, "10.7"),
        (0.05, "0.05"),
        (1234567.5, "1,234,567.5"),
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (-3.50, "-3.5"),
        (100, "100"),
        (Decimal("4.200"), "4.2"),
        (Decimal("0.00000012"), "0.00000012"),
        (1e-7, "0.0000001"),
    ],
)
def test_number_has_thousands_and_no_trailing_zeros(value, shown):
    assert jinja.number(value) == shown


def test_number_in_spanish_has_no_comma_that_could_be_a_decimal():
    with translation.override("es"):
        assert jinja.number(2140.5) == f"2{NARROW}140.5"


@pytest.mark.parametrize(
    ("born", "shown"),
    [
        (date(1959, 11, 24), "67"),
        (date(1959, 11, 25), "66"),
        (date(2026, 11, 24), "0 months"),
        (date(2026, 10, 24), "1 month"),
        (date(2024, 11, 25), "23 months"),
        (date(2024, 11, 24), "2"),
    ],
)
def test_age_is_whole_years_lived_or_months_for_the_smallest(born, shown):
    assert jinja.age(born, date(2026, 11, 24)) == shown


def test_age_of_a_partial_birth_date_is_about():
    assert jinja.age(date(1959, 1, 1), date(2026, 11, 24), "year") == "about 67"


def test_age_of_a_leap_day_child_changes_on_the_first_of_march():
    born = date(2004, 2, 29)
    assert jinja.age(born, date(2026, 2, 28)) == "21"
    assert jinja.age(born, date(2026, 3, 1)) == "22"


@pytest.mark.parametrize("name", ["moment", "day", "partial_day", "ago", "number", "age"])
def test_what_is_missing_is_said_to_be_not_known(name):
    assert rendered("{{ nothing | " + name + " }}", nothing=None) == "not known"


def test_joined_reads_like_a_sentence():
    assert jinja.joined([]) == ""
    assert jinja.joined(["a"]) == "a"
    assert jinja.joined(["a", "b", "c"]) == "a, b and c"


def test_misspelt_variable_is_an_error_not_a_blank():
    with pytest.raises(UndefinedError, match="patinet"):
        rendered("{{ patinet }}")


def test_attribute_an_object_does_not_have_is_an_error_not_a_blank():
    with pytest.raises(UndefinedError):
        rendered("{{ patient.nmae }}", patient=SimpleNamespace(name="x"))
    with pytest.raises(UndefinedError):
        rendered("{{ patient.nmae.first }}", patient=SimpleNamespace(name="x"))


def test_optional_key_of_a_mapping_may_be_missing():
    assert rendered("{{ params.label.classes }}", params={}) == ""


def test_undefined_may_be_asked_for():
    assert rendered("{% if nothing %}x{% else %}y{% endif %}") == "y"
    assert rendered("{{ nothing | default('z') }}") == "z"


def test_templates_escape():
    assert rendered("{{ name }}", name="<b>&") == "&lt;b&gt;&amp;"


def test_page_that_no_app_offers_has_no_address():
    assert rendered("{{ url_or_none('nowhere:at_all') }}|{{ url('home') }}") == "|/"


def test_words_are_translated_when_the_page_is():
    assert rendered("{{ ngettext('%(num)s patient', '%(num)s patients', 2) }}") == "2 patients"


@pytest.mark.parametrize(
    ("word", "expected"), [("Vancomycin", "Vancomicina"), ("", ""), ("50 % <b>", "50 % <b>")]
)
def test_a_word_of_the_vocabulary_is_spoken_and_what_was_typed_stays(word, expected):
    with translation.override("es"):
        assert jinja.spoken(word) == expected


def test_a_typed_name_is_escaped_and_never_filled_in():
    assert rendered("{{ word | spoken }}", word="<script> 100 %(x)s") == "&lt;script&gt; 100 %(x)s"
