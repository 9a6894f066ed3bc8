import pytest


@pytest.fixture
def open_to_all(settings):
    """The calculators as the demonstration has them: without signing in."""
    settings.OSTEON_PUBLIC_CALCULATORS = True


@pytest.fixture
def signed_in(client):
    """Signs a person in and gives the client."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in
