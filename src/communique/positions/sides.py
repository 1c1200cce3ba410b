"""The sides whose positions are asked for: a state's officials, everybody of a country, a person, an organisation."""

from collections.abc import Container
from dataclasses import dataclass

from communique.archive.voices import Voice
from communique.errors import UsageError
from communique.filters import words
from communique.records import Actor

OFFICIAL = ("GOV", "MIL", "SPY", "COP", "IGO")
"""PLOVER's sectors that speak for a state; a legislator, judge or former minister speaks for nobody else."""
STATES = frozenset({"state", "government"})


@dataclass(frozen=True)
class Side:
    """A side as it was named: ``voice`` is how the archive finds it."""

    name: str
    voice: Voice

    @classmethod
    def named(cls, name: str, codes: Container[str], *, anyone: bool = False) -> "Side":
        """Return the side of this name: a code of ``codes`` is a country's officials, or with ``anyone`` all of it.

        Raises UsageError for a name without a word.
        """
        if name in codes:
            return cls(name, Voice(country=name, sectors=() if anyone else OFFICIAL))
        if not words(name):
            raise UsageError(f"{name!r} is no side", remedy="a country's code such as GBR, or words of a name")
        return cls(name, Voice(name=name))

    def has(self, actor: Actor | None, mention: str) -> bool:
        """Tell whether an actor, named so on the page, speaks for the side."""
        country = self.voice.country
        if country is not None:
            if actor is None or actor.country != country:
                return False
            return not self.voice.sectors or actor.sector in self.voice.sectors or actor.kind in STATES
        asked = words(self.voice.name or "")
        names = (mention,) if actor is None else (mention, actor.name)
        return (actor is not None and actor.id == self.name) or any(asked in words(name) for name in names)
