"""``communique list``: records that pass filters (communique.archive.Archive.records)."""

import click

from communique.cli.options import chosen_filters, filter_options
from communique.filters import KINDS, sentence


@click.command(name="list")
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("records", type=click.Choice(KINDS))
@filter_options
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1))
@click.option("--offset", default=0, type=click.IntRange(min=0))
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
def list_records(archive: str, records: str, limit: int, offset: int, form: str, **given: str | None) -> None:
    """List articles, statements or events, the latest first.

    \b
    communique list news.db statements --speaker Lavrov --since 2022-02 --act deny
    communique list news.db events --country UKR --type ASSAULT --format csv
    """
    chosen = chosen_filters(given)
    from communique.archive import Archive
    from communique.cli.output import console, events, statements, write
    from communique.records import Article, Event, Statement

    with Archive(archive) as store:
        found = store.records(records, chosen, limit=limit, offset=offset)
        if form != "table":
            write(found, form=form, kind=records, output=None)
            return
        shown = list(found)
        articles = {r.article: store.article_of(r) for r in shown if isinstance(r, Event)}
    click.echo(f"{len(shown)} {sentence(records, chosen)}", err=True)
    if records == "statements":
        console().print(statements(r for r in shown if isinstance(r, Statement)))
    elif records == "events":
        console().print(events((r for r in shown if isinstance(r, Event)), articles))
    else:
        from rich.table import Table
        from rich.text import Text

        table = Table(expand=True, header_style="bold")
        for name, ratio in (("article", 3), ("published", 2), ("outlet", 2), ("title", 8)):
            table.add_column(name, ratio=ratio, overflow="fold")
        for r in shown:
            if isinstance(r, Article):
                outlet = r.outlet.name if r.outlet is not None else None
                table.add_row(*(Text(cell or "") for cell in (r.id, r.published, outlet, r.title)))
        console().print(table)
