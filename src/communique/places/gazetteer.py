"""The places that the program knows, by any of their names: towns and countries of GeoNames, and the regions table."""

import gzip
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt

from communique import knowledge
from communique.errors import KnowledgeError
from communique.knowledge import table, values
from communique.records import Place, Precision

EARTH_RADIUS_KM = 6371.0
DIVISIONS = frozenset({"state", "province", "nation"})
# How many names are kept ready; a page has some hundred words with a capital.
REMEMBERED = 50_000
# Fields of a line that only points to another.
ALIAS = 3
# Letters that Unicode does not take for a plain one with a mark.
_UNDECOMPOSED = str.maketrans("ıłøđ", "ilod")
_SEPARATED = str.maketrans({**dict.fromkeys(".'’‘ʼ`"), **dict.fromkeys("-–,", " ")})
# What coordinates stand for, by the kind of the place; every other kind is a region.
_PRECISION: Mapping[str, Precision] = {
    "country": "country",
    **dict.fromkeys(("capital", "seat", "place"), "city"),
    **dict.fromkeys(("base", "building", "site"), "point"),
}
# Written either way in news: 'St. Louis' and 'Saint Louis', 'Fort Worth' and 'Ft. Worth'.
_WORDS = {"saint": "st", "ft": "fort", "mt": "mount"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. ``kind`` is country, capital, seat, place, county, or the kind of the regions table (sea, state…).

    ``admin`` is GeoNames' code of the first-order division ("US.IL"), which a division has as its own. ``population``
    is that of a town; of a region how much news means by the name, as people of a town.
    """

    place: Place
    kind: str
    population: int
    admin: str


class Gazetteer:
    """Places by folded name.

    ``text`` has a line for each name, sorted by it in bytes, and is searched where it lies: name, GeoNames id, name as
    written (empty when it is the folded one in title case), country, first-order division, latitude, longitude,
    population, kind; or, for another name of the place, that name, id, and the folded name under which it is found.
    ``regions`` are few, and kept by name.
    """

    def __init__(self, text: bytes, regions: Mapping[str, tuple[Entry, ...]]) -> None:
        self._text = text
        self._regions = regions
        self._beginnings = {key[:i] for key in regions for i, c in enumerate(key) if c == " "}
        # Pages of one place and time share their names.
        self.named = lru_cache(maxsize=REMEMBERED)(self._named)
        self.is_beginning = lru_cache(maxsize=REMEMBERED)(self._is_beginning)

    def __contains__(self, key: str) -> bool:
        """Tell whether any place has this folded name."""
        return bool(self.named(key))

    def other_names(self, entry: Entry) -> tuple[str, ...]:
        """Return the folded names by which a place is found, in the order of the alphabet. Reads the whole text."""
        of_region = (key for key, entries in self._regions.items() if entry in entries)
        mark = f"\t{entry.place.gazetteer_id}\t".encode()
        found, at = set(of_region), self._text.find(mark) if entry.place.gazetteer_id else -1
        while at >= 0:
            found.add(self._text[self._text.rfind(b"\n", 0, at) + 1 : at].decode())
            at = self._text.find(mark, at + 1)
        return tuple(sorted(found))

    def division(self, code: str) -> str | None:
        """Return the name of a first-order division ("US.IL" → Illinois), None where it is not known."""
        named = (e for entries in self._regions.values() for e in entries if e.admin == code and e.kind in DIVISIONS)
        return next((entry.place.name for entry in named), None)

    def _named(self, key: str) -> tuple[Entry, ...]:
        """Return all places with this folded name, the most populous first."""
        found = list(self._regions.get(key, ()))
        for line in self._lines(key):
            ident, *rest = line[1:]
            if len(rest) == 1:
                found += (_entry(own) for own in self._lines(rest[0]) if own[1] == ident and len(own) > ALIAS)
            else:
                found.append(_entry(line))
        return tuple(sorted(found, key=lambda e: -e.population))

    def _is_beginning(self, key: str) -> bool:
        """Tell whether a longer name begins with these words."""
        if key in self._beginnings:
            return True
        start = f"{key} ".encode()
        return self._text.startswith(start, self._first(start))

    def _lines(self, key: str) -> Iterator[list[str]]:
        """Yield the fields of the lines of a name."""
        start = f"{key}\t".encode()
        at = self._first(start)
        while self._text.startswith(start, at):
            end = self._text.index(b"\n", at)
            yield self._text[at:end].decode().split("\t")
            at = end + 1

    def _first(self, start: bytes) -> int:
        """Return where the first line stands that is not before ``start``."""
        low, high = 0, len(self._text)
        while low < high:
            middle = self._text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self._text[middle : middle + len(start)] < start:
                low = self._text.index(b"\n", middle) + 1
            else:
                high = middle
        return low


def folded(name: str) -> str:
    """Return a name as the gazetteer's keys have it: lower case, without accents, dots and apostrophes.

    >>> folded("Saint-Étienne"), folded("N'Djamena"), folded("St. Petersburg")
    ('st etienne', 'ndjamena', 'st petersburg')
    """
    name = name.lower()
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name).lower()
        name = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_UNDECOMPOSED)
    return " ".join(_WORDS.get(word, word) for word in name.translate(_SEPARATED).split())


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
        text = gzip.decompress(files(knowledge).joinpath("gazetteer.tsv.gz").read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise KnowledgeError(str(error), where="gazetteer.tsv.gz", remedy="reinstall communique") from error
    return Gazetteer(text, _regions())


def _regions() -> Mapping[str, tuple[Entry, ...]]:
    """Return the regions table by folded name."""
    found: dict[str, tuple[Entry, ...]] = {}
    for row in table("regions.tsv"):
        place = _place(row["id"], row["name"], row["country"], row["lat"], row["lon"], row["kind"])
        entry = Entry(place, row["kind"], int(row["weight"]), row["admin"])
        for key in dict.fromkeys(folded(name) for name in (row["name"], *values(row["names"]))):
            found[key] = (*found.get(key, ()), entry)
    return found


def _entry(line: list[str]) -> Entry:
    key, ident, name, country, admin, lat, lon, population, kind = line
    place = _place(ident, name or key.title(), country, lat, lon, kind)
    return Entry(place, kind, int(population or 0), admin)


def _place(ident: str, name: str, country: str, lat: str, lon: str, kind: str) -> Place:
    return Place(
        name=name,
        country=country or None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        gazetteer_id=ident or None,
        precision=_PRECISION.get(kind, "region"),
    )
