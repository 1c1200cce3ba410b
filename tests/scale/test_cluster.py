"""A cluster of two workers on this machine, one of them killed at its work: nothing is lost, doubled or different."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from communique.archive import Archive
from communique.archive.sameness import EVENT, REPORT, Sameness
from communique.bulk import Settings
from communique.coder import Coder
from communique.errors import UsageError
from communique.ingest import Failure, read
from communique.records import Article, Coding
from communique.scale import Dataset, Step, added, scaled
from communique.stories.comparing import bring_up_to_date
from tests.scale.pages import FILES, write_pages

GRAMMAR_ONLY = Settings(trained=False)


@dataclass
class Run:
    """A run on two workers, of which one was killed, and what one process alone makes of the same pages."""

    folder: Path
    steps: list[Step | Failure]
    killed: list[int]
    expected: list[Coding]
    failures: list[str]


def need_ray() -> None:
    """Skip without Ray, which must not be imported before the run sets its token."""
    if find_spec("ray") is None:
        pytest.skip('a cluster needs Ray: pip install "communique[scale]"')


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    need_ray()
    folder = tmp_path_factory.mktemp("cluster")
    paths = write_pages(folder / "pages")
    steps, killed = [], []
    for step in scaled(paths, folder / "news", settings=GRAMMAR_ONLY, workers=2, most=400):
        steps.append(step)
        if not killed:
            killed.append(kill_a_worker(folder / "news"))
    coder = Coder(trained=False)
    found = list(read(paths))
    expected = {one.id: coder.code(one) for one in found if isinstance(one, Article)}
    failures = [one.where for one in found if isinstance(one, Failure)]
    yield Run(folder, steps, killed, [expected[identity] for identity in sorted(expected)], failures)


def kill_a_worker(news: Path) -> int:
    """Kill the process that notes that it is within a shard, and return its number."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        for note in (news / "_at").glob("shard-*.json"):
            try:
                process = int(json.loads(note.read_bytes())["process"].rpartition(":")[2])
                os.kill(process, signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError):
                continue  # it is done, or another process takes over
            return process
    raise AssertionError("no worker was at work")


def test_the_result_is_complete_though_a_worker_was_killed(run: Run) -> None:
    dataset = Dataset(run.folder / "news")
    held = [coding for day in dataset.days() for coding in dataset.codings(day)]
    assert sorted(held, key=lambda coding: coding.article.id) == run.expected
    assert len(held) == dataset.count("articles")
    assert dataset.count("statements") == sum(len(coding.statements) for coding in run.expected) > 0
    assert dataset.count("events") == sum(len(coding.events) for coding in run.expected) > 0


def test_a_worker_was_killed_at_its_work(run: Run) -> None:
    assert len(run.killed) == 1
    shards = [step for step in run.steps if isinstance(step, Step) and step.shard is not None]
    assert len({step.shard.key for step in shards if step.shard}) == len(shards) >= FILES
    assert list((run.folder / "news/_at").iterdir()) == []


def test_what_failed_is_told_once(run: Run) -> None:
    found = [
        row["where"] for path in (run.folder / "news/failures").glob("*") for row in pq.read_table(path).to_pylist()
    ]
    assert found == run.failures != []


def test_the_same_is_found_as_in_an_archive(run: Run) -> None:
    with Archive(run.folder / "alone.db", create=True) as archive:
        for coding in run.expected:
            archive.add(coding, coder="alone")
        bring_up_to_date(archive)
        same = Sameness(archive)
        articles = [coding.article.id for coding in run.expected]
        events = [event.id for coding in run.expected for event in coding.events]
        for level, table, members in ((REPORT, "reports", articles), (EVENT, "same_events", events)):
            rows = pq.read_table(run.folder / f"news/{table}/part.parquet").to_pylist()
            groups = {a: b for a, b in same.groups_of(level, members).items() if same.members(level, b) != [b]}
            assert {tuple(row.values()) for row in rows} == set(groups.items()) != set()
        found = pq.read_table(run.folder / "news/links/part.parquet").to_pylist()
        links = [(REPORT, link) for link in same.links_of(REPORT, articles)]
        links += [(EVENT, link) for link in same.links_of(EVENT, events)]
        assert [tuple(row.values()) for row in found] == [
            (level, link.one, link.other, link.kind, link.score, list(link.reasons)) for level, link in links
        ]


def test_the_same_call_has_nothing_to_do(run: Run) -> None:
    paths = sorted(str(path) for path in (run.folder / "pages").iterdir())
    start = time.monotonic()
    (step,) = scaled(paths, run.folder / "news", settings=GRAMMAR_ONLY, workers=2, most=400)
    assert isinstance(step, Step)
    assert step.done == step.of
    assert time.monotonic() - start < 5  # without starting Ray


def test_it_becomes_an_archive(run: Run) -> None:
    assert added(Dataset(run.folder / "news"), run.folder / "news.db") == len(run.expected)


@pytest.mark.parametrize(
    ("address", "problem"),
    [("127.0.0.1:1", "does not answer"), ("nonsense", "is none"), ("ray://127.0.0.1:1", "does not answer")],
)
def test_an_address_that_leads_nowhere_is_told(tmp_path: Path, address: str, problem: str) -> None:
    need_ray()
    paths = write_pages(tmp_path / "pages")
    with pytest.raises(UsageError, match=problem):
        list(scaled(paths, tmp_path / "news", settings=GRAMMAR_ONLY, workers=1, address=address))


def test_without_ray_the_command_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    paths = write_pages(tmp_path / "pages")
    with pytest.raises(UsageError, match=r"pip install \"communique\[scale\]\""):
        list(scaled(paths, tmp_path / "news", settings=GRAMMAR_ONLY, workers=1))
