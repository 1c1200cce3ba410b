"""PLOVER's JSON records: its field names and types, what it requires, and nothing that is not told as fact."""

import io
import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from communique.archive import Archive
from communique.cli.export import export
from communique.export.plover import plover_record, write_plover
from communique.records import Actor, Coding, Mention, Place

from ..archive.test_archive import a_coding
from ..strategies import codings
from .layouts import HOSTILE, layout

PLAIN = {"str": str, "int": int, "float": float, "bool": bool}
# Not of the manual, which lets a data set add fields of its own.
OWN = {"event": {"counts"}, "entity": {"actor_id"}}


def faults(kind: str, found: dict[str, Any]) -> list[str]:
    """What is wrong with an object of the record."""
    fields = {row["field"]: row for row in layout("plover.tsv") if row["object"] == kind}
    wrong = [f"no field {name}" for name in set(found) - set(fields) - OWN.get(kind, set())]
    wrong += [f"{name} is required" for name, row in fields.items() if int(row["required"]) and name not in found]
    for name, value in found.items():
        if name not in fields:
            continue
        type = fields[name]["type"]
        for one in value if type.startswith("[") else [value]:
            of = type.strip("[]")
            if of == "date":
                wrong += [] if re.fullmatch(r"\d{4}-\d{2}-\d{2}", one) else [f"{name}: {one}"]
            elif of in PLAIN:
                wrong += [] if isinstance(one, PLAIN[of]) else [f"{name}: {one!r}"]
            else:
                wrong += faults(of, one)
    return wrong


def a_record(**changes: object) -> dict[str, Any] | None:
    coding = a_coding()
    return plover_record(msgspec.structs.replace(coding.events[0], **changes), coding.article)


@settings(max_examples=60, deadline=None)
@given(codings(), HOSTILE)
def test_every_record_has_the_manuals_layout_whatever_its_text(coding: Coding, text: str) -> None:
    article = msgspec.structs.replace(coding.article, title=text, url=text)
    events = [
        msgspec.structs.replace(event, source=(*event.source, Actor(text, text, text, office=text)))
        for event in coding.events
    ]
    out = io.StringIO(newline="")
    written = write_plover(((event, article) for event in events), out)
    lines = out.getvalue().split("\n")
    assert len(lines) == written + 1
    for line in lines[:-1]:
        assert faults("event", json.loads(line)) == []


def test_what_a_record_says() -> None:
    place = Place("Nairobi", "KEN", -1.28, 36.82, "184745", "city")
    counts = {"killed": 2, "injured": 5, "troops": 100}
    record = a_record(
        mode="meet", context=("diplomatic",), quad=3, goldstein=-5.0, date="2024-02-27/2024-03-01", place=place,
        counts=counts, target=(Actor("state:XKX", "Kosovo", "state", "XKX", mention=Mention(12, 19, "Somalia")),),
    )  # fmt: skip
    assert record == {
        "id": "e-0000000000000000",
        "date": "2024-02-27",
        "enddate": "2024-03-01",
        "actor": [{"code": "KEN", "identifier_text": "Kenya", "actor_id": "state:KEN"}],
        "recipient": [
            {"code": "KOS", "entity_text": "Somalia", "identifier_text": "Kosovo", "actor_id": "state:XKX"},
        ],
        "event": ["REQUEST"],
        "event_loc": {
            "resolved_place": "Nairobi", "geonameid": 184745, "lat": -1.28, "lon": 36.82, "city": "Nairobi",
            "country_code": "KEN", "resolution": 4,
        },
        "event_text": ["Kenya urged Somalia to talk."],
        "quad_code": 3,
        "event_scale": -5.0,
        "mode": ["meet"],
        "context": ["diplomatic"],
        "size": {"dead": 2, "injured": 5},
        "counts": {"injured": 5, "killed": 2, "troops": 100},
        "text_info": {"start": 0, "end": 28},
        "cite_info": {
            "citation": "a-0000000000000000", "title": "Kenya urges talks", "language": "en",
            "publication": "The Daily", "coder": "communique", "codebook": "plover-2.0",
        },
        "coder": "grammar:verb urge",
    }  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "denied"},
        {"status": "planned"},
        {"conditional": True},
        {"source": ()},  # the manual codes no event without an actor
        {"type": "SANCTION", "target": ()},  # which requires a recipient
    ],
)
def test_what_is_no_record_of_plovers(changes: dict[str, object]) -> None:
    assert a_record() is not None
    assert a_record(**changes) is None


def test_a_day_that_nobody_tells_is_not_made_up() -> None:
    coding = a_coding()
    undated = msgspec.structs.replace(coding.article, published=None)
    assert plover_record(coding.events[0], undated) is None


def test_the_command_writes_a_record_a_line(tmp_path: Path) -> None:
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
        archive.add(a_coding(1), coder="1")
    done = CliRunner().invoke(export, [str(tmp_path / "news.db"), "--format", "plover", "--source", "Kenya"])
    assert done.exit_code == 0, done.output
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()] == [["REQUEST"], ["REQUEST"]]
