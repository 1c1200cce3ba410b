"""The sides whose positions are asked for: a state's officials, everybody of a country, a person, an organisation."""

from collections.abc import Iterable
from dataclasses import dataclass

from communique.actors.lexicon import Lexicon, straight
from communique.archive.voices import Voice
from communique.errors import UsageError
from communique.filters import words
from communique.records import Actor

PERSON = "person"
OFFICIAL = ("GOV", "MIL", "SPY", "COP", "IGO")
"""PLOVER's sectors that speak for a state; a legislator, judge or former minister speaks for nobody else."""
STATES = frozenset({"state", "government"})
# 'Apple critic Tim Sweeney', 'former Boeing engineer Ed Pierson' do not speak for the body that is named.
NOT_FOR = frozenset({
    "critic", "critics", "former", "ex", "rival", "rivals", "opponent", "opponents", "foe", "foes", "victim",
    "victims", "defector", "defectors", "customer", "customers", "whistleblower", "whistleblowers",
})  # fmt: skip
# 'Donald Trump Jr.' is somebody else.
OTHERS = frozenset({"jr", "junior", "sr", "senior", "ii", "iii"})


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
        is_known = actor is not None and actor.id is not None and actor.id == self.voice.identity
        return is_known or self._is_called(mention) or (actor is not None and self._is_called(actor.name))

    def _is_called(self, name: str) -> bool:
        """Tell whether somebody of this name or description is the side, or speaks for it."""
        asked, told = words(self.voice.name or ""), words(name)
        before, found, after = told.partition(asked)
        is_other = bool(OTHERS & set(after.split()[:1])) or bool(NOT_FOR & {*before.split(), *after.split()[:1]})
        return bool(found) and not is_other

    def spokesmen(self, actors: Iterable[Actor]) -> frozenset[str]:
        """Return the ids of the persons of a page who speak for the side by what they are somewhere called.

        'Apple chief executive Tim Cook' speaks for Apple where he is only 'Cook', too. Nobody speaks so for a person.
        """
        known = list(actors)
        if self.voice.country is not None or any(a.kind == PERSON and self._is_called(a.name) for a in known):
            return frozenset()
        return frozenset(
            a.id
            for a in known
            if a.id and a.kind == PERSON and a.mention is not None and self._is_called(a.mention.text)
        )
