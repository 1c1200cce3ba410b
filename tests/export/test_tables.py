"""Flat tables: the same values in CSV and Parquet, a group of rows at a time."""

import csv
import io
from collections.abc import Sequence

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from communique.errors import UsageError
from communique.export import COLUMNS, flat, schema, write_csv, write_parquet
from communique.filters import KINDS
from communique.records import Article, Coding, Record

from ..archive.test_archive import a_coding
from ..strategies import codings


def of_kind(coding: Coding, kind: str) -> Sequence[tuple[Record, Article]]:
    records = {"articles": (coding.article,), "statements": coding.statements, "events": coding.events}[kind]
    return [(record, coding.article) for record in records]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None)
@given(codings())
def test_parquet_gives_back_the_rows(kind: str, coding: Coding) -> None:
    pairs = of_kind(coding, kind)
    out = io.BytesIO()
    assert write_parquet(pairs, kind, out) == len(pairs)
    table = pq.read_table(io.BytesIO(out.getvalue()))
    assert table.schema.equals(schema(kind))
    assert table.to_pylist() == [flat(*pair, kind) for pair in pairs]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None)
@given(codings())
def test_csv_has_a_line_for_each_record_whatever_its_text(kind: str, coding: Coding) -> None:
    pairs = of_kind(coding, kind)
    out = io.StringIO(newline="")
    assert write_csv(pairs, kind, out) == len(pairs)
    rows = list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert [row["id"] for row in rows] == [record.id for record, _ in pairs]
    if kind == "articles":
        assert rows[0]["text"] == coding.article.text


def test_an_event_stands_alone_in_csv() -> None:
    out = io.StringIO()
    assert write_csv(of_kind(a_coding(), "events"), "events", out) == 1
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert list(row) == list(COLUMNS["events"])
    told = {
        "article": "a-0000000000000000", "outlet": "The Daily", "published": "2024-03-01", "source_name": "Kenya",
        "target_country": "SOM", "trigger_text": "urged", "evidence_text": "Kenya urged Somalia to talk.",
        "evidence": "0-28", "also": "30-41; 50-60", "counts": "dead=2; troops=100", "symmetric": "false",
    }  # fmt: skip
    assert {key: row[key] for key in told} == told


def test_a_statement_stands_alone_in_csv() -> None:
    out = io.StringIO()
    write_csv(of_kind(a_coding(), "statements"), "statements", out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    told = {"speaker_words": "Kenya", "speaker_country": "KEN", "addressee_id": "state:SOM", "cue_text": "urged",
            "content_text": "to talk", "content": "20-27", "url": ""}  # fmt: skip
    assert {key: row[key] for key in told} == told


def test_an_empty_table_is_a_table() -> None:
    out, packed = io.StringIO(), io.BytesIO()
    assert write_csv([], "statements", out) == write_parquet([], "statements", packed) == 0
    assert out.getvalue().startswith("id,article,url,outlet,published,kind,act,")
    assert pq.read_table(io.BytesIO(packed.getvalue())).schema.equals(schema("statements"))


def test_an_unknown_kind_is_refused_with_what_there_is() -> None:
    with pytest.raises(UsageError, match="articles, statements, events"):
        schema("mentions")
