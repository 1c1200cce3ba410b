"""The type of event between two given actors of a sentence, against gold types.

Made for PLV (Hu et al., ACL 2024) and for PLOVER's gold standard records read as pairs. Where the gold knows YIELD,
the type that CONCEDE and RETREAT were once, both count as it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from communique.evaluate.events import OLDER, codebook_type
from communique.evaluate.gold import as_article
from communique.evaluate.measures import Score
from communique.ontology import ontology
from communique.records import Actor, Article, Event, Span

YIELD = "YIELD"
OF_YIELD = frozenset({"CONCEDE", "RETREAT"})
YIELD_QUAD = 2
NONE = "NONE"
# How many times likelier a type is for each side of the pair that an event of the grammar's has in common with it: set
# on the fifth of PLV that the judge's confidence is measured on.
GRAMMAR = 4.0


class Named(msgspec.Struct, frozen=True):
    """An actor by its words."""

    text: str


class GoldPair(msgspec.Struct, frozen=True):
    """A sentence, its two sides, in code points or by their words, and the type of what one does to the other."""

    id: str
    sentence: str
    event: str
    source: tuple[Span | Named, ...] | None = ()
    target: tuple[Span | Named, ...] | None = ()
    quad: int | None = None
    date: str | None = None

    @property
    def sides(self) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """The spans of source and target; words that the sentence lacks have none."""
        return self._spans(self.source), self._spans(self.target)

    def _spans(self, side: Sequence[Span | Named] | None) -> tuple[Span, ...]:
        found = []
        for one in side or ():
            if isinstance(one, Named):
                start = self.sentence.find(one.text)
                one = (start, start + len(one.text))
            if 0 <= one[0] < one[1] <= len(self.sentence):
                found.append(one)
        return tuple(found)

    def article(self) -> Article:
        """Return the sentence as an article of its own."""
        return as_article(self.sentence, self.date)


class RootPrediction(msgspec.Struct, frozen=True):
    """The type that was found for the pair of this id, None where none was."""

    id: str
    event: str | None


def prediction(gold: GoldPair, events: Sequence[Event], chances: Mapping[str, float] | None) -> RootPrediction:
    """Return the type that the judge finds likeliest, where the grammar's events between the two sides count, too.

    ``chances`` are the judge's, None without one: then the grammar's event is the answer, or there is none.
    """
    source, target = gold.sides
    proposed = {
        codebook_type(event): _fit(event, source, target)
        for event in sorted(events, key=lambda e: _fit(e, source, target))
    }
    if chances is None:
        fitting = [kind for kind, fit in proposed.items() if fit]
        return RootPrediction(gold.id, fitting[-1] if fitting else None)
    scores = {kind: chance * GRAMMAR ** proposed.get(kind, 0) for kind, chance in chances.items() if kind != NONE}
    return RootPrediction(gold.id, max(scores, key=lambda kind: scores[kind]))


def _fit(event: Event, source: Sequence[Span], target: Sequence[Span]) -> int:
    """How many of the given sides are the event's: 2, 1 or none; sides that act on each other may stand either way."""
    if event.symmetric:
        return meets(event.source, source) + meets(event.source, target)
    return meets(event.source, source) + meets(event.target, target)


def meets(actors: Sequence[Actor], spans: Sequence[Span]) -> bool:
    """Tell whether the words of one of the actors share a character with one of the spans."""
    mentions = [actor.mention for actor in actors if actor.mention is not None]
    return any(m.start < end and start < m.end for m in mentions for start, end in spans)


@dataclass(frozen=True)
class Figures:
    """Scores by type and by quad class, and how often each type was taken for another."""

    types: dict[str, Score]
    quads: dict[str, Score]
    confusion: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def accuracy(self) -> float:
        """The share of pairs whose type is right."""
        total = sum(self.types.values(), Score())
        return total.recall

    def lines(self) -> list[str]:
        """Return the figures as lines, ready to print: then a row for each gold type, of what it was taken for."""
        pairs = sum(score.gold for score in self.types.values())
        made = [
            f"{pairs} pairs, right {self.accuracy:.3f}",
            f"macro-F1 {macro(self.types):.3f}",
            f"quad macro-F1 {macro(self.quads):.3f}",
            f"{'':<12}{'P':>8}{'R':>8}{'F1':>8}{'gold':>6}",
        ]
        for name, score in sorted(self.types.items()):
            if score.gold:
                made.append(f"{name:<12}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}{score.gold:>6}")
        for name, row in sorted(self.confusion.items()):
            taken = sorted(row.items(), key=lambda item: (-item[1], item[0]))
            made.append(f"{name} taken for: " + ", ".join(f"{other} {count}" for other, count in taken))
        return made


def macro(scores: dict[str, Score]) -> float:
    """The mean F1 of the classes that the gold has."""
    known = [score.f1 for score in scores.values() if score.gold]
    return sum(known) / len(known) if known else 0.0


def figures(compared: Iterable[tuple[GoldPair, RootPrediction]]) -> Figures:
    """Return the scores of predictions against their gold pairs."""
    pairs = [(gold, OLDER.get(gold.event, gold.event), predicted.event or NONE) for gold, predicted in compared]
    folds = any(wanted == YIELD for _, wanted, _ in pairs)

    def folded(name: str) -> str:
        return YIELD if folds and name in OF_YIELD else name

    types: dict[str, Score] = {}
    quads: dict[str, Score] = {}
    confusion: dict[str, dict[str, int]] = {}
    for gold, wanted, found in pairs:
        wanted, found = folded(wanted), folded(found)
        _count(types, wanted, found)
        _count(quads, str(gold.quad or _quad(wanted)), _quad(found))
        if wanted != found:
            row = confusion.setdefault(wanted, {})
            row[found] = row.get(found, 0) + 1
    return Figures(types, quads, confusion)


def _count(scores: dict[str, Score], wanted: str, found: str) -> None:
    right = int(wanted == found)
    scores[wanted] = scores.get(wanted, Score()) + Score(right, right, 1)
    if not right:
        scores[found] = scores.get(found, Score()) + Score(0, 1, 0)


def _quad(name: str) -> str:
    if name == YIELD:
        return str(YIELD_QUAD)
    return str(ontology().types[name].quad) if name in ontology().types else NONE
