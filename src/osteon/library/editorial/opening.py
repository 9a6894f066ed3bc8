"""What a library needs before its first reader: the groups of people, the first content, the invented cases."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from osteon.library.content import loader
from osteon.library.editorial import actions, people

INVENTED = (
    ("editor@marlbury.example", "Ada Quill", False),
    ("reviewer@marlbury.example", "Dr Amara Cole", True),
)
PASSWORD = "living-bone-has-many-layers"  # noqa: S105  printed by the demonstration


def make_ready() -> loader.Report:
    """Safe to do at every start."""
    people.ensure()
    report = loader.load()
    actions.withdraw_lapsed()
    return report


def invent_people() -> None:
    """The demonstration's editor and reviewer, made once."""
    for email, name, reviewer in INVENTED:
        if not get_user_model().objects.filter(username=email).exists():
            people.make_person(email=email, password=PASSWORD, name=name, reviewer=reviewer)
