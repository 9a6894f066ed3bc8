import pytest

from osteon.service.worklist.tests.unit import Unit


@pytest.fixture
def unit(cast) -> Unit:
    return Unit(cast)


@pytest.fixture
def signed_in(client):
    """Signs a person in and gives the client."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
