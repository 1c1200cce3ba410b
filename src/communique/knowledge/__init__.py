"""What the program knows, as tables that people can read and correct; this module only reads them.

A table is a TSV file beside this module: UTF-8, one header row, "#" starts a comment line, "|" joins several values
in one cell. Dates in "from" and "to" are YYYY, YYYY-MM or YYYY-MM-DD, both ends included; an empty end is open.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from communique.errors import KnowledgeError

Row = Mapping[str, str]


@cache
def table(name: str) -> tuple[Row, ...]:
    """Return the rows of knowledge table ``name`` ("states.tsv"), each a mapping of column to cell.

    Raises KnowledgeError, naming file and line, when the table is missing or a row has too few or too many cells.
    """
    return tuple(_rows(name))


@cache
def document(name: str) -> dict[str, Any]:
    """Return the knowledge document ``name`` ("plover.toml"). Raises KnowledgeError when it is missing or no TOML."""
    resource = files(__name__).joinpath(name)
    try:
        return tomllib.loads(resource.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise KnowledgeError("no such knowledge document", where=name, remedy="reinstall communique") from error
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(str(error), where=name) from error


def _rows(name: str) -> Iterator[Row]:
    resource = files(__name__).joinpath(name)
    if not resource.is_file():
        raise KnowledgeError("no such knowledge table", where=name, remedy="reinstall communique")
    header: list[str] | None = None
    for number, line in enumerate(resource.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) != len(header):
            raise KnowledgeError(f"{len(cells)} cells, expected {len(header)}", where=f"{name}:{number}")
        else:
            yield dict(zip(header, (cell.strip() for cell in cells), strict=True))


def values(cell: str) -> tuple[str, ...]:
    """Return the several values of a cell, in order.

    >>> values("Kyiv|Kiev")
    ('Kyiv', 'Kiev')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def holds(start: str, end: str, day: str | None) -> bool:
    """Tell whether a fact that holds from ``start`` to ``end`` (inclusive, "" open) holds on ``day`` (YYYY-MM-DD).

    Dates of a year or a month hold for all of it. For an unknown day only an open end holds: the present.

    >>> holds("2004-03", "2022", "2022-12-31"), holds("2004", "2022-05", "2022-06-01"), holds("1999", "2004", None)
    (True, False, False)
    """
    if day is None:
        return not end
    return start <= day[: len(start)] and (not end or day[: len(end)] <= end)
