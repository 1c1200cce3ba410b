"""Learned judgement: whether a sentence of one side contradicts one of another, and how.

The grammar sees that an act is asserted and taken back; a small network that was trained on pairs of sentences also
sees answers in words of their own: 'the lorries left on Monday' to 'the convoy is held'. training/train_positions.py
makes it, communique/trained/README.md tells from what, and how good it is.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from communique.positions.answers import COMMON, NEAR, WINDOW, Kind, Uttered
from communique.trained import is_trained

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from communique.networks import Network

NAME = "positions"
# Of each of the two, as in training; with three marks a window is no longer than twice that and three.
MOST_PIECES = 72
MOST_PAIRS = 2_000
"""Pairs that are read at most: those that have most in common."""
MOST_WITH_A_WORD = 400
"""A word that more utterances have tells nothing of what two are about."""


class Settings(msgspec.Struct, frozen=True):
    """The kinds of contradiction in the outputs' order, after that for none, and the least chance to be shown."""

    kinds: tuple[str, ...]
    least: float


class Verdict(NamedTuple):
    """How likely two sentences contradict each other, and of which kind that most likely is."""

    chance: float
    kind: Kind


class Judge:
    """Judges pairs of sentences."""

    def __init__(self, network: "Network", settings: Settings) -> None:
        self.network, self.settings = network, settings

    def contradictions(self, uttered: Sequence[Uttered]) -> Iterator[tuple[int, int, Verdict]]:
        """Yield the pairs of sides' utterances that contradict each other, by their indices, the earlier first."""
        pairs = candidates(uttered)
        verdicts = self.verdicts([(uttered[i].sentence, uttered[j].sentence) for i, j in pairs])
        for (i, j), verdict in zip(pairs, verdicts, strict=True):
            if verdict.chance >= self.settings.least:
                yield i, j, verdict

    def verdicts(self, pairs: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
        """Yield what the network says of each pair, in the mean of both orders."""
        windows = [window(*pair, self.network.tokenizer) for a, b in pairs for pair in ((a, b), (b, a))]
        scores = [score for (score,) in self.network.read(windows)]
        for there, back in zip(scores[::2], scores[1::2], strict=True):
            none, *kinds = ((there + back) / 2).tolist()
            likely = max(range(len(kinds)), key=kinds.__getitem__)
            yield Verdict(1 - none, self.settings.kinds[likely])  # type: ignore[arg-type] # the file's are Kind's


def window(one: str, other: str, tokenizer: "Tokenizer") -> list[int]:
    """Return what the network reads of two sentences."""
    first, *_, mark = tokenizer.encode("").ids
    a, b = (tokenizer.encode(text, add_special_tokens=False).ids[:MOST_PIECES] for text in (one, other))
    return [first, *a, mark, *b, mark]


def trained_judge() -> Judge | None:
    """Return the judge of the trained files, None where there are none. Raises ModelError when they are unfit."""
    if not is_trained(NAME):
        return None
    # Not above: the runtime takes its time to load.
    from communique.networks import Network, settings

    return Judge(Network(NAME), settings(NAME, Settings))


def candidates(uttered: Sequence[Uttered]) -> list[tuple[int, int]]:
    """Return the pairs that may answer each other, the earlier first: of two sides, and with something in common.

    In one article that may be the matter alone; on other days the two must share words, and after some days more.
    """
    told = [i for i, one in enumerate(uttered) if one.side >= 0 and not one.negated and one.sentence]
    by_article: dict[str, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    for i in told:
        by_article[uttered[i].record.article].append(i)
        for word in uttered[i].matters - COMMON:
            by_word[word].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    for members in by_word.values():
        if len(members) <= MOST_WITH_A_WORD:
            shared.update(combinations(members, 2))
    found = []
    for i, j in {*shared, *(pair for members in by_article.values() for pair in combinations(members, 2))}:
        one, other = uttered[i], uttered[j]
        days = abs(one.day - other.day) if one.day and other.day else WINDOW + 1
        is_near = one.record.article == other.record.article or days <= NEAR or (days <= WINDOW and shared[i, j] > 1)
        if one.side != other.side and one.sentence != other.sentence and is_near:
            found.append((-shared[i, j], *sorted((i, j), key=lambda k: (uttered[k].day, k))))
    return [(i, j) for _, i, j in sorted(found)[:MOST_PAIRS]]
