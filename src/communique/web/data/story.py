"""What pages of stories tell: which articles and events belong to a story. The package of stories finds them.

An archive whose articles have not been compared has no stories.
"""

from dataclasses import dataclass
from itertools import islice

from communique.archive import Archive
from communique.archive.sameness import STORY, Sameness
from communique.errors import RecordNotFound, UsageError
from communique.stories import accounts
from communique.web.data.listing import Row, rows

MOST_STATEMENTS = 100


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
    """A story with its articles, the earliest first, its events in the order of their days, and the first of its
    statements in the order of the articles.
    """

    line: StoryLine
    articles: tuple[Row, ...]
    events: tuple[StoryEvent, ...]
    statements: tuple[Row, ...]


def story_lines(archive: Archive, chosen: dict[str, str], *, limit: int = 100) -> tuple[StoryLine, ...]:
    """Return the stories of which an article or a record passes the filters, the latest first.

    Raises UsageError for a wrong filter.
    """
    return tuple(_line(story) for story in accounts.stories(archive, chosen)[:limit])


def story_page(archive: Archive, identity: str) -> StoryPage:
    """Return the story that an article is part of. Raises RecordNotFound when there is none."""
    try:
        account = accounts.story_account(archive, identity)
    except UsageError as error:
        raise RecordNotFound(error.message, remedy=error.remedy) from error
    articles = tuple(rows(archive, (archive.record(article) for article in account.story.articles)))
    said = (one for row in articles for one in archive.coding(row.article).statements)
    told = rows(archive, (one.event for one in account.events))
    events = tuple(
        StoryEvent(row, one.day, one.spread.reports, one.spread.outlets)
        for row, one in zip(told, account.events, strict=True)
    )
    return StoryPage(_line(account.story), articles, events, tuple(rows(archive, islice(said, MOST_STATEMENTS))))


def story_of(archive: Archive, article: str) -> str | None:
    """Return the story that an article is part of with others, None when there is none, or it was not compared yet."""
    same = Sameness(archive)
    name = same.group_of(STORY, article)
    return name if len(same.members(STORY, name)) > 1 else None


def is_compared(archive: Archive) -> bool:
    """Tell whether all articles have been compared, so that stories are known."""
    return not Sameness(archive).pending()


def reports_of(archive: Archive, identity: str) -> tuple[str, ...]:
    """Return the ids of the records that report the same event, itself among them, as far as they were compared."""
    return tuple(telling.event.id for telling in accounts.event_account(archive, identity).tellings)


def _line(story: accounts.Story) -> StoryLine:
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
