"""Which place a name means: containment, then what else the article names, then size."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

from communique.places.gazetteer import DIVISIONS, Entry, folded, kilometres

# Orders of magnitude of population that evidence is worth; set by judgement, measured on GeoVirus and GeoWebNews.
CAPITAL = 0.7
COUNTRY = 2.0
MENTIONED = 1.5
MENTIONED_AGAIN = 1.0
DIVISION = 2.0
PEERS = 1.5
NEARBY = 1.5
OUTLET = 0.3
# What a name costs that is another spelling of the place's own.
SPELLING = 0.7
NEAR_CONTAINER_KM = 400.0
NEAR_COUNTY_KM = 80.0
NEAR_KM = 150.0
# Below this a town is taken only with support from the page, and only if no namesake has as much.
SMALL = 15_000
MARGIN = 0.5
# A town that bears its name alone needs no support from this size on.
SOLE = 2_000
# Before these the small ones of their name stand back.
KNOWN = 100_000
# A city of this size stands back for no namesake.
METROPOLIS = 1_000_000
# What is at least so much larger than its namesakes is meant whatever the page says.
OUTSTANDING = 1.3
LISTED = 2
ANCHOR_POPULATION = 200_000
TOWNS = frozenset({"place", "seat", "capital"})
GOVERNED = frozenset({"country", "capital", "union", "building"})
CONTAINERS = DIVISIONS | {"country", "county", "region", "island", "territory"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a page tells about where it is set.

    ``countries`` and ``divisions`` count what names them or lies in them, by code; ``peers`` are the divisions named
    themselves; ``anchors`` the places that are certain, by the name that says so; ``outlet`` the publisher's country.
    """

    countries: Counter[str]
    divisions: Counter[str]
    peers: frozenset[str]
    anchors: Mapping[str, Entry]
    outlet: str | None


def contained(candidates: Sequence[Entry], containers: Sequence[Entry]) -> tuple[Entry, Entry] | None:
    """Return the candidate and the container of 'Springfield, Illinois' that fit together, None when none do."""
    fitting = [
        (-candidate.population, i, j)
        for j, container in enumerate(containers)
        for i, candidate in enumerate(candidates)
        if candidate is not container and _lies_in(candidate, container)
    ]
    if not fitting:
        return None
    _, i, j = min(fitting)
    return candidates[i], containers[j]


def listed(names: Sequence[Sequence[Entry]]) -> list[Entry] | None:
    """Return the divisions of one country that a list names: 'Oregon, Washington and Idaho'.

    None if it is no such list: two of them must be divisions by nothing else than their names.
    """
    sure = [own[0] for own in names if own[0].kind in DIVISIONS and all(e.kind not in GOVERNED for e in own)]
    land = {entry.place.country for entry in sure}
    if len(sure) < LISTED or len(land) > 1:
        return None
    meant = [next((e for e in own if e.kind in DIVISIONS and e.place.country in land), None) for own in names]
    return [entry for entry in meant if entry] if all(meant) else None


def _lies_in(entry: Entry, container: Entry) -> bool:
    if container.kind not in CONTAINERS or entry.place.country != container.place.country:
        return False
    if container.kind == "country":
        return entry.kind != "country"
    if container.admin and entry.admin:
        near = container.kind != "county" or kilometres(entry.place, container.place) <= NEAR_COUNTY_KM
        return container.admin == entry.admin and near and entry.kind not in DIVISIONS
    return kilometres(entry.place, container.place) <= NEAR_CONTAINER_KM


def outstanding(candidates: Sequence[Entry]) -> Entry | None:
    """Return the candidate that the name means on any page: it alone is well known. The largest comes first."""
    first = candidates[0]
    if first.kind not in TOWNS | DIVISIONS or first.population < ANCHOR_POPULATION:
        return None
    others = [e for e in candidates[1:] if kilometres(e.place, first.place) > NEAR_KM]
    return first if not others or _size(first) - max(map(_size, others)) >= OUTSTANDING else None


