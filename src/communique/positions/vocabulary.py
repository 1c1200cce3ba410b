"""Which words stand for one act or state, and which acts and states exclude each other.

Two tables in ``knowledge/``: ``families.tsv`` holds words of one root and close synonyms ("invade", "invasion"),
``opposites.tsv`` pairs of families that nobody asserts together ("support", "oppose"). ``claim_words.tsv`` tells how
words that stand between a speaker and a claim change it ("plan to", "refuse to", "involvement in").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast, get_args

from communique.errors import KnowledgeError
from communique.knowledge import table, values

Mood = Literal["fact", "future", "possible", "due"]
"""How a claim is put: as something that is, that is meant to be, that may be, or that ought to be."""
Change = Literal["future", "possible", "due", "not", "same", "part", "light"]
"""What a word does to the claim below it: sets its mood, takes it back, hands it on, tells who has part in it, or only
helps to name it."""


@dataclass(frozen=True)
class Vocabulary:
    """The tables, by word."""

    families: dict[str, str]
    opposites: frozenset[frozenset[str]]
    changes: dict[str, Change]
    reports: dict[str, frozenset[str]]
    nouns: frozenset[str]

    def family(self, word: str, *, is_verb: bool = False) -> str:
        """Return the family of a lemma, or the lemma itself where it is in none, as 'deal' is as a verb."""
        return word if is_verb and word in self.nouns else self.families.get(word, word)

    def has(self, word: str) -> bool:
        """Tell whether any table has a word."""
        return word in self.families or word in self.changes

    def knows(self, family: str) -> bool:
        """Tell whether it is a family of the table, and not just a word."""
        return family in self.families

    def are_opposite(self, one: str, other: str) -> bool:
        """Tell whether two families exclude each other."""
        return frozenset((one, other)) in self.opposites


@cache
def vocabulary() -> Vocabulary:
    """Return the packaged tables. Raises KnowledgeError where one names what it may not."""
    families = {word: row["family"] for row in table("families.tsv") for word in row["words"].split()}
    known = set(families.values())
    pairs = [(row["one"], row["other"]) for row in table("opposites.tsv")]
    _check("opposites.tsv", (name for pair in pairs for name in pair), known, "no family")
    changes: dict[str, Change] = {}
    reports: dict[str, frozenset[str]] = {}
    nouns: set[str] = set()
    for row in table("claim_words.tsv"):
        for word in values(row["words"]):
            if row["change"] == "report":
                reports[word] = frozenset(values(row["acts"]))
            elif row["change"] == "noun":
                nouns.add(word)
            else:
                _check("claim_words.tsv", [row["change"]], set(get_args(Change)), "unknown change")
                changes[word] = cast(Change, row["change"])
    return Vocabulary(families, frozenset(map(frozenset, pairs)), changes, reports, frozenset(nouns))


def _check(where: str, words: Iterable[str], allowed: set[str], problem: str) -> None:
    for word in words:
        if word not in allowed:
            raise KnowledgeError(f"{problem} {word!r}", where=where)
