import pytest
from django.core.cache import cache

from osteon.service.worklist.tests.unit import Unit


@pytest.fixture
def unit(cast) -> Unit:
    return Unit(cast)


@pytest.fixture(autouse=True)
def no_counts_kept():
    """The caseload is counted once a minute; the next test has other patients."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def signed_in(client):
    """Signs a person in and gives the client."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
