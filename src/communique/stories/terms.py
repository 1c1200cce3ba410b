"""Words as they are compared between reports: stems without endings, and none that every report has."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import snowballstemmer

from communique.filters import words
from communique.knowledge import table, values

_SHORTEST = 3
_WORD = re.compile(r"\d+(?:[.,]\d+)+|\w+")

# A capital that no sentence begins with.
_INSIDE = re.compile(r"(?<=[\w,;)] )([A-ZÀ-ÖØ-Þ]\w*)")


@cache
def plain() -> frozenset[str]:
    """Return the words that tell nothing of what a report is about, in small letters."""
    return frozenset(word for row in table("plain_words.tsv") for word in values(row["words"]))


@cache
def _stemmer() -> "snowballstemmer.stemmer":
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=1 << 18)
def _stem(word: str) -> str:
    """The stem of a word, "" for one that tells nothing."""
    bare = words(word).replace(" ", "")
    if len(bare) < _SHORTEST or bare in plain():
        return ""
    stem: str = _stemmer().stemWord(bare)
    return stem


def proper(text: str) -> frozenset[str]:
    """Return the stems of words that a text always writes with a capital, also within a sentence: names.

    >>> sorted(proper("Police in Nairobi fired tear gas. Gas was used in Nairobi before, the police said."))
    ['nairobi']
    """
    inside = {match[1] for match in _INSIDE.finditer(text)}
    small = {stem for word in set(_WORD.findall(text)) if word.islower() and (stem := _stem(word))}
    return frozenset(stem for word in inside if (stem := _stem(word)) and stem not in small)


def stems(text: str, *, without: Iterable[str] = ()) -> list[str]:
    """Return the stems of the words that tell something, in text order; ``without`` are words to leave out.

    >>> stems("They said that 1,200 missiles were launched at the ports on Monday.")
    ['1200', 'missil', 'launch', 'port']
    """
    left = {stem for phrase in without for word in _WORD.findall(phrase) if (stem := _stem(word))}
    return [stem for word in _WORD.findall(text) if (stem := _stem(word)) and stem not in left]
