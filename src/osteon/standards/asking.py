"""Asking a service on the network, politely and with an end to patience.

Nothing here decides *whether* to ask: addresses come from the settings of a site, and without them nothing is
asked. One request has one deadline for everything and a limit on what it may send back; a service that is
down, slow, talks too much or sends us elsewhere is ``Unreachable``, whatever the cause.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

AGENT = "Osteon (patient library of a bone infection unit)"
CHUNK = 65_536


class Unreachable(Exception):
    """No usable answer came. The text says why, for a log or an editor."""


class TooManyRequests(Unreachable):
    """The service asks us to be slower (HTTP 429 or 503)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back with HTTP 200."""

    body: bytes
    content_type: str = ""


class Asker(Protocol):
    """Gets the answer to one GET request; tests give recorded files instead of the network."""

    def __call__(self, url: str) -> Answer:
        """Raises: Unreachable."""
        ...


class _SameHostOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirect within the service (an alias of a trial), never to somewhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        if _place(newurl) != _place(req.full_url):
            raise Unreachable(f"It sends us to another place ({urlsplit(newurl).netloc}).")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


@dataclass(slots=True)
class Pace:
    """Keeps requests at least ``seconds`` apart, as usage rules ask."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _last: float | None = None

    def wait(self) -> None:
        """Returns when the next request may go out."""
        now = self.clock()
        due = now if self._last is None else self._last + self.seconds
        if due > now:
            self.sleep(due - now)
        self._last = max(due, now)


@dataclass(slots=True)
class Web:
    """The network. ``timeout`` is in seconds for the whole request, ``max_bytes`` for the whole answer.

    ``through_proxy`` follows the proxy the machine is set up with; our own library inside the hospital is
    asked directly.
    """

    timeout: float = 10.0
    max_bytes: int = 20_000_000
    pace: Pace | None = None
    through_proxy: bool = True
    _opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        opener = urllib.request.OpenerDirector()  # no file:, ftp: or data:
        for handler in (
            urllib.request.ProxyHandler(None if self.through_proxy else {}),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _SameHostOnly(),
        ):
            opener.add_handler(handler)
        self._opener = opener

    def __call__(self, url: str) -> Answer:
        """One GET.

        Raises:
            Unreachable: down, slow, refused, too large, elsewhere, or not http(s).
        """
        if urlsplit(url).scheme not in ("http", "https"):
            raise Unreachable("Only http and https addresses are asked.")
        if self.pace:
            self.pace.wait()
        deadline = time.monotonic() + self.timeout
        try:
            return self._asked(url, deadline)
        except urllib.error.HTTPError as error:
            error.close()
            raise _refusal(error.code) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(f"It did not answer: {error or type(error).__name__}.") from error

    def _asked(self, url: str, deadline: float) -> Answer:
        # The scheme was checked by the caller, and the opener has no handler for any other.
        request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})  # noqa: S310
        response = self._opener.open(request, timeout=self.timeout)
        if response is None:
            raise Unreachable("It did not answer.")
        with response:
            return Answer(self._body(response, deadline), response.headers.get("Content-Type", ""))

    def _body(self, response: Any, deadline: float) -> bytes:
        body = bytearray()
        while chunk := response.read1(CHUNK):
            body += chunk
            if len(body) > self.max_bytes:
                raise Unreachable(f"It answered with more than {self.max_bytes:,} bytes.")
            if time.monotonic() > deadline:
                raise Unreachable(f"It took longer than {self.timeout:g} seconds.")
        return bytes(body)


def _refusal(status: int) -> Unreachable:
    if status in (429, 503):
        return TooManyRequests(f"It asks us to be slower (HTTP {status}).")
    return Unreachable(f"It answered with an error (HTTP {status}).")
