"""Gold and prediction files: one JSON object a line, also compressed with gzip."""

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from communique.errors import InputError
from communique.records import Article, article_id

T = TypeVar("T")


def rows(path: Path, kind: type[T]) -> Iterator[T]:
    """Yield the lines of a file as ``kind``; blank lines are skipped, fields that ``kind`` lacks are ignored.

    Raises InputError, naming file and line, on what cannot be read.
    """
    decoder = msgspec.json.Decoder(kind)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, decoder, where=f"{path}:{number}")
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"cannot be read: {error}", where=str(path)) from error


def as_article(text: str, date: str | None) -> Article:
    """Return a text of a gold file as the coder takes it: each of its lines is a paragraph."""
    spans = tuple(match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text))
    identity = article_id(url=None, title=None, published=date, text=text)
    return Article(identity, text, spans, published=date, language="en")


def _row(line: bytes, decoder: msgspec.json.Decoder[T], *, where: str) -> T:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(str(error), where=where) from error
