"""Which place a name means: containment, then the countries that the article names, then size."""

from collections import Counter
from collections.abc import Sequence
from math import log10

from communique.places.gazetteer import Entry, kilometres

# Orders of magnitude of population that evidence is worth; set by judgement, to be measured by the places scorer.
CAPITAL = 0.7
COUNTRY = 2.0
MENTIONED = 1.5
MENTIONED_AGAIN = 1.0
OUTLET = 0.3
NEAR_CONTAINER_KM = 900.0
CONTAINERS = frozenset({"country", "state", "province", "nation", "region", "island", "territory"})


def contained(candidates: Sequence[Entry], containers: Sequence[Entry]) -> tuple[Entry, Entry] | None:
    """Return the candidate and the container of 'Springfield, Illinois' that fit together, None when none do."""
    fitting = []
    for container in containers:
        if container.kind not in CONTAINERS:
            continue
        for candidate in candidates:
            if candidate is container or candidate.place.country != container.place.country:
                continue
            if container.kind == "country":
                fitting.append((-candidate.population, candidate, container))
            elif container.admin and candidate.admin:
                if container.admin == candidate.admin:
                    fitting.append((-candidate.population, candidate, container))
            elif kilometres(candidate.place, container.place) <= NEAR_CONTAINER_KM:
                fitting.append((-candidate.population, candidate, container))
    best = min(fitting, key=lambda fit: fit[0], default=None)
    return best[1:] if best else None


def likeliest(candidates: Sequence[Entry], *, countries: Counter[str], outlet: str | None) -> Entry:
    """Return the candidate that fits the article best.

    ``countries`` counts the mentions of countries, by code, ``outlet`` is the country of the publisher.
    """

    def score(entry: Entry) -> float:
        found = log10(entry.population + 10.0)
        if entry.kind == "capital":
            found += CAPITAL
        if entry.kind == "country":
            found += COUNTRY
        times = countries[entry.place.country or ""]
        if times:
            found += MENTIONED + min(MENTIONED_AGAIN, log10(times))
        if outlet is not None and entry.place.country == outlet:
            found += OUTLET
        return found

    return max(candidates, key=score)
