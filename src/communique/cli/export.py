"""``communique export``: an archive's records in another form (communique.export)."""

from collections.abc import Iterator

import click

from communique.cli.options import chosen_filters, filter_options, output_options
from communique.errors import UsageError


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@output_options("jsonl", "csv", "parquet", default="jsonl")
@filter_options
def export(archive: str, form: str, records: str, output: str | None, **given: str | None) -> None:
    """Write an archive's records as JSON lines (all kinds, or one with filters), CSV or Parquet (one kind).

    \b
    communique export news.db --output news.jsonl
    communique export news.db --format parquet --records events --output events.parquet
    """
    chosen = chosen_filters(given)
    if form == "parquet" and output is None:
        raise UsageError("parquet is no text", remedy="give a file with --output")
    from communique.archive import Archive
    from communique.cli.output import write
    from communique.records import Record

    with Archive(archive) as store:

        def everything() -> Iterator[Record]:
            for coding in store.codings():
                yield from coding.records()

        whole = form == "jsonl" and not chosen
        written = write(
            everything() if whole else store.records(records, chosen), form=form, kind=records, output=output
        )
    click.echo(f"communique: {written} records", err=True)
