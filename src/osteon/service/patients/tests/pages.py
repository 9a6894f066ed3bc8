"""Reading pages as people do, for the tests of this folder."""

from __future__ import annotations

import html
import re

from django.urls import reverse


def words(answer) -> str:
    """The text of a page without tags, spaces collapsed."""
    bare = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def path(name, *args):
    """The address of one of this folder's pages."""
    return reverse(f"patients:{name}", args=[getattr(each, "public_id", each) for each in args])


def posted_ok(answer, goal):
    """Whether a form was taken and led to ``goal``."""
    assert answer.status_code == 302, words(answer)[:1500]
    assert answer.url == goal
