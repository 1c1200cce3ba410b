"""Parquet files of articles, one a row, columns by name as in CSV."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from communique.errors import InputError
from communique.ingest.inputs import Input
from communique.ingest.options import MAX_PAGE_BYTES, Failure, Options
from communique.ingest.tables import COLUMNS, article_of_row

ROWS_AT_ONCE = 64
_BUFFER_BYTES = 1_048_576
# The library passes on what Python makes of damaged names, as ValueError.
_DAMAGE = (pa.ArrowException, MemoryError, OSError, OverflowError, ValueError)


def read_parquet(path: Path, *, where: str, options: Options) -> Iterator[Input | Failure]:
    """Yield the articles of a Parquet file, of which only the columns that are used are read, some rows at a time.

    A row that gives no article is a Failure with its number; so is a damaged group of rows, and the others are still
    read. Raises InputError when the file is none, or the columns are not in it.
    """
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
        columns = _columns(schema, where=where, options=options)
        # Words that repeat stay in their dictionary: else a small file could fill the memory.
        words = [name for name in columns if pa.types.is_string(schema.field(name).type)]
        with pq.ParquetFile(path, buffer_size=_BUFFER_BYTES, pre_buffer=False, read_dictionary=words) as file:
            before = 0
            for group in range(file.num_row_groups):
                yield from _group(file, group, columns, before=before, where=where)
                before += file.metadata.row_group(group).num_rows
    except (*_DAMAGE, KeyError) as error:
        raise InputError(f"is no Parquet file, or damaged ({_line(error)})", where=where) from error


def _group(
    file: pq.ParquetFile, group: int, columns: list[str], *, before: int, where: str
) -> Iterator[Input | Failure]:
    number = before
    try:
        for batch in file.iter_batches(ROWS_AT_ONCE, row_groups=[group], columns=columns, use_threads=False):
            for index in range(batch.num_rows):
                number += 1
                place = f"{where}#{number}"
                try:
                    row = _row(batch, index, where=place)
                    yield Input(place, row, article_of_row, {"warnings": ()})
                except InputError as error:
                    yield Failure(place, error)
    except _DAMAGE as error:
        place = f"{where}#{number + 1}"
        yield Failure(
            place, InputError(f"is damaged from here to the end of its row group ({_line(error)})", where=place)
        )


def _columns(schema: pa.Schema, *, where: str, options: Options) -> list[str]:
    """Return the columns that may be ours, or the caller's; a missing one is told once, not for each row."""
    for name in options.columns.values():
        if name not in schema.names:
            raise InputError(f"has no column {name}", where=where, remedy=f"its columns are {', '.join(schema.names)}")
    ours = {name for names in COLUMNS.values() for name in names}
    chosen = set(options.columns.values())
    return [name for name in schema.names if name in chosen or name.strip().casefold() in ours]


def _row(batch: pa.RecordBatch, index: int, *, where: str) -> dict[str, Any]:
    row = batch.slice(index, 1)
    if row.get_total_buffer_size() and _size(row) > MAX_PAGE_BYTES:
        raise InputError(f"is larger than {MAX_PAGE_BYTES:,} bytes", where=where)
    return {name: _plain(cell) for name, cell in row.to_pylist()[0].items()}


def _size(row: pa.RecordBatch) -> int:
    """Return the bytes of a row, of words in a dictionary those of the word."""
    return sum((c.dictionary_decode() if pa.types.is_dictionary(c.type) else c).nbytes for c in row.columns)


def _plain(cell: Any) -> Any:
    """Return a cell as JSON would hold it: days and times as text."""
    if isinstance(cell, date):  # a datetime is one, too
        return cell.isoformat()
    if isinstance(cell, bytes):
        return cell.decode("utf-8", errors="replace")
    return cell


def _line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
