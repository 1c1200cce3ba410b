"""Precision, recall and their harmonic mean; how well confidence tells what is right."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Score:
    """What was right of what was found and of what was to be found; a share of nothing is 0."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.gold) if self.right else 0.0


def best_pairs(options: Iterable[tuple[float, int, int]]) -> list[tuple[int, int]]:
    """Return pairs of two sides' indices, those of the least cost first, each index once; of two alike the first.

    ``options`` are the cost and the index on each side.
    """
    pairs: dict[int, int] = {}
    for _, i, j in sorted(options):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return list(pairs.items())


@dataclass(frozen=True, slots=True)
class Bands:
    """Judged records by tenths of their confidence: for each band the confidences, and how many were right."""

    found: dict[int, list[tuple[float, bool]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, confidence: float | None, is_right: bool) -> None:
        """Count a record; one without confidence is left out."""
        if confidence is not None:
            self.found[min(9, int(10 * confidence))].append((confidence, is_right))

    @property
    def error(self) -> float:
        """The expected calibration error: by how much confidence and share of right ones differ, over all records.

        Naeini, Cooper and Hauskrecht, AAAI 2015, with ten bands of equal width.
        """
        total = sum(map(len, self.found.values()))
        apart = (abs(sum(confidence - is_right for confidence, is_right in band)) for band in self.found.values())
        return sum(apart) / total if total else 0.0

    def lines(self) -> list[str]:
        """Return the bands and the error as lines, none when no record has a confidence."""
        made = []
        for tenth, band in sorted(self.found.items()):
            mean = sum(confidence for confidence, _ in band) / len(band)
            share = sum(is_right for _, is_right in band) / len(band)
            name = f"confidence {tenth / 10:.1f}-{(tenth + 1) / 10:.1f}"
            made.append(f"{name}  mean {mean:.2f}, right {share:.2f} of {len(band)}")
        return [*made, f"calibration error  {self.error:.3f}"] if made else []
