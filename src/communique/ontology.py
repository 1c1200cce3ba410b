"""The ontology of events: PLOVER's types, modes and contexts, CAMEO's codes and Goldstein's scores, read as data.

PLOVER is the Open Event Data Alliance's (2.0 draft, 2024); CAMEO is Gerner, Schrodt & Yilmaz (2012); the scores are
Goldstein (1992) as published for CAMEO. The tables are ``knowledge/plover.toml`` and ``knowledge/cameo.tsv``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from communique.errors import KnowledgeError
from communique.knowledge import document, table, values
from communique.records import EventType


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """An event type, PLOVER's or the user's own.

    ``quad`` is 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; ``score`` the
    plain type's value from -10 (conflict) to 10 (cooperation); ``recipient`` whether the codebook requires one;
    ``cameo`` the code of an act of which no more is known ("" when there is none); ``modes`` their meaning by
    name; ``planned`` the type that the codebook gives the act while it is only announced, None when it stays the same;
    ``goldstein`` the score of all events of the type, None when their CAMEO codes give it.
    """

    quad: int
    score: float
    recipient: bool
    cameo: str
    definition: str
    modes: Mapping[str, str]
    planned: EventType | None = None
    goldstein: float | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A CAMEO code: its name, the PLOVER type, mode and contexts it stands for, and its Goldstein score.

    ``type`` is None for codes of what is only said (01, 02), which PLOVER does not have.
    """

    name: str
    type: EventType | None
    mode: str | None
    context: tuple[str, ...]
    goldstein: float


@dataclass(frozen=True, slots=True)
class Kind:
    """A PLOVER mode and a CAMEO code, each None when it is open."""

    mode: str | None = None
    cameo: str | None = None


@dataclass(frozen=True, slots=True)
class Ontology:
    """The event types, codes, contexts and sectors, and how an act of word is coded by what it is about.

    ``cameo_sectors`` are the PLOVER sectors of CAMEO's actor codes, where these differ or stand for whole bodies.
    """

    types: Mapping[str, TypeFacts]
    codes: Mapping[str, Code]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    cameo_sectors: Mapping[str, str]
    context_words: Mapping[str, tuple[str, ...]]
    _about: Mapping[str, Mapping[str, Kind]]
    _finer: Mapping[str, Mapping[str, Kind]]

    def about(self, act: str, content: str, cameo: str | None) -> Kind:
        """Return mode and code of an act of word (AGREE, REQUEST, REJECT, THREATEN) about an act of type ``content``.

        ``cameo`` is the code of the act spoken of: a threat of sanctions (163) is 1312, of dismissal of envoys 136.

        >>> ontology().about("REQUEST", "CONSULT", "046")
        Kind(mode='meet', cameo='106')
        """
        finer = self._finer.get(act, {})
        for length in (4, 3):
            if cameo is not None and cameo[:length] in finer:
                return finer[cameo[:length]]
        return self._about.get(act, {}).get(content, Kind())

    def goldstein(self, cameo: str | None) -> float | None:
        """Return the Goldstein score of a CAMEO code, None when it has none."""
        return self.codes[cameo].goldstein if cameo is not None and cameo in self.codes else None

    def score(self, type: str, cameo: str | None) -> float | None:
        """Return the Goldstein score of an event: its type's own if the user's ontology gives one, else its code's.

        >>> ontology().score("ASSAULT", "195")
        -10.0
        """
        own = self.types[type].goldstein
        return own if own is not None else self.goldstein(cameo)

    def when_planned(self, type: str) -> str:
        """Return the type under which PLOVER's codebook files an act that is only announced.

        >>> ontology().when_planned("CONSULT"), ontology().when_planned("SANCTION"), ontology().when_planned("REQUEST")
        ('AGREE', 'THREATEN', 'REQUEST')
        """
        return self.types[type].planned or type


@cache
def ontology() -> Ontology:
    """Return the packaged ontology, read once.

    Raises KnowledgeError when a table names a type, mode or context that PLOVER doesn't have.
    """
    raw = document("plover.toml")
    types: dict[str, TypeFacts] = {
        event_type(name, "plover.toml"): _facts(entry) for name, entry in raw["types"].items()
    }
    codes = {
        row["code"]: Code(
            row["name"],
            event_type(row["type"], f"cameo.tsv: {row['code']}") if row["type"] else None,
            row["mode"] or None,
            values(row["context"]),
            float(row["goldstein"]),
        )
        for row in table("cameo.tsv")
    }
    built = Ontology(
        types=types,
        codes=codes,
        contexts=raw["contexts"],
        sectors=raw["sectors"],
        cameo_sectors=raw["cameo_sectors"],
        context_words={context: tuple(words.split()) for context, words in raw["context_words"].items()},
        _about={act: {name: Kind(**kind) for name, kind in about.items()} for act, about in raw["about"].items()},
        _finer={act: {code: Kind(**kind) for code, kind in finer.items()} for act, finer in raw["finer"].items()},
    )
    for code, facts in codes.items():
        if facts.type is not None:
            check(built, facts.type, facts.mode, facts.context, where=f"cameo.tsv: {code}")
    for facts_of_type in types.values():
        if facts_of_type.cameo not in codes:
            raise KnowledgeError(f"unknown CAMEO code {facts_of_type.cameo!r}", where="plover.toml")
    return built


def check(built: Ontology, type: str, mode: str | None, contexts: tuple[str, ...], *, where: str) -> None:
    """Raise KnowledgeError when there is no such type, it lacks the mode, or a context is none of PLOVER's."""
    if type not in built.types:
        raise KnowledgeError(f"unknown event type {type!r}", where=where)
    if mode is not None and mode not in built.types[type].modes:
        raise KnowledgeError(f"{type} has no mode {mode!r}", where=where)
    for context in contexts:
        if context not in built.contexts:
            raise KnowledgeError(f"unknown context {context!r}", where=where)


def event_type(name: str, where: str) -> EventType:
    """Return the name as an event type. Raises KnowledgeError when PLOVER has none of that name."""
    if name not in get_args(EventType):
        raise KnowledgeError(f"unknown event type {name!r}", where=where)
    return name  # type: ignore[return-value] # just checked


def _facts(entry: Mapping[str, Any]) -> TypeFacts:
    return TypeFacts(
        quad=entry["quad"],
        score=entry["score"],
        recipient=entry["recipient"],
        cameo=entry["cameo"],
        definition=entry["definition"],
        modes=entry.get("modes", {}),
        planned=event_type(entry["planned"], "plover.toml") if "planned" in entry else None,
    )
