"""An archive brought up to date: the same result in any order and however often, and nothing lost by a kill."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from communique.archive import Archive
from communique.archive.sameness import EVENT, REPORT, STORY, Sameness
from communique.errors import ArchiveError
from communique.records import Coding, Record
from communique.series import timeline
from communique.stories import accounts, comparing
from communique.stories.accounts import distinct_events, event_account, stories, story_account
from communique.stories.comparing import bring_up_to_date

from ..strategies import codings
from .material import AGENCY, ATHENS, CAVUSOGLU, DENDIAS, OTHER, TURKEY, article, event

LEAD = AGENCY.split(", and said")[0]


def agency(outlet: str, *, text: str = AGENCY, day: str | None = "2022-02-10", country: str = "GBR",
           title: str = "Greece accuses Turkey over survey vessel") -> Coding:  # fmt: skip
    home = article(text, outlet=outlet, day=day, country=country, title=title)
    return Coding(home, (), (event(home, LEAD, "accused"),))


def answer(outlet: str, day: str = "2022-02-11") -> Coding:
    home = article(OTHER, outlet=outlet, day=day, title="Turkey rejects Greek charge over vessel", country="TUR")
    words = OTHER.split(" and called home")[0]
    return Coding(home, (), (event(home, words, "rejected", type="REJECT", source=(TURKEY,), target=(DENDIAS,)),))


MORE = {
    "Courier": "their offices confirm, with an agenda that lists fishing, gas and the upkeep of two cemeteries.",
    "Sun": "and shake hands for the cameras before lunch, though neither takes questions about ships or maps.",
    "Star": "which lasted three hours, and part with a joint line on wildfires and a date for experts in May.",
}


def meeting(outlet: str, status: str, day: str) -> Coding:
    text = f"Dendias and Çavuşoğlu meet in Athens to prepare the summit, {MORE[outlet]}"
    home = article(text, outlet=outlet, day=day, title="Ministers and the summit")
    made = event(
        home, text[:60], "meet", type="CONSULT", source=(DENDIAS, CAVUSOGLU), target=(), symmetric=True,
        status=status, date="2022-02-14", place=ATHENS, quad=1, goldstein=1.0,  # type: ignore[arg-type]
    )  # fmt: skip
    return Coding(home, (), (made,))


def far() -> Coding:
    text = (
        "Teachers in Nairobi went on strike on Monday over pay that they have waited for since the autumn, and pupils "
        "in four counties were sent home. The union of teachers said that the ministry had broken its promise."
    )
    home = article(text, outlet="Third", day="2022-02-10", title="Teachers strike in Nairobi", country="KEN")
    return Coding(home)


CUT = AGENCY.split(" The two neighbours")[0]
CODINGS = [
    agency("The Daily"),
    agency("Morning Post", text=f"ATHENS (AP) - {CUT}", day="2022-02-11", country="USA", title="Row over a ship"),
    agency("Herald", text=AGENCY.replace("four decades", "forty years"), country="AUS"),
    agency("Undated", day=None, country="USA"),
    answer("Ankara News"),
    answer("Bosporus Mail", "2022-02-12"),
    meeting("Courier", "planned", "2022-02-12"),
    meeting("Sun", "happened", "2022-02-14"),
    meeting("Star", "happened", "2022-02-15"),
    far(),
]


def state(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """All that tells what is the same."""
    tables = {
        "links": "SELECT * FROM links ORDER BY level, one, other",
        "groups": "SELECT * FROM groups ORDER BY level, member",
        "sketches": "SELECT article, day, hashes, terms FROM sketches ORDER BY article",
        "sightings": "SELECT event, keys, facts FROM sightings ORDER BY event",
        "fingerprints": "SELECT hash, f.day, article FROM fingerprints f JOIN sketches USING (number) ORDER BY 1, 3",
        "unsettled": "SELECT * FROM unsettled",
    }
    with sqlite3.connect(archive.path) as db:
        return {name: db.execute(sql).fetchall() for name, sql in tables.items()}


def made(codings: list[Coding], folder: Path, *, stops: set[int] = frozenset()) -> dict[str, list[tuple[object, ...]]]:  # type: ignore[assignment]
    with Archive(folder / "a.db", create=True) as archive:
        for number, coding in enumerate(codings):
            archive.add(coding, coder="1")
            if number in stops:
                bring_up_to_date(archive)
        bring_up_to_date(archive)
        return state(archive)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    return made(CODINGS, tmp_path_factory.mktemp("expected"))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made(CODINGS, tmp_path)
    return Archive(tmp_path / "a.db")


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sets(st.integers(0, len(CODINGS) - 1)))
def test_order_and_number_of_goes_change_nothing(
    expected: dict[str, list[tuple[object, ...]]], seed: int, stops: set[int]
) -> None:
    shuffled = list(CODINGS)
    random.Random(seed).shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        assert made(shuffled, Path(folder), stops=stops) == expected
    assert expected["unsettled"] == []


def test_coding_anew_compares_anew(tmp_path: Path, expected: dict[str, list[tuple[object, ...]]]) -> None:
    made(CODINGS, tmp_path)
    with Archive(tmp_path / "a.db") as archive:
        for coding in CODINGS[:5]:
            archive.add(Coding(coding.article), coder="2")  # as if another version had found no event
        bring_up_to_date(archive)
        assert len(list(distinct_events(archive))) < len({name for _, _, name in expected["groups"]}) + len(CODINGS)
        assert not any(link[2] == CODINGS[0].events[0].id for link in state(archive)["links"])
        for coding in CODINGS[:5]:
            archive.add(coding, coder="3")
        bring_up_to_date(archive)
        assert state(archive) == expected


@pytest.mark.parametrize("chosen", [{}, {"type": "ACCUSE"}, {"outlet": "Herald"}])
def test_distinct_events_are_the_same_however_many_are_looked_up_at_a_time(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, chosen: dict[str, str]
) -> None:
    with archive:
        whole = list(distinct_events(archive, chosen))
        assert any(event.spread.articles > 1 for event in whole)
        monkeypatch.setattr(accounts, "GROUPED", 1)
        assert list(distinct_events(archive, chosen)) == whole


def test_an_archive_is_read_as_far_as_events_are_asked_for(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, read = archive.records, []

    def records(*words: Any, **options: Any) -> Iterator[Record]:
        for record in whole(*words, **options):
            read.append(record.id)
            yield record

    monkeypatch.setattr(archive, "records", records)
    monkeypatch.setattr(accounts, "GROUPED", 1)
    with archive:
        next(distinct_events(archive))
    assert len(read) == 1


def test_a_reprint_is_no_further_report(archive: Archive) -> None:
    with archive:
        account = event_account(archive, CODINGS[0].events[0].id)
        assert [telling.outlet for telling in account.tellings] == ["Undated", "Herald", "The Daily", "Morning Post"]
        assert (account.spread.articles, account.spread.reports) == (4, 1)
        assert account.spread.countries == ("AUS", "GBR", "USA")
        assert len({telling.report for telling in account.tellings}) == 1
        assert all(link.reasons for link in account.links)
        # The two answers are prints of one text, too, and another event.
        (other,) = [e for e in distinct_events(archive) if e.event.type == "REJECT"]
        assert (other.spread.articles, other.spread.reports) == (2, 1)


def test_an_outlet_counts_once_whether_a_page_names_it_or_not(archive: Archive) -> None:
    bare, unknown = agency("The Daily"), agency("Star")
    with archive:
        for coding in (bare, unknown):
            outlet = coding.article.outlet
            assert outlet is not None
            home = structs.replace(coding.article, id=f"a-{outlet.domain}", outlet=structs.replace(outlet, name=None))
            (event,) = coding.events
            event = structs.replace(event, id=f"e-{outlet.domain}", article=home.id)
            archive.add(Coding(home, (), (event,)), coder="1")
        bring_up_to_date(archive)
        account = event_account(archive, CODINGS[0].events[0].id)
    assert account.spread.articles == 6
    assert account.spread.outlets == ("Herald", "Morning Post", "The Daily", "Undated", "star.example")


def test_an_announced_meeting_is_linked_and_not_merged(archive: Archive) -> None:
    with archive:
        account = event_account(archive, CODINGS[7].events[0].id)
        assert [telling.outlet for telling in account.tellings] == ["Sun", "Star"]
        assert {telling.event.status for telling in account.tellings} == {"happened"}
        (before,) = account.related
        assert (before.kind, before.event.status) == ("announced before", "planned")
        assert account.spread.reports == 1 + 1


def test_a_story_goes_over_days(archive: Archive) -> None:
    with archive:
        account = story_account(archive, CODINGS[4].article.id)
        outlets = {one.outlet for one in account.prints}
        assert {"The Daily", "Morning Post", "Herald", "Ankara News", "Bosporus Mail", "Undated"} <= outlets
        assert "Third" not in outlets
        assert account.story.id == min(c.article.id for c in CODINGS[:3] if c.article.day == "2022-02-10")
        assert (account.story.first, account.story.last[:7] if account.story.last else "") == ("2022-02-10", "2022-02")
        assert [one.event.type for one in account.events][:2] == ["ACCUSE", "REJECT"]
        assert account.story in stories(archive)
        assert stories(archive, {"country": "KEN"}) == []
        assert [story.id for story in stories(archive, {"source": "Dendias", "type": "ACCUSE"})] == [account.story.id]


def test_who_is_alone_is_a_story_of_one(archive: Archive) -> None:
    with archive:
        alone = far().article
        account = story_account(archive, alone.id)
        assert (account.story.id, account.story.title, account.links) == (alone.id, alone.title, ())
        assert alone.id not in [story.id for story in stories(archive)]
        assert alone.id in [story.id for story in stories(archive, least=1)]


def test_no_table_is_read_through_when_an_article_is_replaced(archive: Archive) -> None:
    with archive, sqlite3.connect(archive.path) as db:
        for sql in (
            "DELETE FROM sketches WHERE article = 'a-1'",
            "DELETE FROM sightings WHERE event = 'e-1'",
            "DELETE FROM links WHERE level = 'story' AND one = 'a-1'",
            "DELETE FROM links WHERE level = 'story' AND other = 'a-1'",
            "DELETE FROM groups WHERE level = 'story' AND member = 'a-1'",
        ):
            plans = [plan for (*_, plan) in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
            assert all(not plan.startswith("SCAN") for plan in plans), (sql, plans)


def test_an_archive_that_another_writes_to_is_told(tmp_path: Path) -> None:
    with Archive(tmp_path / "a.db", create=True) as first:
        first.add(CODINGS[0], coder="1")
    other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Archive(tmp_path / "a.db", patience=0.1) as archive:
        with pytest.raises(ArchiveError, match="another program is writing"):
            bring_up_to_date(archive)
        other.execute("ROLLBACK")
        assert bring_up_to_date(archive) == 1
        assert bring_up_to_date(archive) == 0
    other.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(codings(), min_size=1, max_size=4))
def test_whatever_was_coded_can_be_compared_and_counted(found: list[Coding]) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db", create=True) as archive:
        for coding in found:
            archive.add(coding, coder="1")
        bring_up_to_date(archive)
        events = list(distinct_events(archive))
        assert sum(len(event_account(archive, one.id).tellings) for one in events) == archive.count("events")
        every = stories(archive, least=1)
        assert sum(story.spread.articles for story in every) == archive.count("articles")
        for by in ("day", "week", "month", "year"):
            series = timeline(events[:3], by=by)  # type: ignore[arg-type]
            assert sum(point.events for point in series.points) + series.undated == len(events[:3])


UPDATER = """
import sys
from communique.archive import Archive
from communique.stories import comparing
comparing.TOGETHER = 1
with Archive(sys.argv[1]) as archive:
    comparing.bring_up_to_date(archive, progress=lambda done, of: print(done, flush=True))
