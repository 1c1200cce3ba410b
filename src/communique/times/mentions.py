"""Mentions of times in a Doc, and which of them is the time of a clause."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from communique.times.periods import Precision

Attachment = Literal["verb", "noun", "modifier"]

# The finer the better, but a stretch of days says more about one act than a year.
_FINENESS = ("day", "interval", "week", "month", "year", "decade")


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that name a day or a period.

    ``start`` and ``end`` are token indices, half open. ``value`` is "YYYY-MM-DD", or two such days joined by "/",
    both included. ``governor`` is the index of the verb or noun that the expression modifies; ``attachment`` tells
    how: a verb, a noun by a preposition ('talks on Thursday'), or a noun from before it ("Thursday's talks").
    """

    start: int
    end: int
    value: str
    precision: Precision
    governor: int
    attachment: Attachment


def time_of(times: Iterable[TimeMention], tokens: Collection[int], *, head: int | None = None) -> TimeMention | None:
    """Return the time of a clause, None when it names none.

    ``tokens`` are the indices of the clause's tokens and ``head`` that of its verb or of the noun that names the
    event. What modifies the head comes first, then what modifies a verb, then what a preposition ties to a noun;
    among equals a day comes before an interval, that before a year, and the earlier in the text before the later.
    A modifier of another noun is never the clause's time: 'rejected the 1994 memorandum' did not happen in 1994.
    """

    def rank(mention: TimeMention) -> tuple[int, int, int]:
        tie = 0 if mention.governor == head else 1 if mention.attachment == "verb" else 2
        return tie, _FINENESS.index(mention.precision), mention.start

    found = [
        mention
        for mention in times
        if mention.start in tokens and (mention.attachment != "modifier" or mention.governor == head)
    ]
    return min(found, key=rank, default=None)
