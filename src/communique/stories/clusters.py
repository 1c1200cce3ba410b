"""Clusters from links: the strongest link first, and never one that would join what must stay apart.

The result depends on the links alone, not on the order in which they were found, and a chain of weak likenesses
(A like B, B like C, …) cannot join what has nothing in common: whether two clusters may be joined is asked of all
their members.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Pair(NamedTuple):
    """Two members that are linked, and how strongly; ``one`` is the smaller id."""

    score: float
    one: str
    other: str


def clusters(pairs: Iterable[Pair], may_join: Callable[[Sequence[str], Sequence[str]], bool]) -> list[list[str]]:
    """Return the clusters of two or more members, each sorted, the one with the smallest id first.

    ``may_join`` tells of two clusters' members whether they may become one; it must not depend on their order.

    >>> clusters([Pair(.9, "a", "b"), Pair(.8, "b", "c")], lambda one, other: len(one) + len(other) < 3)
    [['a', 'b']]
    """
    home: dict[str, list[str]] = {}
    refused: set[tuple[str, str]] = set()
    for _, one, other in sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other)):
        here, there = home.setdefault(one, [one]), home.setdefault(other, [other])
        # A cluster that grew is another one: its size is part of its name.
        names = sorted((f"{here[0]} {len(here)}", f"{there[0]} {len(there)}"))
        if here is there or (names[0], names[1]) in refused:
            continue
        if may_join(here, there):
            joined = sorted([*here, *there])
            home.update(dict.fromkeys(joined, joined))
        else:
            refused.add((names[0], names[1]))
    found = {members[0]: members for members in home.values() if len(members) > 1}
    return [found[first] for first in sorted(found)]
