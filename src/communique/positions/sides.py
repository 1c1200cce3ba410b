"""The sides whose positions are asked for: a state's officials, everybody of a country, a person, an organisation."""

from dataclasses import dataclass

from communique.actors.lexicon import Lexicon, straight
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
    def named(cls, name: str, known: Lexicon, *, anyone: bool = False) -> "Side":
        """Return the side of this name: a state's code is its officials, or with ``anyone`` all of the country.

        An organisation that is known by the name is found by all its other names. Raises UsageError for a name
        without a word.
        """
        if name in known.states:
            return cls(name, Voice(country=name, sectors=() if anyone else OFFICIAL))
        if not words(name):
            raise UsageError(f"{name!r} is no side", remedy="a country's code such as GBR, or words of a name")
        bodies = (one.actor for one in known.names.get(straight(name), ()) if one.what == "organisation")
        body = next((actor.id for actor in bodies if actor is not None), None)
        return cls(name, Voice(name=name, identity=body or name))

    def has(self, actor: Actor | None, mention: str) -> bool:
        """Tell whether an actor, named so on the page, speaks for the side."""
        country = self.voice.country
        if country is not None:
            if actor is None or actor.country != country:
                return False
            return not self.voice.sectors or actor.sector in self.voice.sectors or actor.kind in STATES
        asked = words(self.voice.name or "")
        names = (mention,) if actor is None else (mention, actor.name)
        is_known = actor is not None and actor.id is not None and actor.id == self.voice.identity
        return is_known or any(asked in words(name) for name in names)
