"""``communique search``: full-text search (communique.archive.Archive.search)."""

import sys

import click

from communique.filters import KINDS


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("words", nargs=-1, required=True)
@click.option("--records", "kind", type=click.Choice(KINDS), help="Only these records.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def search(archive: str, words: tuple[str, ...], kind: str | None, limit: int, form: str) -> None:
    """Find the records that hold all WORDS, the best match first.

    \b
    communique search news.db ceasefire talks
    """
    from communique.archive import Archive
    from communique.cli.output import console, write

    with Archive(archive) as store:
        found = list(store.search(" ".join(words), kind=kind, limit=limit))
        if form == "jsonl":
            write((store.record(hit.record) for hit in found), form=form, kind="", output=None)
            return
    from rich.table import Table
    from rich.text import Text

    table = Table(expand=True, header_style="bold")
    for name, ratio in (("record", 3), ("title", 4), ("words", 8)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for hit in found:
        table.add_row(Text(hit.record), Text(hit.title), Text(" ".join(hit.snippet.split())))
    console().print(table)
    if not found:
        click.echo("communique: nothing found", err=True)
        sys.exit(1)
