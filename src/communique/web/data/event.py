"""What an event's page tells: every report of it, with its words."""

from dataclasses import dataclass

from communique.archive import Archive
from communique.archive.entries import Entries, Hits
from communique.errors import RecordNotFound
from communique.filters import EVENTS
from communique.records import Article, Event

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
    found = sorted(_alike(archive, event), key=lambda report: (report.article.published or "~", report.event.id))
    return EventPage(event, archive.article_of(event), tuple(found), "the same type, parties and day")


def _alike(archive: Archive, event: Event) -> list[Report]:
    """Events of the same type between the same parties on the same day; without parties or a day, this one alone."""
    day = event.date
    alike: list[Event] = [event]
    if event.source and event.source[0].id and day and "/" not in day:
        chosen = {"type": event.type, "source": event.source[0].id, "since": day, "until": day}
        records = Entries(archive).page(Hits(EVENTS, chosen), limit=MOST)
        alike += [
            other for other in records
            if isinstance(other, Event) and other.id != event.id and other.date == day
            and other.status == event.status and _parties(other) == _parties(event)
        ]  # fmt: skip
    reports = []
    for one in alike:
        article = archive.article_of(one)
        reports.append(Report(one, article, article.text[slice(*one.evidence)]))
    return reports


def _parties(event: Event) -> tuple[frozenset[str | None], frozenset[str | None]]:
    sources, targets = (frozenset(actor.id for actor in actors) for actors in (event.source, event.target))
    return (sources | targets, frozenset()) if event.symmetric else (sources, targets)
