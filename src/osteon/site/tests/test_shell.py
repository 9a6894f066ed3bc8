"""The frame of every page: who sees which navigation, the banner, the search, the language, the policy."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, path
from django.utils import translation

from osteon.service.accounts.guards import public
from osteon.service.accounts.models import Person
from osteon.service.accounts.permissions import ROLES
from osteon.site import pages, urls
from osteon.site.shell import ENTRIES, address, first_page, navigation

SECRET_WORDS = "Okafor 943 476 5919"


def person_with(role):
    return Person(email=f"{role}@unit.example", full_name="Nia Bell", role=role)


@pytest.fixture
def nurse(db):
    return Person.objects.create_user(email="nia@unit.example", full_name="Nia Bell", role="opat_nurse")


@pytest.fixture
def browser(client, nurse):
    client.force_login(nurse, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def texts(person, here="/"):
    return [entry["text"] for entry in navigation(person, here)]


@pytest.mark.parametrize("role", ROLES)
def test_navigation_offers_exactly_what_the_role_may_open(role):
    person = person_with(role)
    allowed = [str(entry.text) for entry in ENTRIES if person.can(entry.permission) and address(entry.name)]
    assert texts(person) == allowed


def test_navigation_of_who_opens_no_records_has_no_patients():
    assert "Patients" not in texts(person_with("privacy_lead"))
    assert texts(person_with("privacy_lead")) == ["Audit", "Break glass"]


def test_navigation_tolerates_a_page_that_is_not_there(monkeypatch):
    monkeypatch.setattr("osteon.site.shell.reverse", _nothing_is_there)
    assert navigation(person_with("unit_lead"), "/") == []


def _nothing_is_there(*args, **kwargs):
    raise NoReverseMatch


def test_navigation_marks_where_one_is():
    entries = navigation(person_with("privacy_lead"), "/audit/")
    assert [entry["current"] for entry in entries] == [True, False]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_lands_on_a_page(role):
    assert first_page(person_with(role)).startswith("/")


def test_home_leads_to_the_first_page(browser, nurse):
    assert browser.get("/").headers["Location"] == first_page(nurse)


def test_home_sends_a_stranger_to_sign_in(client, db):
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"


def test_page_names_itself_the_unit_and_the_version(browser, settings):
    settings.OSTEON_UNIT_NAME = "St Elsewhere bone infection unit"
    page = browser.get("/account/").content.decode()
    assert "<title>Your account – Osteon</title>" in page
    assert "St Elsewhere bone infection unit" in page
    assert settings.OSTEON_VERSION in page


def test_page_has_a_way_past_the_navigation(browser):
    page = browser.get("/account/").content.decode()
    assert 'href="#maincontent"' in page
    assert 'id="maincontent"' in page


@pytest.mark.parametrize("demonstration", [True, False])
def test_only_a_demonstration_says_that_patients_are_invented(browser, settings, demonstration):
    settings.OSTEON_DEMONSTRATION = demonstration
    page = browser.get("/account/").content.decode()
    assert ("every patient is invented" in page) is demonstration


def test_page_can_be_read_in_spanish(browser):
    browser.post("/language/", {"language": "es", "next": "/account/"})
    assert '<html lang="es"' in browser.get("/account/").content.decode()


def test_language_is_not_changed_by_a_link(browser):
    assert browser.get("/language/?language=es").status_code in (302, 405)
    assert '<html lang="en"' in browser.get("/account/").content.decode()


def test_page_costs_three_queries_for_the_shell(browser, django_assert_max_num_queries):
    """Session, person, and what the page itself asks."""
    browser.get("/roles/")
    with django_assert_max_num_queries(3):
        browser.get("/roles/")


def test_policy_lets_nothing_in_from_outside_and_nothing_inline(browser):
    response = browser.get("/account/")
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    scripts = re.findall(r"<script([^>]*)>", response.content.decode())
    assert all("src=" in script or f'nonce="{nonce}"' in script for script in scripts)


def test_policy_has_a_fresh_nonce_each_time(browser):
    policies = {browser.get("/account/").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_headers_keep_the_page_to_itself(browser):
    headers = browser.get("/account/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_page_is_asked_for_again_and_forgotten_at_sign_out(browser):
    assert browser.get("/account/").headers["Cache-Control"] == "private, no-cache"
    assert "Clear-Site-Data" not in browser.get("/account/").headers
    assert "Clear-Site-Data" not in browser.get("/sign-in/out/").headers
    assert '"cache"' in browser.post("/sign-in/out/").headers["Clear-Site-Data"]


@public
def broken_view(request):
    raise RuntimeError(SECRET_WORDS)


@public
def refused_view(request):
    raise PermissionDenied(SECRET_WORDS)


@public
def missing_view(request):
    raise Http404(SECRET_WORDS)


def forgotten_view(request):
    return HttpResponse("this must never be seen")


class WithFaults:
    """The site's addresses and four that go wrong, each in its way."""

    urlpatterns = [
        *urls.urlpatterns,
        path("broken/", broken_view),
        path("refused/", refused_view),
        path("missing/", missing_view),
        path("forgotten/", forgotten_view),
    ]
    handler400, handler403 = urls.handler400, urls.handler403
    handler404, handler500 = urls.handler404, urls.handler500