def likeliest(candidates: Sequence[Entry], *, key: str, evidence: Evidence) -> Entry | None:
    """Return the candidate that fits the page best; None when that is a small town that the page does not support.

    ``key`` is the name, which is no evidence for itself.
    """
    ranks = ranked(_eligible(candidates, key, evidence), key=key, evidence=evidence)
    highest, best = ranks[0]
    if _is_known(best):
        return best
    rivals = [score for score, entry in ranks[1:] if kilometres(entry.place, best.place) > NEAR_KM]
    clear = not rivals or highest - rivals[0] >= MARGIN
    supported = _is_supported(best, key, evidence)
    if not is_small(best):
        return best if clear or supported else None
    at_home = evidence.countries[best.place.country or ""] > 0
    if not rivals:
        return best if at_home or best.population >= SOLE or supported else None
    namesakes = [entry for _, entry in ranks[1:]]
    alone = at_home and all(
        entry.place.country != best.place.country and not evidence.countries[entry.place.country or ""]
        for entry in namesakes
    )
    return best if clear and (alone or supported) else None


def _eligible(candidates: Sequence[Entry], key: str, evidence: Evidence) -> Sequence[Entry]:
    """Return the candidates among which the page may choose.

    A village is meant instead of a country, a state or a city only where the page says so (see contained), or instead
    of a city if the page is set in the village's neighbourhood and not in the city's.
    """
    known = [entry for entry in candidates if _is_known(entry)]
    if not known:
        return candidates
    # 'New York' and 'Washington' are the states only where they stand among states: see listed.
    towns = {e.place.country: _size(e) for e in reversed(known) if e.kind in TOWNS}
    known = [e for e in known if e.kind not in DIVISIONS or towns.get(e.place.country, 0.0) < _size(e)]
    cities = all(e.kind in TOWNS - {"capital"} and e.population < METROPOLIS for e in known)
    if not cities or any(_is_supported(entry, key, evidence) for entry in known):
        return known
    local = [e for e in candidates if evidence.divisions[e.admin] and _is_near(e, key, evidence)]
    return [*known, *local]


def ranked(candidates: Sequence[Entry], *, key: str, evidence: Evidence) -> list[tuple[float, Entry]]:
    """Return the candidates with their scores, the one that fits the page best first."""
    scored = ((_score(entry, key, evidence), entry) for entry in candidates)
    return sorted(scored, key=lambda pair: -pair[0])


def bears_out(entry: Entry, *, key: str, evidence: Evidence) -> bool:
    """Tell whether the page makes it likely that a name that may be a person's or a firm's is this place's."""
    if entry.kind in TOWNS and entry.population < KNOWN:
        return _is_near(entry, key, evidence)
    return evidence.countries[entry.place.country or ""] > 0


def _is_known(entry: Entry) -> bool:
    return entry.kind not in TOWNS - {"capital"} | {"county"} or entry.population >= KNOWN


def is_small(entry: Entry) -> bool:
    """Tell whether so few know the place, or so many share its name, that the page must support it."""
    if entry.kind == "county":
        return entry.population < KNOWN
    return entry.kind in TOWNS - {"capital"} and entry.population < SMALL


def sole(candidates: Sequence[Entry]) -> Entry | None:
    """Return the only place with the name, if it is a town that is not too small."""
    first = candidates[0]
    if first.kind not in TOWNS or first.population < SOLE:
        return None
    return first if all(kilometres(e.place, first.place) <= NEAR_KM for e in candidates[1:]) else None


def _size(entry: Entry) -> float:
    return log10(entry.population + 10.0) + (CAPITAL if entry.kind == "capital" else 0)


def _is_supported(entry: Entry, key: str, evidence: Evidence) -> bool:
    return _is_near(entry, key, evidence) or evidence.divisions[entry.admin] > 0


def _is_near(entry: Entry, key: str, evidence: Evidence) -> bool:
    return any(
        other != key and kilometres(entry.place, anchor.place) <= NEAR_KM for other, anchor in evidence.anchors.items()
    )


def _score(entry: Entry, key: str, evidence: Evidence) -> float:
    found = _size(entry)
    if key != folded(entry.place.name):
        found -= SPELLING
    if entry.kind == "country":
        found += COUNTRY
    times = evidence.countries[entry.place.country or ""]
    if times:
        found += MENTIONED + min(MENTIONED_AGAIN, log10(times))
    if entry.kind in DIVISIONS:
        land = entry.admin.partition(".")[0]
        if any(peer != entry.admin and peer.startswith(f"{land}.") for peer in evidence.peers):
            found += PEERS
    if evidence.divisions[entry.admin]:
        found += DIVISION
    if entry.kind in TOWNS and _is_near(entry, key, evidence):
        found += NEARBY
    if evidence.outlet is not None and entry.place.country == evidence.outlet:
        found += OUTLET
    return found
