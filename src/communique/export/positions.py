"""Positions, contradictions and changes as flat rows, for CSV and Parquet: several values of a field are a list."""

from collections.abc import Mapping

import pyarrow as pa

from communique.export.accounts import NUMBER, SPREAD, TEXT, TEXTS, spread_row
from communique.export.rows import Row
from communique.positions.account import Change, Contradiction, Position

POSITIONS: Mapping[str, pa.DataType] = {
    **dict.fromkeys(("side", "day", "act", "words", "about", "speaker", "id", "article"), TEXT),
    **SPREAD,
}  # fmt: skip
_SIDES = ("side", "day", "act", "words", "speaker", "id")
CONTRADICTIONS: Mapping[str, pa.DataType] = {
    "kind": TEXT, "score": NUMBER, "reasons": TEXTS,
    **{f"{which}_{field}": TEXT for which in ("one", "other") for field in _SIDES},
}  # fmt: skip
CHANGES: Mapping[str, pa.DataType] = {
    "side": TEXT, "score": NUMBER, "reasons": TEXTS,
    **{f"{which}_{field}": TEXT for which in ("before", "after") for field in _SIDES[1:]},
}  # fmt: skip
"""The columns of each table, in order, with their types."""


def position(one: Position) -> Row:
    """Return a position as a row."""
    return {**_side(one), "about": one.about, "article": one.statement.article, **spread_row(one.spread)}


def contradiction(one: Contradiction) -> Row:
    """Return a contradiction as a row."""
    return {"kind": one.kind, **_match(one), **_sides({"one": one.one, "other": one.other})}


def change(one: Change) -> Row:
    """Return a change as a row."""
    return {"side": one.side, **_match(one), **_sides({"before": one.before, "after": one.after})}


def _match(one: Contradiction | Change) -> Row:
    return {"score": one.score, "reasons": list(one.reasons)}


def _sides(both: Mapping[str, Position]) -> Row:
    return {f"{which}_{field}": value for which, one in both.items() for field, value in _side(one).items()}


def _side(one: Position) -> Row:
    return {
        "side": one.side, "day": one.day, "act": one.act, "words": one.told, "speaker": one.speaker,
        "id": one.statement.id,
    }  # fmt: skip
