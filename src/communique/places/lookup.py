"""A name → what the gazetteer knows by it, for people who ask."""

from collections import Counter
from collections.abc import Callable

import msgspec

from communique.errors import InputError
from communique.places.gazetteer import DIVISIONS, Entry, Gazetteer, folded, kilometres
from communique.places.resolution import TOWNS, Evidence, ranked
from communique.records import Precision

# Letters of a country's code.
ISO = 3
# A name alone: no page says anything.
NOTHING = Evidence(Counter(), Counter(), frozenset(), {}, None)


class Reading(msgspec.Struct, frozen=True):
    """A place that a name may mean.

    ``kind`` is country, capital, seat, place (a town), county, or the kind of the regions table (sea, island…);
    ``division`` the first-order division, by name or by GeoNames' code; ``lat`` and ``lon`` are degrees;
    ``other_names`` are the other names by which the place is found, folded.
    """

    name: str
    kind: str
    precision: Precision | None
    country: str | None
    division: str | None
    lat: float | None
    lon: float | None
    population: int | None
    gazetteer_id: str | None
    other_names: tuple[str, ...]


def readings(name: str, *, near: str | None = None, gazetteer: Gazetteer) -> tuple[Reading, ...]:
    """Return the places that bear a name, first the one that a text would mean by it.

    ``near`` names a place or country, or gives a country's ISO 3166-1 alpha-3 code: what lies there, or near there,
    comes first. Raises InputError when the gazetteer does not know either name.
    """
    key = folded(name)
    found = [entry for _, entry in ranked(_known(name, "", gazetteer), key=key, evidence=NOTHING)]
    if near is not None:
        found.sort(key=_distance(near, gazetteer))
    return tuple(_reading(entry, key, gazetteer) for entry in found)


def _known(name: str, where: str, gazetteer: Gazetteer) -> tuple[Entry, ...]:
    found = gazetteer.named(folded(name))
    if not found:
        remedy = "try another spelling, or the name of a larger place"
        raise InputError(f"no place is called {name!r}", where=where, remedy=remedy)
    return found


def _distance(near: str, gazetteer: Gazetteer) -> Callable[[Entry], float]:
    """Return how far an entry is from a place; what is in the country or division is not far at all."""
    if near.isupper() and len(near) == ISO and not gazetteer.named(folded(near)):
        return lambda entry: float(entry.place.country != near)
    key = folded(near)
    home = ranked(_known(near, "--near", gazetteer), key=key, evidence=NOTHING)[0][1]
    if home.kind == "country":
        return lambda entry: float(entry.place.country != home.place.country)
    if home.kind in DIVISIONS:
        return lambda entry: 0.0 if entry.admin == home.admin else kilometres(entry.place, home.place)
    return lambda entry: kilometres(entry.place, home.place)


def _reading(entry: Entry, key: str, gazetteer: Gazetteer) -> Reading:
    place = entry.place
    own = folded(place.name)
    return Reading(
        name=place.name,
        kind=entry.kind,
        precision=place.precision,
        country=place.country,
        division=(gazetteer.division(entry.admin) or entry.admin) if entry.admin else None,
        lat=place.lat,
        lon=place.lon,
        population=entry.population if entry.kind in TOWNS | {"country"} else None,
        gazetteer_id=place.gazetteer_id,
        other_names=tuple(other for other in gazetteer.other_names(entry) if other not in {key, own}),
    )
