"""The GP's system's key, made at its first call and registered with the unit's list of systems."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import Final

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from jwt.algorithms import ECAlgorithm

ISSUER: Final = "https://gp.example/demonstration"
KID: Final = "demonstration"
_made = Lock()


def private_key() -> jwt.PyJWK:
    """The key that signs; beside it lie the public half and the list that names this system."""
    systems = Path(settings.OSTEON_CDS_HOOKS_CLIENTS)
    secret = systems.parent / "private-key.json"
    with _made:
        if not secret.exists():
            _make(systems, secret)
    return jwt.PyJWK(json.loads(secret.read_text()))


def _make(systems: Path, secret: Path) -> None:
    systems.parent.mkdir(mode=0o700, exist_ok=True)
    key = ec.generate_private_key(ec.SECP384R1())
    named = {"kid": KID, "alg": "ES384", "use": "sig"}
    public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True) | named
    (systems.parent / "keys.json").write_text(json.dumps({"keys": [public]}))
    entry = {"name": "Demonstration GP system", "iss": ISSUER, "jwks_file": "keys.json"}
    systems.write_text(json.dumps([entry]))
    secret.touch(mode=0o600)
    secret.write_text(json.dumps(ECAlgorithm.to_jwk(key, as_dict=True) | named))
