"""Lists on the way out, whole, a part at a time: JSON lines, CSV and Parquet."""

import io
import tempfile
from collections.abc import Iterator
from itertools import islice

from communique.archive import Archive
from communique.archive.entries import Entries, Hits
from communique.export import write_csv, write_parquet
from communique.records import Article, Record, to_json

FORMS = {"jsonl": "application/jsonl", "csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
"""The forms of a list, and their media types."""
PART = 500


def records(archive: Archive, hits: Hits) -> Iterator[Record]:
    """Yield the records of a list, the latest first; what was searched for words as far as it is counted."""
    if not hits.words:
        yield from archive.records(hits.kind, hits.chosen)
        return
    entries, offset = Entries(archive), 0
    while found := entries.page(hits, limit=PART, offset=offset):
        yield from found
        offset += PART


def written(archive: Archive, hits: Hits, form: str) -> Iterator[bytes]:
    """Yield a list in a form, in parts."""
    found = records(archive, hits)
    if form == "jsonl":
        while part := list(islice(found, PART)):
            yield "".join(to_json(record) + "\n" for record in part).encode()
        return
    pairs = _paired(archive, found)
    if form == "parquet":
        with tempfile.TemporaryFile() as file:
            write_parquet(pairs, hits.kind, file)
            file.seek(0)
            while data := file.read(1 << 16):
                yield data
        return
    first = True
    while first or (rows := list(islice(pairs, PART))):
        out = io.StringIO()
        write_csv([] if first else rows, hits.kind, out)
        text = out.getvalue()
        # The names of the columns once, before all.
        yield (text if first else text.split("\n", 1)[1]).encode()
        first = False


def _paired(archive: Archive, found: Iterator[Record]) -> Iterator[tuple[Record, Article]]:
    article: Article | None = None
    for record in found:
        home = record.id if isinstance(record, Article) else record.article
        if article is None or article.id != home:
            article = archive.article_of(record)
        yield record, article
