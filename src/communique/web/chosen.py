"""Filters in addresses: every view is told by its query alone, so that its address can be kept and shared."""

from collections.abc import Mapping

from communique.archive.entries import ORDERS, Hits, Order
from communique.errors import UsageError
from communique.filters import FILTERS

LONGEST = 500


def chosen_filters(query: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a query, by key; empty fields of a form are left out, other parameters ignored."""
    return {key: value for key in FILTERS if (value := query.get(key, "").strip()[:LONGEST])}


def hits_of(kind: str, query: Mapping[str, str]) -> Hits:
    """Return what a query asks for of a kind of record: filters, and the words of ``q``."""
    return Hits(kind, chosen_filters(query), query.get("q", "").strip()[:LONGEST])


def order_of(query: Mapping[str, str]) -> Order | None:
    """Return the order that a query asks for by ``sort``. Raises UsageError when there is none of this name."""
    asked = query.get("sort", "")
    for order in ORDERS:
        if order == asked:
            return order
    if asked:
        raise UsageError(f"no order {asked[:40]!r}", remedy=f"one of {', '.join(ORDERS)}")
    return None


def number(query: Mapping[str, str], key: str, *, default: int = 1, most: int = 1_000_000) -> int:
    """Return a parameter that is a whole number of 1 or more; the default for anything else."""
    value = query.get(key, "")
    return (
        min(int(value), most)
        if value.isascii() and value.isdigit() and 0 < len(value) < 10 and int(value)
        else default
    )
