"""A name → what the gazetteer knows by it, for people who ask."""

from collections import Counter

import msgspec

from communique.errors import InputError
from communique.places.gazetteer import DIVISIONS, Entry, Gazetteer, folded
from communique.places.resolution import TOWNS, Evidence, ranked
from communique.records import Precision

# Letters of a country's code.
ISO = 3


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
    found = gazetteer.named(key)
    if not found:
        raise InputError(f"no place is called {name!r}", remedy="try another spelling, or the name of a larger place")
    ranks = ranked(found, key=key, evidence=_around(near, gazetteer))
    return tuple(_reading(entry, key, gazetteer) for _, entry in ranks)


def _around(near: str | None, gazetteer: Gazetteer) -> Evidence:
    """Return what a page would tell that named this place, or nothing."""
    nothing: Counter[str] = Counter()
    if near is None:
        return Evidence(nothing, nothing, frozenset(), {}, None)
    if near.isupper() and len(near) == ISO and not gazetteer.named(folded(near)):
        return Evidence(Counter({near: 1}), nothing, frozenset(), {}, None)
    key = folded(near)
    found = gazetteer.named(key)
    if not found:
        raise InputError(f"no place is called {near!r}", where="--near", remedy="name a country or a larger town")
    home = ranked(found, key=key, evidence=_around(None, gazetteer))[0][1]
    divisions = Counter({home.admin: 1}) if home.admin else nothing
    peers = frozenset({home.admin}) if home.kind in DIVISIONS else frozenset[str]()
    anchors = {key: home} if home.kind in TOWNS else {}
    return Evidence(Counter({home.place.country or "": 1}), divisions, peers, anchors, None)


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
