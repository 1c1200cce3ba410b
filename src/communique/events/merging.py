"""One event, one record: mentions of one act in an article become the most specific of them, with all evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.events.drafts import Draft
from communique.events.parties import distinct, is_known, key
from communique.records import Actor, Status

# Each demand, reproach or blow is one of its own unless the same sentence names it twice.
REPEATABLE = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "ASSAULT"})
OUTCOMES = frozenset({"kill", "wound", "injure", "maim"})
FACTUAL = frozenset({"happened", "ongoing", "alleged"})


def merged(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts of distinct events, in text order; partial mentions join another or are dropped."""
    events: list[Draft] = []
    partial: list[Draft] = []
    for draft in drafts:
        if draft.partial:
            partial.append(draft)
            continue
        place = next((i for i, other in enumerate(events) if same_event(other, draft)), None)
        if place is None:
            events.append(draft)
        else:
            events[place] = joined(events[place], draft)
    for draft in partial:
        options = [i for i, event in enumerate(events) if _belongs(event, draft)]
        if options:
            nearest = min(options, key=lambda i: abs(events[i].token.i - draft.token.i))
            events[nearest] = joined(events[nearest], draft)
    kept = [event for event in events if not _is_topic_of_protest(event, events)]
    return [_dated_by_occasion(event, kept) for event in kept]


def _is_topic_of_protest(event: Draft, events: Sequence[Draft]) -> bool:
    """Tell whether it is the demand that a crowd marches for: the codebook counts the protest alone."""
    return event.type == "REQUEST" and any(
        other.type == "PROTEST"
        and other.token.sent.start == event.token.sent.start
        and _sides_agree(other.source, event.source)
        for other in events
    )


def same_event(one: Draft, other: Draft) -> bool:
    """Tell whether two mentions can be of one event: type, parties, status, day, place and teller agree."""
    if one.type != other.type or (one.symmetric != other.symmetric and one.type != "CONSULT"):
        return False
    same_sentence = one.token.sent.start == other.token.sent.start
    if one.type in REPEATABLE and not same_sentence:
        return False
    if not _statuses_agree(one.status, other.status):
        return False
    if not same_sentence and _tellers_differ(one, other):
        return False
    if not (_days_agree(one.date, other.date) and _places_agree(one, other)):
        return False
    if one.symmetric or other.symmetric:
        return _sides_agree((*one.source, *one.target), (*other.source, *other.target), both=True)
    if _is_outcome(one, other):
        return True
    if (
        one.type in REPEATABLE
        and one.trigger != other.trigger
        and one.rule.startswith("verb")
        and other.rule.startswith("verb")
    ):
        return _sides_agree(one.source, other.source) and _sides_equal(one.target, other.target)
    return _sides_agree(one.source, other.source) and _sides_agree(one.target, other.target)


def _is_outcome(one: Draft, other: Draft) -> bool:
    """Tell whether the second is what the first led to: 'shelled the town, killing ten people'."""
    verb = other.token
    if one.type != "ASSAULT" or verb.tag_ != "VBG" or verb.lemma_.lower() not in OUTCOMES:
        return False
    while verb.dep_ == "conj":
        verb = verb.head
    countries = {a.country for a in one.target}
    return (
        verb.dep_ == "advcl"
        and verb.head == one.token
        and _sides_agree(one.source, other.source)
        and all(a.id is None and (a.country is None or a.country in countries) for a in other.target)
    )


def _statuses_agree(one: Status, other: Status) -> bool:
    return one == other or {one, other} <= FACTUAL


def _tellers_differ(one: Draft, other: Draft) -> bool:
    if one.attributed_to is None or other.attributed_to is None:
        return False
    return key(one.attributed_to) != key(other.attributed_to)


