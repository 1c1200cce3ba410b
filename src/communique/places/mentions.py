"""Mentions of places in a Doc, and which of them is the place of a clause."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from communique.records import Place

# What something happens in or near; 'from' and 'to' are not where it happens, save with the verbs below.
LOCATIVE = frozenset(
    "in at near outside inside around across on over off along within throughout by beside under amid above "
    "beneath opposite".split()
)
PATHS = frozenset({"to", "into", "toward", "towards", "onto", "from", "for", "through", "via"})


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """Words that name a place.

    ``start`` and ``end`` are token indices, half open. ``governor`` is the index of the verb or noun that the words
    belong to and ``relation`` how: a preposition ("in"), "object" of a verb of going, holding or striking, "title"
    of a noun ('the Moscow talks'), or "" for any other. ``moving`` tells whether the governor is a verb or noun of
    movement, whose goal is where it ends. ``use`` is "place"; "government" where the name stands for who rules or acts
    there ('Moscow said'); or "name" where it is part of another's ('the California Department of Health').
    """

    start: int
    end: int
    place: Place
    governor: int
    relation: str
    moving: bool
    use: str = "place"


def place_of(places: Iterable[PlaceMention], tokens: Collection[int], *, head: int | None = None) -> Place | None:
    """Return the place of a clause, None when it names none.

    ``tokens`` are the indices of the clause's tokens and ``head`` that of its verb or of the noun that names the
    event. A place in a locative phrase is taken, the head's own first; the goal of a movement ('arrived from Minsk
    in Moscow' gives Moscow); what a verb of going or striking has as its object ('left Kyiv', 'shelled Kharkiv').
    """

    def rank(mention: PlaceMention) -> tuple[int, int, int]:
        own = 0 if mention.governor == head else 1
        goal = 1 if mention.relation in PATHS else 0
        return own, goal, mention.start

    found = [m for m in places if m.start in tokens and _locates(m, head)]
    best = min(found, key=rank, default=None)
    return best.place if best else None


def _locates(mention: PlaceMention, head: int | None) -> bool:
    if mention.relation in LOCATIVE or mention.relation == "object":
        return True
    if mention.relation in PATHS:
        return mention.moving and mention.relation not in {"from", "for", "through", "via"}
    return mention.relation == "title" and mention.governor == head
