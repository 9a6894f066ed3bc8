"""The way in, end to end through django-allauth and django-axes with our pages."""

from datetime import timedelta

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from osteon.service.accounts.lock_out import client_address

SIGN_IN = "/sign-in/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def current_code(secret=SECRET):
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def sign_in(browser, person, password):
    return browser.post(SIGN_IN, {"login": person.email, "password": password})


def fail(browser, person, times):
    for _ in range(times):
        response = sign_in(browser, person, "wrong")
    return response


def is_signed_in(browser):
    return browser.get(reverse("accounts:account")).status_code == 200


def test_right_password_signs_in_and_goes_home(client, staff):
    response = sign_in(client, staff.nurse, staff.password)
    assert response.headers["Location"] == "/"
    assert is_signed_in(client)


def test_sign_in_returns_to_where_one_was_going(client, staff):
    response = client.post(
        SIGN_IN, {"login": staff.nurse.email, "password": staff.password, "next": "/roles/"}
    )
    assert response.headers["Location"] == "/roles/"


def test_sign_in_never_leads_to_another_site(client, staff):
    response = client.post(
        SIGN_IN, {"login": staff.nurse.email, "password": staff.password, "next": "https://evil.example/"}
    )
    assert response.headers["Location"] == "/"


def test_email_counts_whatever_its_capitals(client, staff):
    client.post(SIGN_IN, {"login": "NIA@Unit.Example", "password": staff.password})
    assert is_signed_in(client)


def test_wrong_password_and_unknown_address_read_the_same(client, staff):
    def words(login):
        page = client.post(SIGN_IN, {"login": login, "password": "wrong"}).content.decode()
        start = page.index("nhsuk-error-summary__list")
        return page[start : start + 300]

    assert words("nia@unit.example") == words("nobody@unit.example")


def test_wrong_password_marks_the_title(client, staff):
    assert "<title>Error:" in sign_in(client, staff.nurse, "wrong").content.decode()


def test_deactivated_person_reads_that_the_account_is_closed(client, staff):
    staff.nurse.is_active = False
    staff.nurse.save()
    response = sign_in(client, staff.nurse, staff.password)
    page = client.get(response.headers["Location"]).content.decode()
    assert "This account is closed" in page
    assert not is_signed_in(client)


def test_system_person_cannot_sign_in(client, staff):
    system = type(staff.nurse).objects.system()
    sign_in(client, system, "!")
    assert not is_signed_in(client)


def test_fifth_failure_locks_out_with_a_plain_page(client, staff):
    assert fail(client, staff.nurse, 4).status_code == 200
    response = fail(client, staff.nurse, 1)
    assert response.status_code == 429
    assert "Too many attempts to sign in" in response.content.decode()
    assert "15 minutes" in response.content.decode()


def test_locked_out_even_with_the_right_password(client, staff):
    fail(client, staff.nurse, 5)
    assert sign_in(client, staff.nurse, staff.password).status_code == 429
    assert not is_signed_in(client)


def test_lock_out_counts_one_address_in_all_its_spellings(client, staff):
    for spelling in ("nia@unit.example", "NIA@unit.example", " nia@UNIT.example") * 2:
        response = client.post(SIGN_IN, {"login": spelling, "password": "wrong"})
    assert response.status_code == 429


def test_lock_out_of_an_unknown_address_looks_the_same(client, staff):
    for _ in range(5):
        response = client.post(SIGN_IN, {"login": "nobody@unit.example", "password": "wrong"})
    assert response.status_code == 429
    assert "Too many attempts to sign in" in response.content.decode()


