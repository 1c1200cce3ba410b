"""``communique add``: pages to an archive (communique.archive.Archive.add)."""

import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from communique.cli.options import announced, model_option, ontology_option, page_options, reading
from communique.cli.pages import articles

if TYPE_CHECKING:
    from communique.records import Article


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("pages", nargs=-1, required=True)
@page_options
@ontology_option
@model_option
def add(
    archive: str,
    pages: tuple[str, ...],
    input_format: str | None,
    date: str | None,
    encoding: str | None,
    columns: tuple[str, ...],
    ontology: str | None,
    model: str | None,
) -> None:
    """Code PAGES and keep their records in ARCHIVE, an SQLite file, made if there is none.

    Pages that are there already are passed over; after an interruption the same command goes on where it stopped.

    \b
    communique add news.db pages/
    zcat crawl.jsonl.gz | communique add news.db - --input-format jsonl --column text=body
    """
    options = reading(input_format, date, encoding, columns)
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from communique.archive import Archive
    from communique.coder import Coder

    failures: list[str] = []
    done = {"added": 0, "recoded": 0, "known": 0}
    # Results of another version, model or ontology are other results: the archive tells them apart by this name.
    coder_name = f"communique {version('communique')} {model or 'default'}" + announced(ontology)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with Archive(archive, create=True) as store, bar:
        task = bar.add_task("reading", total=None)

        def fresh() -> Iterator["Article"]:
            for article in articles(pages, options, failures):
                if store.knows(article.id, coder=coder_name):
                    done["known"] += 1
                else:
                    yield article

        try:
            for coding in Coder(model, ontology=ontology).code_many(fresh()):
                done[store.add(coding, coder=coder_name)] += 1
                bar.update(task, description=f"{done['added'] + done['recoded']} coded, {done['known']} known")
        except KeyboardInterrupt:
            click.echo("communique: stopped; the same command goes on from here", err=True)
            raise
    told = (
        f"{done['added']} added, {done['recoded']} coded anew, {done['known']} known before, {len(failures)} not read"
    )
    click.echo(f"communique: {archive}: {told}", err=True)
    if failures:
        sys.exit(1)
