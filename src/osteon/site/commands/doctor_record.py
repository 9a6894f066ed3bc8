"""The part of ``./osteon doctor`` that looks into the record. Loaded when Django is ready."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.db.utils import DatabaseError
from django.utils import timezone

from osteon.service.imports.models import ImportRun
from osteon.service.results.models import Result
from osteon.service.worklist.models import WorkerBeat
from osteon.service.worklist.queries import STALE_AFTER, Freshness, freshness
from osteon.site import opening
from osteon.site.commands.doctor import Reading, either, found

FEED_SILENT_AFTER = timedelta(hours=24)
START_WORKER = "./osteon demo and ./osteon serve start one; ./osteon worker is another."


def readings() -> Iterator[Reading]:
    yield from _site()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        how = "Is the server running, and is OSTEON_DATABASE_URL right? " + str(error).strip()
        yield Reading("database", "off", "cannot be reached", how)
        return
    yield _database()
    if connection.vendor == "sqlite":
        yield _write_ahead_log()
    if opening.is_new():
        how = "./osteon demo fills it with invented patients; ./osteon import brings your own."
        yield Reading("record", "optional", "nothing in it yet", how)
        return
    waiting = opening.waiting()
    yield either("tables", not waiting, "of this version", f"{waiting} changes wait", "./osteon upgrade")
    if not waiting:
        yield from _work()


def _site() -> Iterator[Reading]:
    demonstration = settings.OSTEON_DEMONSTRATION
    yield found("settings", "a demonstration" if demonstration else "a unit's own")
    needed = settings.OSTEON_REQUIRE_SECOND_FACTOR
    how = "A unit's own settings always ask for it: ./osteon serve"
    yield either(
        "second factor",
        needed or demonstration,
        "asked for" if needed else "not asked for (demonstration)",
        "not asked for",
        how,
    )
    how = 'python3 -c "import secrets; print(secrets.token_urlsafe(64))" makes one for OSTEON_SECRET_KEY'
    yield either("secret key", len(settings.SECRET_KEY) >= 32, "given", "too short to be secret", how)
    yield _time_zone()


def _time_zone() -> Reading:
    now = datetime.now(zoneinfo.ZoneInfo(settings.TIME_ZONE))
    return found(
        "time zone", f"{settings.TIME_ZONE}, where it is {now:%a %-d %b %Y, %H:%M} (OSTEON_TIME_ZONE)"
    )


def _database() -> Reading:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    return found("database", f"{connection.display_name} {version}")


def _write_ahead_log() -> Reading:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    how = "Some network drives cannot do it: put OSTEON_HOME on a local disk."
    return either("write-ahead log", mode == "wal", "on", f"off ({mode}): readers block writers", how)


def _work() -> Iterator[Reading]:
    now = timezone.now()
    fresh = freshness(now)
    yield _worker(fresh)
    yield _queue(fresh)
    yield from _feeds(now)


def _worker(fresh: Freshness) -> Reading:
    """What Today says above its list: when a worker last ran. One that was ended in good order runs no more."""
    if fresh.beat_at is None:
        return Reading(
            "background worker", "off", "has never run: alerts do not follow the facts", START_WORKER
        )
    ago = f"last ran {_ago(fresh.now - fresh.beat_at)} ago"
    if fresh.is_silent:
        return Reading(
            "background worker", "off", f"stale: {ago}; alerts do not follow the facts", START_WORKER
        )
    running = WorkerBeat.objects.filter(stopped_at=None).exists()
    return either("background worker", running, ago, f"stopped: {ago}", START_WORKER)


def _queue(fresh: Freshness) -> Reading:
    if fresh.failing:
        how = "Today names them, and the worker's log says why (logs/worker.log in the home)."
        return Reading("rules", "off", f"{fresh.failing:,} patients for whom they could not be run", how)
    waited = fresh.now - fresh.waiting_since if fresh.waiting_since else timedelta(0)
    late = f"the patient who waits longest has waited {_ago(waited)}"
    return either("rules", waited <= STALE_AFTER, "run for everybody", late, START_WORKER)


def _feeds(now: datetime) -> Iterator[Reading]:
    """How old the newest result and the last import are. A demonstration has no feed to be stale."""
    newest = Result.objects.aggregate(last=Max("recorded_at"))["last"]
    if newest is None:
        yield Reading("results", "optional", "none in the record", "./osteon import FILE, or the forms")
    elif settings.OSTEON_DEMONSTRATION:
        yield found("results", f"newest came {_ago(now - newest)} ago")
    else:
        how = "Does the laboratory's feed still arrive? ./osteon import brings a file by hand."
        stale = f"newest came {_ago(now - newest)} ago"
        yield either("results", now - newest < FEED_SILENT_AFTER, stale, stale, how)
    last = ImportRun.objects.order_by("-started_at").first()
    if last:
        yield found("imports", f"last {_ago(now - last.started_at)} ago: {last}")


def _ago(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 72 * 60 else f"{minutes // 1440} days"
