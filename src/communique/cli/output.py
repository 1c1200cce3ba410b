"""Records on the way out, to standard output or a file: JSON lines, CSV, Parquet, and the screen for tables."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any, cast

import msgspec

from communique.errors import InputError
from communique.records import Article, Event, Record, Statement, to_json

if TYPE_CHECKING:
    from rich.console import Console

    from communique.archive import Archive
    from communique.export.rows import Row

# Columns of a table that is not on a terminal, as a file or another program reads it.
PLAIN_WIDTH = 140


def console(out: IO[str] | None = None) -> "Console":
    """Return a console on standard output or a file; colours only on a terminal, and never with NO_COLOR set."""
    from rich.console import Console

    file = out or sys.stdout
    return Console(file=file, highlight=False, width=None if file.isatty() or "COLUMNS" in os.environ else PLAIN_WIDTH)


@contextmanager
def opened(path: str | None) -> Iterator[IO[str]]:
    """Open the output file for text, or give standard output. Raises InputError when it cannot be written."""
    if path is None:
        yield sys.stdout
        return
    from communique.archive import is_archive

    if is_archive(path):
        raise InputError("is an archive, and would be lost", where=path, remedy="name another file for the output")
    try:
        out = open(path, "w", encoding="utf-8", newline="")  # noqa: PTH123, SIM115 - as typed; closed below
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=path) from error
    with out:
        yield out


def paired(records: Iterable[Record], article_of: Callable[[Record], Article]) -> Iterator[tuple[Record, Article]]:
    """Yield each record with its article; ``article_of`` is asked once for records of one article in a row."""
    article: Article | None = None
    for record in records:
        home = record.id if isinstance(record, Article) else record.article
        if article is None or article.id != home:
            article = article_of(record)
        yield record, article


def write(pairs: Iterable[tuple[Record, Article]], *, form: str, kind: str | None, output: str | None) -> int:
    """Write records as jsonl, csv or parquet, only those of ``kind`` if it is given; return how many.

    Each record comes with its article, which flat tables tell of. Raises InputError when the output cannot be opened.
    """
    wanted = (pair for pair in pairs if kind is None or kind_of(pair[0]) == kind)
    if form == "jsonl":
        written = 0
        with opened(output) as out:
            for record, _ in wanted:
                out.write(to_json(record) + "\n")
                written += 1
        return written
    from communique.export import write_csv, write_parquet

    assert kind is not None, "check_output has seen to it"
    with opened(output) as out:
        if form == "csv":
            return write_csv(wanted, kind, out)
        return write_parquet(wanted, kind, cast(IO[bytes], cast(TextIOWrapper, out).buffer))


def write_standard(store: "Archive", chosen: Mapping[str, str], *, form: str, output: str | None) -> int:
    """Write what of an archive passes the filters in a layout of the field's; return how many rows or lines.

    icews and plover hold events, gdelt-events and gdelt-mentions distinct events, jsonld pages of which anything
    passes. Raises InputError when the output cannot be opened, UsageError as Archive.records.
    """
    # A wrong filter is refused before the output is opened, and so leaves it alone.
    if form == "jsonld":
        from communique.archive.sameness import Sameness
        from communique.export.jsonld import write_jsonld

        same = Sameness(store)
        pages = same.articles_with(chosen)
        with opened(output) as out:
            return write_jsonld((coding for page in pages if (coding := same.coding(page)) is not None), out)
    records = paired(store.records("events", chosen), store.article_of)
    if form in ("gdelt-events", "gdelt-mentions"):
        from communique.export import gdelt

        table = gdelt.write_events if form == "gdelt-events" else gdelt.write_mentions
        with opened(output) as out:
            return table(gdelt.reported(store, chosen), out)
    from communique.export import icews, plover

    events = ((event, article) for event, article in records if isinstance(event, Event))
    with opened(output) as out:
        return (icews.write_icews if form == "icews" else plover.write_plover)(events, out)


def write_rows(
    found: Iterable[Any], *, form: str, columns: Mapping[str, Any], row: Callable[[Any], "Row"], output: str | None
) -> int:
    """Write what is no record of a page as jsonl, csv or parquet; return how many.

    ``row`` makes a flat row of each, with ``columns`` and their Arrow types. Raises InputError when the output cannot
    be opened.
    """
    from communique.export import rows

    with opened(output) as out:
        if form == "jsonl":
            written = 0
            for one in found:
                out.write(msgspec.json.encode(one).decode() + "\n")
                written += 1
            return written
        flat = (row(one) for one in found)
        if form == "csv":
            return rows.write_csv(flat, columns, out)
        import pyarrow as pa

        return rows.write_parquet(
            flat, pa.schema(list(columns.items())), cast(IO[bytes], cast(TextIOWrapper, out).buffer)
        )


def kind_of(record: Record) -> str:
    """Return the name of the table that a record belongs to."""
    return {Article: "articles", Statement: "statements", Event: "events"}[type(record)]
