"""What a caller may say about an input, and the limits that keep any one page from stopping a run."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from communique.errors import InputError

MAX_PAGE_BYTES = 10_000_000
"""Bytes of one page (HTML, text, a JSON file, a line of JSONL). News pages have well under 2 MB."""

MAX_TEXT_CHARS = 1_000_000
"""Code points of one page's text: what the language model takes in one piece (spaCy's ``nlp.max_length``)."""

MAX_EMPTY_LINES = 100_000
"""Lines without anything in a row, after which a table is given up."""

MAX_FAILURES = 10_000
"""Rows or records in a row that give no article, after which the rest of a file is given up."""

FORMATS = ("html", "text", "markdown", "json", "jsonl", "csv", "tsv", "parquet", "warc")


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller knows about the input; all of it is optional and goes before what the page says.

    ``format`` is one of FORMATS, None for a decision by suffix and content. ``date`` is the day of publication
    ("2022-02-10", "2022-02-10T11:40Z", or a year alone for datelines that lack it). ``encoding`` is a Python codec
    name. ``columns`` maps our fields (text, title, standfirst, date, url, outlet, author, language) to the
    columns of a table. ``outlet`` is the name or the domain of the publisher; ``language`` an ISO 639-1 code.
    """

    format: str | None = None
    date: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    outlet: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no article: ``where`` is the file, with the line for a table; ``error`` says why."""

    where: str
    error: InputError
