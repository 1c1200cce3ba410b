"""The folder of a result: what is coded, by day, as tables that any reader of Parquet opens, and what is done.

    articles/day=2024-03-05/part.parquet     the tables of export, with each record whole as JSON beside them
    statements/day=…, events/day=…           by the day of their article; without a day: the null of Hive
    failures/SHARD.parquet                   what gave no article, and why
    reports/, same_events/, links/           what is the same (merging)
    _coder.json, _done/SHARD.json            who codes here, and which shards are done
    _coded/SHARD.parquet, _at/SHARD.json     coded and not yet by day; where a worker is

A file is written beside its place and then renamed, so that it is whole or absent.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from communique.errors import UsageError
from communique.export import flat, schema
from communique.records import Article, Coding, Event, Record, Statement, from_json, to_json
from communique.stories.sightings import UNKNOWN_DAY, ordinal

KINDS = ("articles", "statements", "events")
UNDATED = "__HIVE_DEFAULT_PARTITION__"
"""The day of articles without one, as Hive, Arrow and DuckDB write and read null."""

CODED = pa.schema([("day", pa.string()), ("id", pa.string()), ("coding", pa.binary())])
FAILURES = pa.schema([("where", pa.string()), ("problem", pa.string())])
ROWS, CODED_ROWS = 2_000, 200
"""Rows of a group, in the tables and in coded shards: what is read or written at once, some megabytes."""
COMPRESSION = "zstd"


class Done(msgspec.Struct, frozen=True):
    """What became of a shard: how many articles, failures and inputs that are no page; seconds of the processor."""

    key: str
    articles: int
    failures: int
    passed_over: int
    seconds: float
    days: tuple[str, ...]


def day_of(article: Article) -> str:
    """Return the name of the day under which an article is kept."""
    return UNDATED if article.day is None or ordinal(article.day) == UNKNOWN_DAY else article.day


def table_schema(kind: str) -> pa.Schema:
    """Return the schema of a kind's files: export's, and the record as JSON."""
    return schema(kind).append(pa.field("json", pa.string()))


class Dataset:
    """A result's folder. It must be one that all machines of a cluster see under the same path."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder).absolute()

    def begin(self, coder: str) -> None:
        """Make the folder, or check that what is in it was coded by the same coder. Raises UsageError."""
        mark = self.folder / "_coder.json"
        if mark.exists():
            before = self.coder()
            if before != coder:
                raise UsageError(
                    f"{self.folder} holds what another coder made ({before})", remedy="name another folder"
                )
            return
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise UsageError(f"{self.folder} is no empty folder", remedy="name a new one, or one made by this command")
        write(mark, msgspec.json.encode(coder))

    def coder(self) -> str:
        """Return the name of what coded all that is here."""
        return msgspec.json.decode((self.folder / "_coder.json").read_bytes(), type=str)

    # Shards

    def done(self, key: str) -> Done | None:
        """Return what became of a shard, None when it is still to be coded."""
        mark = self.folder / "_done" / f"{key}.json"
        return msgspec.json.decode(mark.read_bytes(), type=Done) if mark.exists() else None

    def keep(self, done: Done, codings: Iterable[Coding], failures: Sequence[tuple[str, str]]) -> None:
        """Keep a coded shard, last of all the mark that it is done."""
        rows = sorted((day_of(c.article), c.article.id, msgspec.json.encode(c)) for c in codings)
        coded = (dict(zip(CODED.names, row, strict=True)) for row in rows)
        with parquet(self.folder / "_coded" / f"{done.key}.parquet", CODED, rows=CODED_ROWS) as add:
            for row in coded:
                add(row)
        if failures:
            with parquet(self.folder / "failures" / f"{done.key}.parquet", FAILURES) as add:
                for where, problem in failures:
                    add({"where": where, "problem": problem})
        write(self.folder / "_done" / f"{done.key}.json", msgspec.json.encode(done))
        self.at(done.key).unlink(missing_ok=True)

    def at(self, key: str) -> Path:
        """Return the file in which a worker notes at which input of a shard it is."""
        return self.folder / "_at" / f"{key}.json"

    # Days

    def unsettled(self) -> dict[str, list[str]]:
        """Return the days for which something is coded that is not in the tables yet, each with the shards."""
        found: dict[str, list[str]] = {}
        for path in sorted((self.folder / "_coded").glob("*.parquet")):
            done = self.done(path.stem)
            for day in done.days if done is not None else ():
                found.setdefault(day, []).append(path.stem)
        return dict(sorted(found.items()))

    def settle(self, day: str, keys: Iterable[str]) -> None:
        """Put a day's articles of some shards into the tables, each article once.

        The articles' table is renamed last and decides what is there: a kill on the way, and another call, change
        nothing.
        """
        before = self.part("articles", day)
        known = set(pq.read_table(before, columns=["id"])["id"].to_pylist()) if before.exists() else set()
        kept = pa.array(sorted(known), pa.string())
        with (
            parquet(before, table_schema("articles")) as articles,
            parquet(self.part("events", day), table_schema("events")) as events,
            parquet(self.part("statements", day), table_schema("statements")) as statements,
        ):
            adders = {"articles": articles, "statements": statements, "events": events}
            for kind, add in adders.items():
                for batch in _batches(self.part(kind, day)):
                    name = "id" if kind == "articles" else "article"
                    add(batch.filter(pc.is_in(batch[name], kept)))
            for key in sorted(keys):
                for coding in self._coded(key, day):
                    if coding.article.id not in known:
                        known.add(coding.article.id)
                        for kind, row in _rows(coding):
                            adders[kind](row)

    def forget_coded(self, keys: Iterable[str]) -> None:
        """Remove what is in the tables by now."""
        for key in keys:
            (self.folder / "_coded" / f"{key}.parquet").unlink(missing_ok=True)

    def _coded(self, key: str, day: str) -> Iterator[Coding]:
        with pq.ParquetFile(self.folder / "_coded" / f"{key}.parquet") as file:
            for group in range(file.num_row_groups):
                days = file.metadata.row_group(group).column(0).statistics
                if days is None or days.min <= day <= days.max:
                    table = file.read_row_group(group)
                    for coding in table.filter(pc.equal(table["day"], day))["coding"].to_pylist():
                        yield msgspec.json.decode(coding, type=Coding)

    # Reading

    def part(self, kind: str, day: str) -> Path:
        """Return the file of a kind's records of a day."""
        return self.folder / kind / f"day={day}" / "part.parquet"

    def days(self) -> list[str]:
        """Return the days of which there are articles."""
        return sorted(
            path.parent.name.removeprefix("day=") for path in self.folder.glob("articles/day=*/part.parquet")
        )

    def codings(self, day: str) -> Iterator[Coding]:
        """Yield the articles of a day with their records."""
        # In each table the records of an article stand together, and the articles in the same order.
        inner = {kind: groupby(self._records(kind, day), lambda r: r.article) for kind in ("statements", "events")}
        ahead = {kind: next(groups, None) for kind, groups in inner.items()}
        for article in self._records("articles", day):
            found: dict[str, list[Any]] = {"statements": [], "events": []}
            for kind, group in ahead.items():
                if group is not None and group[0] == article.id:
                    found[kind] = list(group[1])
                    ahead[kind] = next(inner[kind], None)
            yield Coding(article, tuple(found["statements"]), tuple(found["events"]))

    def _records(self, kind: str, day: str) -> Iterator[Any]:
        for batch in _batches(self.part(kind, day), columns=["json"]):
            for line in batch["json"].to_pylist():
                yield from_json(line)

    def count(self, kind: str) -> int:
        """Return how many records of a kind, or rows of another table, there are."""
        return sum(pq.read_metadata(path).num_rows for path in self.folder.glob(f"{kind}/**/*.parquet"))


def _rows(coding: Coding) -> Iterator[tuple[str, dict[str, Any]]]:
    kinds: dict[type[Record], str] = {Article: "articles", Statement: "statements", Event: "events"}
    for record in coding.records():
        kind = kinds[type(record)]
        yield kind, {**flat(record, coding.article, kind), "json": to_json(record)}


def _batches(path: Path, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    if path.exists():
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(ROWS, columns=columns, use_threads=False)


@contextmanager
def parquet(path: Path, schema: pa.Schema, *, rows: int = ROWS) -> Iterator[Any]:
    """Give a function that adds a row, or a batch of rows, to a file; when the block ends well it is in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    some: list[dict[str, Any]] = []
    try:
        with pq.ParquetWriter(beside, schema, compression=COMPRESSION) as writer:

            def flush() -> None:
                if some:
                    writer.write_table(pa.Table.from_pylist(some, schema=schema))
                    some.clear()

            def add(row: dict[str, Any] | pa.RecordBatch) -> None:
                if isinstance(row, dict):
                    some.append(row)
                    if len(some) == rows:
                        flush()
                else:
                    flush()
                    writer.write_batch(row)

            yield add
            flush()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Write a small file as a whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    beside.write_bytes(data)
    beside.replace(path)
