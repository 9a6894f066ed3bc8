"""What the tests of this folder's pages share."""

from __future__ import annotations

import pytest

from osteon.service.patients import actions
from osteon.service.patients.tests.pages import FEVER, NOON


@pytest.fixture
def nurse(cast, client):
    client.force_login(cast.nurse)
    return client


@pytest.fixture
def fever(cast):
    return actions.record_finding(
        by=cast.physician, patient=cast.ruth, code=FEVER, present=True, time=NOON, text_value="in clinic"
    )
