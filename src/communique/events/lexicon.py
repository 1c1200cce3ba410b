"""The lexicon of triggers: what words mean as acts between actors, read from triggers.tsv and triggers.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from communique.errors import KnowledgeError
from communique.knowledge import document, table, values
from communique.ontology import Ontology, check, event_type, ontology
from communique.records import EventType

OBJECT_KINDS = frozenset({"actor", "person", "victim"})
FLAGS = frozenset(
    "symmetric mutual plural about armed state civil police labour org airborne person conditional that infinitive "
    "hostile hostile_only cooperative transitive own own_or_light light gift partner plural_noun violent consume "
    "willing passive named_forces bare object to_infinitive undergo people crowd".split()
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of words that name an act; the columns are explained at the head of triggers.tsv."""

    lemma: str
    others: tuple[str, ...]
    pos: str
    objects: frozenset[str]
    type: EventType
    mode: str | None
    cameo: str
    context: tuple[str, ...]
    target: tuple[str, ...]
    flags: frozenset[str]

    @property
    def name(self) -> str:
        """The words, for people."""
        words = (self.lemma, *self.others) if self.pos == "verb" else (*self.others, self.lemma)
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Senses by lemma, the most specific first, and the word classes and lists that the grammar refers to."""

    verbs: Mapping[str, tuple[Sense, ...]]
    nouns: Mapping[str, tuple[Sense, ...]]
    classes: Mapping[str, frozenset[str]]
    modified: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    words: Mapping[str, frozenset[str]]
    blocked: frozenset[str]
    blocked_following: frozenset[str]
    idioms: Mapping[str, tuple[tuple[str, ...], ...]]
    topics: Mapping[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """Return the packaged lexicon, read once and checked against the packaged ontology.

    Raises KnowledgeError, naming the row, for an unknown type, mode, code, context, class or flag.
    """
    raw = document("triggers.toml")
    classes = {name: frozenset(words.split()) for name, words in raw["classes"].items()}
    verbs: dict[str, list[Sense]] = {}
    nouns: dict[str, list[Sense]] = {}
    for row in table("triggers.tsv"):
        for words in values(row["words"]):
            sense = _sense(words, row, ontology(), classes)
            (verbs if sense.pos == "verb" else nouns).setdefault(sense.lemma, []).append(sense)
    return Lexicon(
        verbs={lemma: _ordered(senses) for lemma, senses in verbs.items()},
        nouns={lemma: _ordered(senses) for lemma, senses in nouns.items()},
        classes=classes,
        modified=_modified(raw["modifiers"]),
        words={name: frozenset(words.split()) for name, words in raw["words"].items()},
        blocked=frozenset(raw["blocked"]["modifiers"].split()),
        blocked_following=frozenset(raw["blocked"]["following"].split()),
        idioms=_idioms(raw["blocked"]["idioms"]),
        topics={name: frozenset(words.split()) for name, words in raw["topics"].items()},
    )


def _sense(words: str, row: Mapping[str, str], known: Ontology, classes: Mapping[str, frozenset[str]]) -> Sense:
    where = f"triggers.tsv: {words}"
    kind = event_type(row["type"], where)
    check(known, kind, row["mode"] or None, values(row["context"]), where=where)
    if row["cameo"] not in known.codes:
        raise KnowledgeError(f"unknown CAMEO code {row['cameo']!r}", where=where)
    objects, flags = frozenset(values(row["object"])), frozenset(values(row["flags"]))
    strange = {o for o in objects - OBJECT_KINDS if not o.startswith("@") or o[1:] not in classes} | (flags - FLAGS)
    if strange or row["pos"] not in {"verb", "noun"}:
        raise KnowledgeError(f"unknown class, flag or part of speech {sorted(strange) or row['pos']}", where=where)
    parts = words.split()
    # A noun is found by its last word ('air strike'), a verb by its first ('pull out').
    lemma, others = (parts[0], parts[1:]) if row["pos"] == "verb" else (parts[-1], parts[:-1])
    return Sense(
        lemma=lemma,
        others=tuple(others),
        pos=row["pos"],
        objects=objects,
        type=kind,
        mode=row["mode"] or None,
        cameo=row["cameo"],
        context=values(row["context"]),
        target=values(row["target"]),
        flags=flags,
    )


def _ordered(senses: list[Sense]) -> tuple[Sense, ...]:
    """More words first, then a class of objects, then actors, then any object; the table's order breaks ties."""

    def rank(sense: Sense) -> tuple[int, int, int]:
        kind = 0 if any(o.startswith("@") for o in sense.objects) else 1 if sense.objects else 2
        return -len(sense.others), kind, 0 if sense.flags & {"that", "infinitive", "hostile_only"} else 1

    return tuple(sorted(senses, key=rank))


def _modified(raw: Mapping[str, Any]) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    """By noun lemma: the modifier it needs, and the members of classes that it then is."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for name, (modifier, nouns) in raw.items():
        for noun in nouns.split():
            found.setdefault(noun, []).append((modifier, frozenset({name})))
    return {noun: tuple(entries) for noun, entries in found.items()}


def _idioms(raw: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for idiom in raw:
        words = tuple(idiom.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(phrases) for first, phrases in found.items()}
