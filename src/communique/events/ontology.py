"""PLOVER's event types and modes, CAMEO's codes and Goldstein's scale, read from their tables and checked."""

from dataclasses import dataclass
from functools import cache
from typing import get_args

from communique.errors import KnowledgeError
from communique.knowledge import document, table, values
from communique.records import EventType


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What PLOVER says of an event type: quad class, whether a target is required, its modes."""

    quad: int
    needs_target: bool
    modes: frozenset[str]
    definition: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """One sense of words that name an act (a row of event_triggers.tsv; its columns are explained there)."""

    lemma: str
    others: tuple[str, ...]
    pos: str
    type: EventType
    mode: str | None
    cameo: str
    symmetric: bool
    target: tuple[str, ...]
    needs: frozenset[str]
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """Types, trigger senses by lemma (longer phrases first) and Goldstein scores by CAMEO code."""

    types: dict[EventType, TypeFacts]
    verbs: dict[str, list[Trigger]]
    nouns: dict[str, list[Trigger]]
    goldstein: dict[str, float]


@cache
def ontology() -> Ontology:
    """Return the packaged ontology, read once.

    Raises KnowledgeError when a trigger names a type, mode or code that the other tables don't have.
    """
    types: dict[EventType, TypeFacts] = {}
    for word, facts in document("plover.toml")["types"].items():
        name = _type(word, "plover.toml")
        types[name] = TypeFacts(facts["quad"], facts["recipient"], frozenset(facts["modes"]), facts["definition"])
    goldstein = {row["code"]: float(row["goldstein"]) for row in table("cameo.tsv")}
    verbs: dict[str, list[Trigger]] = {}
    nouns: dict[str, list[Trigger]] = {}
    for row in table("event_triggers.tsv"):
        where = f"event_triggers.tsv: {row['words']}"
        kind = _type(row["type"], where)
        if row["mode"] and row["mode"] not in types[kind].modes:
            raise KnowledgeError(f"{kind} has no mode {row['mode']!r}", where=where)
        if row["cameo"] not in goldstein:
            raise KnowledgeError(f"unknown CAMEO code {row['cameo']!r}", where=where)
        words = row["words"].split()
        # A noun's phrase is found by its last word ('air strike'), a verb's by its first ('pull out').
        lemma, others = (words[0], words[1:]) if row["pos"] == "verb" else (words[-1], words[:-1])
        trigger = Trigger(
            lemma=lemma,
            others=tuple(others),
            pos=row["pos"],
            type=kind,
            mode=row["mode"] or None,
            cameo=row["cameo"],
            symmetric=row["target"].startswith("="),
            target=values(row["target"].lstrip("=")),
            needs=frozenset(values(row["needs"])),
            context=values(row["context"]),
        )
        (verbs if row["pos"] == "verb" else nouns).setdefault(lemma, []).append(trigger)
    for senses in (*verbs.values(), *nouns.values()):
        senses.sort(key=lambda t: (-len(t.others), not t.needs, not any(word.islower() for word in t.needs)))
    return Ontology(types, verbs, nouns, goldstein)


def _type(name: str, where: str) -> EventType:
    if name not in get_args(EventType):
        raise KnowledgeError(f"unknown event type {name!r}", where=where)
    return name  # type: ignore[return-value] # just checked
