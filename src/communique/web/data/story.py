"""What pages of stories tell: which articles and events belong to a story. The package of stories finds them.

An archive whose articles have not been compared has no stories; nor has a program without that package.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from communique.archive import Archive
from communique.errors import RecordNotFound, UsageError
from communique.web.data.listing import Row, rows


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in a list; ``articles`` and ``reports`` are numbers, days are None where no article has one."""

    id: str
    title: str
    first: str | None
    last: str | None
    articles: int
    reports: int
    outlets: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """A distinct event of a story: the report that tells most, its day, how many reports and which outlets tell it."""

    row: Row
    day: str | None
    reports: int
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story with its articles, the earliest first, and its events in the order of their days."""

    line: StoryLine
    articles: tuple[Row, ...]
    events: tuple[StoryEvent, ...]


@cache
def _accounts() -> Any:
    if find_spec("communique.stories") is None:
        raise RecordNotFound("this version tells no stories")
    return import_module("communique.stories.accounts")


def story_lines(archive: Archive, chosen: dict[str, str], *, limit: int = 100) -> tuple[StoryLine, ...]:
    """Return the stories of which an article or a record passes the filters, the latest first.

    Raises UsageError for a wrong filter, RecordNotFound when the program tells no stories.
    """
    return tuple(_line(story) for story in _accounts().stories(archive, chosen)[:limit])


def story_page(archive: Archive, identity: str) -> StoryPage:
    """Return the story that an article is part of. Raises RecordNotFound when there is none."""
    try:
        account = _accounts().story_account(archive, identity)
    except UsageError as error:
        raise RecordNotFound(error.message, remedy=error.remedy) from error
    articles = rows(archive, (archive.record(article) for article in account.story.articles))
    told = rows(archive, (one.event for one in account.events))
    events = tuple(
        StoryEvent(row, one.day, one.spread.reports, one.spread.outlets)
        for row, one in zip(told, account.events, strict=True)
    )
    return StoryPage(_line(account.story), tuple(articles), events)


def reports_of(archive: Archive, identity: str) -> tuple[str, ...]:
    """Return the ids of the records that report the same event, itself among them, as far as they were compared."""
    if find_spec("communique.stories") is None:
        return (identity,)
    return tuple(telling.event.id for telling in _accounts().event_account(archive, identity).tellings)


def _line(story: Any) -> StoryLine:
    spread = story.spread
    return StoryLine(
        story.id,
        story.title,
        story.first,
        story.last,
        spread.articles,
        spread.reports,
        spread.outlets,
        spread.countries,
    )
