"""``communique list``: records that pass filters (communique.archive.Archive.records)."""

import click

from communique.cli.options import check_output, chosen_filters, filter_options, output_options
from communique.cli.pages import tell
from communique.filters import KINDS, sentence


@click.command(name="list")
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("records", type=click.Choice(KINDS))
@filter_options
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="How many at most.")
@click.option("--offset", default=0, type=click.IntRange(min=0), help="How many to pass over first.")
@output_options("table", "jsonl", "csv", "parquet", default="table", records=False)
def list_records(
    archive: str, records: str, limit: int, offset: int, form: str, output: str | None, **given: str | None
) -> None:
    """List articles, statements or events, the latest first.

    \b
    communique list news.db statements --speaker Lavrov --since 2022-02 --act deny
    communique list news.db events --country UKR --type ASSAULT --format csv
    """
    chosen = chosen_filters(given)
    check_output(form, records, output)
    from communique.archive import Archive
    from communique.cli.output import console, opened, paired, write

    with Archive(archive) as store:
        total = store.count(records, chosen)
        pairs = paired(store.records(records, chosen, limit=limit, offset=offset), store.article_of)
        shown = max(0, min(limit, total - offset))
        rest = "" if shown == total else f"; {shown} shown, --limit and --offset show others"
        tell(f"{total} {sentence(records, chosen)}{rest}")
        if form != "table":
            write(pairs, form=form, kind=records, output=output)
            return
        from communique.cli.screen import table

        with opened(output) as out:
            console(out).print(table(records, list(pairs)))
