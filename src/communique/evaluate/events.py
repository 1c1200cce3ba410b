"""Events against gold sentences: the type, and who did it to whom, end to end from the raw sentence.

Made for PLOVER's gold standard records (Open Event Data Alliance, 2016): each sentence of the codebook with the one
event that it illustrates. Sentences that are the same but for marks and case are one, with all their
events. Actors are compared as sets of country codes.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import msgspec

from communique.evaluate.gold import as_article
from communique.evaluate.measures import Bands, Score, best_pairs
from communique.ontology import ontology
from communique.records import Actor, Article, Coding, Event

# Names of types in older versions of PLOVER.
OLDER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# The codebook writes these organisations as one, and Kosovo by a code of its own.
CODEBOOK = {"UNO": "IGO", "EUR": "IGO", "XKX": "KOS"}


class Side(msgspec.Struct, frozen=True):
    """One actor of a gold event or prediction."""

    code: str | None = None
    sector: str | None = None


class GoldEvent(msgspec.Struct, frozen=True):
    """An event as the gold files write it; two or more sources without a target act on each other."""

    event: str
    source: tuple[Side, ...] | None = ()
    target: tuple[Side, ...] | None = ()
    confidence: float | None = None


class GoldSentence(msgspec.Struct, frozen=True):
    """A sentence with its one event, or with several."""

    id: str
    sentence: str
    event: str | None = None
    source: tuple[Side, ...] | None = ()
    target: tuple[Side, ...] | None = ()
    events: tuple[GoldEvent, ...] = ()
    date: str | None = None

    @property
    def gold(self) -> tuple[GoldEvent, ...]:
        """The sentence's events."""
        return self.events or (GoldEvent(self.event or "", self.source, self.target),)

    def article(self) -> Article:
        """Return the sentence as an article of its own."""
        return as_article(self.sentence, self.date)


class Prediction(msgspec.Struct, frozen=True):
    """What was found in the sentence of this id."""

    id: str
    events: tuple[GoldEvent, ...]


def prediction(gold: GoldSentence, coding: Coding, *, planned: bool) -> Prediction:
    """Return the events of a sentence; with ``planned``, announced acts take the type that the codebook gives them."""

    def sides(actors: Sequence[Actor]) -> tuple[Side, ...]:
        return tuple(Side(CODEBOOK.get(a.country, a.country), a.sector) for a in actors if a.country)

    made = []
    for event in coding.events:
        kind = codebook_type(event) if planned else event.type
        made.append(GoldEvent(kind, sides(event.source), sides(event.target), event.confidence))
    return Prediction(gold.id, tuple(made))


def codebook_type(event: Event) -> str:
    """Return the type under which the codebook files an event: an announced act has another than a done one."""
    return ontology().when_planned(event.type) if event.status == "planned" else event.type


@dataclass(frozen=True, slots=True)
class Triple:
    """An event as it is compared: its type, and the actors on each side as (country, sector)."""

    type: str
    source: frozenset[tuple[str, str | None]]
    target: frozenset[tuple[str, str | None]]

    @property
    def countries(self) -> tuple[frozenset[str], frozenset[str]]:
        """The countries of source and target."""
        return frozenset(c for c, _ in self.source), frozenset(c for c, _ in self.target)


@dataclass(frozen=True)
class Figures:
    """Scores by name, by type, how often a side's countries are right, and how many sentences there are."""

    sentences: int
    scores: dict[str, Score]
    types: dict[str, Score]
    sides: dict[str, Score]
    bands: Bands
    """Confidence against whether the sentence has an event of the type."""

    def lines(self) -> list[str]:
        """Return the figures as lines, ready to print."""
        kinds = self.scores["type"]
        made = [f"{self.sentences} sentences", f"{'':<16}{'P':>8}{'R':>8}{'F1':>8}"]
        rows = {**self.scores, **{f"  {name}": score for name, score in sorted(self.types.items()) if score.gold}}
        for name, score in rows.items():
            made.append(f"{name:<16}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}")
        made += [f"{name:<24}{score.recall:>8.3f} of {score.gold}" for name, score in self.sides.items()]
        extra = (kinds.found - kinds.right) / self.sentences if self.sentences else 0.0
        return [*made, f"extra events per sentence {extra:.3f}", *self.bands.lines()]


