"""Tables of articles: JSON Lines, JSON, CSV and TSV, one article a row, columns by name."""

import codecs
import csv
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from io import BufferedReader, TextIOWrapper
from itertools import chain
from typing import Any

from communique.errors import InputError, UsageError, defects_as
from communique.ingest import bylines, dates, flattened, html
from communique.ingest.draft import Draft, finish
from communique.ingest.encoding import decode
from communique.ingest.formats import looks_like_html
from communique.ingest.inputs import Input
from communique.ingest.options import MAX_EMPTY_LINES, MAX_PAGE_BYTES, MAX_TEXT_CHARS, Failure, Options
from communique.records import Article

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article", "articlebody", "article_body", "maintext", "full_text", "fulltext",
        "html", "story",
    ),
    "title": ("title", "headline", "head", "heading"),
    "standfirst": ("standfirst", "subtitle", "lead", "summary", "description", "abstract"),
    "date": (
        "date", "published", "published_at", "pub_date", "pubdate", "date_publish", "date_published",
        "datepublished", "publication_date", "publishedat", "timestamp", "created_at",
    ),
    "url": ("url", "link", "uri", "source_url", "permalink"),
    "outlet": (
        "outlet", "source", "publisher", "publication", "newspaper", "site", "domain", "source_domain", "media",
    ),
    "author": ("author", "authors", "byline", "creator"),
    "language": ("language", "lang"),
}  # fmt: skip
"""The names tried for each field, in order, without regard to case."""

_LISTS = ("articles", "items", "data", "results", "rows", "documents")


def read_jsonl(stream: BufferedReader, *, where: str) -> Iterator[Input | Failure]:
    """Yield what each line of a JSON Lines stream holds; a bad line is a Failure, the others are still read."""
    for number, line in _lines(stream, where=where):
        place = f"{where}:{number}"
        if isinstance(line, InputError):
            yield Failure(place, line)
        elif line.strip():
            yield Input(place, line, article_of_line)


def article_of_line(line: bytes, *, where: str, options: Options) -> Article:
    """Return the article of a line of JSON. Raises InputError when it is none."""
    text, warnings = decode(line, where=where, encoding=options.encoding)
    return article_of_row(_parsed(text, where=where), where=where, options=options, warnings=warnings)


def read_json(data: bytes, *, where: str, options: Options) -> Iterator[Input | Failure]:
    """Yield the articles of a JSON file: one object, a list, or an object that holds a list ("articles": […])."""
    text, warnings = decode(data, where=where, encoding=options.encoding)
    value = _parsed(text, where=where)
    if isinstance(value, dict):
        found = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)
        value = [value] if found is None else found
    if not isinstance(value, list):
        raise InputError("is JSON, but no article or list of articles", where=where)
    for number, row in enumerate(value, 1):
        place = f"{where}#{number}" if len(value) > 1 else where
        yield Input(place, row, article_of_row, {"warnings": warnings})


def read_csv(
    stream: BufferedReader, *, where: str, options: Options, delimiter: str | None
) -> Iterator[Input | Failure]:
    """Yield the articles of a CSV or TSV stream; ``delimiter`` None means the one that its first line shows."""
    lines = _text_lines(stream, where=where, options=options)
    first = next(lines, "")
    if delimiter is None:
        delimiter = max(",;\t|", key=first.count)
    # The csv module's own limit, 131,072 characters, is below what it may meet; there is one for the whole process.
    csv.field_size_limit(MAX_PAGE_BYTES)
    reader = csv.reader(chain([first], lines), delimiter=delimiter)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise InputError(f"has no header of CSV: {error}", where=f"{where}:1") from error
    if not header:
        raise InputError("is empty", where=where)
    while True:
        line = reader.line_num + 1
        place = f"{where}:{line}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failure(place, InputError(f"is no row of CSV: {error}", where=place))
            continue
        except InputError as error:
            yield Failure(place, error)
            return
        if not any(cell.strip() for cell in cells):
            continue
        try:
            if len(cells) > len(header):
                raise InputError(
                    f"has {len(cells)} cells, the header {len(header)}",
                    where=place,
                    remedy="quote cells that hold the separator",
                )
            row = dict(zip(header, cells, strict=False))
            yield Input(place, row, article_of_row, {"warnings": ()})
        except InputError as error:
            yield Failure(place, error)


def _lines(stream: BufferedReader, *, where: str) -> Iterator[tuple[int, bytes | InputError]]:
    """Yield number and bytes of each line; of one above the limit only an error, and its rest is passed over.

    Two-byte text that begins with a mark comes as UTF-8, as its lines cannot be told before it is decoded. Raises
    InputError when very many lines in a row are empty.
    """
    if not _is_wide(stream):
        yield from _numbered(stream.readline, where=where)
        return
    text = TextIOWrapper(stream, encoding="utf-16", errors="replace", newline="\n")
    try:
        yield from _numbered(lambda most: text.readline(most).encode(), where=where)
    finally:
        text.detach()  # the stream is not ours to close


def _is_wide(stream: BufferedReader) -> bool:
    return stream.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}


