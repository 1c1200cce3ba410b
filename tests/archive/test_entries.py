"""Lists as people browse them hold the same as the records that they are of, in a known order, and are counted."""

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.archive import Archive
from communique.archive import entries as lists
from communique.archive.entries import Entries, Hits
from communique.archive.rows import rows
from communique.archive.schema import MIGRATIONS, prepare
from communique.errors import RecordNotFound, UsageError
from communique.filters import FILTERS, KINDS
from communique.records import Coding, Event

from ..strategies import codings
from .test_archive import a_coding

VALUES = {
    "actor": ["Kenya", "state:KEN", "nobody"], "country": ["KEN", "RUS"], "sector": ["GOV", "MIL"],
    "act": ["deny", "appeal"], "kind": ["direct", "indirect"], "type": ["AID", "REQUEST"], "mode": ["aerial"],
    "status": ["happened", "denied"], "since": ["2000", "2024-03-04"], "until": ["2024-03", "1999"],
    "outlet": ["daily", "nothing"], "language": ["en"], "article": ["a-0", "a-0000000000000001"],
    "min-confidence": ["0.5", "0.75"],
}  # fmt: skip
SIDES = ("speaker", "addressee", "source", "target")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path / "a.db", create=True) as found:
        for number in range(40):
            found.add(a_coding(number), coder="1")
        yield found


