"""Who may call: signatures, audiences, times and names of keys."""

import json
import os
import time

import jwt
import pytest

from osteon.standards.cds_hooks import tokens
from osteon.standards.cds_hooks.tests.samples import ISSUER, key_set, private_key, public_jwk
from osteon.standards.cds_hooks.tokens import (
    BadClients,
    Client,
    KeyFile,
    TokenRefused,
    bearer,
    read_clients,
    signed,
    verified,
)

HERE = "https://unit.example/cds-services/monitoring"

# The worked example of the specification: "Trusting CDS Clients", the public key and the whole token
SPECIFICATION_KEY = {
    "kty": "EC",
    "use": "sig",
    "crv": "P-384",
    "kid": "example-kid",
    "x": "46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk",
    "y": "XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI",
    "alg": "ES384",
}
SPECIFICATION_TOKEN = (
    "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6Ly9maGlyLWVoci5leGFtcGxlLmNvbS"
    "9qd2tfdXJpIn0.eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nk"
    "cy1zZXJ2aWNlcy9zb21lLXNlcnZpY2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEtZTFiNy00Nj"
    "ExLWJhNWItOGVlYzZhMzNhYzFlIiwidGVuYW50IjoiMmRkZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0.d1WfLjGRKlcWB94l"
    "9do4cM8REXeYJLL6SGUBO8VHZhfM8mwKYP70EMxJ67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2L8-i4awdoUwi"
    "Eb"
)


class Held:
    """Keys in memory."""

    def __init__(self, *keys):
        self.keys = {key.key_id: key for key in keys}

    def key(self, kid):
        return self.keys.get(kid)


def known(*keys, jku=""):
    public = [jwt.PyJWK(public_jwk(key)) for key in keys or (private_key(),)]
    return {ISSUER: Client("GP system", ISSUER, Held(*public), jku)}


def token(key=None, *, headers=None, drop=(), **claims):
    key = key or private_key()
    now = int(time.time())
    said = {"iss": ISSUER, "aud": HERE, "iat": now, "exp": now + 300, "jti": "once"} | claims
    for name in drop:
        del said[name]
    return jwt.encode(said, key.key, key.algorithm_name, headers={"kid": key.key_id} | (headers or {}))


def refusal(said, clients=None, audiences=(HERE,)):
    with pytest.raises(TokenRefused) as caught:
        verified(said, known() if clients is None else clients, audiences)
    return str(caught.value)


@pytest.mark.parametrize("kind", ["ES384", "RS384"])
def test_a_good_token_of_each_recommended_algorithm_is_taken(kind):
    key = private_key(kind, f"k-{kind}")
    found = verified(signed(key, issuer=ISSUER, audience=HERE, jti="a"), known(key), [HERE])
    assert (found.client, found.issuer, found.jti) == ("GP system", ISSUER, "a")
    assert found.expires_at.timestamp() == pytest.approx(time.time() + 300, abs=5)


def test_one_of_several_audiences_is_enough_and_a_tenant_is_kept():
    found = verified(token(aud=["https://other.example", HERE], tenant="surgery-7"), known(), [HERE])
    assert found.tenant == "surgery-7"


def test_the_same_token_has_the_same_fingerprint_and_another_has_not():
    first, again, other = (verified(token(jti=jti), known(), [HERE]).fingerprint for jti in ("a", "a", "b"))
    assert first == again != other


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"iss": "https://stranger.example/"}, "is not one of the systems"),
        ({"aud": "https://unit.example/cds-services/other"}, "for another address"),
        ({"exp": int(time.time()) - 120}, "has expired"),
        ({"exp": int(time.time()) + 7200}, "more than an hour"),
        ({"iat": int(time.time()) + 600}, "from the future"),
        ({"jti": ""}, "jti"),
        ({"jti": "x" * 300}, "jti"),
    ],
)
def test_a_wrong_claim_is_refused_with_its_reason(claims, reason):
    assert reason in refusal(token(**claims))


@pytest.mark.parametrize("name", ["aud", "exp", "iat", "jti"])
def test_a_missing_claim_is_refused(name):
    assert "lacks" in refusal(token(drop=(name,)))


def test_a_token_without_an_issuer_is_nobodys():
    assert "is not one of the systems" in refusal(token(drop=("iss",)))


def test_a_signature_by_another_key_of_the_same_name_is_refused():
    thief = private_key("ES384", "thief")
    said = token(thief, headers={"kid": "key-1"})
    assert "signature is not right" in refusal(said)


def test_a_changed_payload_is_refused():
    head, body, tail = token().split(".")
    other = token(jti="other").split(".")[1]
    assert body != other
    assert "signature is not right" in refusal(f"{head}.{other}.{tail}")


def test_unsigned_and_shared_secret_tokens_are_refused():
    claims = {"iss": ISSUER, "aud": HERE, "iat": 1, "exp": int(time.time()) + 60, "jti": "a"}
    bare = jwt.encode(claims, None, "none", headers={"kid": "key-1"})
    secret = jwt.encode(claims, "s" * 64, "HS384", headers={"kid": "key-1"})
    assert "algorithm is not one of" in refusal(bare)
    assert "algorithm is not one of" in refusal(secret)


def test_a_weaker_curve_is_refused():
    weak = private_key("ES256", "weak")
    assert "algorithm is not one of" in refusal(token(weak), known(weak))


def test_a_key_is_used_with_its_own_algorithm_only():
    clients = known(private_key("RS384", "rsa"))
    assert "not the one of its key" in refusal(token(headers={"kid": "rsa"}), clients)


def test_an_unknown_or_missing_key_name_is_refused():
    assert "(kid)" in refusal(token(headers={"kid": "other"}))
    assert "(kid)" in refusal(token(headers={"kid": ""}))


