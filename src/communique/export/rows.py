"""Rows of named values on the way out, as CSV, Parquet, or columns between tabs."""

import csv
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

# Rows that Parquet writes at a time: memory stays bounded, groups stay large enough to read fast.
GROUP = 10_000

# White space and control characters, which would break a line or a column, and what UTF-8 cannot write.
BREAKING = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")

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


def write_tabs(rows: Iterable[Row], names: Iterable[str], out: IO[str], *, header: bool) -> int:
    """Write rows as columns between tabs, a row a line, without quoting; return how many.

    A column that a row lacks, and None, is empty. White space within a value is one space.
    """
    columns = list(names)
    if header:
        out.write("\t".join(columns) + "\n")
    written = 0
    for row in rows:
        out.write("\t".join(one_line(row.get(name)) for name in columns) + "\n")
        written += 1
    return written


def one_line(value: object) -> str:
    """Return a value as text without line ends, tabs and control characters; None is empty.

    >>> one_line(" two\\twords\\x00")
    'two words'
    """
    return "" if value is None else BREAKING.sub(" ", str(value)).strip()


def write_parquet(rows: Iterable[Row], schema: pa.Schema, out: str | IO[bytes]) -> int:
    """Write rows as Parquet to a path or binary file, a group of rows at a time; return how many."""
    left = iter(rows)
    written = 0
    with pq.ParquetWriter(out, schema) as writer:
        while group := list(islice(left, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            written += len(group)
    return written
