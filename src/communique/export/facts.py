"""What event data in dyads hold: events that are told as facts, a row for each source and target."""

from collections.abc import Iterable
from itertools import permutations, product

from communique.records import Actor, Event
from communique.stories.same_event import DONE

WHOLE_DAY = len("YYYY-MM-DD")


def told_as_fact(event: Event) -> bool:
    """Tell whether an event is told as happened or going on, under no condition.

    What is planned, demanded, feared, alleged or denied is none: the formats have no column that would say so.
    """
    return event.status in DONE and not event.conditional


def dyads(event: Event) -> Iterable[tuple[Actor | None, Actor | None]]:
    """Return each source with each target, None for a side that nobody is on.

    What several do together, such as talks, is each of them towards each other.
    """
    if event.symmetric and not event.target and len(event.source) > 1:
        return permutations(event.source, 2)
    return product(event.source or (None,), event.target or (None,))


def whole_day(date: str | None) -> str | None:
    """Return a date that is one day; None for an interval, and for none."""
    return date if date is not None and len(date) == WHOLE_DAY else None
