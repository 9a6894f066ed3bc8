"""A line of the log may say where something broke, never about whom."""

import logging
import sys

import pytest
from django.core import mail
from django.db import IntegrityError, OperationalError

from osteon.service.accounts.models import Person
from osteon.site.logs import DiscreetFormatter, ErrorEmail, blotted, logging_settings

FORMATTER = DiscreetFormatter()


def line(message, *args, exc_info=None, level=logging.WARNING):
    record = logging.LogRecord("osteon.test", level, __file__, 1, message, args, exc_info)
    return FORMATTER.format(record)


def caught(act):
    try:
        act()
    except (ValueError, RuntimeError, IntegrityError, OperationalError):
        return sys.exc_info()


@pytest.mark.parametrize(
    "secret",
    [
        "943 476 5919",
        "9434765919",
        "943-476-5919",
        "0042117",
        "ruth.okafor@example.org",
        "14/02/1959",
        "14.02.59",
        "1959-02-14",
    ],
)
def test_number_date_and_address_of_a_patient_are_blotted_out(secret):
    assert secret not in blotted(f"could not read {secret} in the file")
    assert "could not read [" in blotted(f"could not read {secret} in the file")


def test_search_words_in_an_address_are_blotted_out():
    assert blotted("Not Found: /patients/?q=Okafor+Ruth") == "Not Found: /patients/?…"


@pytest.mark.parametrize(
    "plain",
    [
        "Forbidden: /patients/5e0c3f7a-2b1d-4c6e-9f00-123456789abc/results/",
        "evaluated 4821 patients in 12.5 s",
        "rule daptomycin-ck, version 3",
    ],
)
def test_what_helps_to_find_the_fault_stays(plain):
    assert blotted(plain) == plain


def test_line_says_when_how_bad_and_where():
    assert line("Not Found: %s", "/nowhere/").endswith("Z WARNING osteon.test: Not Found: /nowhere/")


def test_object_in_a_log_call_is_named_by_its_type():
    person = Person(full_name="Ruth Okafor", email="r@example.org")
    assert "Okafor" not in line("could not save %s", person)
    assert "[Person]" in line("could not save %s", person)
    assert line(person).endswith("[Person]")


def test_arguments_by_name_are_treated_the_same():
    record = logging.LogRecord(
        "x",
        logging.INFO,
        __file__,
        1,
        "%(who)s has %(count)d",
        ({"who": Person(full_name="Ruth"), "count": 3},),
        None,
    )
    assert FORMATTER.format(record).endswith("[Person] has 3")


def test_log_call_with_wrong_arguments_still_makes_a_line():
    assert "three: %s %s" in line("three: %s %s", "one")


def test_exception_is_logged_without_its_message():
    def fail():
        raise ValueError("no such patient: Ruth Okafor, 943 476 5919")

    text = line("broken", exc_info=caught(fail))
    assert "builtins.ValueError (message withheld)" in text
    assert "in fail" in text
    assert "Okafor" not in text
    assert "943" not in text


def test_fault_of_the_database_itself_is_named_but_blotted():
    def fail():
        raise OperationalError("no such column: worklist_alert.answer, near 943 476 5919")

    text = line("broken", exc_info=caught(fail))
    assert "no such column: worklist_alert.answer" in text
    assert "943" not in text


def test_causes_of_an_exception_are_logged_without_their_messages():
    def fail():
        try:
            raise KeyError("Okafor")
        except KeyError as error:
            raise RuntimeError("could not read Okafor") from error

    text = line("broken", exc_info=caught(fail))
    assert "caused by" in text
    assert "builtins.KeyError" in text
    assert "Okafor" not in text


@pytest.mark.django_db
def test_database_error_does_not_quote_the_row():
    Person.objects.create_user(email="okafor@unit.example", full_name="Ruth", role="resident")

    def fail():
        Person.objects.create_user(email="okafor@unit.example", full_name="Ruth", role="resident")

    exc_info = caught(fail)
    assert exc_info[0] is IntegrityError
    assert "okafor" not in line("broken", exc_info=exc_info)


def test_error_email_carries_the_line_and_nothing_of_the_request(settings, rf):
    settings.ADMINS = [("Ops", "ops@unit.example")]
    handler = ErrorEmail()
    handler.setFormatter(FORMATTER)

    def fail():
        raise ValueError("Ruth Okafor")

    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/x/",), caught(fail)
    )
    record.request = rf.post("/x/", {"family_name": "Okafor"})
    handler.emit(record)
    (message,) = mail.outbox
    assert message.to == ["ops@unit.example"]
    assert "Internal Server Error: /x/" in message.body
    assert "Okafor" not in message.body + message.subject


def test_error_email_is_not_sent_to_nobody(settings):
    settings.ADMINS = []
    ErrorEmail().emit(logging.LogRecord("x", logging.ERROR, __file__, 1, "x", (), None))
    assert mail.outbox == []


def test_every_handler_writes_discreetly(tmp_path):
    handlers = logging_settings(str(tmp_path))["handlers"]
    assert {handler["formatter"] for handler in handlers.values()} == {"discreet"}
    assert "django.utils.log.AdminEmailHandler" not in {handler["class"] for handler in handlers.values()}


@pytest.mark.django_db
def test_broken_page_leaves_no_identifier_in_the_log(client, settings, capsys, monkeypatch):
    """End to end: a search that breaks, with the name in the address and in the exception."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(FORMATTER)
    logger = logging.getLogger("django.request")
    monkeypatch.setattr(logger, "handlers", [handler])

    def broken(request):
        raise ValueError("Okafor")

    monkeypatch.setattr("osteon.site.pages.gallery_context", broken)
    client.raise_request_exception = False
    assert client.get("/gallery/?q=Okafor").status_code == 500
    logged = capsys.readouterr().err
    assert "Internal Server Error: /gallery/" in logged
    assert "Okafor" not in logged