"""


@pytest.mark.parametrize("after", [1, 4, len(CODINGS)])
def test_a_kill_loses_nothing(tmp_path: Path, expected: dict[str, list[tuple[object, ...]]], after: int) -> None:
    with Archive(tmp_path / "a.db", create=True) as archive:
        for coding in CODINGS:
            archive.add(coding, coder="1")
    program = subprocess.Popen(
        [sys.executable, "-c", UPDATER, str(tmp_path / "a.db")], stdout=subprocess.PIPE, env=dict(os.environ)
    )
    assert program.stdout is not None
    for _ in range(after):
        program.stdout.readline()
    time.sleep(0.002)
    program.send_signal(signal.SIGKILL)
    program.wait()
    with Archive(tmp_path / "a.db") as archive:
        bring_up_to_date(archive)
        assert state(archive) == expected


def test_levels_are_told_apart(archive: Archive) -> None:
    with archive:
        same = Sameness(archive)
        assert same.is_settled()
        first = CODINGS[0].article.id
        assert len(same.members(REPORT, same.group_of(REPORT, first))) == 4
        assert len(same.members(STORY, same.group_of(STORY, first))) > 4
        assert same.group_of(EVENT, CODINGS[0].events[0].id).startswith("e-")
        assert {link.kind for link in same.links_of(REPORT, [first])} == {comparing.SAME}
