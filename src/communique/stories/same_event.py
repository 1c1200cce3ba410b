"""The same event in several articles: which reports are of one act, with the reasons, and how others are related.

Two reports are of one event when nothing in them contradicts it (type, mode, status, sides, day, place) and enough
speaks for it. Status counts: what is planned, denied, alleged or demanded is never one with what happened; the two are
linked by what they are to each other.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from communique.stories import agreement
from communique.stories.agreement import Grade
from communique.stories.sightings import Sighting

SAME = "same"
"""The kind of link that makes two reports one event; the other kinds are named in RELATIONS."""
DONE = frozenset({"happened", "ongoing"})
RELATIONS = {
    ("planned", "done"): "announced before",
    ("demanded", "done"): "demanded before",
    ("alleged", "done"): "alleged elsewhere",
    ("denied", "done"): "denied elsewhere",
    ("alleged", "denied"): "denied elsewhere",
}
"""What two reports of one act are to each other when they give it another status."""
WINDOW = 3
"""Days apart that two reports' days may be to be compared: an interval of a week is kept under its first day."""
AHEAD = 7
"""Days before an act that its announcement is looked for."""

# What each field adds to a score. Set by reading links of news of 2015-16 (docs/quality.md).
WEIGHTS = {"source": 0.2, "target": 0.15, "day": 0.15, "place": 0.05, "trigger": 0.05, "words": 0.3, "topic": 0.1}
ENOUGH = 0.5
ENOUGH_RELATED = 0.52
ENOUGH_OPEN = 0.6
"""Where a report leaves open by whom or to whom, so that one side alone agrees."""
# Acts of word are repeated day by day between the same sides: what they are about must agree, too.
REPEATED = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE"})
FEWEST_WORDS = 0.3


class Link(NamedTuple):
    """That two reports are of one event, or related; ``one`` is the smaller id. ``score`` is from 0 to 1."""

    one: str
    other: str
    kind: str
    score: float
    reasons: tuple[str, ...]


def link(one: Sighting, other: Sighting) -> Link | None:
    """Return how two reports are linked, None when they are not."""
    if one.article == other.article:
        return None
    one, other = sorted((one, other), key=lambda s: s.event)
    kind = _kind(one, other)
    grades = _grades(one, other) if kind is not None else None
    if kind is None or grades is None:
        return None
    score = round(sum(WEIGHTS[field] * grade.value for field, grade in grades.items()), 3)
    one_sided = min(grades["source"].value, grades["target"].value) <= agreement.ONE_SIDED
    if score < (ENOUGH_OPEN if one_sided else ENOUGH if kind == SAME else ENOUGH_RELATED):
        return None
    if one.type in REPEATED and grades["words"].value < FEWEST_WORDS:
        return None
    what = f"both {one.type}" + (f" {one.mode}" if one.mode and one.mode == other.mode else "")
    told = (f"{field}: {grade.reason}" for field, grade in grades.items() if grade.reason)
    return Link(one.event, other.event, kind, score, (what, *told))


def may_join(facts: Callable[[str], Sighting]) -> Callable[[Sequence[str], Sequence[str]], bool]:
    """Return the test whether two clusters of reports, by their events' ids, may be one event.

    No report of the one may contradict one of the other, so that a chain of links cannot drift from day to day or from
    actor to actor; nor may two be of one article, which tells of two acts then.
    """

    def test(one: Sequence[str], other: Sequence[str]) -> bool:
        return all(compatible(facts(mine), facts(theirs)) for mine in one for theirs in other)

    return test


def compatible(one: Sighting, other: Sighting) -> bool:
    """Tell whether nothing contradicts that two reports are of one event."""
    return one.article != other.article and _kind(one, other) == SAME and _grades(one, other) is not None


def _kind(one: Sighting, other: Sighting) -> str | None:
    if one.type != other.type or (one.mode and other.mode and one.mode != other.mode):
        return None
    statuses = [("done" if s.status in DONE else s.status) for s in (one, other)]
    if statuses[0] == statuses[1]:
        return SAME
    return RELATIONS.get((statuses[0], statuses[1])) or RELATIONS.get((statuses[1], statuses[0]))


def _grades(one: Sighting, other: Sighting) -> dict[str, Grade] | None:
    """Return the grade of each field, None when one contradicts."""
    if one.symmetric or other.symmetric:
        source = target = agreement.participants(one, other)
    else:
        source = agreement.actors(one.source, other.source, "source")
        target = agreement.actors(one.target, other.target, "target")
    if source is None or target is None:
        return None
    days, places = _days(one, other), agreement.places(one.place, other.place)
    if days is None or places is None:
        return None
    return {
        "source": source,
        "target": target._replace(reason="" if target is source else target.reason),
        "day": days,
        "place": places,
        "trigger": Grade(1.0, one.trigger) if one.trigger and one.trigger == other.trigger else agreement.OPEN,
        "words": agreement.words(one.words - {one.trigger}, other.words - {other.trigger}, "words"),
        "topic": agreement.words(one.topic, other.topic, "words of the reports"),
    }


def _days(one: Sighting, other: Sighting) -> Grade | None:
    """Compare the days; an announcement may give none, and come days before the act."""
    planned = [s for s in (one, other) if s.status == "planned"]
    if len(planned) == 1 and not planned[0].dated and planned[0].first:
        act = other if planned[0] is one else one
        lead = act.first - planned[0].first
        return Grade(0.5, f"announced {lead} days before") if act.first and 0 <= lead <= AHEAD else None
    return agreement.days(one, other)
