"""The commands that tell what is the same, run as users run them."""

import csv
import io
import json
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from communique.archive import Archive

from ..stories.test_comparing import CODINGS
from .test_commands import run

FIRST = CODINGS[0]


def made(folder: Path) -> Path:
    with Archive(folder / "news.db", create=True) as store:
        for coding in CODINGS:
            store.add(coding, coder="1")
    return folder / "news.db"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """An archive of which nothing is compared."""
    return made(tmp_path)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that the first command brings up to date, for the others to read."""
    return made(tmp_path_factory.mktemp("stories"))


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_update_compares_what_is_new_once(fresh: Path) -> None:
    assert b"10 articles compared" in run("stories", fresh, "--update").stderr
    done = run("stories", fresh, "--update")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"0 articles compared" in done.stderr


def test_no_command_shows_what_is_out_of_date(fresh: Path) -> None:
    before = lines(run("stories", fresh, "--format", "jsonl"))
    with Archive(fresh) as store:
        more = CODINGS[4]
        store.add(type(more)(more.article), coder="2")
    after = lines(run("event", fresh, "--type", "REJECT", "--format", "jsonl"))
    assert [event["spread"]["articles"] for event in after] == [1]  # type: ignore[index,call-overload]
    assert len(before) == len(lines(run("stories", fresh, "--format", "jsonl")))


def test_stories_as_table_csv_and_parquet(archive: Path, tmp_path: Path) -> None:
    done = run("stories", archive, "--until", "2022-02-11")
    assert b"Stories" in done.stdout and FIRST.article.id[:12].encode() in done.stdout
    rows = list(csv.DictReader(io.StringIO(run("stories", archive, "--format", "csv").stdout.decode())))
    (row,) = [row for row in rows if row["id"] == min(c.article.id for c in (CODINGS[0], CODINGS[2]))]
    assert row["articles"] == "6" and row["reports"] == "2"
    assert row["outlet_countries"] == "AUS; GBR; TUR; USA"
    out = tmp_path / "stories.parquet"
    assert run("stories", archive, "--format", "parquet", "--output", out).returncode == 0
    assert pq.read_table(out).num_rows == len(rows)


def test_a_story_by_the_id_of_one_of_its_articles(archive: Path) -> None:
    shown = run("stories", archive, CODINGS[1].article.id[:12]).stdout.decode()
    for words in ("6 articles, 2 distinct reports", "4 outlet countries: AUS, GBR, TUR, USA", "likeness", "ACCUSE"):
        assert words in " ".join(shown.split())
    (account,) = lines(run("stories", archive, CODINGS[1].article.id, "--format", "jsonl"))
    assert account["record"] == "story account"


def test_an_event_with_its_reports_and_reasons(archive: Path) -> None:
    shown = run("event", archive, FIRST.events[0].id).stdout.decode()
    for words in ("4 articles, 1 distinct report,", "Nikos Dendias in both", "Morning Post", "words in common"):
        assert words in " ".join(shown.split())
    shown = run("event", archive, CODINGS[7].events[0].id).stdout.decode()
    assert "announced before" in shown


def test_distinct_events_are_listed_with_their_spread(archive: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("event", archive, "--format", "csv").stdout.decode())))
    accused = [row for row in rows if row["type"] == "ACCUSE"]
    assert [(row["articles"], row["reports"], row["outlet_countries"]) for row in accused] == [
        ("4", "1", "AUS; GBR; USA")
    ]
    assert b"2 events; there are more" in run("event", archive, "--limit", "2").stderr


def test_timeline_and_dyads_count_events_and_not_reports(archive: Path, tmp_path: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(run("timeline", archive, "--format", "csv").stdout.decode()))
    assert (row["period"], row["events"], row["reports"]) == ("2022-02", "3", "4")  # the planned meeting is none
    done = run("timeline", archive, "--status", "planned", "--by", "day", "--format", "csv")
    assert [r["period"] for r in csv.DictReader(io.StringIO(done.stdout.decode()))] == ["2022-02-14"]
    done = run("dyads", archive, "--by", "week", "--format", "csv")
    pairs = [
        (r["source"], r["target"], r["events"], r["goldstein"])
        for r in csv.DictReader(io.StringIO(done.stdout.decode()))
    ]
    assert pairs == [
        ("GRC", "TUR", "1", "-2.0"), ("TUR", "GRC", "1", "-2.0"), ("GRC", "TUR", "1", "1.0"), ("TUR", "GRC", "1",
        "1.0"),
    ]  # fmt: skip
    picture = tmp_path / "t.svg"
    assert run("timeline", archive, "--by", "day", "--format", "svg", "--output", picture).returncode == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    out = tmp_path / "d.parquet"
    assert run("dyads", archive, "--format", "parquet", "--output", out).returncode == 0
    assert pq.read_table(out).column("events").to_pylist() == [2, 2]
    assert b"happened or going on, by country" in run("dyads", archive).stdout


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (("event", "{}", "a-1111"), "no record", 1),
        (("event", "{}", FIRST.article.id), "is no event", 2),
        (("stories", "{}", FIRST.events[0].id), "is no article", 2),
        (("stories", "{}", FIRST.article.id, "--since", "2022"), "do not go together", 2),
        (("stories", "{}", FIRST.article.id, "--format", "csv"), "csv is a list", 2),
        (("event", "{}", "--type", "NONSENSE"), "unknown type", 2),
        (("timeline", "{}", "--by", "hour"), "hour", 2),
        (("stories", "none.db"), "no such archive", 1),
    ],
)
def test_mistakes_are_told_in_a_line(archive: Path, words: tuple[str, ...], told: str, code: int) -> None:
    done = run(*(word.format(archive) for word in words))
    assert (done.returncode, done.stdout) == (code, b"")
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
