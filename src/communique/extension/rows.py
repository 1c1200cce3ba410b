"""A user's own actors, a row each in a CSV file: persons with offices and terms, bodies, and roles that nouns name.

Columns: name, and of aliases, kind, country, sector, office, from, to those that the file has. ``kind`` is person
(the default where there is an office), role, or what the body is: party, armed group, company… Aliases are joined by
"|". Dates are YYYY, YYYY-MM or YYYY-MM-DD, both ends included.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from communique.actors.lexicon import OwnRows, slug
from communique.errors import KnowledgeError
from communique.extension.verbs import content
from communique.ontology import Ontology

COLUMNS = ("name", "aliases", "kind", "country", "sector", "office", "from", "to")
INTERNATIONAL = frozenset({"", "UNO", "EUR", "IGO"})
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def read_rows(paths: Iterable[Path], known: Ontology, states: Collection[str]) -> OwnRows:
    """Read the files. Raises KnowledgeError, with file and line, when one is missing or a row is wrong."""
    own = OwnRows()
    for where, row in chain.from_iterable(map(_rows, paths)):
        wrong = _wrong(row, known, states)
        if wrong:
            raise KnowledgeError(wrong, where=where)
        kind = row["kind"] or ("person" if row["office"] else "organisation")
        if kind == "person":
            own.offices.append({**row, "person": row["name"]})
        elif kind == "role":
            words = "|".join((row["name"], row["aliases"])).strip("|")
            own.roles.append({**row, "words": words, "kind": "person"})
        else:
            own.organisations.append(
                {**row, "id": f"org:{slug(row['name'])}", "kind": kind, "names": row["aliases"], "epithets": ""}
            )
    return own


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        text = content(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeError("is not UTF-8", where=str(path)) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        unknown = [cell for cell in header if cell not in COLUMNS]
        if "name" not in header or unknown:
            what = f"unknown column {unknown[0]!r}" if unknown else "no column 'name'"
            raise KnowledgeError(what, where=f"{path}:1", remedy=f"columns are {', '.join(COLUMNS)}")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                where = f"{path}:{reader.line_num}"
                raise KnowledgeError(f"{len(cells)} cells, expected {len(header)}", where=where)
            row = dict(zip(header, (cell.strip() for cell in cells), strict=True))
            yield f"{path}:{reader.line_num}", {column: row.get(column, "") for column in COLUMNS}
    except csv.Error as error:
        raise KnowledgeError(f"no CSV: {error}", where=f"{path}:{reader.line_num}") from error


def _wrong(row: Mapping[str, str], known: Ontology, states: Collection[str]) -> str:
    """What is wrong with a row, "" if nothing is."""
    if not row["name"]:
        return "no name"
    if row["country"] not in states and row["country"] not in INTERNATIONAL:
        return f"{row['country']!r} is no country: three capitals of ISO 3166-1, or UNO, EUR, IGO"
    if row["sector"] and row["sector"] not in known.sectors:
        return f"{row['sector']!r} is no sector of PLOVER's"
    for column in ("from", "to"):
        if row[column] and not DATE.fullmatch(row[column]):
            return f"{row[column]!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD"
    shared = min(len(row["from"]), len(row["to"]))
    return "the term ends before it begins" if shared and row["to"][:shared] < row["from"][:shared] else ""
