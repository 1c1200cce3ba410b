"""``communique code``: pages to records, printed (communique.coder.Coder.code_many)."""

import sys

import click

from communique.cli.options import (
    announce,
    check_output,
    grammar_option,
    model_option,
    ontology_option,
    output_options,
    page_options,
    reading,
)
from communique.cli.pages import articles, tell
from communique.errors import UsageError


@click.command()
@click.argument("pages", nargs=-1)
@click.option("--sample", is_flag=True, help="Read the sample page that comes with the program.")
@output_options("table", "jsonl", "csv", "parquet", default="table")
@page_options
@ontology_option
@grammar_option
@model_option
def code(
    pages: tuple[str, ...],
    sample: bool,
    form: str,
    records: str | None,
    output: str | None,
    input_format: str | None,
    date: str | None,
    encoding: str | None,
    columns: tuple[str, ...],
    ontology: str | None,
    grammar_only: bool,
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
    if records and form == "table":
        raise UsageError("a table shows all records of a page", remedy="leave out --records, or take --format csv")
    check_output(form, records, output)
    options = reading(input_format, date, encoding, columns)
    from communique import samples
    from communique.cli.output import console, opened, write
    from communique.coder import Coder

    announce(ontology)
    failures: list[object] = []

    def failed(reason: object) -> None:
        failures.append(reason)
        tell(reason)

    paths = [*pages, *([str(samples.paths()[0])] if sample else [])]
    coder = Coder(model, trained=not grammar_only, ontology=ontology)
    codings = coder.code_many(articles(paths, options, failed=failed), failed=failed)
    if form == "table":
        from communique.cli.screen import page

        with opened(output) as out:
            screen = console(out)
            for coding in codings:
                screen.print(page(coding))
    else:
        pairs = ((record, coding.article) for coding in codings for record in coding.records())
        write(pairs, form=form, kind=records, output=output)
    if failures:
        sys.exit(1)
