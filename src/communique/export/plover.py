"""Events as PLOVER's JSON records, one a line: the layout of the PLOVER manual 2.0 (Open Event Data Alliance, 2024).

The manual requires an id, a date, an actor and an event type, and for some types a recipient; an event without them is
left out, as one that is not told as a fact. What a record does not know has no field.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import msgspec

from communique.export.facts import told_as_fact
from communique.ontology import ontology
from communique.records import Actor, Article, Event, Place

CODEBOOK = "plover-2.0"
# The manual's own code; ISO 3166 has none, and others have XKX.
CODES = {"XKX": "KOS"}
# What the records count, in the manual's words for the size of an event.
SIZES = {"killed": "dead", "injured": "injured", "arrested": "arrested"}
# The manual's scale goes from 1, a country, to 5, a point in a town; a region may be anything between.
RESOLUTION = {"country": 1, "city": 4, "point": 5}


def plover_record(event: Event, article: Article) -> dict[str, Any] | None:
    """Return an event as a PLOVER record; None for one that is none, or lacks what the manual requires.

    A date that the page does not tell is that of the article. Beside the manual's fields, ``counts`` has all counts.
    """
    first, _, last = (event.date or article.day or "").partition("/")
    if not (told_as_fact(event) and first and event.source):
        return None
    types = ontology().types
    if event.type in types and types[event.type].recipient and not (event.target or event.symmetric):
        return None
    start, end = event.evidence
    return _known(
        id=event.id,
        date=first,
        enddate=last if last != first else None,
        actor=_entities(event.source),
        recipient=_entities(event.target),
        event=[event.type],
        event_loc=_location(event.place),
        event_text=[article.text[start:end]],
        quad_code=event.quad,
        event_scale=event.goldstein,
        mode=[event.mode] if event.mode else [],
        context=list(event.context),
        size={SIZES[what]: number for what, number in sorted(event.counts.items()) if what in SIZES},
        counts=dict(sorted(event.counts.items())),
        text_info={"start": start, "end": end},
        cite_info=_known(
            citation=article.id,
            url=article.url,
            title=article.title,
            language=article.language,
            publication=article.outlet and (article.outlet.name or article.outlet.domain),
            coder="communique",
            codebook=CODEBOOK,
        ),
        coder=event.made_by,
    )


def _known(**fields: Any) -> dict[str, Any]:
    """Return the fields that have a value."""
    return {name: value for name, value in fields.items() if value not in (None, [], {}, "")}


def _entities(actors: Sequence[Actor]) -> list[dict[str, Any]]:
    """Return actors as entities; ``actor_id``, beside the manual's fields, is the records' own id."""
    return [
        _known(
            code=CODES.get(actor.country or "", actor.country),
            sector=actor.sector,
            entity_text=actor.mention.text if actor.mention else None,
            identifier_text=actor.name,
            office=actor.office,
            actor_id=actor.id,
        )
        for actor in actors
    ]


def _location(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    number = place.gazetteer_id
    return _known(
        resolved_place=place.name,
        geonameid=int(number) if number and number.isascii() and number.isdigit() else None,
        lat=place.lat,
        lon=place.lon,
        city=place.name if place.precision == "city" else None,
        country_code=CODES.get(place.country or "", place.country),
        resolution=RESOLUTION.get(place.precision or ""),
    )


def write_plover(pairs: Iterable[tuple[Event, Article]], out: IO[str]) -> int:
    """Write events with their articles, one a line; return how many."""
    written = 0
    for record in _records(pairs):
        out.write(msgspec.json.encode(record).decode() + "\n")
        written += 1
    return written


def _records(pairs: Iterable[tuple[Event, Article]]) -> Iterator[dict[str, Any]]:
    return (record for event, article in pairs if (record := plover_record(event, article)) is not None)
