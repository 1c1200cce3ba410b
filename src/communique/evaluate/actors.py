"""Resolved actors against gold: the country, the sector and the name that a mention should resolve to.

The cases and what counts as right follow the resolution tests of NGEC (Halterman et al. 2023), the coder of POLECAT:
a mention out of its page, with a few words of context and the day at most.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from spacy.tokens import Doc

from communique.actors.asking import whom
from communique.evaluate.gold import as_article
from communique.records import Article

# What says that no sector can be told.
NO_SECTOR = frozenset({"", "UNK", "JNK"})
Codes = str | tuple[str, ...]


class GoldActor(msgspec.Struct, frozen=True):
    """A mention, and what it should resolve to; a field that is None is not asked for, several values are all right.

    ``context`` are words that were on the page before it, mostly a country; ``date`` is the article's day.
    ``country_not`` is a wrong answer that was once given.
    """

    id: str
    mention: str
    context: str = ""
    date: str | None = None
    country: Codes | None = None
    country_not: Codes | None = None
    sector: Codes | None = None
    title: Codes | None = None

    def article(self, undated: str) -> Article:
        """Return the mention as a page of its own, of the day ``undated`` if it has none."""
        text = f"{self.context}.\n{self.mention}" if self.context else self.mention
        return as_article(text, self.date or undated)


class FoundActor(msgspec.Struct, frozen=True):
    """Whom the mention of this id was resolved to; "" is nobody known."""

    id: str
    country: str = ""
    sector: str = ""
    title: str = ""


def found_actor(gold: GoldActor, doc: Doc) -> FoundActor:
    """Return whom the mention's words are taken for."""
    actor = whom(doc, start=len(doc.text) - len(gold.mention))
    if actor is None:
        return FoundActor(gold.id)
    return FoundActor(gold.id, actor.country or "", actor.sector or "", actor.name if actor.id else "")


@dataclass(frozen=True)
class Figures:
    """Of how many mentions each field was asked for, and of how many it was right, by field."""

    mentions: int
    right: Mapping[str, int]
    asked: Mapping[str, int]

    def lines(self) -> list[str]:
        """Return the figures as lines, ready to print."""
        made = [f"{self.mentions} mentions"]
        for field, asked in self.asked.items():
            if asked:
                made.append(f"{field:<8}{self.right[field] / asked:.3f}  {self.right[field]} of {asked}")
        return made


def figures(compared: Iterable[tuple[GoldActor, FoundActor]]) -> Figures:
    """Return how often country, sector and both are right."""
    mentions = 0
    right, asked = ({"country": 0, "sector": 0, "both": 0} for _ in range(2))
    for gold, found in compared:
        mentions += 1
        for field, is_right in judged(gold, found).items():
            asked[field] += 1
            right[field] += is_right
    return Figures(mentions, right, asked)


def judged(gold: GoldActor, found: FoundActor) -> dict[str, bool]:
    """Return which fields are right, of those that the gold says something of."""
    made = {}
    if gold.country is not None:
        made["country"] = found.country in _codes(gold.country)
    elif gold.country_not is not None:
        made["country"] = found.country not in _codes(gold.country_not)
    if gold.sector is not None:
        wanted = _codes(gold.sector)
        made["sector"] = found.sector in wanted or (found.sector in NO_SECTOR and bool(NO_SECTOR & set(wanted)))
    if len(made) == 2:
        made["both"] = all(made.values())
    return made


def _codes(codes: Codes) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else codes
