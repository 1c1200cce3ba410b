"""Paths → open inputs: files, folders, standard input, gzip, one at a time and never read whole by accident."""

import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from communique.errors import InputError
from communique.ingest.formats import SUFFIXES, suffix_of
from communique.ingest.options import MAX_PAGE_BYTES, Failure

STDIN = "-"
_PEEK = 65_536
_GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or standard input: ``where`` names it in messages."""

    where: str
    path: Path | None


def sources(paths: Iterable[str | Path]) -> Iterator[Source | Failure]:
    """Yield the inputs behind the paths, in their order; a folder's files sorted, recursively, of known suffixes.

    A path that is none may be a pattern that no shell has filled in, such as "crawl/**/*.warc.gz". Hidden files and
    folders, and links to folders, are passed over. "-" is standard input.
    """
    for path in paths:
        if str(path) == STDIN:
            yield Source("stdin", None)
        # Not Path.is_dir and Path.exists: these raise on a path that is too long, or in a folder that is closed to us.
        elif os.path.isdir(path):  # noqa: PTH112
            yield from _folder(Path(path))
        elif os.path.exists(path):  # noqa: PTH110
            yield Source(str(path), Path(path))
        elif found := _matching(str(path)):
            yield from sources(found)
        else:
            yield Failure(str(path), InputError("does not exist", where=str(path), remedy="check the path"))


def _matching(pattern: str) -> list[str]:
    # Path.glob takes no absolute patterns; glob.glob finds links that lead nowhere.
    return sorted(filter(os.path.exists, glob.glob(pattern, recursive=True)))  # noqa: PTH207


def _folder(folder: Path) -> Iterator[Source | Failure]:
    empty = True
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if suffix_of(name) in SUFFIXES and not name.startswith("."):
                empty = False
                yield Source(str(Path(root) / name), Path(root) / name)
    for error in closed:
        yield Failure(error.filename, InputError(error.strerror or str(error), where=error.filename))
    if empty and not closed:
        remedy = f"a page has one of the suffixes {' '.join(SUFFIXES)}, also with .gz"
        yield Failure(str(folder), InputError("is a folder without pages", where=str(folder), remedy=remedy))


@contextmanager
def opened(source: Source, stdin: BinaryIO | None, *, packed: bool = False) -> Iterator[io.BufferedReader]:
    """Open a source for reading, unpacked if it is gzip, unless it is to stay ``packed``.

    Raises InputError, also from within the block, when the file cannot be read or its gzip is damaged.
    """
    try:
        raw = source.path.open("rb") if source.path else (stdin or sys.stdin.buffer)
        base = stream = _buffered(raw)
        try:
            if not packed and stream.peek(2)[:2] == _GZIP_MAGIC:
                stream = _buffered(gzip.GzipFile(fileobj=stream))
            yield stream
        finally:
            if source.path:
                raw.close()
            else:
                base.detach()  # standard input is not ours to close
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise InputError(
            f"is a damaged or truncated gzip file ({error})", where=source.where, remedy="fetch or pack it again"
        ) from error
    except OSError as error:
        raise InputError(error.strerror or str(error), where=source.where) from error


def head(stream: io.BufferedReader) -> bytes:
    """Return the first bytes of a stream, up to 65,536, without taking them."""
    return stream.peek(_PEEK)


def page(stream: io.BufferedReader, *, where: str) -> bytes:
    """Return all of a page. Raises InputError when it is empty or above MAX_PAGE_BYTES, of which no more is read."""
    data = stream.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise InputError(
            f"is larger than {MAX_PAGE_BYTES:,} bytes, too large for one page",
            where=where,
            remedy="give many articles as JSONL, one a line",
        )
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise InputError("is empty", where=where)
    return data


def _buffered(raw: BinaryIO | gzip.GzipFile) -> io.BufferedReader:
    # Anything that reads bytes will do for standard input in tests and programs, not only a raw stream.
    return io.BufferedReader(raw, _PEEK)  # type: ignore[arg-type]
