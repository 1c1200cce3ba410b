"""What an event's page tells: every report of it, with its words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.archive import Archive
from communique.archive.entries import Entries, Hits
from communique.errors import RecordNotFound
from communique.filters import EVENTS
from communique.records import Article, Event
from communique.web.data.story import reports_of

MOST = 200


@dataclass(frozen=True, slots=True)
class Report:
    """A report of an event: the record, its article, the words that say it."""

    event: Event
    article: Article
    words: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """An event and its reports, the earliest first. ``why`` says by what they are taken for reports of one event."""

    event: Event
    article: Article
    reports: tuple[Report, ...]
    why: str


def event_page(archive: Archive, identity: str) -> EventPage:
    """Return the page of an event. Raises RecordNotFound, also for a record that is no event."""
    event = archive.record(identity)
    if not isinstance(event, Event):
        raise RecordNotFound(f"{identity!r} is no event", remedy="its id begins with e-")
    why, events = "compared with other reports", list(_compared(archive, event))
    if len(events) == 1:
        why, events = "the same type, parties and day", _alike(archive, event)
    reports = _reports(archive, events)
    return EventPage(event, archive.article_of(event), reports, why)


def _compared(archive: Archive, event: Event) -> Iterator[Event]:
    for one in reports_of(archive, event.id):
        report = archive.record(one)
        if isinstance(report, Event):
            yield report


def _reports(archive: Archive, events: Iterable[Event]) -> tuple[Report, ...]:
    found = []
    for event in events:
        article = archive.article_of(event)
        found.append(Report(event, article, article.text[slice(*event.evidence)]))
    return tuple(sorted(found, key=lambda report: (report.article.published or "~", report.event.id)))


def _alike(archive: Archive, event: Event) -> list[Event]:
    """Events of the same type between the same parties on the same day; without parties or a day, this one alone."""
    day = event.date
    known = event.source[0].id if event.source else None
    if known is None or day is None or "/" in day:
        return [event]
    chosen = {"type": event.type, "status": event.status, "actor": known, "since": day, "until": day}
    others = (
        other
        for other in Entries(archive).page(Hits(EVENTS, chosen), limit=MOST)
        if isinstance(other, Event) and other.id != event.id
    )
    return [event, *(other for other in others if other.date == day and _parties(other) == _parties(event))]


def _parties(event: Event) -> tuple[frozenset[str | None], frozenset[str | None]]:
    sources, targets = (frozenset(actor.id for actor in actors) for actors in (event.source, event.target))
    return (sources | targets, frozenset()) if event.symmetric else (sources, targets)
