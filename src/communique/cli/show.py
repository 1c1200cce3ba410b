"""``communique show``: one record by its id (communique.archive.Archive.coding and .record)."""

import click


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("identity", metavar="ID")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def show(archive: str, identity: str, form: str) -> None:
    """Show the record with this ID; of an article all its records.

    \b
    communique show news.db a-1f2e3d4c5b6a7988
    """
    from communique.archive import Archive
    from communique.cli.output import console, page, write
    from communique.records import Article, Coding, Event, Statement

    with Archive(archive) as store:
        record = store.record(identity)
        article = store.article_of(record)
        if isinstance(record, Article):
            coding = store.coding(record)
        else:
            coding = Coding(
                article,
                (record,) if isinstance(record, Statement) else (),
                (record,) if isinstance(record, Event) else (),
            )
    if form == "jsonl":
        write(coding.records() if isinstance(record, Article) else [record], form=form, kind="", output=None)
    else:
        console().print(page(coding))
