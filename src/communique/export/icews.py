"""Events as tab-separated rows with the twenty columns of the ICEWS Coded Event Data (Harvard Dataverse).

ICEWS-like, not ICEWS: countries are ISO 3166-1 alpha-3 codes, sectors are PLOVER's, ids are the records' own, and the
intensity is the Goldstein score. What a record does not tell is empty: the text of the CAMEO code, the sentence's
number, the district. The format has no column for an event's status, so only what is told as fact is written.
"""

from collections.abc import Iterable, Iterator
from itertools import permutations, product
from typing import IO

from communique.export.rows import Row
from communique.records import Actor, Article, Event, Place

FIELDS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
"""The columns, in the order of the published files."""

FACTS = frozenset({"happened", "ongoing"})
WHOLE_DAY = len("YYYY-MM-DD")


def icews_rows(event: Event, article: Article) -> Iterator[Row]:
    """Yield a row for each source and target of an event told as fact; a side that nobody is on is empty.

    What several do together, such as talks, has a row for each of them towards each other.
    """
    if event.status not in FACTS or event.conditional:
        return
    pairs: Iterable[tuple[Actor | None, Actor | None]] = product(event.source or (None,), event.target or (None,))
    if event.symmetric and not event.target and len(event.source) > 1:
        pairs = permutations(event.source, 2)
    for number, (source, target) in enumerate(pairs, start=1):
        yield {
            **dict.fromkeys(FIELDS),
            "Event ID": f"{event.id}-{number}",
            "Event Date": event.date if event.date and len(event.date) == WHOLE_DAY else None,
            **_side("Source", source),
            "CAMEO Code": event.cameo,
            "Intensity": event.goldstein,
            **_side("Target", target),
            "Story ID": article.id,
            "Publisher": article.outlet.name if article.outlet else None,
            **_where(event.place),
        }


def _side(role: str, actor: Actor | None) -> Row:
    if actor is None:
        return {}
    return {f"{role} Name": actor.name, f"{role} Sectors": actor.sector, f"{role} Country": actor.country}


def _where(place: Place | None) -> Row:
    if place is None:
        return {}
    # A point may be a building or a hill: only what is known to be a city or a region has its name written.
    level = {"city": "City", "region": "Province"}.get(place.precision or "")
    named = {level: place.name} if level else {}
    return {**named, "Country": place.country, "Latitude": place.lat, "Longitude": place.lon}


def write_icews(pairs: Iterable[tuple[Event, Article]], out: IO[str]) -> int:
    """Write events with their articles, after a header; return how many rows. White space in a value is one space."""
    out.write("\t".join(FIELDS) + "\n")
    written = 0
    for event, article in pairs:
        for row in icews_rows(event, article):
            out.write("\t".join(_cell(row[name]) for name in FIELDS) + "\n")
            written += 1
    return written


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
