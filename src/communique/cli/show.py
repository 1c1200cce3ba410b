"""``communique show``: one record by its id (communique.archive.Archive.record and .coding)."""

import click

from communique.cli.options import output_options


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("identity", metavar="ID")
@output_options("table", "jsonl", default="table", records=False)
def show(archive: str, identity: str, form: str, output: str | None) -> None:
    """Show the record with this ID, or whose id begins so; of an article all its records.

    \b
    communique show news.db a-1f2e3d4c
    """
    from communique.archive import Archive
    from communique.cli.output import console, opened, write
    from communique.cli.screen import page
    from communique.records import Article, Coding, Statement

    with Archive(archive) as store:
        record = store.record(identity)
        if isinstance(record, Article):
            coding = store.coding(record)
            shown = list(coding.records())
        else:
            article = store.article_of(record)
            coding = Coding(article, (record,)) if isinstance(record, Statement) else Coding(article, (), (record,))
            shown = [record]
    if form == "jsonl":
        write(((r, coding.article) for r in shown), form=form, kind=None, output=output)
    else:
        with opened(output) as out:
            console(out).print(page(coding))
