"""What the tests of the watch share: a site, a clock that they turn, and a watch that codes nothing."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from communique.archive import Archive
from communique.errors import CodingError
from communique.records import Article, Coding
from communique.watch import Fetcher, Report, Watch

from .site import Site, site

# 6 March 2024, 08:00 UTC
START = 1_709_712_000


@pytest.fixture(name="site")
def _site() -> Iterator[Site]:
    with site() as here:
        yield here


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = float(START)
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


class PlainCoder:
    """Makes codings without records: what is in a page is not the watch's business. "Defect" in a title fails."""

    name = "plain 1"

    def code_many(
        self, articles: Iterable[Article], *, failed: Callable[[CodingError], None] | None = None
    ) -> Iterator[Coding]:
        for article in articles:
            if "Defect" in (article.title or ""):
                assert failed is not None
                failed(CodingError("a defect", where=article.url or ""))
            else:
                yield Coding(article)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "news.db", create=True) as store:
        yield store


Rounds = Callable[..., Report]


@pytest.fixture
def rounds(archive: Archive, clock: Clock) -> Iterator[Rounds]:
    """A function that makes a round of these sources."""
    with Fetcher(contact="news@example.org", allow_local=True, timeout=2.0) as fetcher:

        def go(*addresses: str, **settings: object) -> Report:
            chosen = {"delay": 0.0, **settings}
            watch = Watch(
                archive=archive, coder=PlainCoder(), fetcher=fetcher, clock=clock, sleep=clock.sleep, **chosen
            )  # fmt: skip
            return watch.round(addresses)

        yield go


def titles(archive: Archive) -> list[str]:
    """Return the titles of the articles in an archive, sorted."""
    return sorted(article.title or "" for article in archive.records("articles") if isinstance(article, Article))
