"""Stories, distinct events and series as flat rows, for CSV and Parquet: several values of a field are a list."""

from collections.abc import Mapping

import msgspec
import pyarrow as pa

from communique.export.rows import Row
from communique.series import Point
from communique.stories.accounts import DistinctEvent, Spread, Story

TEXT, NUMBER, WHOLE, TEXTS = pa.string(), pa.float64(), pa.int64(), pa.list_(pa.string())

SPREAD = {"articles": WHOLE, "reports": WHOLE, "outlets": TEXTS, "outlet_countries": TEXTS}
_ACTOR = ("id", "name", "country", "sector")

STORIES: Mapping[str, pa.DataType] = {"id": TEXT, "title": TEXT, "first": TEXT, "last": TEXT, **SPREAD}
DISTINCT_EVENTS: Mapping[str, pa.DataType] = {
    **dict.fromkeys(("id", "type", "mode", "status", "day", "place", "place_country", "cameo"), TEXT),
    "quad": WHOLE,
    "goldstein": NUMBER,
    **{f"{role}_{field}": TEXTS for role in ("source", "target") for field in _ACTOR},
    **SPREAD,
    "told_best_in": TEXT,
}
_PLAIN = {str: TEXT, int: WHOLE, float: NUMBER}
SERIES: Mapping[str, pa.DataType] = {
    field.name: _PLAIN[field.type if field.type in _PLAIN else field.type.__args__[0]]
    for field in msgspec.structs.fields(Point)
}
"""The columns of each table, in order, with their types."""


def story(one: Story) -> Row:
    """Return a story as a row."""
    return {"id": one.id, "title": one.title, "first": one.first, "last": one.last, **spread_row(one.spread)}


def distinct_event(one: DistinctEvent) -> Row:
    """Return a distinct event as a row; ``told_best_in`` is the id of the record that its fields are from."""
    event = one.event
    sides = {
        f"{role}_{field}": [getattr(actor, field) for actor in getattr(event, role)]
        for role in ("source", "target")
        for field in _ACTOR
    }
    return {
        "id": one.id,
        **{field: getattr(event, field) for field in ("type", "mode", "status")},
        "day": one.day,
        "place": event.place.name if event.place is not None else None,
        "place_country": event.place.country if event.place is not None else None,
        **{field: getattr(event, field) for field in ("cameo", "quad", "goldstein")},
        **sides,
        **spread_row(one.spread),
        "told_best_in": event.id,
    }


def point(one: Point) -> Row:
    """Return a point of a series as a row."""
    return msgspec.structs.asdict(one)


def spread_row(spread: Spread) -> Row:
    """Return how widely something is spread, as the columns SPREAD."""
    lists = {"outlets": list(spread.outlets), "outlet_countries": list(spread.countries)}
    return {"articles": spread.articles, "reports": spread.reports, **lists}
