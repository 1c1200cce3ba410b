"""``communique code``: pages to records, printed (communique.coder.Coder.code_many)."""

import sys
from collections.abc import Iterator

import click

from communique.cli.options import announced, model_option, ontology_option, output_options, page_options, reading
from communique.cli.pages import articles
from communique.errors import UsageError


@click.command()
@click.argument("pages", nargs=-1)
@click.option("--sample", is_flag=True, help="Read the sample page that comes with the program.")
@output_options("table", "jsonl", "csv", "parquet", default="table")
@page_options
@ontology_option
@model_option
def code(
    pages: tuple[str, ...],
    sample: bool,
    form: str,
    records: str,
    output: str | None,
    input_format: str | None,
    date: str | None,
    encoding: str | None,
    columns: tuple[str, ...],
    ontology: str | None,
    model: str | None,
) -> None:
    """Print the record of PAGES: files, folders, or - for standard input.

    \b
    communique code --sample
    communique code page.html --format jsonl
    communique code pages/ --format csv --records statements --output statements.csv
    """
    if not pages and not sample:
        raise UsageError("no pages", remedy="name files or folders, - for standard input, or --sample")
    options = reading(input_format, date, encoding, columns)
    if form == "parquet" and output is None:
        raise UsageError("parquet is no text", remedy="give a file with --output")
    from communique import samples
    from communique.cli.output import console, opened, page, write
    from communique.coder import Coder
    from communique.records import Record

    failures: list[str] = []
    read = articles([*pages, *([str(samples.paths()[0])] if sample else [])], options, failures)
    announced(ontology)
    codings = Coder(model, ontology=ontology).code_many(read)
    if form == "table":
        with opened(output) as out:
            screen = console(out)
            for coding in codings:
                screen.print(page(coding))
    else:

        def everything() -> Iterator[Record]:
            for coding in codings:
                yield from coding.records()

        write(everything(), form=form, kind=records, output=output)
    if failures:
        sys.exit(1)
