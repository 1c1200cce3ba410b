"""Events as tab-separated rows with the twenty columns of the ICEWS Coded Event Data (Harvard Dataverse).

ICEWS-like, not ICEWS: countries are ISO 3166-1 alpha-3 codes, sectors are PLOVER's, ids are the records' own, and the
intensity is the Goldstein score. What a record does not tell is empty: the text of the CAMEO code, the sentence's
number, the district. The format has no column for an event's status, so only what is told as fact is written.
"""

from collections.abc import Iterable, Iterator
from typing import IO

from communique.export.facts import dyads, told_as_fact, whole_day
from communique.export.places import division_of, entry_of, is_division
from communique.export.rows import Row, write_tabs
from communique.records import Actor, Article, Event, Place

FIELDS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
"""The columns, in the order of the published files."""


def icews_rows(event: Event, article: Article) -> Iterator[Row]:
    """Yield a row for each source and target of an event told as fact; a side that nobody is on is empty.

    What several do together, such as talks, has a row for each of them towards each other.
    """
    if not told_as_fact(event):
        return
    for number, (source, target) in enumerate(dyads(event), start=1):
        yield {
            "Event ID": f"{event.id}-{number}",
            "Event Date": whole_day(event.date),
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
    entry = entry_of(place)
    return {
        # A point may be a building or a hill, a region a sea: only what is known to be a city is named as one.
        "City": place.name if place.precision == "city" else None,
        "Province": place.name if is_division(entry) else division_of(entry),
        "Country": place.country,
        "Latitude": place.lat,
        "Longitude": place.lon,
    }


def write_icews(pairs: Iterable[tuple[Event, Article]], out: IO[str]) -> int:
    """Write events with their articles, after a header; return how many rows. White space in a value is one space."""
    rows = (row for event, article in pairs for row in icews_rows(event, article))
    return write_tabs(rows, FIELDS, out, header=True)
