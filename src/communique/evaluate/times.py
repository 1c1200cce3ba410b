"""Times against gold: which expressions are found, which of them with the right days, by how fine they are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec
from spacy.tokens import Doc

from communique.evaluate.gold import as_article
from communique.evaluate.measures import Score, best_pairs
from communique.records import Article


class Expression(msgspec.Struct, frozen=True):
    """Words that name a time, ``start`` to ``end`` in code points.

    ``value`` is "YYYY-MM-DD" or two such days joined by "/", both included.
    """

    start: int
    end: int
    value: str
    precision: str


class GoldSentence(msgspec.Struct, frozen=True):
    """A sentence of an article of ``day``, with the times that it names."""

    id: str
    day: str
    sentence: str
    times: tuple[Expression, ...]

    def __post_init__(self) -> None:
        """Raise ValueError, which the reader of the file turns into InputError, on what cannot be meant."""
        try:
            date.fromisoformat(self.day[:10])
        except ValueError:
            raise ValueError(f"day {self.day!r} is not YYYY-MM-DD") from None
        for time in self.times:
            if not 0 <= time.start < time.end <= len(self.sentence):
                raise ValueError(f"time {time.start}-{time.end} lies outside the sentence")

    def article(self) -> Article:
        """Return the sentence as the pipeline takes it."""
        return as_article(self.sentence, self.day)


class FoundTimes(msgspec.Struct, frozen=True):
    """What was found in the sentence of this id."""

    id: str
    day: str
    sentence: str
    times: tuple[Expression, ...]


def found_times(gold: GoldSentence, doc: Doc) -> FoundTimes:
    """Return the times that the times stage finds."""
    made = []
    for mention in doc._.times or ():
        words = doc[mention.start : mention.end]
        made.append(Expression(words.start_char, words.end_char, mention.value, mention.precision))
    return FoundTimes(gold.id, gold.day, gold.sentence, tuple(made))


@dataclass(frozen=True)
class Figures:
    """Scores of finding, and of finding with the right value; both by the gold's precision.

    ``whole`` are the sentences in which each expression is right and nothing else is found.
    """

    sentences: int
    whole: int
    found: Score
    right: Score
    found_by: Counter[str]
    right_by: Counter[str]
    gold_by: Counter[str]

    def lines(self) -> list[str]:
        """Return the figures as lines, ready to print."""
        made = [f"{self.sentences} sentences", f"{'':<20}{'P':>8}{'R':>8}{'F1':>8}"]
        for name, score in (("times found", self.found), ("with their value", self.right)):
            made.append(f"{name:<20}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}")
        value = self.right.right / self.found.right if self.found.right else 0.0
        made.append(f"value right {value:.3f} of {self.found.right} found")
        made.append(f"spurious {self.found.found - self.found.right}")
        made.append(f"sentences wholly right {self.whole / max(1, self.sentences):.3f}")
        made.append(f"{'':<20}{'gold':>8}{'found':>8}{'right':>8}")
        for name, count in self.gold_by.most_common():
            made.append(f"{name:<20}{count:>8}{self.found_by[name]:>8}{self.right_by[name]:>8}")
        return made


def figures(compared: Iterable[tuple[GoldSentence, FoundTimes]]) -> Figures:
    """Return the scores of what was found against the gold.

    Pairs overlap and are formed one to one, those that share most and differ least first; where an expression begins
    ('the', 'since') is not judged, what it means is.
    """
    sentences = whole = 0
    overlap = right = Score()
    gold_by, found_by, right_by = Counter[str](), Counter[str](), Counter[str]()
    for gold, found in compared:
        sentences += 1
        pairs = _paired(gold.times, found.times)
        same = [wanted for wanted, made in pairs if wanted.value == made.value]
        whole += len(same) == len(gold.times) == len(found.times)
        overlap += Score(len(pairs), len(found.times), len(gold.times))
        right += Score(len(same), len(found.times), len(gold.times))
        gold_by.update(wanted.precision for wanted in gold.times)
        found_by.update(wanted.precision for wanted, _ in pairs)
        right_by.update(wanted.precision for wanted in same)
    return Figures(sentences, whole, overlap, right, found_by, right_by, gold_by)


def _paired(gold: Sequence[Expression], found: Sequence[Expression]) -> list[tuple[Expression, Expression]]:
    options = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            shared = min(a.end, b.end) - max(a.start, b.start)
            if shared > 0:
                apart = abs(a.start - b.start) + abs(a.end - b.end)
                options.append((apart / 1000 - shared, i, j))
    return [(gold[i], found[j]) for i, j in best_pairs(options)]
