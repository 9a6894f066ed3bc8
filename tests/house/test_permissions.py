"""Every address says who may open it, and what it names cannot be guessed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from osteon.service.accounts.middleware import EXEMPT_NAMES
from osteon.service.accounts.permissions import ROLES, Permission

# Public pages, each for a reason that a reader can check
PUBLIC = {
    "set_language",  # the sign-in page offers it
    "definitions:calculators",  # hold no patient, store nothing; only where OSTEON_PUBLIC_CALCULATORS says so
    "definitions:calculator",
    "gallery",  # components with invented content; only a demonstration and the tests have it
    "ehr",  # an invented patient in an invented GP's system; only a demonstration and the tests have it
    "give_feedback",  # the same page
    "decision_support:services",  # what is offered to other systems, and nothing about anybody
    "decision_support:interface",  # the same, for programs
    "decision_support:service",  # the calling system signs each call; nobody signs in
    "decision_support:feedback",  # likewise
}
FROM_LIBRARIES = ("allauth.",)


def walk(resolver: URLResolver, namespace: str = "", path: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, inner, here)
        else:
            yield f"{namespace}{entry.name}", here, entry


ADDRESSES = list(walk(get_resolver()))


def is_ours(pattern: URLPattern) -> bool:
    return not pattern.callback.__module__.startswith(FROM_LIBRARIES)


@pytest.mark.parametrize(("name", "path", "pattern"), ADDRESSES, ids=[name for name, _, _ in ADDRESSES])
def test_every_address_names_its_permission(name, path, pattern):
    mark = getattr(pattern.callback, "osteon_permission", None)
    if mark == "public":
        assert name in PUBLIC, f"{name} is open to everybody, and nobody wrote down why"
    elif mark is None:
        assert name in EXEMPT_NAMES and not is_ours(pattern), f"{name} names no permission"
    else:
        assert mark == "signed in" or mark in Permission


def test_views_of_libraries_are_exempted_one_by_one():
    library = {name for name, _, pattern in ADDRESSES if not is_ours(pattern)}
    assert library <= EXEMPT_NAMES


def test_addresses_name_things_by_opaque_identifiers_only():
    allowed = ("<uuid:", "<slug:", "<key>", "<uidb36>", "<str:rule_id>", "<anything:service_id>")
    for name, path, pattern in ADDRESSES:
        if is_ours(pattern):
            assert "<int:" not in path, f"{name}: {path} counts records"
            assert path.count("<") == sum(path.count(kind) for kind in allowed), f"{name}: {path}"


def test_an_address_bears_the_name_of_its_view():
    ours = [(name, pattern) for name, _, pattern in ADDRESSES if is_ours(pattern) and name != "home"]
    odd = {
        name: pattern.callback.__name__
        for name, pattern in ours
        if name.split(":")[-1] != pattern.callback.__name__
    }
    assert odd == {}


def test_every_permission_is_held_by_some_role_and_every_role_explains_itself():
    held = {permission for role in ROLES.values() for permission in role.permissions}
    assert held == set(Permission)
    for key, role in ROLES.items():
        assert role.key == key and role.name and len(str(role.paragraph)) > 40, key


def test_patients_are_not_served_by_the_administration_site_of_django():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
