"""What an article's event is compared by with those of other articles, and the keys by which like ones are found."""

from collections.abc import Iterator, Set
from datetime import date

import msgspec

from communique.filters import words
from communique.records import Actor, Article, Event, Place
from communique.stories.terms import stems

UNKNOWN_DAY = 0
"""The ordinal that stands for no day."""
# Characters of the report's beginning that tell its topic, with the title.
LEAD = 400


class Side(msgspec.Struct, frozen=True, array_like=True):
    """An actor as it is compared. ``id`` is None where the words name nobody in particular; ``name`` as in filters."""

    id: str | None
    name: str
    shown: str
    country: str | None
    sector: str | None
    kind: str

    @property
    def key(self) -> str:
        """What any actor has that may be the same: the country, else who it is."""
        return self.country or self.id or self.name.strip()


class Sighting(msgspec.Struct, frozen=True, array_like=True):
    """An event as one article tells it. ``first`` and ``last`` are ordinal days, ``dated`` whether the page says them.

    ``words`` are the stems of its clauses without the actors' names, ``topic`` those of the article's title and lead.
    """

    event: str
    article: str
    type: str
    mode: str | None
    status: str
    symmetric: bool
    source: tuple[Side, ...]
    target: tuple[Side, ...]
    first: int
    last: int
    dated: bool
    place: Place | None
    trigger: str
    words: frozenset[str]
    topic: frozenset[str]

    def keys(self) -> list[str]:
        """Return the keys under which it is kept."""
        return sorted(set(self._keys(kept=True)))

    def sought(self) -> list[str]:
        """Return the keys of events that may be the same: both sides agree, or one is open on either page."""
        return sorted(set(self._keys(kept=False)))

    def _keys(self, *, kept: bool) -> Iterator[str]:
        # "-": the other side is open; "+": it is not. Sought are those that are open, too.
        filled = "+" if kept else "-"
        for sources, targets in self._directions():
            for source in sources:
                yield from (f"{self.type}|{source}|{target}" for target in targets)
                yield f"{self.type}|{source}|{filled if targets else '-'}"
                if not targets and not kept:
                    yield f"{self.type}|{source}|+"
            for target in targets:
                yield f"{self.type}|{filled if sources else '-'}|{target}"
                if not sources and not kept:
                    yield f"{self.type}|+|{target}"

    def _directions(self) -> Iterator[tuple[Set[str], Set[str]]]:
        """Yield sources and targets; of what is done together each participant as one and the others as the other."""
        sources, targets = {side.key for side in self.source}, {side.key for side in self.target}
        if not self.symmetric:
            yield sources, targets
            return
        every = [side.key for side in (*self.source, *self.target)]
        for number, one in enumerate(every):
            yield {one}, set(every[:number] + every[number + 1 :])


def sighting(event: Event, article: Article) -> Sighting:
    """Return an event of an article as it is compared."""
    day = ordinal(article.day)
    first, _, last = (event.date or "").partition("/")
    names = [name for actor in (*event.source, *event.target) for name in _names(actor)]
    clauses = " ".join(article.text[start:end] for start, end in (event.evidence, *event.also))
    trigger = stems(article.text[slice(*event.trigger)])
    return Sighting(
        event=event.id,
        article=article.id,
        type=event.type,
        mode=event.mode,
        status=event.status,
        symmetric=event.symmetric,
        source=tuple(_side(actor) for actor in event.source),
        target=tuple(_side(actor) for actor in event.target),
        first=ordinal(first) or day,
        last=ordinal(last or first) or day,
        dated=bool(first),
        place=event.place,
        trigger=trigger[0] if trigger else "",
        words=frozenset(stems(clauses, without=names)),
        topic=frozenset(stems(f"{article.title or ''} {article.text[:LEAD]}")),
    )


def ordinal(day: str | None) -> int:
    """Return the ordinal of a day, "YYYY-MM-DD"; 0 for none, or one that no calendar has.

    >>> ordinal("0001-01-01"), ordinal("2022-02-30")
    (1, 0)
    """
    try:
        return date.fromisoformat(day or "").toordinal()
    except ValueError:  # one page with a wrong day must not keep all others from being compared
        return UNKNOWN_DAY


def _names(actor: Actor) -> Iterator[str]:
    yield actor.name
    if actor.mention is not None:
        yield actor.mention.text


def _side(actor: Actor) -> Side:
    # "USA:GOV" is whoever is in that sector, "FRA:GOV:foreign-ministry" one body.
    named = actor.id is not None and (":" not in actor.id or actor.id.count(":") > 1 or actor.id[0].islower())
    return Side(
        actor.id if named else None, words(actor.name), actor.name, actor.country, actor.sector, actor.kind,
    )  # fmt: skip
