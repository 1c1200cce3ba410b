"""Positions as tables for people."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.cli.screen import frame, short_id, shortened, when
from communique.positions.account import Account, Change, Contradiction, Position

# Columns as communique.cli.screen has them.
POSITION_COLUMNS = {"day": -12, "side": -16, "who": 2, "act": -10, "words": 5, "printed": -9}
PAIR_COLUMNS = {"": -12, "one": 4, "other": 4, "why": 3}


def account(found: Account, only: str | None) -> RenderableType:
    """Return the contradictions, the changes and all positions; or only those."""
    parts: list[RenderableType] = []
    if found.contradictions and only in {None, "contradictions"}:
        parts += [_contradictions(found.contradictions), ""]
    if found.changes and only in {None, "changes"}:
        parts += [_changes(found.changes), ""]
    if found.positions and only in {None, "positions"}:
        parts.append(_positions(found.positions))
    return Group(*parts)


def _contradictions(found: Iterable[Contradiction]) -> Table:
    table = frame("Where they contradict each other", PAIR_COLUMNS)
    for one in found:
        why = Text("; ".join(one.reasons), style="dim")
        table.add_row(
            short_id(one.one.statement.id), Text(one.kind, style="cyan"), _told(one.one), _told(one.other), why
        )
    return table


def _changes(found: Iterable[Change]) -> Table:
    table = frame("Where a side changes", PAIR_COLUMNS)
    for one in found:
        why = Text("; ".join(one.reasons), style="dim")
        table.add_row(short_id(one.before.statement.id), Text(one.side), _told(one.before), _told(one.after), why)
    return table


def _told(one: Position) -> Text:
    head = (f"{one.speaker or one.side}, {when(one.day) if one.day else 'no day'}: ", "bold")
    return Text.assemble(head, (f"{one.act} ", "cyan"), shortened(one.told))


def _positions(found: Iterable[Position]) -> Table:
    table = frame("What they said, in time", POSITION_COLUMNS)
    for one in found:
        printed = f"{one.spread.articles}×" if one.spread.articles > 1 else ""
        day = when(one.day) if one.day else ""
        table.add_row(
            short_id(one.statement.id), day, one.side, one.speaker or "", Text(one.act, style="cyan"),
            shortened(one.told), printed,
        )  # fmt: skip
    return table
