"""Distinct events and stories as people read them: every report, who printed it, and why they are taken for one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import msgspec

from communique.archive import Archive
from communique.archive.sameness import EVENT, REPORT, STORY, Print, Sameness, StoredLink
from communique.errors import UsageError
from communique.filters import EVENTS
from communique.records import Article, Event
from communique.stories.same_event import DONE, SAME
from communique.stories.topics import headline

GROUPED = 500
"""Events that are looked up at a time."""


class Spread(msgspec.Struct, frozen=True):
    """How widely something was reported: articles, distinct reports (a reprint is none), who printed them, where.

    ``outlets`` are names, ``countries`` those of the outlets' head offices, as far as known; both sorted.
    """

    articles: int
    reports: int
    outlets: tuple[str, ...]
    countries: tuple[str, ...]


class Telling(msgspec.Struct, frozen=True):
    """A report of an event: the record, the article's day and outlet, and the words that say it.

    ``report`` is the first print of the same report; several tellings with one ``report`` are prints of one text.
    """

    event: Event
    report: str
    day: str | None
    outlet: str | None
    country: str | None
    title: str | None
    url: str | None
    words: str


class Related(msgspec.Struct, frozen=True):
    """Another distinct event that tells of the same act in another status, and what makes it so."""

    kind: str
    event: Event
    reasons: tuple[str, ...]


class DistinctEvent(msgspec.Struct, frozen=True, tag_field="record", tag="distinct event"):
    """An event, however often it is reported. ``event`` is the report that tells most, ``id`` the smallest of all.

    ``day`` is the day or interval that the report gives, or the day of the first article that reports it.
    """

    id: str
    event: Event
    day: str | None
    spread: Spread


class EventAccount(msgspec.Struct, frozen=True, tag_field="record", tag="event account"):
    """All that an archive holds of one event: its reports, the earliest first, why they are one, what is related."""

    id: str
    event: Event
    spread: Spread
    tellings: tuple[Telling, ...]
    links: tuple[StoredLink, ...]
    related: tuple[Related, ...]


class Story(msgspec.Struct, frozen=True, tag_field="record", tag="story"):
    """Articles of some days that tell of one thing, the earliest first; ``title`` is that of the nearest to all."""

    id: str
    title: str
    first: str | None
    last: str | None
    spread: Spread
    articles: tuple[str, ...]


class StoryAccount(msgspec.Struct, frozen=True, tag_field="record", tag="story account"):
    """A story with its prints, its distinct events in the order of their days, and why its articles are one."""

    story: Story
    prints: tuple[Print, ...]
    events: tuple[DistinctEvent, ...]
    links: tuple[StoredLink, ...]


def spread(prints: Iterable[Print]) -> Spread:
    """Return how widely these prints are spread.

    A page that does not name its outlet is one of those of its domain that do, if there are any.
    """
    every = list(prints)
    named = {one.domain for one in every if one.outlet != one.domain}
    return Spread(
        articles=len({one.article for one in every}),
        reports=len({one.report for one in every}),
        outlets=tuple(
            sorted(
                {one.outlet for one in every if one.outlet and (one.outlet != one.domain or one.domain not in named)}
            )
        ),
        countries=tuple(sorted({one.country for one in every if one.country})),
    )


def distinct_events(archive: Archive, chosen: Mapping[str, str] | None = None) -> Iterator[DistinctEvent]:
    """Yield the distinct events of which a report passes the filters, the latest report's day first.

    Its ``event`` is the report that tells most among those that pass, its spread that of all reports. The archive is
    read as far as events are asked for. Raises UsageError as Archive.records.
    """
    same = Sameness(archive)
    told: set[str] = set()
    records = archive.records(EVENTS, chosen or {})
    while some := [record for record in islice(records, GROUPED) if isinstance(record, Event)]:
        names = same.groups_of(EVENT, [event.id for event in some])
        members = same.members_of(EVENT, set(names.values()) - told)
        told.update(name for name, group in members.items() if len(group) > 1)
        # Other reports of the same that pass may come days later.
        later = [member for group in members.values() for member in group if member not in names]
        passing: dict[str, Event] = {}
        _sort_in(passing, [event for event in some if names[event.id] in members], same)
        _sort_in(passing, same.events_with(chosen or {}, of=later), same)
        homes = same.articles_of(member for group in members.values() for member in group)
        prints = same.prints(set(homes.values()))
        for name in dict.fromkeys(names[event.id] for event in some):
            if name in passing:
                articles = [homes[member] for member in members[name] if member in homes]
                yield _distinct(name, passing[name], [prints[article] for article in articles])


def _sort_in(passing: dict[str, Event], events: Sequence[Event], same: Sameness) -> None:
    """Keep of each distinct event the report that tells most."""
    names = same.groups_of(EVENT, [event.id for event in events])
    for event in events:
        before = passing.get(names[event.id])
        passing[names[event.id]] = event if before is None else most_telling([before, event])


def _distinct(name: str, event: Event, prints: Sequence[Print]) -> DistinctEvent:
    return DistinctEvent(
        name, event, event.date or min((p.day for p in prints if p.day), default=None), spread(prints)
    )


def most_telling(events: Iterable[Event]) -> Event:
    """Return the report that tells most of an event: one with a day, a target, a place, then the most confident."""
    return min(
        events,
        key=lambda e: (e.date is None, not e.target and not e.symmetric, e.place is None, -e.confidence, e.id),
    )


def event_account(archive: Archive, identity: str) -> EventAccount:
    """Return every report of the event that this record, by its id or the id's beginning, is one of.

    Raises RecordNotFound when there is none, UsageError when the record is no event.
    """
    record = archive.record(identity)
    if not isinstance(record, Event):
        raise UsageError(f"{record.id} is no event", remedy="communique event ARCHIVE lists the events")
    same = Sameness(archive)
    name = same.group_of(EVENT, record.id)
    members = same.members(EVENT, name)
    events = [event for member in members if isinstance(event := archive.record(member), Event)]
    prints = same.prints(event.article for event in events)
    tellings = tuple(
        _telling(event, prints[event.article], archive)
        for event in sorted(events, key=lambda e: (prints[e.article].day or "", prints[e.article].outlet or "", e.id))
    )
    links = same.links_of(EVENT, members)
    inside = tuple(link for link in links if link.kind == SAME and {link.one, link.other} <= set(members))
    related = _related(archive, same, [link for link in links if link.kind != SAME], set(members))
    spread_ = spread(prints.values())
    return EventAccount(name, most_telling(events), spread_, tellings, inside, related)


def _telling(event: Event, print: Print, archive: Archive) -> Telling:
    article = archive.article_of(event)
    words = " ".join(article.text[slice(*event.evidence)].split())
    return Telling(event, print.report, print.day, print.outlet, print.country, print.title, print.url, words)


def _related(
    archive: Archive, same: Sameness, links: Sequence[StoredLink], members: set[str]
) -> tuple[Related, ...]:  # fmt: skip
    """The strongest link to each other distinct event."""
    found: dict[str, Related] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.one, link.other)):
        other = link.one if link.other in members else link.other
        name = same.group_of(EVENT, other)
        event = archive.record(other)
        if name not in found and isinstance(event, Event):
            found[name] = Related(link.kind, event, link.reasons)
    return tuple(found[name] for name in sorted(found))


def stories(archive: Archive, chosen: Mapping[str, str] | None = None, *, least: int = 2) -> list[Story]:
    """Return the stories of ``least`` articles or more of which one passes the filters, the latest first.

    An article passes when it does itself, or one of its records. Raises UsageError as Archive.records.
    """
    same = Sameness(archive)
    names = same.groups_of(STORY, same.articles_with(chosen or {}))
    members = {n: group for n, group in same.members_of(STORY, set(names.values())).items() if len(group) >= least}
    prints = same.prints(article for group in members.values() for article in group)
    titled = _titles(same, members, prints)
    found = [_story(name, titled[name], [prints[a] for a in group if a in prints]) for name, group in members.items()]
    return sorted(found, key=lambda story: (story.last or "", story.spread.articles, story.id), reverse=True)


def _titles(same: Sameness, members: Mapping[str, Sequence[str]], prints: Mapping[str, Print]) -> dict[str, str]:
    home = {article: name for name, group in members.items() for article in group}
    pairs: dict[str, list[tuple[str, str, float]]] = {name: [] for name in members}
    for link in same.links_of(STORY, home):
        if home.get(link.one) == home.get(link.other) and link.one in home:
            pairs[home[link.one]].append((link.one, link.other, link.score))
    return {
        name: headline({a: prints[a].title or "" for a in group if a in prints}, pairs[name])
        for name, group in members.items()
    }


def _story(name: str, title: str, prints: Sequence[Print]) -> Story:
    ordered = sorted(prints, key=lambda one: (one.day or "", one.article))
    days = [one.day for one in ordered if one.day]
    first, last = (days[0], days[-1]) if days else (None, None)
    return Story(name, title, first, last, spread(prints), tuple(one.article for one in ordered))


def story_account(archive: Archive, identity: str) -> StoryAccount:
    """Return the story that an article, by its id or the id's beginning, is part of.

    Raises RecordNotFound when there is none, UsageError when the record is no article.
    """
    record = archive.record(identity)
    if not isinstance(record, Article):
        raise UsageError(f"{record.id} is no article", remedy="a story has the id of its first article")
    same = Sameness(archive)
    name = same.group_of(STORY, record.id)
    members = same.members(STORY, name)
    prints = same.prints(members)
    story = _story(name, _titles(same, {name: members}, prints)[name], list(prints.values()))
    events: dict[str, Event] = {}
    for article in story.articles:
        found = archive.record(article)
        assert isinstance(found, Article)
        coding = archive.coding(found)
        _sort_in(events, coding.events, same)
    groups = same.members_of(EVENT, events)
    homes = same.articles_of(member for group in groups.values() for member in group)
    homes = {event: article for event, article in homes.items() if article in prints}
    distinct = [
        _distinct(group, event, [prints[homes[member]] for member in groups[group] if member in homes])
        for group, event in events.items()
    ]
    by_day = sorted(distinct, key=lambda one: (one.day or "", one.id))
    links = (*same.links_of(STORY, members), *same.links_of(REPORT, members))
    inside = tuple(link for link in links if {link.one, link.other} <= set(members))
    return StoryAccount(story, tuple(prints[article] for article in story.articles), tuple(by_day), inside)


def done(event: Event) -> bool:
    """Tell whether an event is told as happened or going on."""
    return event.status in DONE