def test_a_token_says_that_it_is_one():
    assert "typ is not JWT" in refusal(token(headers={"typ": "at+jwt"}))


def test_a_key_address_other_than_the_agreed_is_refused():
    agreed = known(jku="https://gp.example/keys")
    assert "(jku)" in refusal(token(headers={"jku": "https://thief.example/keys"}), agreed)
    assert verified(token(headers={"jku": "https://gp.example/keys"}), agreed, [HERE])


@pytest.mark.parametrize("said", ["x", "a.b.c", "", "....", "é.é.é"])
def test_what_is_no_token_is_refused(said):
    assert refusal(said) == "the token is not a signed JSON web token"


@pytest.mark.parametrize("header", [None, "", "Basic abc", "Bearer", "Bearer  "])
def test_a_call_without_a_token_is_told_so(header):
    with pytest.raises(TokenRefused, match="carries no token"):
        bearer(header)


def test_the_token_of_a_header_is_found_and_a_huge_one_refused():
    assert bearer("bearer abc") == "abc"
    with pytest.raises(TokenRefused, match="too long"):
        bearer("Bearer " + "x" * 10_000)


def test_the_specifications_own_example_is_signed_right_and_long_expired():
    issuer, audience = "https://fhir-ehr.example.com/", "https://cds.example.org/cds-services/some-service"
    clients = {issuer: Client("Example", issuer, Held(jwt.PyJWK(SPECIFICATION_KEY)))}
    assert refusal(SPECIFICATION_TOKEN, clients, [audience]) == "the token has expired"
    spoilt = SPECIFICATION_TOKEN[:-6] + "AAAAAA"
    assert "signature is not right" in refusal(spoilt, clients, [audience])


# The systems' file


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "gp.json").write_text(key_set(private_key()))
    return tmp_path


def listed(folder, *entries):
    path = folder / "clients.json"
    path.write_text(json.dumps(list(entries)))
    return path


def test_a_system_is_read_with_its_key_file(folder):
    clients = read_clients(listed(folder, {"name": "GP", "iss": ISSUER, "jwks_file": "gp.json"}))
    assert verified(token(), clients, [HERE]).client == "GP"


def test_a_renewed_key_is_used_without_a_restart(folder):
    clients = read_clients(listed(folder, {"name": "GP", "iss": ISSUER, "jwks_file": "gp.json"}))
    new = private_key("ES384", "key-2")
    assert "(kid)" in refusal(token(new), clients)
    (folder / "gp.json").write_text(key_set(new))
    os.utime(folder / "gp.json", ns=(1, 1))
    assert verified(token(new), clients, [HERE])
    assert "(kid)" in refusal(token(), clients)


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ([{"iss": ISSUER, "jwks_file": "gp.json"}], r"\[0\].name: is missing"),
        ([{"name": "GP", "iss": ISSUER}], "one of the two is needed"),
        (
            [{"name": "GP", "iss": ISSUER, "jwks_file": "a", "jwks_url": "https://b.example"}],
            "one of the two",
        ),
        ([{"name": "GP", "iss": ISSUER, "jwks_url": "http://b.example"}], "https"),
        ([{"name": n, "iss": ISSUER, "jwks_file": "gp.json"} for n in ("a", "b")], "one issuer twice"),
        (["x"], "should be an object"),
    ],
)
def test_a_wrong_list_of_systems_says_what_to_mend(folder, entries, problem):
    with pytest.raises(BadClients, match=problem):
        read_clients(listed(folder, *entries))


@pytest.mark.parametrize("text", ["", "{", "[]x", '{"keys": 3}', "[1]"])
def test_a_key_file_that_cannot_be_read_says_so(folder, text):
    (folder / "gp.json").write_text(text)
    with pytest.raises(BadClients, match=r"gp\.json"):
        KeyFile(folder / "gp.json").key("key-1")


def test_missing_files_are_told(folder):
    with pytest.raises(BadClients, match="cannot be read"):
        read_clients(folder / "none.json")
    with pytest.raises(BadClients, match="cannot be read"):
        KeyFile(folder / "none.json").key("a")


def test_private_foreign_and_encryption_keys_are_left_out():
    good = public_jwk(private_key())
    rsa = {k: v for k, v in public_jwk(private_key("RS384", "rsa")).items() if k != "alg"}
    others = [
        good | {"kid": "enc", "use": "enc"},
        good | {"kid": "private", "d": "x"},
        public_jwk(private_key("ES256", "weak")),
        {"kid": "odd", "kty": "unheard-of"},
        {k: v for k, v in good.items() if k != "kid"},
        "no key",
    ]
    found = tokens.keys_of({"keys": [*others, good, rsa]})
    assert set(found) == {"key-1", "rsa"}
    assert found["rsa"].algorithm_name == "RS384"


def test_keys_at_an_address_are_kept_and_asked_for_again(monkeypatch):
    asked = []
    address = tokens.KeyAddress("https://gp.example/keys")
    monkeypatch.setattr(address, "_fetch", lambda: asked.append(1) or json.loads(key_set(private_key())))
    assert address.key("key-1") and address.key("key-1")
    assert address.key("other") is None
    assert len(asked) == 1
    monkeypatch.setattr(tokens, "PAUSE", -tokens.PAUSE)
    assert address.key("other") is None
    assert len(asked) == 2


def test_keys_that_cannot_be_fetched_are_told(monkeypatch):
    address = tokens.KeyAddress("https://gp.example/keys")

    def fail():
        raise jwt.PyJWKClientConnectionError("refused")

    monkeypatch.setattr(address, "_fetch", fail)
    with pytest.raises(BadClients, match=r"https://gp\.example/keys cannot be fetched"):
        address.key("key-1")