def _numbered(readline: Callable[[int], bytes], *, where: str) -> Iterator[tuple[int, bytes | InputError]]:
    number = last = 0
    while line := readline(MAX_PAGE_BYTES + 1):
        number += 1
        if not line.isspace():
            last = number
        elif number - last > MAX_EMPTY_LINES:
            raise InputError(f"goes on with {MAX_EMPTY_LINES:,} empty lines", where=f"{where}:{last}")
        if len(line) <= MAX_PAGE_BYTES:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = readline(MAX_PAGE_BYTES)
        yield number, InputError(f"line is longer than {MAX_PAGE_BYTES:,} bytes", where=f"{where}:{number}")


def _text_lines(stream: BufferedReader, *, where: str, options: Options) -> Iterator[str]:
    """Yield the lines of a table, ends kept, as text. Raises InputError at a line above the limit."""
    encoding = None if _is_wide(stream) else options.encoding
    for number, found in _lines(stream, where=where):
        if isinstance(found, InputError):
            raise found
        mark = codecs.BOM_UTF8 if number == 1 else b""
        yield decode(found.removeprefix(mark), where=f"{where}:{number}", encoding=encoding)[0]


def _parsed(text: str, *, where: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InputError("is JSON nested too deep", where=where) from error
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", where=where, remedy="give one JSON object a line") from error


def article_of_row(row: Any, *, where: str, options: Options, warnings: tuple[str, ...]) -> Article:
    """Return the article of a table's row, its cells by the columns' names. Raises InputError."""
    with defects_as(InputError, where=where):
        return _article(row, where=where, options=options, warnings=warnings)


def _article(row: Any, *, where: str, options: Options, warnings: tuple[str, ...]) -> Article:
    if not isinstance(row, dict):
        raise InputError("is JSON, but not an object with named fields", where=where)
    cells = _fields(row, where=where, options=options)
    text = cells.get("text")
    if not isinstance(text, str) or not text.strip():
        problem = "has no text" if text is None or text == "" else "has a text that is not a string"
        tried = options.columns.get("text") or ", ".join(COLUMNS["text"][:4])
        raise InputError(f"{problem} (looked for {tried})", where=where, remedy="name the column, as in text=COLUMN")
    title, url = _string(cells.get("title")), _string(cells.get("url"))
    if looks_like_html(text):
        draft = html.read(text, url=url)
        draft.title = title or draft.title
    elif len(text) > MAX_TEXT_CHARS:
        raise InputError(f"has more than {MAX_TEXT_CHARS:,} characters of text", where=where, remedy="split it")
    else:
        draft = flattened.read(text, title=title)
    draft.warnings += warnings
    draft.url = url or draft.url
    draft.standfirst = _string(cells.get("standfirst")) or draft.standfirst
    draft.byline = _authors(cells.get("author")) or draft.byline
    draft.outlet = _string(cells.get("outlet")) or draft.outlet
    draft.language = _string(cells.get("language")) or draft.language
    _set_date(draft, cells.get("date"))
    return finish(draft, options=options, where=where)


def _fields(row: Mapping[str, Any], *, where: str, options: Options) -> Mapping[str, Any]:
    """Return the row's values by our field names; the caller's columns must be there, ours are tried."""
    if unknown := sorted(options.columns.keys() - COLUMNS.keys()):
        raise UsageError(f"no such field: {unknown[0]}", remedy=f"use {', '.join(COLUMNS)}")
    by_name = {str(name).strip().casefold(): name for name in row}
    found: dict[str, Any] = {}
    for field, tried in COLUMNS.items():
        if column := options.columns.get(field):
            if column not in row:
                raise InputError(f"has no column {column}", where=where, remedy=f"its columns are {', '.join(row)}")
            found[field] = row[column]
            continue
        for name in tried:
            if name in by_name and not _missing(row[by_name[name]]):
                found[field] = row[by_name[name]]
                break
    return found


def _missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _string(value: Any) -> str | None:
    """Return a cell as words; of an object such as {"id": …, "name": …} the name."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    return (
        value.strip() or None
        if isinstance(value, str) and value.strip().casefold() not in {"nan", "none", "null"}
        else None
    )


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(dict.fromkeys(name for item in value for name in bylines.names(_string(item) or "")))
    text = _string(value)
    if text and (listed := re.fullmatch(r"\[(.*)\]", text)):  # a list as pandas writes it into a CSV cell
        text = listed[1].replace("'", "").replace('"', "")
    return bylines.names(text) if text else ()


def _set_date(draft: Draft, value: Any) -> None:
    """Put the date of a row into the draft: text, or seconds or milliseconds since 1970 (as pandas writes JSON)."""
    if _missing(value):
        return
    stamp = None
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e14:
        moment = datetime.fromtimestamp(value / 1000 if value > 1e11 else value, tz=UTC)
        stamp = dates.parse(moment.strftime("%Y-%m-%d" if moment.hour == moment.minute == 0 else "%Y-%m-%dT%H:%MZ"))
    elif isinstance(value, str):
        stamp = dates.parse(value)
    if stamp and stamp.published:
        # pandas writes a day as its midnight.
        draft.published = re.sub(r"T00:00$", "", stamp.published)
        return
    problem = stamp.problem if stamp else "is no date"
    draft.warnings.append(f"date '{value}' {problem}: give it with --date")
