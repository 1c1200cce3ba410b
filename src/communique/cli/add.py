"""``communique add``: pages to an archive (communique.bulk.added)."""

import sys

import click

from communique.cli.options import (
    announce,
    grammar_option,
    model_option,
    ontology_option,
    page_options,
    reading,
    workers_option,
)
from communique.cli.pages import tell


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("pages", nargs=-1, required=True)
@workers_option
@click.option("--retry", is_flag=True, help="Try again what failed before.")
@page_options
@ontology_option
@grammar_option
@model_option
def add(
    archive: str,
    pages: tuple[str, ...],
    workers: int,
    retry: bool,
    input_format: str | None,
    date: str | None,
    encoding: str | None,
    columns: tuple[str, ...],
    ontology: str | None,
    grammar_only: bool,
    model: str | None,
) -> None:
    """Code PAGES and keep their records in ARCHIVE, an SQLite file, made if there is none.

    Pages that are there already are passed over; after an interruption the same command goes on where it stopped.
    Pages that cannot be read or coded are told at once and listed again at the end; the exit code is then 1, and all
    others are kept.

    \b
    communique add news.db pages/
    communique add news.db crawl.warc.gz --workers 4
    zcat crawl.jsonl.gz | communique add news.db - --input-format jsonl --column text=body
    """
    options = reading(input_format, date, encoding, columns)
    from communique.archive import Archive
    from communique.bulk import Settings, added, total
    from communique.cli.progress import Progress
    from communique.ingest import inputs

    announce(ontology)
    settings = Settings(options, model=model, trained=not grammar_only, ontology=ontology)
    with Archive(archive, create=True) as store:
        progress = Progress(total(pages, options))
        try:
            with progress:
                for step in added(
                    inputs(pages, options=options), store, settings=settings, workers=workers, retry=retry
                ):
                    progress.count(step)
        except KeyboardInterrupt:
            tell("stopped; what is added is kept, and the same command goes on from here")
            raise
        finally:
            tell(f"{archive}: {progress.summary()}")
            for problem in progress.failures:
                tell(f"failed: {problem}")
    if progress.failures:
        sys.exit(1)
