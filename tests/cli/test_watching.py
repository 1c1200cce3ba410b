"""``communique watch`` as people and services run it: once, until stopped, and killed on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.archive import Archive
from communique.errors import ArchiveError
from communique.records import Event

from ..watch.conftest import titles
from ..watch.site import Reply, Site, site
from .test_commands import run

NAMES = [f"page{number:02}" for number in range(20)]
FAST = ("--allow-local", "--delay", "0", "--grammar-only")


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with site() as here:
        here.pages(*NAMES)
        here.feed(*NAMES)
        yield here


def kept(path: Path) -> list[str]:
    try:
        with Archive(path) as archive:
            return titles(archive)
    except ArchiveError:  # not there yet
        return []


def started(path: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    """Start a watch, and return when it has kept something."""
    command = [sys.executable, "-m", "communique", "watch", str(path), *arguments]
    done = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONHASHSEED": "0"})
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not kept(path):
        time.sleep(0.02)
    return done


def test_once(site: Site, tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text(f"# ours\n{site.address}/feed.xml\nnonsense\n")
    site.replies["/page00"] = Reply(b"no page", kind="image/png")
    done = run("watch", tmp_path / "news.db", tmp_path / "feeds.txt", "--once", *FAST)
    assert done.returncode == 0, done.stderr
    told = done.stderr.decode()
    assert "feeds.txt:3: no address: nonsense" in told
    assert "sources: 1 read, 0 unchanged; pages: 20 new, 19 kept; problems: 1" in told
    assert f"page {site.address}/page00: is image/png, not a page (given up)" in told
    with Archive(tmp_path / "news.db") as archive:
        events = [event for event in archive.records("events") if isinstance(event, Event)]
    assert len(events) >= 19 and {event.source[0].name for event in events} == {"Kenya"}
    listed = run("watch", tmp_path / "news.db", "--problems")
    assert listed.returncode == 0
    assert listed.stdout.decode() == f"page {site.address}/page00: is image/png, not a page (given up)\n"
    assert b"19 kept, 0 waiting, 1 failed" in listed.stderr


def test_sources_without_any_address_are_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text("# none yet\nnonsense\n")
    done = run("watch", tmp_path / "news.db", tmp_path / "feeds.txt", tmp_path / "fedes.txt")
    told = done.stderr.decode()
    assert done.returncode == 2
    assert "fedes.txt: No such file or directory" in told
    assert told.count("feeds.txt:2: no address: nonsense") == 1
    assert "no address among the sources" in told
    assert not (tmp_path / "news.db").exists()


@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_it_can_be_stopped_at_any_point_and_goes_on(site: Site, tmp_path: Path, stop: signal.Signals) -> None:
    path, feed = tmp_path / "news.db", f"{site.address}/feed.xml"
    with started(path, feed, "--once", *FAST) as done:
        done.send_signal(stop)
        assert done.stderr is not None
        told = done.stderr.read()
    before = kept(path)
    assert 0 < len(before) < 20
    if stop is not signal.SIGKILL:
        assert done.returncode == 0, told
        assert b"the same command goes on from here" in told and b"Traceback" not in told
    site.paths()
    again = run("watch", path, feed, "--once", *FAST)
    assert again.returncode == 0, again.stderr
    assert kept(path) == [f"Page {name}" for name in NAMES]
    asked = site.paths()
    assert not {f"/{title.removeprefix('Page ')}" for title in before} & set(asked), "known pages are not fetched"
    assert len(asked) == len(set(asked))


def test_as_a_service_it_waits_for_the_next_round(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with started(path, f"{site.address}/feed.xml", *FAST) as done:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and len(kept(path)) < 20:
            time.sleep(0.05)
        time.sleep(0.3)
        assert done.poll() is None, "it goes on"
        done.send_signal(signal.SIGTERM)
        assert done.stderr is not None
        told = done.stderr.read().decode()
    assert done.returncode == 0
    assert "20 new, 20 kept; problems: 0" in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no sources (name addresses, or files that hold them"),
        (("https://x.example/rss", "--every", "soon"), "no span of time: soon"),
        (("https://x.example/rss", "--contact", "a\nb: c"), "the contact is no plain line of ASCII"),
    ],
)
def test_wrong_use_is_told_before_anything_is_fetched(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run("watch", tmp_path / "news.db", *arguments, "--once")
    assert done.returncode == 2
    assert message in done.stderr.decode()


def test_missing_packages_are_named(tmp_path: Path) -> None:
    (tmp_path / "aiohttp.py").write_text("raise ModuleNotFoundError('No module named aiohttp', name='aiohttp')")
    done = subprocess.run(
        [sys.executable, "-m", "communique", "watch", str(tmp_path / "news.db"), "https://x.example/rss"],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])},
    )
    assert done.returncode == 2
    assert b'watch needs the package aiohttp, which is not installed (pip install "communique[watch]")' in done.stderr


def test_local_addresses_need_leave(site: Site, tmp_path: Path) -> None:
    done = run("watch", tmp_path / "news.db", f"{site.address}/feed.xml", "--once", "--grammar-only")
    assert b"127.0.0.1 is no public address" in done.stderr
    assert site.asked == []
