"""Plugins of the tests, and the option by which the PostgreSQL part takes only what touches a database."""

pytest_plugins = ["tests.cast", "tests.support.browser"]

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "cast"}


def pytest_addoption(parser):
    parser.addoption("--only-database", action="store_true", help="only tests that touch the database")


def touches_database(item):
    """By its mark or fixtures; a module whose tests start processes of their own says TOUCHES_DATABASE."""
    if getattr(item.module, "TOUCHES_DATABASE", False):
        return True
    return bool(item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames))


def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-database"):
        others = [item for item in items if not touches_database(item)]
        items[:] = [item for item in items if touches_database(item)]
        config.hook.pytest_deselected(items=others)
