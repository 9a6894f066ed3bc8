from datetime import UTC, datetime

import pytest
from django.db import transaction

from osteon.site import demonstration
from osteon.site.demonstration import ward

NOW = datetime(2024, 3, 5, 9, 30, tzinfo=UTC)  # long past: actions refuse what lies ahead of the real clock


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def unit(django_db_setup, django_db_blocker, home):
    """The demonstration loaded once for a module, with a smaller ward; everything is rolled back at the end."""
    patch = pytest.MonkeyPatch()
    patch.setattr(ward, "PATIENTS", 100)
    with django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("django.conf.settings.OSTEON_HOME", home)
        yield demonstration.load_demonstration(now=NOW)
        transaction.set_rollback(True)
    patch.undo()
