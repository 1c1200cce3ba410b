"""``communique stories``: what is the same story (communique.stories.accounts.stories and .story_account)."""

import click

from communique.cli.options import check_terminal, chosen_filters, filter_options, output_options
from communique.cli.pages import tell
from communique.errors import UsageError


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--update", is_flag=True, help="Only compare what is new; nothing is shown.")
@click.option(
    "--least", default=2, show_default=True, type=click.IntRange(min=1), help="Articles of a story, at least."
)
@filter_options
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="How many at most.")
@click.option("--offset", default=0, type=click.IntRange(min=0), help="How many to pass over first.")
@output_options("table", "jsonl", "csv", "parquet", default="table", records=False)
def stories(
    archive: str, identity: str | None, update: bool, least: int, limit: int, offset: int, form: str,
    output: str | None, **given: str | None,
) -> None:  # fmt: skip
    """List the stories of ARCHIVE, the latest first; with the ID of an article, its story with all its reports.

    A story is listed when one of its articles, or a record of one, passes the filters. Articles that are new since the
    last time are first compared with the others, in words, events and stories; --update does this alone.

    \b
    communique stories news.db --since 2022-02 --country UKR
    communique stories news.db a-1f2e3d4c
    """
    chosen = chosen_filters(given)
    check_terminal(form, output)
    if identity is not None and (chosen or update):
        raise UsageError("an ID and filters or --update do not go together", remedy="leave one out")
    if identity is not None and form not in {"table", "jsonl"}:
        raise UsageError(f"{form} is a list of stories, not one of them", remedy="--format table or jsonl")
    from communique.archive import Archive
    from communique.cli.current import bring_up_to_date
    from communique.cli.output import console, opened, write_rows
    from communique.stories import accounts

    with Archive(archive) as store:
        new = bring_up_to_date(store, must=update)
        if update:
            tell(f"{archive}: {new} articles compared")
            return
        if identity is not None:
            account = accounts.story_account(store, identity)
            if form == "jsonl":
                write_rows([account], form=form, columns={}, row=dict, output=output)
                return
            from communique.cli.accounts import story_account

            with opened(output) as out:
                console(out).print(story_account(account))
            return
        every = accounts.stories(store, chosen, least=least)
    found = every[offset : offset + limit]
    rest = "" if len(found) == len(every) else f"; {len(found)} shown, --limit and --offset show others"
    tell(f"{len(every)} stories{rest}")
    if form == "table":
        from communique.cli.accounts import stories as table

        with opened(output) as out:
            console(out).print(table(found))
    else:
        from communique.export.accounts import STORIES, story

        write_rows(found, form=form, columns=STORIES, row=story, output=output)
