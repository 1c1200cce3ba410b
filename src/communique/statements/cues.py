"""Cues: the words that report speech or thought, and what each of them takes as its content."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from spacy.tokens import Token

from communique.errors import KnowledgeError
from communique.knowledge import table, values
from communique.records import Act

VERB_TAGS = frozenset({"VERB", "AUX"})
# Frames, and the prepositions that can bring content; cues.tsv explains them.
TAKES = frozenset("that quote infinitive gerund object feeling label raised addressee mind".split()) | frozenset(
    "about against as at for of on over to upon".split()
)
NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})
# The small models' lemmas of these forms are those of another verb.
MISREAD = {"hopes": "hope", "hoping": "hope", "hoped": "hope"}


@dataclass(frozen=True, slots=True)
class Cue:
    """One reporting word. ``particles`` are the further words of a phrase ('point out'); ``takes`` what follows it.

    ``bids`` is the act when it tells somebody to do something ('told them to leave').
    """

    lemma: str
    particles: tuple[str, ...]
    act: Act
    takes: frozenset[str]
    bids: Act


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of the knowledge table by lemma, phrases before single words."""

    verbs: dict[str, list[Cue]]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]

    def of_verb(self, token: Token) -> Cue | None:
        """Return the cue that a verb is, with its particles if it has any there."""
        if token.pos_ not in VERB_TAGS or token.dep_ in {"aux", "auxpass", "amod", "compound"} or _is_in_title(token):
            return None
        for cue in self.verbs.get(MISREAD.get(token.lower_, token.lemma_.lower()), ()):
            if all(any(word.lower_ == particle for word in _after(token)) for particle in cue.particles):
                return cue
        return None


def _is_in_title(token: Token) -> bool:
    """Tell whether a word stands in the title of a work: 'her hit Say My Name'."""
    if not token.is_title or token.is_sent_start or token.i + 1 >= len(token.doc):
        return False
    return token.nbor(1).is_title and token.nbor(1).ent_type_ not in NAMED and token.nbor(-1).is_alpha


def _after(verb: Token) -> Iterator[Token]:
    """The words that can be particles of a verb: the next ones, and what hangs on it to the right."""
    yield from verb.doc[verb.i + 1 : verb.i + 4]
    yield from verb.rights


@cache
def cues() -> Cues:
    """Return the packaged cues, read once. Raises KnowledgeError on an unknown act, frame or part of speech."""
    verbs: dict[str, list[Cue]] = defaultdict(list)
    nouns: dict[str, Cue] = {}
    adjectives: dict[str, Cue] = {}
    for row in table("cues.tsv"):
        for act in (row["act"], row["bids"] or row["act"]):
            if act not in get_args(Act):
                raise KnowledgeError(f"unknown act {act!r}", where=f"cues.tsv: {row['words']}")
        takes = frozenset(values(row["takes"]))
        if not takes or takes - TAKES or row["pos"] not in {"verb", "noun", "adjective"}:
            remedy = f"takes: {', '.join(sorted(TAKES))}"
            raise KnowledgeError("unknown frame or part of speech", where=f"cues.tsv: {row['words']}", remedy=remedy)
        lemma, *particles = row["words"].split()
        bids = cast(Act, row["bids"] or row["act"])
        cue = Cue(lemma, tuple(particles), cast(Act, row["act"]), takes, bids)
        if row["pos"] == "verb":
            verbs[lemma].append(cue)
        else:
            (nouns if row["pos"] == "noun" else adjectives)[lemma] = cue
    for found in verbs.values():
        found.sort(key=lambda cue: -len(cue.particles))
    return Cues(dict(verbs), nouns, adjectives)
