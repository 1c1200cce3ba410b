"""Distinct events and stories as tables for people."""

from collections.abc import Iterable, Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from communique.archive.sameness import Print, StoredLink
from communique.cli.screen import STATUS_STYLE, actors, frame, short_id, shortened, when
from communique.records import Event
from communique.series import QUADS, Point
from communique.stories.accounts import DistinctEvent, EventAccount, Spread, Story, StoryAccount

# Columns as communique.cli.screen has them.
EVENT_COLUMNS = {"who → to whom": 3, "type, status": -20, "when, where": -24, "reports": -8, "outlets": 2}
TELLING_COLUMNS = {"printed": -10, "by": -22, "report": -12, "words": 1}
STORY_COLUMNS = {"days": -24, "articles": -8, "reports": -8, "outlets": 2, "title": 3}
PRINT_COLUMNS = {"printed": -10, "by": -22, "report": -12, "title": 1}
COUNTED = ("events", "reports", *QUADS.values(), "goldstein")
# Names of outlets that a cell shows.
NAMED = 4


def distinct_events(found: Iterable[DistinctEvent]) -> RenderableType:
    """Return distinct events as a table."""
    table = frame("Events", EVENT_COLUMNS)
    for one in found:
        what = Text.assemble((one.event.type, "cyan"), (f" {one.event.mode}" if one.event.mode else "", "dim"), "\n")
        what.append(one.event.status, style=STATUS_STYLE.get(one.event.status, ""))
        place = one.event.place.name if one.event.place is not None else None
        told = Text(", ".join(part for part in (when(one.day) if one.day else None, place) if part))
        table.add_row(short_id(one.id), _sides(one.event), what, told, str(one.spread.reports), _outlets(one.spread))
    return table


def event_account(account: EventAccount) -> RenderableType:
    """Return an event with all its reports, why they are one, and what is related."""
    event = account.event
    head = Text.assemble((event.type, "bold cyan"), f" {event.mode or ''} ".replace("  ", " "), _sides(event))
    facts = [event.status, event.date and when(event.date), event.place and event.place.name, account.id]
    table = frame("Reports", TELLING_COLUMNS)
    for telling in account.tellings:
        by = Text.assemble(telling.outlet or "?", (f" {telling.country}" if telling.country else "", "dim"))
        report = short_id(telling.report)
        table.add_row(short_id(telling.event.id), telling.day or "", by, report, shortened(telling.words))
    parts: list[RenderableType] = [
        head, Text(" · ".join(fact for fact in facts if fact), style="dim"), Text(_told(account.spread)), "", table,
    ]  # fmt: skip
    parts += _why(account.links)
    for other in account.related:
        parts.append(Text.assemble("\n", (other.kind, "yellow"), f": {other.event.id} ", _sides(other.event)))
        parts += [Text(f"  {reason}", style="dim") for reason in other.reasons]
    return Group(*parts)


def stories(found: Iterable[Story]) -> RenderableType:
    """Return stories as a table."""
    table = frame("Stories", STORY_COLUMNS)
    for story in found:
        spread = story.spread
        table.add_row(
            short_id(story.id), _days(story), str(spread.articles), str(spread.reports), _outlets(spread), story.title
        )
    return table


def story_account(account: StoryAccount) -> RenderableType:
    """Return a story with its prints, its events in order, and why its articles are one."""
    story = account.story
    table = frame("Articles", PRINT_COLUMNS)
    for one in account.prints:
        table.add_row(short_id(one.article), one.day or "", _by(one), short_id(one.report), one.title or "")
    parts: list[RenderableType] = [
        Text(story.title or "(no title)", style="bold"),
        Text(" · ".join(part for part in (_days(story), story.id) if part), style="dim"),
        Text(_told(story.spread)), "", table,
    ]  # fmt: skip
    if account.events:
        parts += ["", distinct_events(account.events)]
    return Group(*parts, *_why(account.links))


def _sides(event: Event) -> Text:
    return Text.assemble(actors(event.source), " → ", actors(event.target)) if event.target else actors(event.source)


def _by(one: Print) -> Text:
    return Text.assemble(one.outlet or "?", (f" {one.country}" if one.country else "", "dim"))


def _outlets(spread: Spread) -> str:
    named = ", ".join(spread.outlets[:NAMED])
    more = f" and {len(spread.outlets) - NAMED} more" if len(spread.outlets) > NAMED else ""
    return f"{named}{more}" + (f" ({', '.join(spread.countries)})" if spread.countries else "")


def _told(spread: Spread) -> str:
    counts: Mapping[str, int] = {
        "article": spread.articles,
        "distinct report": spread.reports,
        "outlet": len(spread.outlets),
        "outlet country": len(spread.countries),
    }
    told = [f"{n} {name if n == 1 else name.replace('country', 'countrie') + 's'}" for name, n in counts.items()]
    return ", ".join(told) + (f": {', '.join(spread.countries)}" if spread.countries else "")


def _days(story: Story) -> str:
    return when(f"{story.first}/{story.last}") if story.first else ""


def _why(links: Iterable[StoredLink]) -> list[RenderableType]:
    """Why members are one, a link a paragraph."""
    parts: list[RenderableType] = []
    for link in links:
        parts.append(Text(f"\n{link.one} = {link.other}" if link.kind != "akin" else f"\n{link.one} ~ {link.other}"))
        parts.append(Text(f"  {link.kind}, {link.score:.2f}: {'; '.join(link.reasons)}", style="dim"))
    return parts


def series(points: Iterable[Point], title: str) -> RenderableType:
    """Return a series as a table; columns that no point uses are left out."""
    every = list(points)
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    keys = [name for name in ("period", "source", "target", "type") if any(getattr(p, name) for p in every)]
    for name in keys:
        table.add_column(name)
    for name in COUNTED:
        table.add_column(name.replace("_", "\n"), justify="right")
    for point in every:
        score = f"{point.goldstein:.2f}" if point.goldstein is not None else ""
        counts = [str(getattr(point, name) or "") for name in COUNTED[:-1]]
        table.add_row(*(getattr(point, name) or "" for name in keys), *counts, score)
    return table
