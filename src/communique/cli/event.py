"""``communique event``: distinct events (communique.stories.accounts.distinct_events and .event_account)."""

from itertools import islice

import click

from communique.cli.options import check_terminal, chosen_filters, event_filter_options, output_options
from communique.cli.pages import tell
from communique.errors import UsageError


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("identity", metavar="[ID]", required=False)
@event_filter_options
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="How many at most.")
@click.option("--offset", default=0, type=click.IntRange(min=0), help="How many to pass over first.")
@output_options("table", "jsonl", "csv", "parquet", default="table", records=False)
def event(
    archive: str, identity: str | None, limit: int, offset: int, form: str, output: str | None, **given: str | None
) -> None:
    """List the distinct events of ARCHIVE, the latest first; with the ID of an event, every report of it.

    Each with the number of its distinct reports (a reprint is none), its outlets and their countries. With an ID, why
    the reports are taken for one event, and whether it was announced, alleged or denied elsewhere.

    \b
    communique event news.db --type ASSAULT --since 2022-02
    communique event news.db e-1f2e3d4c
    """
    chosen = chosen_filters(given)
    check_terminal(form, output)
    if identity is not None and chosen:
        raise UsageError("an ID and filters do not go together", remedy="leave one out")
    if identity is not None and form not in {"table", "jsonl"}:
        raise UsageError(f"{form} is a list of events, not one of them", remedy="--format table or jsonl")
    from communique.archive import Archive
    from communique.cli.current import bring_up_to_date
    from communique.cli.output import console, opened, write_rows
    from communique.stories import accounts

    with Archive(archive) as store:
        bring_up_to_date(store)
        if identity is not None:
            account = accounts.event_account(store, identity)
            if form == "jsonl":
                write_rows([account], form=form, columns={}, row=dict, output=output)
                return
            from communique.cli.accounts import event_account

            with opened(output) as out:
                console(out).print(event_account(account))
            return
        found = list(islice(accounts.distinct_events(store, chosen), offset, offset + limit + 1))
    more = len(found) > limit
    del found[limit:]
    tell(f"{len(found)} events" + ("; there are more, --limit and --offset show them" if more else ""))
    if form == "table":
        from communique.cli.accounts import distinct_events

        with opened(output) as out:
            console(out).print(distinct_events(found))
    else:
        from communique.export.accounts import DISTINCT_EVENTS, distinct_event

        write_rows(found, form=form, columns=DISTINCT_EVENTS, row=distinct_event, output=output)
