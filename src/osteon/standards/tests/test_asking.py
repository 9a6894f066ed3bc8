from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from osteon.standards.asking import Pace, TooManyRequests, Unreachable, Web


class Service(BaseHTTPRequestHandler):
    """A small service on this machine that behaves as its path says."""

    def do_GET(self):
        kind = self.path.split("?")[0].strip("/")
        getattr(self, kind)()

    def _answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def good(self):
        self._answer(200, self.headers["User-Agent"].encode(), Content_Type="text/plain")

    def broken(self):
        self._answer(500)

    def busy(self):
        self._answer(429)

    def elsewhere(self):
        self._answer(302, Location="http://elsewhere.invalid/")

    def alias(self):
        self._answer(301, Location="/good")

    def large(self):
        self._answer(200, b"x" * 50_000)

    def silent(self):
        time.sleep(0.6)

    def dripping(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(12):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def nonsense(self):
        self.wfile.write(b"this is not HTTP\r\n\r\n")

    def log_message(self, *_):
        pass

    def handle(self):
        # The asking side hangs up on slow answers; that is what is tested.
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


@pytest.fixture(scope="module")
def service():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


ask = Web(timeout=0.3, max_bytes=10_000, through_proxy=False)


def test_an_answer_comes_with_its_kind_and_we_say_who_asks(service):
    answer = ask(f"{service}/good")
    assert b"Osteon" in answer.body and answer.content_type == "text/plain"


def test_a_redirect_within_the_service_is_followed(service):
    assert b"Osteon" in ask(f"{service}/alias").body


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("broken", "HTTP 500"),
        ("elsewhere", "another place"),
        ("large", "more than 10,000 bytes"),
        ("silent", "did not answer"),
        ("dripping", "longer than 0.3 seconds"),
        ("nonsense", "did not answer"),
    ],
)
def test_whatever_goes_wrong_is_one_error_with_its_reason(service, path, said):
    with pytest.raises(Unreachable, match=said):
        ask(f"{service}/{path}")


def test_being_too_fast_is_told_apart(service):
    with pytest.raises(TooManyRequests, match="HTTP 429"):
        ask(f"{service}/busy")


def test_nobody_listening_is_unreachable():
    with pytest.raises(Unreachable):
        ask("http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "data:,x", "no address", "http://[::1"]
)
def test_only_web_addresses_are_asked(url):
    with pytest.raises((Unreachable, ValueError)):
        ask(url)


def test_pace_keeps_requests_apart_and_does_not_wait_without_need():
    now, slept = [100.0], []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(0.5, clock=lambda: now[0], sleep=sleep)
    pace.wait()
    pace.wait()
    now[0] += 9
    pace.wait()
    assert slept == [0.5]
