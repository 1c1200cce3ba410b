"""``communique scale``: pages to a dataset, coded on a cluster (communique.scale.scaled)."""

import sys
import time

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
@click.argument("pages", nargs=-1, required=True)
@click.option("--output", required=True, type=click.Path(file_okay=False), metavar="DIR", help="The dataset's folder.")
@click.option(
    "--address", metavar="ADDRESS", help="A cluster of Ray: auto, HOST:PORT. Without it, this machine alone."
)
@workers_option
@click.option("--no-merge", is_flag=True, help="Do not look for near-duplicates and same events.")
@click.option(
    "--archive", type=click.Path(dir_okay=False), metavar="FILE", help="Keep the records in this archive, too."
)
@page_options
@ontology_option
@grammar_option
@model_option
def scale(
    pages: tuple[str, ...],
    output: str,
    address: str | None,
    workers: int,
    no_merge: bool,
    archive: str | None,
    input_format: str | None,
    date: str | None,
    encoding: str | None,
    columns: tuple[str, ...],
    ontology: str | None,
    grammar_only: bool,
    model: str | None,
) -> None:
    """Code PAGES on a cluster of Ray, and keep their records in DIR, a dataset of Parquet files by day.

    PAGES are files, folders and patterns, and DIR a folder, that all machines of the cluster see under the same paths.
    After an interruption, or with more pages, the same command does what is missing. What cannot be read or coded is
    in DIR/failures; the exit code is 1 if it is of these PAGES. Near-duplicates and events that several articles
    report are found at the end: DIR/reports, DIR/same_events and DIR/links.

    \b
    communique scale 'crawl/**/*.warc.gz' --output news
    communique scale 'crawl/**/*.warc.gz' --output news --address 10.0.0.5:6379 --workers 64
    communique scale articles.parquet --output news --archive news.db
    """
    options = reading(input_format, date, encoding, columns)
    from communique.bulk import Settings
    from communique.ingest import Failure
    from communique.scale import Dataset, added, scaled

    announce(ontology)
    settings = Settings(options, model=model, trained=not grammar_only, ontology=ontology)
    dataset = Dataset(output)
    start, failed = time.monotonic(), False
    try:
        for step in scaled(pages, output, settings=settings, workers=workers, address=address, merge=not no_merge):
            if isinstance(step, Failure):
                failed = True
                tell(f"failed: {step.error}")
                continue
            failed = failed or step.failures > 0
            what = step.told or (step.shard and f"{step.shard.articles} articles, {step.shard.failures} failures")
            tell(f"{step.done} of {step.of} shards, {time.monotonic() - start:.0f} s: {what}")
        if archive is not None:
            tell(f"{archive}: {added(dataset, archive)} articles added")
    except KeyboardInterrupt:
        tell("stopped; shards that are done are kept, and the same command goes on from here")
        raise
    counts = {kind: dataset.count(kind) for kind in ("articles", "statements", "events", "failures")}
    tell(f"{output}: {', '.join(f'{count} {kind}' for kind, count in counts.items())}")
    if failed:
        sys.exit(1)
