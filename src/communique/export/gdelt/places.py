"""The columns of a place, as GDELT writes them: FIPS 10-4 codes of countries, and types by what a place is."""

from collections.abc import Iterable
from functools import cache

from communique.export.places import division_of, entry_of, is_division
from communique.export.rows import Row
from communique.knowledge import table
from communique.places.gazetteer import Entry
from communique.records import Place

COUNTRY, US_STATE, US_CITY, WORLD_CITY, WORLD_STATE = 1, 2, 3, 4, 5
NOWHERE = 0
"""GDELT's type of a place that is not known; all other columns of it are empty."""
USA = "USA"


def place_columns(role: str, place: Place | None) -> Row:
    """Return the columns of a place for Actor1, Actor2 or Action.

    The division is written where its FIPS code is sure. A feature is the code of a country or US state, or the
    place's number in GeoNames, as "geonames:703448": GDELT's own numbers are those of GNS and GNIS.
    """
    if place is None:
        return {f"{role}Geo_Type": NOWHERE}
    entry = entry_of(place)
    fips = _fips().get(place.country or "", "")
    division = fips if place.precision == "country" else _division(entry.admin) if entry is not None else ""
    type = _type(place, entry)
    feature = f"geonames:{place.gazetteer_id}" if place.gazetteer_id else ""
    codes = {COUNTRY: fips, US_STATE: division.removeprefix("US")}
    return {
        f"{role}Geo_Type": type,
        f"{role}Geo_FullName": ", ".join(_names(place, entry)),
        f"{role}Geo_CountryCode": fips,
        f"{role}Geo_ADM1Code": division,
        f"{role}Geo_Lat": place.lat,
        f"{role}Geo_Long": place.lon,
        f"{role}Geo_FeatureID": codes.get(type or NOWHERE, feature),
    }


def _type(place: Place, entry: Entry | None) -> int | None:
    """Return GDELT's type; None for a region that may be a state or a landmark."""
    if place.precision == "country":
        return COUNTRY
    if is_division(entry):
        return US_STATE if place.country == USA else WORLD_STATE
    if entry is None and place.precision not in ("city", "point"):
        return None
    return US_CITY if place.country == USA else WORLD_CITY


def _names(place: Place, entry: Entry | None) -> Iterable[str]:
    """Return a place's name with those of its division and country, each once."""
    names = (place.name, division_of(entry), _states().get(place.country or ""))
    return dict.fromkeys(name for name in names if name)


def _division(admin: str) -> str:
    """Return the FIPS code of a division by GeoNames' ("US.TX", which is USTX); "" where it is not sure."""
    return admin.replace("US.", "US") if admin.startswith("US.") else _divisions().get(admin, "")


@cache
def _divisions() -> dict[str, str]:
    return {row["admin"]: row["fips"] for row in table("gdelt_divisions.tsv")}


@cache
def _fips() -> dict[str, str]:
    return {row["country"]: row["fips"] for row in table("gdelt_countries.tsv")}


@cache
def _states() -> dict[str, str]:
    # Under the names that they have now, as the gazetteer has its places.
    return {row["code"]: row["name"] for row in table("states.tsv") if not row["to"]}
