"""What corrections tell: of a record what it is when they are heard, of the machine how often it was right, and of
people how far they agree.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import msgspec

from communique.archive.corrections import WHOLE, Correction
from communique.records import Event, Statement


class Gold(msgspec.Struct, frozen=True):
    """A record that somebody has judged: as it was made, and the fields that are to be otherwise.

    ``verdict`` is "right", "corrected" or "none" (there is no such record). ``authors`` have judged it; where they
    differ, each field has the value that most have given, of as many the latest.
    """

    machine: Statement | Event
    verdict: str
    changes: dict[str, Any]
    authors: tuple[str, ...]
    reasons: tuple[str, ...]


class Score(msgspec.Struct, frozen=True):
    """How many records of a kind were judged, by field; ``right`` as the machine made it."""

    kind: str
    field: str
    judged: int
    right: int


class Agreement(msgspec.Struct, frozen=True):
    """How far two people agree on the records that both judged: the share, and Cohen's kappa (1960), None where chance
    alone explains all, as when both always say the same.
    """

    one: str
    other: str
    field: str
    both: int
    agreed: float
    kappa: float | None


def gold(corrections: Iterable[Correction]) -> Iterator[Gold]:
    """Yield one judgement a record, in the order of the first correction of each."""
    by_record: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        by_record[correction.record].append(correction)
    for found in by_record.values():
        fields: dict[str, object] = {}
        for field in dict.fromkeys(one.field for one in found):
            fields[field] = _most([one.after for one in found if one.field == field])
        whole = fields.pop(WHOLE, True)
        machine = found[-1].machine
        befores = {one.field: one.before for one in found}
        changes = {field: value for field, value in fields.items() if value != befores[field]}
        verdict = "none" if whole is False else "corrected" if changes else "right"
        yield Gold(
            machine=machine,
            verdict=verdict,
            changes={} if verdict == "none" else changes,
            authors=tuple(dict.fromkeys(one.author for one in found)),
            reasons=tuple(one.reason for one in found if one.reason),
        )


def scores(judged: Iterable[Gold]) -> list[Score]:
    """Return how often the machine was right, by kind and field; of a record that is none no field is counted."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    for one in judged:
        kind = "statements" if isinstance(one.machine, Statement) else "events"
        counts[kind, WHOLE, one.verdict != "none"] += 1
        if one.verdict == "none":
            continue
        fields = ("speaker", "addressee", "act") if kind == "statements" else ("source", "target", "type", "status")
        for field in fields:
            counts[kind, field, field not in one.changes] += 1
    keys = dict.fromkeys((kind, field) for kind, field, _ in counts)
    return [
        Score(kind, field, counts[kind, field, True] + counts[kind, field, False], counts[kind, field, True])
        for kind, field in keys
    ]


def agreements(corrections: Iterable[Correction]) -> list[Agreement]:
    """Return for each two people, and each field, how far they agree on the records that both judged."""
    said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for correction in corrections:
        value = msgspec.json.encode(correction.after).decode()
        said[correction.author, correction.field][correction.record] = value
    found = []
    for (one, field), (other, other_field) in combinations(sorted(said), 2):
        both = sorted(said[one, field].keys() & said[other, other_field].keys()) if field == other_field else []
        if both:
            pairs = [(said[one, field][record], said[other, field][record]) for record in both]
            agreed = sum(a == b for a, b in pairs) / len(pairs)
            found.append(Agreement(one, other, field, len(both), agreed, _kappa(pairs, agreed)))
    return found


def _kappa(pairs: list[tuple[str, str]], agreed: float) -> float | None:
    ones, others = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ones[value] * others[value] for value in ones) / len(pairs) ** 2
    return None if chance == 1 else (agreed - chance) / (1 - chance)


def _most(values: list[object]) -> object:
    """Return the value that stands most often; of as many the latest."""
    encoded = [msgspec.json.encode(value) for value in values]
    counts = Counter(encoded)
    best = max(range(len(values)), key=lambda at: (counts[encoded[at]], at))
    return values[best]
