"""One event, one record: mentions of the same event within an article become one, with all their evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from communique.records import Actor, EventType, Place, Span, Statement, Status


@dataclass(slots=True)
class Draft:
    """An event mention on its way to a record. ``sentence`` numbers its sentence in the article."""

    type: EventType
    mode: str | None
    cameo: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    symmetric: bool
    status: Status
    conditional: bool
    trigger: Span
    evidence: Span
    lemma: str
    sentence: int
    rule: str
    context: tuple[str, ...] = ()
    date: str | None = None
    place: Place | None = None
    attributed_to: Actor | None = None
    statement: Statement | None = None
    counts: dict[str, int] = field(default_factory=dict)
    also: tuple[Span, ...] = ()
    basis: dict[str, str] = field(default_factory=dict)
    definite: bool = False
    occasion: "Draft | None" = None


# How far apart, in sentences, two mentions of one act may stand; meetings are spoken of all through an article.
REACH = 2
SETTLED: frozenset[Status] = frozenset({"happened", "ongoing"})


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with those of the same event merged into the first; a bare 'the talks' only adds to one."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((other for other in reversed(kept) if _same(other, draft)), None)
        if same is not None:
            _merge(same, draft)
            draft.occasion = same
        elif not draft.definite:
            kept.append(draft)
    _date_by_occasion(kept, drafts)
    return kept


def _date_by_occasion(kept: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    """'Used the meeting to urge…': what is said at a meeting is said on its day."""
    for draft in kept:
        if draft.date is None and draft.type in {"REQUEST", "THREATEN", "REJECT"}:
            at = [d.occasion for d in drafts if d.definite and d.occasion is not None and d.sentence == draft.sentence]
            if at and _keys(draft.source) <= _everyone(at[0]):
                draft.date = at[0].date


def _same(a: Draft, b: Draft) -> bool:
    if a.type != b.type or not _agree(a, b):
        return False
    if b.definite:
        return a.type == "CONSULT"
    if a.type == "CONSULT":
        return _covers(_everyone(a), _everyone(b))
    near = b.sentence - a.sentence <= REACH
    same_roles = _covers(_keys(a.source), _keys(b.source)) and _covers(_keys(a.target), _keys(b.target))
    if a.sentence == b.sentence and a.type in {"THREATEN", "REQUEST", "REJECT", "ACCUSE"}:
        return same_roles
    return near and same_roles and (a.lemma == b.lemma or bool(a.mode) and a.mode == b.mode)


def _agree(a: Draft, b: Draft) -> bool:
    """Tell whether nothing that both state differs: status, place, days."""
    if (a.status in SETTLED) != (b.status in SETTLED) and {a.status, b.status} != {"happened", "alleged"}:
        return False
    if a.place is not None and b.place is not None and a.place.name != b.place.name:
        return False
    if a.date is None or b.date is None:
        return True
    (first, last), (start, end) = _ends(a.date), _ends(b.date)
    return first <= end and start <= last


def _ends(date: str) -> tuple[str, str]:
    first, _, last = date.partition("/")
    return first, last or first


def _keys(actors: Sequence[Actor]) -> set[str]:
    return {actor.country or actor.id or actor.name.lower() for actor in actors}


def _everyone(draft: Draft) -> set[str]:
    return _keys((*draft.source, *draft.target))


def _covers(mine: set[str], theirs: set[str]) -> bool:
    return not mine or not theirs or mine <= theirs or theirs <= mine


def _merge(into: Draft, other: Draft) -> None:
    """Take from the other what is missing or told more exactly; keep its words as further evidence."""
    if len(other.source) > len(into.source) and not other.definite:
        into.source, into.symmetric = other.source, other.symmetric
    into.target = into.target or other.target
    if into.date is None or (other.date is not None and "/" in into.date and "/" not in other.date):
        into.date = other.date
    into.place = into.place or other.place
    into.statement = into.statement or other.statement
    into.counts = {**other.counts, **into.counts}
    into.context = tuple(dict.fromkeys((*into.context, *other.context)))
    into.conditional = into.conditional or other.conditional
    if into.status == "alleged" and other.status == "happened":
        into.status, into.attributed_to = "happened", None
    if other.evidence != into.evidence:
        into.also = (*into.also, other.evidence, *other.also)
    into.basis = {**other.basis, **into.basis}


__all__ = ["Draft", "merged", "replace"]
