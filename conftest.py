"""Plugins of the tests, which site's tests a run takes, and the option by which the PostgreSQL part takes only
what touches a database.

The library is a second site with settings of its own, so its tests are a run of their own:

    pytest --ds=osteon.site.settings.library_test src/osteon/library
"""

from pathlib import Path

from django.conf import settings

LIBRARY = Path(__file__).parent / "src" / "osteon" / "library"
IS_LIBRARY = settings.ROOT_URLCONF == "osteon.site.library_urls"
pytest_plugins = ["tests.support.browser", "tests.support.library" if IS_LIBRARY else "tests.cast"]

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "cast"}


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="only tests that touch the database")


def touches_database(item):
    """By its mark or fixtures; a module whose tests start processes of their own says TOUCHES_DATABASE."""
    if getattr(item.module, "TOUCHES_DATABASE", False):
        return True
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames))


def pytest_ignore_collect(collection_path, config):
    """Each site's tests need its own settings; those of the other are left to its own run."""
    inside = collection_path == LIBRARY or LIBRARY in collection_path.parents
    above = collection_path in LIBRARY.parents
    return None if inside == IS_LIBRARY or above else True


def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-database"):
        others = [item for item in items if not touches_database(item)]
        items[:] = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=others)