@pytest.mark.parametrize(
    ("where", "status", "words"),
    [
        ("/broken/?q=Okafor", 500, "Something went wrong"),
        ("/refused/", 403, "You may not open this page"),
        ("/missing/", 404, "Page not found"),
        ("/nowhere/Okafor/", 404, "Page not found"),
        ("/forgotten/", 403, "You may not open this page"),
    ],
)
def test_error_pages_are_ours_and_say_nothing_about_anybody(browser, settings, where, status, words):
    settings.ROOT_URLCONF = WithFaults
    browser.raise_request_exception = False
    response = browser.get(where)
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert "Okafor" not in page
    assert "943" not in page
    assert "must never be seen" not in page


def test_page_of_a_broken_site_needs_neither_person_nor_database(rf):
    """Without ``db``: a query here would fail the test."""
    response = pages.broken(rf.get("/"))
    assert response.status_code == 500
    assert "may not have been saved" in response.content.decode()


def test_page_of_a_broken_site_says_in_which_language_it_speaks(rf):
    with translation.override("es"):
        page = pages.broken(rf.get("/")).content.decode()
    assert '<html lang="es">' in page
    assert "Algo ha fallado" in page


def test_bad_request_has_a_page(browser):
    response = pages.bad_request(_asked_by_nobody())
    assert response.status_code == 400
    assert "not understood" in response.content.decode()


def _asked_by_nobody():
    request = RequestFactory().get("/")
    request.user = None
    return request


def test_stale_form_is_told_that_nothing_was_saved(nurse, settings):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/sign-in/", {"login": "nia@unit.example", "password": "x"})
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()


def test_post_that_is_too_large_is_refused(browser, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = browser.post("/language/", {"language": "es", "next": "x" * 200})
    assert response.status_code == 400


def test_body_beyond_the_limit_is_refused_before_it_is_read(client, settings):
    """Without ``db``: not even the session is looked up."""
    settings.OSTEON_MAX_REQUEST_BYTES = 2_000_000
    response = client.post("/sign-in/", {"login": "x" * 2_100_000})
    assert response.status_code == 413
    assert "2 megabytes" in response.content.decode()


def test_gallery_shows_every_component_and_stands_wrong_input(client, db):
    page = client.get("/gallery/").content.decode()
    for word in ("app-level--red", "app-person--overdue", "app-evidence", "app-empty", "app-versions"):
        assert word in page
    wrong = client.get("/gallery/?name=&level=high").content.decode()
    assert "There is a problem" in wrong


def test_gallery_urgency_is_always_a_word_too(client, db):
    page = client.get("/gallery/").content.decode()
    for state, word in (("red", "Red"), ("overdue", "Overdue"), ("unknown", "Not known")):
        assert f'app-level--{state}">{word}</span>' in page
