"""Toponyms against gold: which are found, how far off they are placed, and in which country.

The measures of Gritta, Pilehvar and Collier, A Pragmatic Guide to Geoparsing Evaluation (LREV 2019).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from statistics import median

import msgspec
from spacy.tokens import Doc

from communique.evaluate.gold import as_article
from communique.evaluate.measures import Score, best_pairs
from communique.records import Article

EARTH_KM = 6371.0
NEAR_KM = 161.0
# What a toponym that is not placed counts as: half the way round the earth.
FARTHEST_KM = 20039.0


class Toponym(msgspec.Struct, frozen=True):
    """A place named in a text, ``start`` to ``end`` in code points, degrees; ``type`` says how it is meant."""

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    type: str | None = None


class GoldText(msgspec.Struct, frozen=True):
    """A text with its toponyms."""

    id: str
    text: str
    toponyms: tuple[Toponym, ...]
    date: str | None = None

    def article(self) -> Article:
        """Return the text as the pipeline takes it."""
        return as_article(self.text, self.date)


class FoundToponyms(msgspec.Struct, frozen=True):
    """What was found in the text of this id."""

    id: str
    toponyms: tuple[Toponym, ...]


def found_toponyms(text: GoldText, doc: Doc) -> FoundToponyms:
    """Return the toponyms that the places stage finds, those that stand for a government among them."""
    made = []
    for mention in doc._.toponyms or ():
        words, place = doc[mention.start : mention.end], mention.place
        made.append(Toponym(words.start_char, words.end_char, place.lat, place.lon, place.country))
    return FoundToponyms(text.id, tuple(made))


@dataclass(frozen=True)
class Figures:
    """Scores of finding by exact span and by overlap; of placing, the distances in km; of the country."""

    texts: int
    exact: Score
    overlap: Score
    distances: tuple[float, ...]
    country: Score

    def lines(self) -> list[str]:
        """Return the figures as lines, ready to print."""
        made = [f"{self.texts} texts", f"{'':<20}{'P':>8}{'R':>8}{'F1':>8}"]
        for name, score in (("toponyms exact", self.exact), ("toponyms overlap", self.overlap)):
            made.append(f"{name:<20}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}")
        if self.distances:
            near = sum(distance <= NEAR_KM for distance in self.distances)
            share = near / len(self.distances)
            made.append(f"placed within {NEAR_KM:.0f} km {share:.3f} of {len(self.distances)}")
            made.append(f"median error {median(self.distances):.0f} km")
        if self.country.gold:
            made.append(f"country right {self.country.recall:.3f} of {self.country.gold}")
        return made


def figures(compared: Iterable[tuple[GoldText, FoundToponyms]], *, types: Collection[str] | None = None) -> Figures:
    """Return the scores of what was found against the gold.

    With ``types`` only gold toponyms of these are asked for; one found on another of the gold's is neither right nor
    wrong. Pairs are formed one to one, the longest overlaps first.
    """
    texts = 0
    exact = overlap = country = Score()
    distances: list[float] = []
    for gold, found in compared:
        texts += 1
        asked = [t for t in gold.toponyms if types is None or t.type in types]
        others = [t for t in gold.toponyms if t not in asked]
        pairs = _paired(asked, found.toponyms)
        matched = [b for _, b in pairs]
        counted = [t for t in found.toponyms if t in matched or not any(_shared(o, t) > 0 for o in others)]
        same = sum((a.start, a.end) == (b.start, b.end) for a, b in pairs)
        exact += Score(same, len(counted), len(asked))
        overlap += Score(len(pairs), len(counted), len(asked))
        distances += (_distance(a, b) for a, b in pairs if a.lat is not None and a.lon is not None)
        for a, b in pairs:
            if a.country:
                country += Score(int(a.country == b.country), 1, 1)
    return Figures(texts, exact, overlap, tuple(distances), country)


def _paired(gold: Sequence[Toponym], found: Sequence[Toponym]) -> list[tuple[Toponym, Toponym]]:
    options = (
        (abs(a.start - b.start) / 1000 - _shared(a, b), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if _shared(a, b) > 0
    )
    return [(gold[i], found[j]) for i, j in best_pairs(options)]


def _shared(a: Toponym, b: Toponym) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def _distance(a: Toponym, b: Toponym) -> float:
    """The great-circle distance in km."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return FARTHEST_KM
    one, other = radians(a.lat), radians(b.lat)
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