def _days_agree(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return True
    (a, b), (c, d) = _ends(one), _ends(other)
    return a <= d and c <= b


def _ends(value: str) -> tuple[str, str]:
    first, _, last = value.partition("/")
    return first, last or first


def _places_agree(one: Draft, other: Draft) -> bool:
    if one.place is None or other.place is None or one.place == other.place:
        return True
    # A city and its country agree.
    names = {one.place.name, other.place.name}
    return one.place.country == other.place.country and any(n in names for n in _countries(one, other))


def _countries(one: Draft, other: Draft) -> set[str]:
    return {a.name for d in (one, other) for a in (*d.source, *d.target) if a.kind == "state"}


def _sides_agree(one: Sequence[Actor], other: Sequence[Actor], *, both: bool = False) -> bool:
    """Tell whether the smaller side is part of the larger; an empty one agrees with any unless ``both`` are needed."""
    if not one or not other:
        return not both
    small, large = sorted((one, other), key=len)
    return all(any(_same(a, b) for b in large) for a in small)


def _sides_equal(one: Sequence[Actor], other: Sequence[Actor]) -> bool:
    return len(one) == len(other) and _sides_agree(one, other)


def _same(one: Actor, other: Actor) -> bool:
    """Tell whether two actors may be one: the same id, or a state and somebody who acts for it."""
    if key(one) == key(other):
        return True
    if one.country is None or one.country != other.country:
        return False
    if one.kind == "person" and other.kind == "person":
        return False
    return one.sector is None or other.sector is None or one.sector == other.sector


def _belongs(event: Draft, partial: Draft) -> bool:
    """Tell whether a mention like 'the talks' may be of the event: nothing speaks against it."""
    if event.type != partial.type or not _statuses_agree(event.status, partial.status):
        return False
    if not (_days_agree(event.date, partial.date) and _places_agree(event, partial)):
        return False
    if event.mode == "phone" and partial.place is not None:
        return False
    named = [a for a in (*partial.source, *partial.target) if is_known(a)]
    if not named:
        return partial.rule.startswith("noun") and not partial.source
    return _sides_agree((*event.source, *event.target), named)


def joined(one: Draft, other: Draft) -> Draft:
    """Return the more specific of two mentions with what the other adds."""
    first, second = (one, other) if _weight(one) >= _weight(other) else (other, one)
    spans = [*one.also, *other.also, second.evidence]
    also = tuple(dict.fromkeys(s for s in spans if s != first.evidence))
    fixed = first.symmetric or second.partial or (bool(first.target) and _is_outcome(first, second))
    status = first.status if second.partial else _status(first.status, second.status)
    return replace(
        first,
        source=first.source if second.partial else _union(first.source, second.source),
        target=first.target if fixed else _union(first.target, second.target),
        mode=first.mode or second.mode,
        context=tuple(dict.fromkeys((*first.context, *second.context))),
        conditional=first.conditional or second.conditional,
        date=_finer(first.date, second.date),
        place=first.place or second.place,
        attributed_to=None
        if status in {"happened", "ongoing"} and "alleged" in {first.status, second.status}
        else first.attributed_to,
        statement=first.statement or second.statement,
        counts={**second.counts, **first.counts},
        status=status,
        also=also,
    )


def _weight(draft: Draft) -> tuple[bool, int, int, bool]:
    people = sum(a.kind == "person" for a in (*draft.source, *draft.target))
    known = sum(is_known(a) for a in (*draft.source, *draft.target))
    return not draft.partial, known, people, draft.date is not None


def _union(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """The actors of both, of two that may be one the more precise: a person before the state."""
    found = list(one)
    for actor in other:
        same = next((i for i, a in enumerate(found) if _same(a, actor)), None)
        if same is None:
            found.append(actor)
        elif actor.kind == "person" and found[same].kind != "person":
            found[same] = actor
    return distinct(found)


def _status(one: Status, other: Status) -> Status:
    for status in ("ongoing", "happened"):
        if status in {one, other}:
            return status
    return one


def _finer(one: str | None, other: str | None) -> str | None:
    if one is None or other is None:
        return one or other
    return one if "/" not in one or "/" in other else other


def _dated_by_occasion(event: Draft, events: Sequence[Draft]) -> Draft:
    """Give an undated act of word the day of the talks that its own clause names: 'used the meeting to urge'."""
    if event.date is not None or event.type not in {"REQUEST", "ACCUSE", "THREATEN", "REJECT", "SUPPORT", "AGREE"}:
        return event
    for occasion in events:
        if (
            occasion.type != "CONSULT"
            or occasion.date is None
            or not {key(a) for a in event.source} & {key(a) for a in occasion.source}
        ):
            continue
        for start, end in (occasion.evidence, *occasion.also):
            here = event.token.sent.start_char <= start < event.token.sent.end_char
            if (
                here
                and abs(start - event.evidence[0]) < 80
                and start <= event.trigger[0]
                and end >= event.trigger[0] - 40
            ):
                return replace(
                    event, date=occasion.date, basis={**event.basis, "date": "day of the talks where it was said"}
                )
    return event
