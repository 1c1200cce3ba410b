"""Any input → Article: pages of HTML, flattened or plain text, Markdown, tables, WARC and folders of them.

Bad input is a Failure in its place among the results; it never stops the rest.
"""

from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, TypeVar

from communique.errors import InputError, defects_as
from communique.ingest import dates, flattened, html, markdown, outlets, sources, tables
from communique.ingest.draft import Draft, finish
from communique.ingest.encoding import clean, decode
from communique.ingest.formats import format_of, is_kept_packed
from communique.ingest.inputs import Input
from communique.ingest.options import FORMATS, MAX_FAILURES, MAX_TEXT_CHARS, Failure, Options
from communique.records import Article

__all__ = ["FORMATS", "Failure", "Input", "Options", "article_from_html", "article_from_text", "inputs", "read"]

T = TypeVar("T")

_NO_OPTIONS = Options()


def read(
    paths: Iterable[str | Path], *, options: Options = _NO_OPTIONS, stdin: BinaryIO | None = None
) -> Iterator[Article | Failure]:
    """Yield the articles of files, folders (recursively, sorted) and "-" (standard input), in order, one at a time.

    A Failure stands where an input, or a row of a table, gave no article; the others are still read. Files may be
    gzipped. ``stdin`` replaces standard input. Raises UsageError when the options are wrong in themselves.
    """

    def articles(found: Iterator[Input | Failure]) -> Iterator[Article | Failure]:
        for one in found:
            made = one if isinstance(one, Failure) else one.article(options)
            if made is not None:
                yield made

    yield from _from_all(paths, articles, options=options, stdin=stdin)


def inputs(
    paths: Iterable[str | Path], *, options: Options = _NO_OPTIONS, stdin: BinaryIO | None = None
) -> Iterator[Input | Failure]:
    """Yield what ``read`` makes articles of, before it does. Raises UsageError when the options are wrong."""
    yield from _from_all(paths, iter, options=options, stdin=stdin)


def _from_all(
    paths: Iterable[str | Path],
    made: Callable[[Iterator[Input | Failure]], Iterator[T | Failure]],
    *,
    options: Options,
    stdin: BinaryIO | None,
) -> Iterator[T | Failure]:
    """Yield what is made of the inputs of each source."""
    if options.date is not None:
        dates.given(options.date)
    format_of("", "", options)
    for source in sources.sources(paths):
        if isinstance(source, Failure):
            yield source
            continue
        try:
            packed = is_kept_packed(source.where, options)
            with defects_as(InputError, where=source.where), sources.opened(source, stdin, packed=packed) as stream:
                yield from _bounded(made(_read_stream(stream, source, options=options)), where=source.where)
        except InputError as error:
            yield Failure(source.where, error)


def _bounded(found: Iterator[T | Failure], *, where: str) -> Iterator[T | Failure]:
    """Pass on what a file gives. Raises InputError when it goes on and on without giving anything."""
    failures = 0
    for one in found:
        yield one
        failures = failures + 1 if isinstance(one, Failure) else 0
        if failures == MAX_FAILURES:
            raise InputError(
                f"gave no article {MAX_FAILURES:,} times in a row: the rest is left out",
                where=where,
                remedy="check its format and columns",
            )


def article_from_html(
    html_source: str | bytes,
    *,
    url: str | None = None,
    options: Options = _NO_OPTIONS,
    charset: str | None = None,
    seen: str | None = None,
) -> Article:
    """Return the article of an HTML page; ``url`` is its address if known.

    ``charset`` is the encoding that its server names; ``seen`` a day, or a moment as in Article, when the page was
    there already, which dates a page that has no date. Raises InputError when the page has no body, is too large or,
    as bytes, is binary.
    """
    return html.article(html_source, url=url, options=options, where=url or "", charset=charset, seen=seen)


def article_from_text(
    text: str, *, url: str | None = None, title: str | None = None, options: Options = _NO_OPTIONS
) -> Article:
    """Return the article of a plain or flattened page; ``title`` and ``url`` if they are known from elsewhere.

    Raises InputError when nothing in it is text of an article, or it is longer than 1,000,000 characters.

    >>> article = article_from_text("GENEVA, May 3, 2024 (Agency) - Talks resumed on Friday, a delegate said.")
    >>> article.text, article.published, article.place.name
    ('Talks resumed on Friday, a delegate said.', '2024-05-03', 'Geneva')
    """
    return _finished(_from_text(text, url=url, title=title, options=options, where=url or ""), options, url or "", ())


def _read_stream(stream: BufferedReader, source: sources.Source, *, options: Options) -> Iterator[Input | Failure]:
    where = source.where
    start = sources.head(stream)
    if not start:
        raise InputError("is empty", where=where)
    kind = format_of(where, _sniffed(start), options)
    if kind == "jsonl":
        yield from tables.read_jsonl(stream, where=where)
    elif kind in {"csv", "tsv"}:
        yield from tables.read_csv(stream, where=where, options=options, delimiter="\t" if kind == "tsv" else None)
    elif kind == "warc":
        from communique.ingest import warc  # its library is loaded only for files that need it

        yield from warc.read_warc(stream, where=where)
    elif kind == "parquet":
        from communique.ingest import parquet

        yield from parquet.read_parquet(_own_file(source, start), where=where, options=options)
    elif kind == "json":
        yield from tables.read_json(sources.page(stream, where=where), where=where, options=options)
    else:
        yield Input(where, sources.page(stream, where=where), _page, {"kind": kind})


def _own_file(source: sources.Source, start: bytes) -> Path:
    """Return the path of a format that is read from its end. Raises InputError when it comes packed or by a pipe."""
    if source.path is None or not source.path.is_file():
        raise InputError("is Parquet, which cannot come by a pipe", where=source.where, remedy="name the file")
    with source.path.open("rb") as file:
        if file.read(len(start)) != start:
            raise InputError("is Parquet within gzip", where=source.where, remedy="gunzip it first")
    return source.path


def _sniffed(start: bytes) -> str:
    """Return a rough reading of the first bytes, enough to see markup in any encoding."""
    return start.replace(b"\0", b"").decode("utf-8", errors="replace").lstrip("\ufeff\ufffd")


def _page(data: bytes, *, kind: str, where: str, options: Options) -> Article:
    text, warnings = decode(data, where=where, encoding=options.encoding)
    if kind == "html":
        draft = html.read(text)
    elif kind == "markdown":
        _refuse_long(text, where)
        draft = markdown.read(text)
    else:
        draft = _from_text(text, url=None, title=None, options=options, where=where)
    return _finished(draft, options, where, warnings)


def _from_text(text: str, *, url: str | None, title: str | None, options: Options, where: str) -> Draft:
    _refuse_long(text, where)
    outlet = outlets.outlet(url=url, name=None, given=options.outlet)
    draft = flattened.read(clean(text), title=title, month_first=bool(outlet and outlet.country == "USA"))
    draft.url = url
    return draft


def _refuse_long(text: str, where: str) -> None:
    if len(text) > MAX_TEXT_CHARS:
        raise InputError(
            f"has more than {MAX_TEXT_CHARS:,} characters of text",
            where=where,
            remedy="split it into articles, such as one a line of a JSONL file",
        )


def _finished(draft: Draft, options: Options, where: str, warnings: tuple[str, ...]) -> Article:
    draft.warnings[:0] = warnings
    return finish(draft, options=options, where=where)
