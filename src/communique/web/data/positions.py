"""What the page of positions tells: two sides, what they say of an issue, where they contradict each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.language import Language

from communique.actors.lexicon import lexicon
from communique.archive.reading import Readings
from communique.positions.account import Account, account
from communique.positions.judging import Judge
from communique.positions.sides import Side
from communique.web.chosen import LONGEST

MOST = 200
"""Articles that are read while somebody waits: the latest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for; ``other`` is empty where one side is asked for, ``about`` where anything counts."""

    one: str
    other: str
    about: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """Return what a query asks for."""
        return cls(*(query.get(key, "").strip()[:LONGEST] for key in ("one", "other", "about")))


def positions_of(
    readings: Readings, asked: Asked, chosen: dict[str, str], nlp: Language, judge: Judge | None
) -> Account:
    """Return the positions asked for. Raises UsageError for a side or an issue without words, or a wrong filter."""
    sides = [Side.named(name, lexicon()) for name in (asked.one, asked.other) if name]
    with readings.open() as archive:
        return account(archive, sides, asked.about or None, chosen, nlp=nlp, judge=judge, most=MOST)
