"""Near-duplicates: texts of one report, printed by several outlets, cut, reworded in places or with words added.

A text is read as its words in order; each four in a row are a shingle. Of the hashes of the shingles that tell
something ("at the end of" does not) those divisible by eight are the text's sketch (Broder, "On the resemblance and
containment of documents", 1997). Texts that share enough of a sketch are then compared word by word. What is asked is
containment, not resemblance: a report cut to a third resembles the whole by a third only, and still is nothing but
that report.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from communique.records import Span
from communique.stories.terms import plain

WIDTH = 4
"""Words in a shingle. With one word of ten changed two of three shingles stay; in other reports of the same day hardly
any are alike, save in quotations."""
SAMPLE = 8
"""One shingle in so many is in the sketch: of a text of 80 words with one word in ten changed about six agree."""
TELLING = 2
"""Words of a shingle of the sketch that are not such as every text has: other shingles are in too many texts."""
FEWEST = 4
"""So many are in the sketch of any text, if it has them: those with the smallest hashes, where it is too short."""
SAME = 0.6
"""Share of the shorter text's words that make it the same report. Set by bench/near_duplicates.py."""
SHORT, SAME_SHORT = 40, 0.95
"""Of texts of fewer words it takes more: "12 drones were shot down on Monday" and the next day's 15 are two
reports."""
AKIN = 0.3
"""Any two texts of one report share so much, so that a page of many briefs does not join the briefs."""
CANDIDATE = 0.2
"""Share of the smaller sketch that two texts have in common before they are compared. Words in common are more than
shingles in common, so it is less than AKIN; an outlet's lines under all its articles are mostly less than it."""
LONGER = 5.0
"""How many times longer the longer text may be: a brief in a round-up is not that round-up."""
SHOWN = 5
"""Passages that are kept as evidence."""

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], np.uint64)


@lru_cache(maxsize=1 << 18)
def _number(word: str) -> int:
    """A word's hash, the same in every run, even if the word tells something; signs and capitals do not count."""
    bare = unicodedata.normalize("NFKD", word).casefold()
    kept = "".join(c for c in bare if c.isalnum())
    number = int.from_bytes(blake2b(kept.encode(), digest_size=8).digest(), "big")
    return number | 1 if kept in plain() else number & ~1


@dataclass(frozen=True)
class Text:
    """An article's text as it is compared."""

    text: str

    @cached_property
    def _numbers(self) -> NDArray[np.uint64]:
        numbers = np.array([_number(word) for word in _WORD.findall(self.text)], np.uint64)
        return np.pad(numbers, (0, max(0, WIDTH - len(numbers))))

    @cached_property
    def shingles(self) -> NDArray[np.uint64]:
        """The hash of each four words in a row, in text order; of a shorter text one of all its words."""
        numbers = self._numbers
        last = len(numbers) - WIDTH + 1
        mixed = np.zeros(last, np.uint64)
        for place in range(WIDTH):
            mixed = (mixed ^ numbers[place : place + last]) * _FACTORS[place]
            mixed ^= mixed >> np.uint64(29)
        return mixed >> np.uint64(16)  # 48 bits are enough to tell a thousand million shingles apart

    @cached_property
    def different(self) -> NDArray[np.uint64]:
        """The shingles, each once, the smallest first."""
        return np.unique(self.shingles)

    @cached_property
    def spans(self) -> list[Span]:
        """Where each word stands, in code points."""
        return [match.span() for match in _WORD.finditer(self.text)]

    @cached_property
    def places(self) -> dict[int, int]:
        """Of each shingle the first word at which it stands."""
        found: dict[int, int] = {}
        for place, shingle in enumerate(self.shingles.tolist()):
            found.setdefault(shingle, place)
        return found

    def __len__(self) -> int:
        """Return how many words there are, four at least."""
        return len(self.shingles) + WIDTH - 1

    def sketch(self) -> list[int]:
        """Return the shingles by which like texts are found, the smallest first."""
        telling = np.convolve(self._numbers % np.uint64(2) == 0, np.ones(WIDTH), "valid") >= TELLING
        every = np.unique(self.shingles[telling]) if telling.any() else self.different
        sampled = every[every % np.uint64(SAMPLE) == 0]
        found: list[int] = (sampled if len(sampled) >= FEWEST else np.union1d(sampled, every[:FEWEST])).tolist()
        return found


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two texts share: the share of the shorter one's words, how many these are, how many it has, the passages.

    A passage is its span in either text.
    """

    share: float
    words: int
    shorter: int
    passages: tuple[tuple[Span, Span], ...]

    @property
    def is_same(self) -> bool:
        """Tell whether the two are one report."""
        return self.share >= (SAME if self.shorter >= SHORT else SAME_SHORT)

    @property
    def reason(self) -> str:
        """The evidence in words."""
        return f"{self.share:.0%} of the shorter text's words ({self.words} of {self.shorter})"

    def longest(self) -> list[tuple[Span, Span]]:
        """Return the longest passages, in text order."""
        kept = sorted(self.passages, key=lambda pair: (pair[0][0] - pair[0][1], pair))[:SHOWN]
        return sorted(kept)


def agreement(one: Text, other: Text) -> Agreement | None:
    """Return what two texts share, the first text's spans first.

    None when it is less than AKIN, or one is too long to be the other's report.
    """
    turned = len(other) < len(one)
    shorter, longer = (other, one) if turned else (one, other)
    if len(longer) > LONGER * len(shorter):
        return None
    # No shingle has more than its words: most pairs are told apart by this, before their words are gone through.
    shared = np.intersect1d(shorter.different, longer.different, assume_unique=True)
    if WIDTH * len(shared) < AKIN * len(shorter):
        return None
    runs = list(_runs(shorter, longer))
    words = sum(length for _, _, length in runs)
    if words < AKIN * len(shorter):
        return None
    passages = []
    for here, there, length in runs:
        pair = _span(shorter, here, length), _span(longer, there, length)
        passages.append((pair[1], pair[0]) if turned else pair)
    return Agreement(round(words / len(shorter), 3), words, len(shorter), tuple(passages))


def _span(text: Text, first: int, length: int) -> Span:
    if not text.spans:
        return 0, 0
    return text.spans[first][0], text.spans[min(first + length, len(text.spans)) - 1][1]


def _runs(shorter: Text, longer: Text) -> Iterable[tuple[int, int, int]]:
    """Yield runs of words that both have: first word here, first word there, how many; none of them overlap here."""
    mine, theirs = shorter.shingles.tolist(), longer.shingles.tolist()
    here = 0
    while here < len(mine):
        there = longer.places.get(mine[here])
        if there is None:
            here += 1
            continue
        length = 1
        while (
            here + length < len(mine)
            and there + length < len(theirs)
            and mine[here + length] == theirs[there + length]
        ):
            length += 1
        yield here, there, length + WIDTH - 1
        here += length + WIDTH - 1