def figures(compared: Iterable[tuple[GoldSentence, Prediction]]) -> Figures:
    """Return the scores of predictions against their gold sentences.

    "type" ignores the actors; "triple" wants type and both sides' countries exactly, "overlap" a country in common on
    each side that the gold fills and none on one that it leaves empty, "sector" the sectors too. Events of one type in
    one sentence are joined on both sides alike: A to B and B to A act on each other, A to C and B to C are one.
    """
    pooled: dict[str, tuple[list[Triple], list[Triple]]] = defaultdict(lambda: ([], []))
    bands = Bands()
    pairs = list(compared)
    for sentence, predicted in pairs:
        gold, found = pooled[_words(sentence.sentence)]
        gold += map(_triple, sentence.gold)
        found += map(_triple, predicted.events)
    for sentence, predicted in pairs:
        kinds = {one.type for one in pooled[_words(sentence.sentence)][0]}
        for event in predicted.events:
            bands.add(event.confidence, event.event in kinds)
    scores: dict[str, Score] = defaultdict(Score)
    types: dict[str, Score] = defaultdict(Score)
    sides: dict[str, Score] = defaultdict(Score)
    for unit in pooled.values():
        gold, found = (_joined(events) for events in unit)
        matched = _paired(gold, found)
        for name, score in _scores(matched, gold, found):
            scores[name] += score
        for kind in {one.type for one in (*gold, *found)}:
            right = sum(a.type == kind for a, _ in matched)
            types[kind] += Score(right, *(sum(one.type == kind for one in events) for events in (found, gold)))
        for name, score in _sides(matched):
            sides[name] += score
    return Figures(len(pooled), dict(scores), dict(types), dict(sides), bands)


def _words(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", sentence).casefold()))


def _triple(event: GoldEvent) -> Triple:
    def side(actors: Sequence[Side] | None) -> frozenset[tuple[str, str | None]]:
        return frozenset((a.code.upper(), (a.sector or "").upper()[:3] or None) for a in actors or () if a.code)

    kind = event.event.upper()
    made = Triple(OLDER.get(kind, kind), side(event.source), side(event.target))
    acts_on_itself = not made.target and len(made.countries[0]) > 1
    return replace(made, target=made.source) if acts_on_itself else made


def _joined(events: Iterable[Triple]) -> list[Triple]:
    made = list(dict.fromkeys(events))
    while True:
        for i, j in combinations(range(len(made)), 2):
            both = _join(made[i], made[j])
            if both is not None:
                made[i] = both
                del made[j]
                break
        else:
            return made


def _join(a: Triple, b: Triple) -> Triple | None:
    if a.type != b.type:
        return None
    (a_source, a_target), (b_source, b_target) = a.countries, b.countries
    same_source, same_target = a_source == b_source, a_target == b_target
    if not (same_source and same_target) and a_source and a_target and (a_source, a_target) == (b_target, b_source):
        everybody = a.source | a.target | b.source | b.target
        return Triple(a.type, everybody, everybody)
    if (same_source and same_target) or (same_target and a_target) or (same_source and a_source):
        return Triple(a.type, a.source | b.source, a.target | b.target)
    return None


def _paired(gold: Sequence[Triple], found: Sequence[Triple]) -> list[tuple[Triple, Triple]]:
    """Pair events of one type, those whose sides agree best first."""
    options = ((-_agreement(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found) if a.type == b.type)
    return [(gold[i], found[j]) for i, j in best_pairs(options)]


def _agreement(a: Triple, b: Triple) -> int:
    return sum(3 if x == y else bool(x & y) for x, y in zip(a.countries, b.countries, strict=True))


def _scores(
    pairs: Sequence[tuple[Triple, Triple]], gold: Sequence[Triple], found: Sequence[Triple]
) -> Iterator[tuple[str, Score]]:
    meeting = sum(
        all(bool(x & y) if x else not y for x, y in zip(a.countries, b.countries, strict=True)) for a, b in pairs
    )
    codes = Counter((a.type, a.countries) for a in gold) & Counter((b.type, b.countries) for b in found)
    whole = Counter(gold) & Counter(found)
    for name, right in (
        ("type", len(pairs)),
        ("triple", codes.total()),
        ("triple overlap", meeting),
        ("triple sector", whole.total()),
    ):
        yield name, Score(right, len(found), len(gold))


def _sides(pairs: Sequence[tuple[Triple, Triple]]) -> Iterator[tuple[str, Score]]:
    for a, b in pairs:
        for side, mine, theirs in zip(("source", "target"), a.countries, b.countries, strict=True):
            if mine:
                yield f"{side} country exact", Score(mine == theirs, 1, 1)
                yield f"{side} country overlap", Score(bool(mine & theirs), 1, 1)
