"""``communique timeline``: distinct events by period (communique.series.timeline)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from communique.cli.options import check_terminal, chosen_filters, event_filter_options, output_options
from communique.cli.pages import tell

if TYPE_CHECKING:
    from communique.series import Series
    from communique.stories.accounts import DistinctEvent

PERIODS = ("day", "week", "month", "year")
FORMATS = ("table", "csv", "jsonl", "parquet", "svg", "png")


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.option("--by", type=click.Choice(PERIODS), default="month", show_default=True, help="How long a period is.")
@click.option("--types", is_flag=True, help="A row for each event type.")
@event_filter_options
@output_options(*FORMATS, default="table", records=False)
def timeline(archive: str, by: Any, types: bool, form: str, output: str | None, **given: str | None) -> None:
    """Count distinct events by period, with the mean of their Goldstein scores and their quad classes.

    An event counts once, however many reports tell of it. Without --status, what happened or goes on is counted.
    Events whose day is not known closely enough are left out, and told.

    \b
    communique timeline news.db --country UKR --by week
    communique timeline news.db --by day --since 2022-02 --format svg --output february.svg
    """
    from communique import series

    chosen = chosen_filters(given)
    check_terminal(form, output)
    title = heading(chosen, f"by {by}")
    show(series.timeline(counted(archive, chosen), by=by, types=types), title, form=form, output=output)


def heading(chosen: dict[str, str], how: str) -> str:
    """Return what is counted, in words."""
    from communique.filters import sentence

    told = sentence("events", chosen)
    return f"{told if 'status' in chosen else told + ', happened or going on'}, {how}"


def counted(archive: str, chosen: dict[str, str]) -> Iterator["DistinctEvent"]:
    """Yield the distinct events that are counted."""
    from communique.archive import Archive
    from communique.cli.current import bring_up_to_date
    from communique.stories.accounts import distinct_events, done

    with Archive(archive) as store:
        bring_up_to_date(store)
        yield from (one for one in distinct_events(store, chosen) if "status" in chosen or done(one.event))


def show(found: "Series", title: str, *, form: str, output: str | None) -> None:
    """Print a series in any of its forms."""
    events = sum(point.events for point in found.points)
    left = f"; {found.undated} left out, as their day is not known closely enough" if found.undated else ""
    tell(f"{title}: {events}{left}")
    from communique.cli.output import console, opened, write_rows

    if form == "table":
        from communique.cli.accounts import series as table

        with opened(output) as out:
            console(out).print(table(found.points, title))
    elif form in {"svg", "png"}:
        from communique.export.plot import png, svg

        if form == "svg":
            with opened(output) as out:
                out.write(svg(found.points, title))
        else:
            with opened(output) as out:
                out.buffer.write(png(found.points, title))  # type: ignore[attr-defined] # a text file over a binary one
    else:
        from communique.export.accounts import SERIES, point

        write_rows(found.points, form=form, columns=SERIES, row=point, output=output)
