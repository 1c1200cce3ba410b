"""The lexicon of triggers: what words mean as acts between actors, read from triggers.tsv and triggers.toml."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from communique.errors import KnowledgeError
from communique.knowledge import document, table, values
from communique.ontology import Ontology, check, ontology

OBJECT_KINDS = frozenset({"actor", "person", "victim"})
FLAGS = frozenset(
    "symmetric mutual plural about armed state civil police labour org airborne person conditional that infinitive "
    "hostile hostile_only cooperative transitive own own_or_light light gift partner plural_noun violent consume "
    "willing passive named_forces bare object to_infinitive undergo people crowd bodily group two "
    "intransitive".split()
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of words that name an act; the columns are explained at the head of triggers.tsv.

    A word of ``others`` may be a class, too. ``subject`` are the kinds and classes that the doer's word must be of,
    any when it is empty. ``origin`` is the user's file or file and line, "" for the packaged table. Without a
    ``type`` the words are no act: no further sense of theirs is tried.
    """

    lemma: str
    others: tuple[str, ...]
    pos: str
    objects: frozenset[str]
    type: str
    mode: str | None
    cameo: str
    context: tuple[str, ...]
    target: tuple[str, ...]
    flags: frozenset[str]
    subject: frozenset[str] = frozenset()
    origin: str = ""

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
    senses = [
        sense_of(words, row, known=ontology(), classes=classes, where=f"triggers.tsv: {words}")
        for row in table("triggers.tsv")
        for words in values(row["words"])
    ]
    return Lexicon(
        verbs=_by_lemma(s for s in senses if s.pos == "verb"),
        nouns=_by_lemma(s for s in senses if s.pos == "noun"),
        classes=classes,
        modified=_modified(raw["modifiers"]),
        words={name: frozenset(words.split()) for name, words in raw["words"].items()},
        blocked=frozenset(raw["blocked"]["modifiers"].split()),
        blocked_following=frozenset(raw["blocked"]["following"].split()),
        idioms=_idioms(raw["blocked"]["idioms"]),
        topics={name: frozenset(words.split()) for name, words in raw["topics"].items()},
    )


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Classes of nouns: their members, and of members of two words, by the last one, the first and the member."""

    members: Mapping[str, frozenset[str]]
    modified: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]


def extended(lexicon: Lexicon, *, before: Sequence[Sense], after: Sequence[Sense], classes: WordClasses) -> Lexicon:
    """Return the lexicon with further senses, tried before or after its own; of several the most specific first."""

    def merged(own: Mapping[str, tuple[Sense, ...]], pos: str) -> dict[str, tuple[Sense, ...]]:
        early, late = (
            _grouped(s for s in sorted(senses, key=_specificity) if s.pos == pos) for senses in (before, after)
        )
        return {
            lemma: (*early.get(lemma, ()), *own.get(lemma, ()), *late.get(lemma, ()))
            for lemma in {**own, **early, **late}
        }

    modified = {noun: (*lexicon.modified.get(noun, ()), *entries) for noun, entries in classes.modified.items()}
    return replace(
        lexicon,
        verbs=merged(lexicon.verbs, "verb"),
        nouns=merged(lexicon.nouns, "noun"),
        classes={**lexicon.classes, **classes.members},
        modified={**lexicon.modified, **modified},
    )


def sense_of(words: str, row: Mapping[str, str], *, known: Ontology, classes: Collection[str], where: str) -> Sense:
    """Return the sense of ``words`` that a row of triggers.tsv, or a user's row of the same columns, describes.

    Raises KnowledgeError for an unknown type, mode, code, context, class or flag.
    """
    kind = row["type"]
    check(known, kind, row["mode"] or None, values(row["context"]), where=where)
    if row["cameo"] != known.types[kind].cameo and (
        row["cameo"] not in known.codes or known.codes[row["cameo"]].type is None
    ):
        raise KnowledgeError(f"unknown CAMEO code {row['cameo']!r}", where=where)
    objects, flags = frozenset(values(row["object"])), frozenset(values(row["flags"]))
    subject = frozenset(values(row.get("subject", "")))
    strange = {o for o in (objects | subject) - OBJECT_KINDS if not o.startswith("@") or o[1:] not in classes}
    strange |= flags - FLAGS
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
        subject=subject,
        origin=row.get("origin", ""),
    )


def _grouped(senses: Iterable[Sense]) -> dict[str, list[Sense]]:
    groups: dict[str, list[Sense]] = {}
    for sense in senses:
        groups.setdefault(sense.lemma, []).append(sense)
    return groups


def _by_lemma(senses: Iterable[Sense]) -> dict[str, tuple[Sense, ...]]:
    return {lemma: _ordered(group) for lemma, group in _grouped(senses).items()}


def _specificity(sense: Sense) -> int:
    """Rank senses by how much they ask of the clause, the one that asks most first."""
    return -(len(sense.others) + bool(sense.objects) + bool(sense.subject))


def _ordered(senses: Sequence[Sense]) -> tuple[Sense, ...]:
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
