"""The places that the program knows, by any of their names: towns and countries of GeoNames, and the regions table."""

import gzip
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from communique import knowledge
from communique.errors import KnowledgeError
from communique.knowledge import table, values
from communique.records import Place

EARTH_RADIUS_KM = 6371.0
# Letters that Unicode does not take for a plain one with a mark.
_UNDECOMPOSED = str.maketrans("ıłøđ", "ilod")
_SEPARATED = str.maketrans({**dict.fromkeys(".'’‘ʼ`"), **dict.fromkeys("-–,", " ")})


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. ``kind`` is country, capital, seat, place, or the kind of the regions table (sea, state, region…).

    ``admin`` is GeoNames' code of the first-order division ("US.IL"), which a region has as its own.
    """

    place: Place
    kind: str
    population: int
    admin: str


class Gazetteer:
    """Places by folded name. Rows are kept as text until they are asked for: a page names some dozens of 35,000."""

    def __init__(self, lines: list[str]) -> None:
        self._rows: dict[str, list[str]] = defaultdict(list)
        self.longest: dict[str, int] = {}
        for line in lines:
            for key in line[line.rindex("\t") + 1 :].split("|"):
                self._rows[key].append(line)
                first, _, rest = key.partition(" ")
                count = 1 + rest.count(" ") + 1 if rest else 1
                if count > self.longest.get(first, 0):
                    self.longest[first] = count

    def named(self, key: str) -> tuple[Entry, ...]:
        """Return all places with this folded name, the most populous first."""
        found = [_entry(line) for line in self._rows.get(key, ())]
        return tuple(sorted(found, key=lambda e: -e.population))

    def __contains__(self, key: str) -> bool:
        """Tell whether any place has this folded name."""
        return key in self._rows


def folded(name: str) -> str:
    """Return a name as the gazetteer's keys have it: lower case, without accents, dots and apostrophes.

    >>> folded("Saint-Étienne"), folded("N'Djamena"), folded("St. Petersburg")
    ('saint etienne', 'ndjamena', 'st petersburg')
    """
    name = name.lower()
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name).lower()
        name = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
    return " ".join(name.translate(_SEPARATED).split())


def kilometres(one: Place, other: Place) -> float:
    """Return the great-circle distance; infinite when either has no coordinates."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    a, b = radians(one.lat), radians(other.lat)
    h = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))


@cache
def load() -> Gazetteer:
    """Return the gazetteer. Raises KnowledgeError when its file is missing or damaged."""
    try:
        packed = files(knowledge).joinpath("gazetteer.tsv.gz").read_bytes()
        text = gzip.decompress(packed).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(error), where="gazetteer.tsv.gz", remedy="reinstall communique") from error
    lines = [line for line in text.splitlines() if not line.startswith(("#", "id\t"))]
    return Gazetteer([*lines, *_region_lines()])


def _region_lines() -> list[str]:
    """Return the regions table in the form of the gazetteer's lines."""
    lines = []
    for row in table("regions.tsv"):
        keys = "|".join(dict.fromkeys(folded(name) for name in (row["name"], *values(row["names"]))))
        fields = ("id", "name", "country", "admin", "lat", "lon")
        lines.append("\t".join([*(row[field] for field in fields), row["weight"], row["kind"], keys]))
    return lines


@cache
def _entry(line: str) -> Entry:
    ident, name, country, admin, lat, lon, population, kind, _ = line.split("\t")
    place = Place(
        name=name,
        country=country or None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        gazetteer_id=ident or None,
    )
    return Entry(place, kind, int(population or 0), admin)