def test_lock_out_ends_after_its_time(client, staff):
    fail(client, staff.nurse, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    sign_in(client, staff.nurse, staff.password)
    assert is_signed_in(client)


def test_trying_during_the_lock_out_does_not_prolong_it(client, staff):
    fail(client, staff.nurse, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    fail(client, staff.nurse, 1)
    assert AccessAttempt.objects.get().attempt_time < timezone.now() - timedelta(minutes=13)


def test_lock_out_does_not_touch_colleagues_at_the_same_desk(client, staff):
    fail(client, staff.nurse, 5)
    sign_in(client, staff.surgeon, staff.password)
    assert is_signed_in(client)


def test_lock_out_from_one_place_leaves_the_person_free_elsewhere(client, staff):
    fail(client, staff.nurse, 5)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(elsewhere, staff.nurse, staff.password)
    assert is_signed_in(elsewhere)


def test_success_forgets_earlier_failures(client, staff):
    fail(client, staff.nurse, 4)
    sign_in(client, staff.nurse, staff.password)
    client.post("/sign-in/out/")
    assert fail(client, staff.nurse, 4).status_code == 200


@pytest.mark.parametrize(
    ("forwarded", "count", "address"),
    [
        ("", 0, "10.0.0.1"),
        ("6.6.6.6", 0, "10.0.0.1"),
        ("192.0.2.7", 1, "192.0.2.7"),
        ("6.6.6.6, 192.0.2.7", 1, "192.0.2.7"),
        ("6.6.6.6, 192.0.2.7, 10.1.1.1", 2, "192.0.2.7"),
        ("192.0.2.7", 2, "10.0.0.1"),
    ],
)
def test_address_behind_proxies_is_the_one_our_own_proxy_saw(rf, settings, forwarded, count, address):
    settings.OSTEON_PROXY_COUNT = count
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


def test_sign_out_asks_and_then_ends_the_session(client, staff):
    sign_in(client, staff.nurse, staff.password)
    assert "Sign out?" in client.get("/sign-in/out/").content.decode()
    assert is_signed_in(client)
    client.post("/sign-in/out/")
    assert not is_signed_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_request_login_code"])
def test_nobody_registers_or_changes_address_by_themselves(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_reset_of_an_unknown_address_says_the_same_and_sends_nothing(client, staff):
    known = client.post("/sign-in/password/reset/", {"email": staff.nurse.email})
    unknown = client.post("/sign-in/password/reset/", {"email": "nobody@unit.example"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert [message.to for message in mail.outbox] == [[staff.nurse.email]]


def test_reset_link_works_once(client, staff):
    client.post("/sign-in/password/reset/", {"email": staff.nurse.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    words = {"password1": "sturdy violet canoe", "password2": "sturdy violet canoe"}
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], words)
    assert "no longer works" in Client().get(link, follow=True).content.decode()
    sign_in(client, staff.nurse, "sturdy violet canoe")
    assert is_signed_in(client)


def test_weak_password_is_refused_in_words(client, staff):
    sign_in(client, staff.nurse, staff.password)
    response = client.post(
        "/sign-in/password/change/",
        {"oldpassword": staff.password, "password1": "short", "password2": "short"},
    )
    assert "at least 12 characters" in response.content.decode()


def test_too_many_resets_meet_the_plain_page(client, staff):
    for _ in range(21):
        response = client.post("/sign-in/password/reset/", {"email": f"{_}@unit.example"})
    assert response.status_code == 429
    assert "closed for a few minutes" in response.content.decode()


@pytest.fixture
def with_app(staff):
    """The nurse, with an authenticator app and recovery codes."""
    TOTP.activate(staff.nurse, SECRET)
    RecoveryCodes.activate(staff.nurse)
    return staff.nurse


def test_second_step_is_asked_and_the_password_alone_opens_nothing(client, staff, with_app):
    response = sign_in(client, with_app, staff.password)
    assert response.headers["Location"].startswith("/sign-in/second-factor/authenticate/")
    assert not is_signed_in(client)
    page = client.get(response.headers["Location"]).content.decode()
    assert "six figures" in page
    assert "Use a passkey or security key" in page


def test_right_code_signs_in(client, staff, with_app):
    sign_in(client, with_app, staff.password)
    client.post("/sign-in/second-factor/authenticate/", {"code": current_code()})
    assert is_signed_in(client)


def test_recovery_code_signs_in_once(client, staff, with_app):
    code = RecoveryCodes(with_app.authenticator_set.get(type="recovery_codes")).get_unused_codes()[0]
    for browser, opens in ((client, True), (Client(), False)):
        sign_in(browser, with_app, staff.password)
        browser.post("/sign-in/second-factor/authenticate/", {"code": code})
        assert is_signed_in(browser) is opens


def test_codes_cannot_be_guessed_for_long(client, staff, with_app):
    sign_in(client, with_app, staff.password)
    for _ in range(6):
        client.post("/sign-in/second-factor/authenticate/", {"code": "000000"})
    client.post("/sign-in/second-factor/authenticate/", {"code": current_code()})
    assert not is_signed_in(client)


@pytest.mark.parametrize("path", ["/account/", "/roles/", "/", "/people/"])
def test_without_second_factor_nothing_opens_but_setting_one_up(client, staff, settings, path):
    settings.OSTEON_REQUIRE_SECOND_FACTOR = True
    sign_in(client, staff.admin, staff.password)
    assert client.get(path).headers["Location"] == "/account/second-factor/"
    page = client.get("/account/second-factor/")
    assert page.status_code == 200
    assert "Add a passkey" in page.content.decode()


def test_without_second_factor_one_can_still_sign_out(client, staff, settings):
    settings.OSTEON_REQUIRE_SECOND_FACTOR = True
    sign_in(client, staff.nurse, staff.password)
    client.post("/sign-in/out/")
    assert client.get("/account/").headers["Location"].startswith("/sign-in/")


def test_without_second_factor_one_can_still_choose_the_language(client, staff, settings):
    settings.OSTEON_REQUIRE_SECOND_FACTOR = True
    sign_in(client, staff.nurse, staff.password)
    client.post("/language/", {"language": "es", "next": "/account/second-factor/"})
    assert "Configure primero" in client.get("/account/second-factor/").content.decode()


def test_recovery_codes_alone_are_no_second_factor(client, staff, settings):
    settings.OSTEON_REQUIRE_SECOND_FACTOR = True
    sign_in(client, staff.nurse, staff.password)
    RecoveryCodes.activate(staff.nurse)
    assert client.get("/account/").headers["Location"] == "/account/second-factor/"


def test_setting_up_an_authenticator_app_opens_the_service(client, staff, settings):
    settings.OSTEON_REQUIRE_SECOND_FACTOR = True
    sign_in(client, staff.nurse, staff.password)
    page = client.get("/sign-in/second-factor/totp/activate/")
    assert page.status_code == 200
    assert "data:image/svg+xml" in page.content.decode()
    secret = client.session[SECRET_SESSION_KEY]
    response = client.post("/sign-in/second-factor/totp/activate/", {"code": current_code(secret)})
    codes = client.get(response.headers["Location"]).content.decode()
    assert codes.count("<code>") == 10
    assert is_signed_in(client)


def test_changing_the_second_factor_asks_for_the_password_again(client, staff):
    sign_in(client, staff.nurse, staff.password)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    response = client.get("/sign-in/second-factor/totp/activate/")
    assert response.headers["Location"].startswith("/sign-in/again/")
    page = client.get(response.headers["Location"])
    assert "Confirm that it is you" in page.content.decode()
    response = client.post(response.headers["Location"], {"password": staff.password})
    assert response.headers["Location"].startswith("/sign-in/second-factor/totp/activate/")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "totp/activate/",
        "webauthn/",
        "webauthn/add/",
        "recovery-codes/generate/",
    ],
)
def test_pages_of_the_second_factor_are_ours(client, staff, path):
    sign_in(client, staff.nurse, staff.password)
    response = client.get(f"/sign-in/second-factor/{path}")
    assert response.status_code in (200, 302)
    page = client.get(f"/sign-in/second-factor/{path}", follow=True).content.decode()
    assert "app-header" in page


def test_pages_of_an_active_second_factor_are_ours_and_ask_again_who_it_is(client, staff, with_app):
    sign_in(client, with_app, staff.password)
    client.post("/sign-in/second-factor/authenticate/", {"code": current_code()})
    response = client.get("/sign-in/second-factor/totp/deactivate/")
    assert response.headers["Location"].startswith("/sign-in/again/")
    client.post(response.headers["Location"], {"password": staff.password})
    for path in ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"):
        response = client.get(f"/sign-in/second-factor/{path}")
        assert response.status_code == 200
        assert "app-header" in response.content.decode()
    download = client.get("/sign-in/second-factor/recovery-codes/download/")
    assert len(download.content.decode().split()) == 10


def test_passkey_sign_in_offers_a_challenge_that_checks_the_person(client, db):
    response = client.get("/sign-in/second-factor/webauthn/login/", headers={"accept": "application/json"})
    options = response.json()["request_options"]["publicKey"]
    assert len(options["challenge"]) > 30
    assert options["userVerification"] == "required"


def test_passkey_that_is_nonsense_signs_nobody_in(client, db):
    client.get("/sign-in/second-factor/webauthn/login/", headers={"accept": "application/json"})
    client.post("/sign-in/second-factor/webauthn/login/", {"credential": '{"id": "x"}'})
    assert not is_signed_in(client)


def test_sign_in_page_speaks_spanish_when_asked(client, db):
    client.post("/language/", {"language": "es", "next": "/sign-in/"})
    assert '<html lang="es"' in client.get("/sign-in/").content.decode()
