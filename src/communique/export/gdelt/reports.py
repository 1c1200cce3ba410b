"""Distinct events with every report: what the rows of both tables are made of."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from communique.archive import Archive
from communique.archive.sameness import EVENT, Sameness
from communique.export.facts import told_as_fact
from communique.records import Article, Event
from communique.stories.accounts import DistinctEvent, distinct_events

DAY = len("YYYY-MM-DD")
WEB, CITATION = 1, 2
"""GDELT's types of what a document is named by: its address, or a citation."""


@dataclass(frozen=True, slots=True)
class Report:
    """A record of an event, and the article that it is from."""

    event: Event
    article: Article


@dataclass(frozen=True, slots=True)
class Reported:
    """A distinct event that is told as a fact, with its reports, the earliest first."""

    distinct: DistinctEvent
    reports: tuple[Report, ...]


def reported(archive: Archive, chosen: Mapping[str, str] | None = None) -> Iterator[Reported]:
    """Yield the distinct events told as facts of which a report passes the filters, the latest report's day first.

    Raises UsageError as Archive.records.
    """
    same = Sameness(archive)
    for distinct in distinct_events(archive, chosen):
        if told_as_fact(distinct.event):
            members = (archive.record(member) for member in same.members(EVENT, distinct.id))
            facts = [event for event in members if isinstance(event, Event) and told_as_fact(event)]
            reports = [Report(event, archive.article_of(event)) for event in facts]
            reports.sort(key=lambda report: (timestamp(report.article) or "9", report.event.id))
            yield Reported(distinct, tuple(reports))


def global_id(distinct: DistinctEvent, dyad: int) -> int:
    """Return the number of a dyad of an event, counted from 1: positive, 63 bits, the same for the same event.

    The first dyad's number depends on the event's id alone.
    """
    name = distinct.id if dyad == 1 else f"{distinct.id} {dyad}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) >> 1 or 1


def timestamp(article: Article) -> str | None:
    """Return when an article was published, YYYYMMDDHHMMSS; in UTC where the page gives a zone, else as it says.

    A page that gives the day alone is at the day's beginning, as GDELT has its own data of before 2015. None for an
    article without a day, or with a wrong one.
    """
    if article.published is None:
        return None
    try:
        moment = datetime.fromisoformat(article.published)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y%m%d%H%M%S").zfill(14)
    except (ValueError, OverflowError):
        return None


def document(article: Article) -> tuple[int, str]:
    """Return how an article is named: the type, and its address or, without one, outlet, title and day."""
    if article.url:
        return WEB, article.url
    outlet = article.outlet.name or article.outlet.domain if article.outlet else None
    return CITATION, ", ".join(part for part in (outlet, article.title, article.day) if part) or article.id
