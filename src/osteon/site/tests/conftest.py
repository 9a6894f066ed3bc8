import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def language_of_the_next_test():
    """A request answered in Spanish leaves this thread speaking Spanish; the next test must not inherit it."""
    yield
    translation.deactivate()
