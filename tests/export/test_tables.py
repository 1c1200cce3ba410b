"""Flat tables: the same values in CSV and Parquet, a group of rows at a time."""

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings

from communique.export import COLUMNS, flat, schema, write_csv, write_parquet
from communique.records import Coding

from ..archive.test_archive import a_coding
from ..strategies import codings


@settings(max_examples=20, deadline=None)
@given(codings())
def test_parquet_gives_back_the_rows(coding: Coding) -> None:
    import tempfile

    rows = [flat(event, "events") for event in coding.events]
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "e.parquet")
        assert write_parquet(coding.events, "events", path) == len(rows)
        table = pq.read_table(path)
    assert table.schema.equals(schema("events"))
    assert table.to_pylist() == rows


def test_csv_has_a_header_and_joins_lists() -> None:
    out = io.StringIO()
    assert write_csv(a_coding().events, "events", out) == 1
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert list(row) == list(COLUMNS["events"])
    assert (row["source_name"], row["target_country"], row["evidence"]) == ("Kenya", "SOM", "0; 28")


def test_an_empty_table_is_a_table() -> None:
    out = io.StringIO()
    assert write_csv([], "statements", out) == 0
    assert out.getvalue().startswith("id,article,kind,act,")
