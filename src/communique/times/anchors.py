"""Times told from another: 'a week earlier', 'the next morning', 'two days after the vote of 16 March'."""

import re
from collections.abc import Sequence
from datetime import date
from typing import cast

from spacy.tokens import Doc, Token

from communique.times import periods
from communique.times.patterns import Hit
from communique.times.periods import Period, Unit
from communique.times.readers import NUMBERS, covering, neighbour, number_of
from communique.times.tense import outlook

_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)}|the)"
_BACK = re.compile(
    rf"\b(?:{_COUNT}\s+(?P<unit>day|week|month|year)s?\s+(?P<way>earlier|later)"
    r"|(?:the|that)\s+(?:very\s+)?(?P<which>same|next|following|previous)\s+"
    r"(?P<unit2>day|week|month|year|morning|afternoon|evening|night)"
    r"|the\s+(?P<unit3>day|week|month|year)\s+(?P<way3>before|after)(?=\s*(?:[.,;:)]|$)|\s+and\b)"
    r"|(?:later\s+)?that\s+(?P<unit4>day|morning|afternoon|evening|night)(?=\s*(?:[.,;:)]|$)))\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(rf"\b{_COUNT}\s+(?P<unit>day|week|month|year)s?\s+(?P<way>after|before)\b", re.IGNORECASE)
_ABOUT = frozenset("than over under least almost nearly about some within".split())
# The finest first: what is told in units can be told from what is at least as fine.
_FINE = ("day", "week", "month", "year")


def anchored(doc: Doc, text: str, hits: Sequence[Hit], *, on: date | None) -> list[Hit]:
    """Return the hits with those that are told from one before them, or after them in the same phrase.

    ``text`` is the Doc's, ``on`` the article's day: what lies after it without being said to come has another anchor.
    """
    if not hits:
        return []
    found = list(hits)
    for pattern, find in ((_BACK, _before), (_AHEAD, _after)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(hit.start < end and start < hit.end for hit in found):
                continue
            words = covering(doc, start, end)
            unit, step = _step(match)
            anchor = None if neighbour(words[0], -1) in _ABOUT else find(doc, hits, words[0], words[-1], unit)
            if anchor is None:
                continue
            period = _told(anchor.period, unit, step, counted=_counted(match))
            if _credible(period, anchor.period, unit, on) or outlook(words.root) == "future":
                found.append(Hit(start, end, period, "other", True))
    return sorted(found, key=lambda hit: hit.start)


def _credible(period: Period, anchor: Period, unit: Unit, on: date | None) -> bool:
    """Tell whether a time can be meant that no verb puts in the future."""
    return on is None or period.start <= on or (anchor.start > on and unit in {"day", "week"})


def _step(match: re.Match[str]) -> tuple[Unit, int]:
    groups = match.groupdict()
    named = next(groups[name] for name in ("unit", "unit2", "unit3", "unit4") if groups.get(name)).lower()
    unit = cast(Unit, named if named in _FINE else "day")
    if groups.get("which"):
        return unit, {"same": 0, "previous": -1}.get(match["which"].lower(), 1)
    if groups.get("unit4"):
        return unit, 0
    way = (groups.get("way") or groups["way3"] or "").lower()
    count = groups.get("count") or "the"
    number = 1 if count.lower() == "the" else number_of(count)
    return unit, number * (1 if way in {"later", "after"} else -1)


def _counted(match: re.Match[str]) -> bool:
    return not match.groupdict().get("which")


def _told(anchor: Period, unit: Unit, step: int, *, counted: bool) -> Period:
    when = periods.shifted(anchor.start, step, unit)
    if anchor.precision != "day":
        return periods.unit_at(when, cast(Unit, anchor.precision))
    return periods.day(when) if unit == "day" or (unit == "week" and counted) else periods.unit_at(when, unit)


def _fits(hit: Hit, unit: Unit) -> bool:
    return hit.period.precision in _FINE[: _FINE.index(unit) + 1]


def _before(doc: Doc, hits: Sequence[Hit], first: Token, last: Token, unit: Unit) -> Hit | None:
    """Return the nearest time before, in the same or the last sentence."""
    start = first.sent.start
    earliest = doc[start - 1].sent.start_char if start else 0
    return next((h for h in reversed(hits) if earliest <= h.start < first.idx and _fits(h, unit)), None)


def _after(doc: Doc, hits: Sequence[Hit], first: Token, last: Token, unit: Unit) -> Hit | None:
    """Return the first time in what follows 'after': 'the vote of 16 March', 'Russia invaded on Thursday'."""
    told = doc[last.left_edge.i : last.right_edge.i + 1]
    if last.dep_ == "mark":
        told = doc[last.i : last.head.right_edge.i + 1]
    end = told[-1].idx + len(told[-1])
    found = next((h for h in hits if last.idx < h.start < end), None)
    return found if found is not None and _fits(found, unit) else None
