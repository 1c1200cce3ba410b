"""``communique dyads``: distinct events between two sides (communique.series.dyads)."""

from typing import Any

import click

from communique.cli.options import check_terminal, chosen_filters, event_filter_options, output_options
from communique.cli.timeline import FORMATS, PERIODS, counted, heading, show


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.option(
    "--by", type=click.Choice((*PERIODS, "all")), default="all", show_default=True, help="How long a period is."
)
@click.option(
    "--of", type=click.Choice(("country", "actor")), default="country", show_default=True, help="What a side is."
)
@click.option("--types", is_flag=True, help="A row for each event type.")
@event_filter_options
@output_options(*FORMATS, default="table", records=False)
def dyads(archive: str, by: Any, of: Any, types: bool, form: str, output: str | None, **given: str | None) -> None:
    """Count distinct events by who acts towards whom, with their mean Goldstein score and quad classes.

    Sides are countries' codes, or actors' names with --of actor. What several do together counts in both directions.
    Otherwise as communique timeline.

    \b
    communique dyads news.db --by week --country UKR --format csv
    communique dyads news.db --of actor --type CONSULT
    """
    from communique import series

    chosen = chosen_filters(given)
    check_terminal(form, output)
    found = series.dyads(counted(archive, chosen), by=by, types=types, of=of)
    show(found, heading(chosen, f"by {of} and {by}" if by != "all" else f"by {of}"), form=form, output=output)
