"""Cues: the words that report speech or thought, and what each of them takes as its content."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import get_args

from spacy.tokens import Token

from communique.errors import KnowledgeError
from communique.knowledge import table, values
from communique.records import Act

VERB_TAGS = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One reporting word. ``particles`` are the further words of a phrase ('point out'); ``takes`` what follows it."""

    lemma: str
    particles: tuple[str, ...]
    act: Act
    takes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of the knowledge table by lemma, phrases before single words."""

    verbs: dict[str, list[Cue]]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]

    def of_verb(self, token: Token) -> Cue | None:
        """Return the cue that a verb is, with its particles if it has any there."""
        if token.pos_ not in VERB_TAGS or token.dep_ in {"aux", "auxpass", "amod", "compound"}:
            return None
        for cue in self.verbs.get(token.lemma_.lower(), ()):
            near = [t.lower_ for t in token.doc[token.i + 1 : token.i + 4]]
            if all(particle in near for particle in cue.particles):
                return cue
        return None


@cache
def cues() -> Cues:
    """Return the packaged cues, read once. Raises KnowledgeError on an unknown act."""
    verbs: dict[str, list[Cue]] = defaultdict(list)
    nouns: dict[str, Cue] = {}
    adjectives: dict[str, Cue] = {}
    for row in table("cues.tsv"):
        if row["act"] not in get_args(Act):
            raise KnowledgeError(f"unknown act {row['act']!r}", where=f"cues.tsv: {row['words']}")
        lemma, *particles = row["words"].split()
        act: Act = row["act"]  # type: ignore[assignment] # checked above
        cue = Cue(lemma, tuple(particles), act, frozenset(values(row["takes"])))
        if row["pos"] == "verb":
            verbs[lemma].append(cue)
        else:
            (nouns if row["pos"] == "noun" else adjectives)[lemma] = cue
    for found in verbs.values():
        found.sort(key=lambda cue: -len(cue.particles))
    return Cues(dict(verbs), nouns, adjectives)
