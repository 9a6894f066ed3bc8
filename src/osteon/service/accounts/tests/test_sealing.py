"""Secrets of the second factor are sealed, old ones stay readable and are sealed when they are used."""

import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code

from osteon.service.accounts.sealing import PREFIX, is_stale, seal, unseal
from osteon.service.accounts.tests.test_sign_in import SECRET, current_code, is_signed_in, sign_in


def stored(person, kind):
    return Authenticator.objects.get(user=person, type=kind).data


def in_the_clear(person):
    """As versions before sealing left them."""
    Authenticator.objects.bulk_create(
        [
            Authenticator(user=person, type=Authenticator.Type.TOTP, data={"secret": SECRET}),
            Authenticator(
                user=person, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "ab" * 40, "used_mask": 0}
            ),
        ]
    )


def test_what_was_sealed_opens_again_and_does_not_show():
    sealed = seal(SECRET)
    assert unseal(sealed) == SECRET
    assert SECRET not in sealed and sealed.startswith(PREFIX)


def test_the_same_secret_is_never_sealed_alike_twice():
    assert seal(SECRET) != seal(SECRET)


def test_what_was_stored_before_is_read_as_it_is():
    assert unseal(SECRET) == SECRET
    assert is_stale(SECRET) and not is_stale(seal(SECRET))


@pytest.mark.parametrize("nothing", [None, ""])
def test_nothing_needs_no_sealing(nothing):
    assert not is_stale(nothing)


def test_a_fallback_key_still_opens_and_is_replaced(settings):
    sealed = seal(SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert unseal(sealed) == SECRET
    assert is_stale(sealed) and not is_stale(seal(SECRET))


def test_a_lost_key_leaves_a_secret_that_no_code_fits_and_says_so_in_the_log(settings, caplog):
    sealed = seal(SECRET)
    settings.SECRET_KEY = "another"
    with caplog.at_level(logging.ERROR, "osteon.accounts"):
        found = {unseal(sealed), unseal(sealed)}
    assert len(found) == 2 and SECRET not in found and "" not in found
    assert not any(validate_totp_code(secret, current_code()) for secret in found)
    assert "OSTEON_SECRET_KEY" in caplog.text and not is_stale(sealed)


def test_a_tampered_secret_does_not_open():
    sealed = seal(SECRET)
    broken = sealed[:-4] + ("AAAA" if not sealed.endswith("AAAA") else "BBBB")
    assert unseal(broken) != SECRET


@pytest.mark.django_db
class TestInTheDatabase:
    def test_a_new_authenticator_is_sealed(self, staff):
        TOTP.activate(staff.nurse, SECRET)
        RecoveryCodes.activate(staff.nurse)
        assert unseal(stored(staff.nurse, "totp")["secret"]) == SECRET
        assert stored(staff.nurse, "totp")["secret"].startswith(PREFIX)
        assert stored(staff.nurse, "recovery_codes")["seed"].startswith(PREFIX)

    def test_an_old_secret_signs_in_and_is_sealed_by_that(self, client, staff):
        in_the_clear(staff.nurse)
        sign_in(client, staff.nurse, staff.password)
        client.post("/sign-in/second-factor/authenticate/", {"code": current_code()})
        assert is_signed_in(client)
        assert stored(staff.nurse, "totp")["secret"].startswith(PREFIX)
        assert unseal(stored(staff.nurse, "totp")["secret"]) == SECRET
        assert stored(staff.nurse, "recovery_codes")["seed"] == "ab" * 40  # not used, not touched

    def test_old_recovery_codes_stay_the_same_codes(self, client, staff):
        in_the_clear(staff.nurse)
        before = RecoveryCodes(staff.nurse.authenticator_set.get(type="recovery_codes")).get_unused_codes()
        sign_in(client, staff.nurse, staff.password)
        client.post("/sign-in/second-factor/authenticate/", {"code": before[0]})
        assert is_signed_in(client)
        assert stored(staff.nurse, "recovery_codes")["seed"].startswith(PREFIX)
        after = RecoveryCodes(staff.nurse.authenticator_set.get(type="recovery_codes")).get_unused_codes()
        assert after == before[1:]

    def test_a_wrong_code_changes_nothing(self, client, staff):
        in_the_clear(staff.nurse)
        sign_in(client, staff.nurse, staff.password)
        client.post("/sign-in/second-factor/authenticate/", {"code": "000000"})
        assert stored(staff.nurse, "totp")["secret"] == SECRET

    def test_a_passkey_has_nothing_to_seal(self, staff):
        data = {"name": "Key", "credential": {"id": "x"}}
        Authenticator.objects.create(user=staff.nurse, type=Authenticator.Type.WEBAUTHN, data=data)
        assert stored(staff.nurse, "webauthn") == data
