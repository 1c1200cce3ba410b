"""The ICEWS-like table: twenty columns, only what is told as fact, no value that breaks a row."""

import io
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from communique.archive import Archive
from communique.cli.export import export
from communique.export.icews import FIELDS, write_icews
from communique.places import gazetteer
from communique.records import Coding

from ..archive.test_archive import a_coding
from ..strategies import codings


def lines(coding: Coding) -> list[list[str]]:
    out = io.StringIO(newline="")
    written = write_icews(((event, coding.article) for event in coding.events), out)
    rows = [line.split("\t") for line in out.getvalue().removesuffix("\n").split("\n")]
    assert len(rows) == written + 1
    return rows


@settings(max_examples=30, deadline=None)
@given(codings())
def test_every_row_has_twenty_cells_whatever_its_text(coding: Coding) -> None:
    header, *rows = lines(coding)
    assert header == list(FIELDS)
    assert len(FIELDS) == 20
    assert all(len(row) == 20 for row in rows)


def test_an_event_told_as_fact_is_a_row() -> None:
    coding = a_coding()
    (event,) = coding.events
    fact = msgspec.structs.replace(event, status="happened", conditional=False)
    _, row = lines(msgspec.structs.replace(coding, events=(fact,)))
    told = dict(zip(FIELDS, row, strict=True))
    assert told["Source Name"] == "Kenya"
    assert told["Target Country"] == "SOM"
    assert told["Publisher"] == "The Daily"
    assert told["Sentence Number"] == ""


def test_talks_are_a_row_for_each_of_the_two() -> None:
    coding = a_coding()
    (event,) = coding.events
    sides = (*event.source, *event.target)
    talks = msgspec.structs.replace(
        event, status="happened", conditional=False, source=sides, target=(), symmetric=True
    )
    _, *rows = lines(msgspec.structs.replace(coding, events=(talks,)))
    dyads = [(row[FIELDS.index("Source Country")], row[FIELDS.index("Target Country")]) for row in rows]
    assert dyads == [("KEN", "SOM"), ("SOM", "KEN")]


def test_what_is_denied_or_planned_is_no_row() -> None:
    coding = a_coding()
    (event,) = coding.events
    for status in ("denied", "planned", "alleged", "demanded", "hypothetical"):
        other = msgspec.structs.replace(event, status=status)
        assert len(lines(msgspec.structs.replace(coding, events=(other,)))) == 1


def test_a_name_with_tabs_and_line_ends_stays_in_its_cell() -> None:
    coding = a_coding()
    (event,) = coding.events
    odd = msgspec.structs.replace(event.source[0], name='The "Daily"\tof\r\nKenya')
    fact = msgspec.structs.replace(event, status="happened", conditional=False, source=(odd,))
    _, row = lines(msgspec.structs.replace(coding, events=(fact,)))
    assert row[FIELDS.index("Source Name")] == 'The "Daily" of Kenya'


def test_the_command_writes_an_archives_facts(tmp_path: Path) -> None:
    coding = a_coding()
    (event,) = coding.events
    fact = msgspec.structs.replace(event, status="happened", conditional=False)
    news = tmp_path / "news.db"
    with Archive(news, create=True) as store:
        store.add(msgspec.structs.replace(coding, events=(fact,)), coder="test")
    done = CliRunner().invoke(export, [str(news), "--format", "icews"])
    assert done.exit_code == 0, done.output
    header, row = done.stdout.splitlines()
    assert header.split("\t") == list(FIELDS)
    assert row.split("\t")[0] == f"{event.id}-1"
    refused = CliRunner().invoke(export, [str(news), "--format", "icews", "--records", "statements"])
    assert refused.exit_code != 0


@pytest.mark.parametrize(
    ("name", "city", "province"),
    [
        ("houston", "Houston", "Texas"),
        ("texas", "", "Texas"),
        ("black sea", "", ""),  # a region, and no province
        ("athens", "Athens", ""),
    ],
)
def test_a_province_is_one(name: str, city: str, province: str) -> None:
    coding = a_coding()
    place = gazetteer.load().named(name)[0].place
    fact = msgspec.structs.replace(coding.events[0], status="happened", place=place)
    _, row = lines(msgspec.structs.replace(coding, events=(fact,)))
    told = dict(zip(FIELDS, row, strict=True))
    assert (told["City"], told["Province"]) == (city, province)
