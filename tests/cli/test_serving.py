"""``communique serve`` refuses what would open an archive to others unasked, and says what it needs."""

from pathlib import Path

import pytest

from communique.archive import Archive
from communique.cli import commands
from communique.errors import ArchiveError, UsageError

pytest.importorskip("fastapi", reason="the web reader's packages are not installed: pip install '.[web]'")

import uvicorn


@pytest.fixture
def archive(tmp_path: Path) -> str:
    with Archive(tmp_path / "a.db", create=True):
        return str(tmp_path / "a.db")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the server was started with, as it is not started here."""
    found: dict[str, object] = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: found.update(options, app=app))
    return found


def serve(*words: str) -> None:
    commands.main(["serve", *words], standalone_mode=False)


def test_it_listens_on_this_machine_alone(archive: str, started: dict[str, object]) -> None:
    serve(archive)
    assert (started["host"], started["port"]) == ("127.0.0.1", 8000)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "news.example"])
def test_others_have_to_sign_in(archive: str, started: dict[str, object], host: str) -> None:
    with pytest.raises(UsageError, match="--auth"):
        serve(archive, "--host", host)
    assert not started
    serve(archive, "--host", host, "--auth")
    assert started["host"] == host


def test_what_is_no_archive_is_not_served(tmp_path: Path, started: dict[str, object]) -> None:
    with pytest.raises(ArchiveError):
        serve(str(tmp_path / "none.db"))
    (tmp_path / "page.html").write_text("<p>Hello</p>", encoding="utf-8")
    with pytest.raises(ArchiveError):
        serve(str(tmp_path / "page.html"))
    assert not started