@pytest.mark.parametrize("key", FILTERS)
@pytest.mark.parametrize("few", [0, 3000])
def test_each_filter_finds_what_it_finds_among_the_records(
    archive: Archive, key: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the records of an actor are too many to be looked up one by one."""
    monkeypatch.setattr(lists, "FEW", few)
    for kind in FILTERS[key].kinds:
        for value in VALUES["actor"] if key in SIDES else VALUES[key]:
            wanted = {record.id for record in archive.records(kind, {key: value})}
            hits = Hits(kind, {key: value})
            assert {record.id for record in Entries(archive).page(hits, limit=1000)} == wanted, (kind, value)
            assert Entries(archive).count(hits).number == len(wanted)


@settings(max_examples=25, deadline=None)
@given(st.lists(codings(), max_size=3), st.sampled_from(KINDS))
def test_lists_of_any_records_hold_them_all(found: list[Coding], kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db", create=True) as archive:
        for coding in found:
            archive.add(coding, coder="1")
        wanted = {record.id for record in archive.records(kind)}
        for chosen in ({}, {"country": "RUS"}, {"sector": "MIL"}):
            if all(key in FILTERS and kind in FILTERS[key].kinds for key in chosen):
                wanted = {record.id for record in archive.records(kind, chosen)}
                assert {record.id for record in Entries(archive).page(Hits(kind, chosen), limit=99)} == wanted


def test_several_filters_and_words_narrow_a_list_together(archive: Archive) -> None:
    hits = Hits("events", {"source": "Kenya", "target": "Somalia", "type": "REQUEST"}, "talk")
    assert Entries(archive).count(hits).number == 40
    assert Entries(archive).count(Hits("events", {"source": "Somalia"}, "talk")).number == 0
    assert Entries(archive).count(Hits("events", {}, "silence")).number == 0


def test_lists_are_ordered_by_day_either_way_and_by_confidence(archive: Archive) -> None:
    entries = Entries(archive)
    newest = [record.id for record in entries.page(Hits("articles", {}), limit=100)]
    assert [record.id for record in entries.page(Hits("articles", {}), order="oldest", limit=100)] == newest[::-1]
    days = [str(entries.archive.article_of(archive.record(one)).published) for one in newest]
    assert days == sorted(days, reverse=True)
    surest = entries.page(Hits("events", {}), order="surest", limit=100)
    assert [e.confidence for e in surest if isinstance(e, Event)] == sorted(
        (e.confidence for e in surest if isinstance(e, Event)), reverse=True
    )
    with pytest.raises(UsageError, match="no order"):
        entries.page(Hits("events", {}), order="best")


def test_parts_of_a_list_make_up_the_whole_without_a_gap(archive: Archive) -> None:
    entries, hits = Entries(archive), Hits("statements", {"since": "2024"})
    whole = [record.id for record in entries.page(hits, limit=100)]
    by_offset = [r.id for offset in range(0, 40, 7) for r in entries.page(hits, limit=7, offset=offset)]
    parts: list[str] = []
    while part := entries.page(hits, limit=7, after=parts[-1] if parts else None):
        parts += [record.id for record in part]
    assert parts == by_offset == whole
    with pytest.raises(RecordNotFound):
        entries.page(hits, after="s-none")


def test_counts_and_facets_end_at_a_number(archive: Archive) -> None:
    entries, hits = Entries(archive), Hits("events", {})
    assert entries.count(hits, most=39) == lists.Count(39, True)
    assert entries.count(hits, most=40) == lists.Count(40, False)
    found = {facet.key: facet.values for facet in entries.summary(hits).facets}
    assert found["type"] == (("REQUEST", "REQUEST", 40),)
    assert found["country"] == (("KEN", "KEN", 40), ("SOM", "SOM", 40))
    assert found["actor"] == (("state:KEN", "Kenya", 40), ("state:SOM", "Somalia", 40))
    assert found["outlet"] == (("the daily www daily example", "The Daily", 40),)
    assert found["day"] == (("2024", "2024", 40),)
    assert found["min-confidence"] == (("0.7", "0.7", 40),)
    year = Hits("events", {"since": "2024-03", "until": "2024"})
    months = {facet.key: facet.values for facet in entries.summary(year).facets}
    assert months["day"] == (("2024-03", "2024-03", 40),)
    fewer = {facet.key: facet.values for facet in entries.summary(hits, most=5).facets}
    assert entries.summary(hits, most=39).total == lists.Count(39, True)
    assert entries.summary(hits, most=40).total == lists.Count(40, False)
    assert fewer["type"] == (("REQUEST", "REQUEST", 5),)


def test_every_value_of_a_facet_is_one_of_its_filter(archive: Archive) -> None:
    for kind in KINDS:
        for facet in Entries(archive).summary(Hits(kind, {})).facets:
            for value, _, number in facet.values:
                chosen = {"since": value, "until": value} if facet.key == "day" else {facet.key: value}
                assert Entries(archive).count(Hits(kind, chosen)).number == number, (kind, facet.key, value)


def test_where_words_stand_is_told_in_pieces(archive: Archive) -> None:
    (event,) = Entries(archive).page(Hits("events", {}, "urging"), limit=1)
    pieces = Entries(archive).snippet(event, "urging")
    assert "".join(text for text, _ in pieces) == "Kenya urged Somalia to talk."
    assert [text for text, found in pieces if found] == ["urged"]


def test_what_came_last_is_first_among_arrivals_whatever_its_day(archive: Archive) -> None:
    entries, hits = Entries(archive), Hits("events", {})
    last = entries.last_arrival()
    assert entries.arrivals(hits, after=last) == []
    archive.add(a_coding(56), coder="1")  # of the first day of the month
    ((key, record),) = entries.arrivals(hits, after=last)
    assert record.id == a_coding(56).events[0].id
    assert key > last


def test_entries_go_with_their_records_and_come_anew(archive: Archive) -> None:
    archive.add(msgspec.structs.replace(a_coding(1), statements=()), coder="2")
    assert Entries(archive).count(Hits("statements", {})).number == 39
    assert Entries(archive).count(Hits("events", {})).number == 40
    assert Entries(archive).count(Hits("articles", {})).number == 40


def test_an_archive_of_the_first_version_gets_its_entries(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    db = sqlite3.connect(path, isolation_level=None)
    prepare(db, str(path), migrations=MIGRATIONS[:1])
    for number in range(3):
        for table, values in rows(a_coding(number), coder="1"):
            if table != "entries":
                db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)
    db.close()
    with Archive(path) as old, Archive(tmp_path / "new.db", create=True) as new:
        for number in range(3):
            new.add(a_coding(number), coder="1")
        sql = "SELECT * FROM entries ORDER BY records, id"
        assert old._db.execute(sql).fetchall() == new._db.execute(sql).fetchall()
        assert (
            old._db.execute("SELECT * FROM names ORDER BY 1").fetchall()
            == new._db.execute("SELECT * FROM names ORDER BY 1").fetchall()
        )
