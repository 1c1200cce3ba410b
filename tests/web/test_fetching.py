"""Only public addresses are fetched, whatever their form, and none that has become another between."""

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from communique.errors import InputError
from communique.web import fetching
from communique.web.fetching import Fetcher, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "224.0.0.1", "255.255.255.255", "192.0.2.1", "240.0.0.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
        "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "::7f00:1", "fec0::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_addresses_that_only_this_machine_reaches_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_open_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org", "http://", "example.org", "//example.org",
        "http://user:secret@example.org/", "http://example.org:22/", "https://example.org:80/", "http://[::1]/",
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://localhost/", "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data", "http://example.org:99999/", "http://" + "a" * 3000,
        "javascript:alert(1)", "http://[bad/",
    ],
)  # fmt: skip
def test_what_may_not_be_fetched_is_refused_before_anything_is_asked(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(*_: object, **__: object) -> None:
        raise AssertionError("a connection was made")

    monkeypatch.setattr(fetching.socket, "create_connection", connect)
    with pytest.raises(InputError):
        Fetcher().fetch(url)


def test_a_name_with_one_private_address_among_its_addresses_is_refused() -> None:
    both = [ipaddress.ip_address("8.8.8.8"), ipaddress.ip_address("10.0.0.1")]
    with pytest.raises(InputError, match="no public address"):
        Fetcher(look_up=lambda host, port: both).fetch("http://example.org/")


Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def server() -> Iterator[tuple[int, dict[str, Answer], list[str]]]:
    """A web server on this machine: its port, what it answers by path, and the hosts that it was asked for."""
    answers: dict[str, Answer] = {}
    hosts: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hosts.append(self.headers["Host"])
            answers[self.path](self)

        do_POST = do_GET  # noqa: N815 - as the library asks

        def log_message(self, *_: Any) -> None:
            pass

    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield found.server_port, answers, hosts
    found.shutdown()
    found.server_close()


def page(body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body)

    return answer


def to_this_machine(asked: list[str]) -> Fetcher:
    """A fetcher that takes example.org for this machine, and counts how often it looks a name up."""

    def look_up(host: str, port: int) -> list[fetching.Address]:
        asked.append(host)
        return [ipaddress.ip_address("127.0.0.1" if host == "example.org" else "10.0.0.1")]

    return Fetcher(look_up=look_up, allowed=lambda address: str(address) == "127.0.0.1", ports=None)


def test_a_page_is_fetched_by_the_address_that_was_checked(server: tuple[int, dict[str, Answer], list[str]]) -> None:
    port, answers, hosts = server
    answers["/a%20b?c=d"] = page("<p>Grüße</p>".encode())
    asked: list[str] = []
    found = to_this_machine(asked).fetch(f"http://example.org:{port}/a b?c=d")
    assert (found.status, found.kind, found.body.decode()) == (200, "text/html", "<p>Grüße</p>")
    assert asked == ["example.org"]
    assert hosts == [f"example.org:{port}"]


def test_each_redirect_is_checked_as_the_first(server: tuple[int, dict[str, Answer], list[str]]) -> None:
    port, answers, hosts = server
    answers["/here"] = page(b"", status=302, Location="/there")
    answers["/there"] = page(b"found")
    answers["/inside"] = page(b"", status=302, Location=f"http://intranet:{port}/")
    answers["/file"] = page(b"", status=302, Location="file:///etc/passwd")
    answers["/round"] = page(b"", status=302, Location="/round")
    fetcher = to_this_machine([])
    assert fetcher.fetch(f"http://example.org:{port}/here").body == b"found"
    for path in ("/inside", "/file", "/round"):
        with pytest.raises(InputError):
            fetcher.fetch(f"http://example.org:{port}{path}")
    assert set(hosts) == {f"example.org:{port}"}


def test_too_much_too_slow_or_no_answer_is_an_error(
    server: tuple[int, dict[str, Answer], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, answers, _ = server
    monkeypatch.setattr(fetching, "MOST_BYTES", 1000)
    monkeypatch.setattr(fetching, "SECONDS", 1.0)
    answers["/big"] = page(b"x" * 2000)
    answers["/none"] = page(b"", status=404)

    def drip(request: BaseHTTPRequestHandler) -> None:
        page(b"")(request)
        for _ in range(30):
            request.wfile.write(b"x")
            request.wfile.flush()
            threading.Event().wait(0.1)

    def drip_headers(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
        for _ in range(100):
            request.wfile.write(b"x")
            request.wfile.flush()
            threading.Event().wait(0.1)

    answers |= {"/slow": drip, "/slower": drip_headers}
    fetcher = to_this_machine([])
    begun = time.monotonic()
    for path, told in (
        ("/big", "larger"), ("/none", "404"), ("/slow", "too slow|cannot be"), ("/slower", "too slow|cannot be"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=told):
            fetcher.fetch(f"http://example.org:{port}{path}")
    assert time.monotonic() - begun < 6
    with pytest.raises(InputError):
        fetcher.fetch("http://example.org:1/")


def test_what_is_posted_arrives_and_a_redirect_is_not_followed(
    server: tuple[int, dict[str, Answer], list[str]],
) -> None:
    port, answers, _ = server
    bodies: list[bytes] = []

    def take(request: BaseHTTPRequestHandler) -> None:
        bodies.append(request.rfile.read(int(request.headers["Content-Length"])))
        page(b"", status=204)(request)

    answers["/hook"] = take
    answers["/moved"] = page(b"", status=307, Location="/hook")
    fetcher = to_this_machine([])
    assert fetcher.post(f"http://example.org:{port}/hook", b"{}") == 204
    assert fetcher.post(f"http://example.org:{port}/moved", b"{}") == 307
    assert bodies == [b"{}"]
