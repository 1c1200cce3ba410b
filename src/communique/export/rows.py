"""Rows of named values on the way out, as CSV or Parquet."""

import csv
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

# Rows that Parquet writes at a time: memory stays bounded, groups stay large enough to read fast.
GROUP = 10_000

Row = Mapping[str, Any]
"""A row: values by the names of their columns."""


def write_csv(rows: Iterable[Row], names: Iterable[str], out: IO[str]) -> int:
    """Write rows as CSV (RFC 4180, with a header) to a text file opened with ``newline=""``; return how many."""
    columns = list(names)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    written = 0
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
        written += 1
    return written


def _cell(value: Any) -> Any:
    """A value as CSV has it: lists joined by "; ", offsets as start-end, counts as what=number, flags in small."""
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, list):
        return value
    if len(value) == 2 and all(isinstance(v, int) for v in value):
        return f"{value[0]}-{value[1]}"
    parts = (f"{v[0]}={v[1]}" if isinstance(v, tuple) else _cell(v) for v in value)
    return "; ".join("" if part is None else str(part) for part in parts)


def write_parquet(rows: Iterable[Row], schema: pa.Schema, out: str | IO[bytes]) -> int:
    """Write rows as Parquet to a path or binary file, a group of rows at a time; return how many."""
    left = iter(rows)
    written = 0
    with pq.ParquetWriter(out, schema) as writer:
        while group := list(islice(left, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            written += len(group)
    return written
