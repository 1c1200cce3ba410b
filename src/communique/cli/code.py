"""``communique code``: pages to records, printed (communique.coder.Coder.code_many, communique.bulk.coded)."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

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
from communique.cli.pages import articles, tell, warn
from communique.errors import UsageError

if TYPE_CHECKING:
    from communique.bulk import Settings
    from communique.bulk.pool import Outcome
    from communique.errors import CommuniqueError
    from communique.ingest import Failure, Input
    from communique.records import Coding


@click.command()
@click.argument("pages", nargs=-1)
@click.option("--sample", is_flag=True, help="Read the sample page that comes with the program.")
@output_options("table", "jsonl", "csv", "parquet", default="table")
@click.option(
    "--workers",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="How many processes code many pages; each takes up to 1.2 GB of memory. The output is the same.",
)
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
    workers: int,
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
    communique code pages/ --format jsonl --workers 4 --output records.jsonl
    """
    if not pages and not sample:
        raise UsageError("no pages", remedy="name files or folders, - for standard input, or --sample")
    if records and form == "table":
        raise UsageError("a table shows all records of a page", remedy="leave out --records, or take --format csv")
    check_output(form, records, output)
    options = reading(input_format, date, encoding, columns)
    from communique import samples
    from communique.bulk import Settings
    from communique.cli.output import console, opened, write

    announce(ontology)
    failures: list[object] = []

    def failed(reason: object) -> None:
        failures.append(reason)
        tell(reason)

    paths = [*pages, *([str(samples.paths()[0])] if sample else [])]
    settings = Settings(options, model=model, trained=not grammar_only, ontology=ontology)
    codings = _codings(paths, settings, failed) if workers == 1 else _by_several(paths, settings, workers, failed)
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


# Both make sure of the model before anything is written, so that a wrong name leaves the output alone.


def _codings(
    paths: Iterable[str], settings: "Settings", failed: Callable[["CommuniqueError"], None]
) -> Iterator["Coding"]:
    """Return the codings of the pages, made in this process; ``failed`` gets what is wrong with each other one."""
    from communique.coder import Coder

    coder = Coder(settings.model, trained=settings.trained, ontology=settings.ontology)
    return coder.code_many(articles(paths, settings.options, failed=failed), failed=failed)


def _by_several(
    paths: Iterable[str], settings: "Settings", workers: int, failed: Callable[["CommuniqueError"], None]
) -> Iterator["Coding"]:
    """Return the same in the same order, made by several processes."""
    from communique.bulk import coded
    from communique.coder import name_of
    from communique.ingest import inputs

    name_of(settings.model, trained=settings.trained, ontology=settings.ontology)
    return _outcomes(coded(inputs(paths, options=settings.options), settings=settings, workers=workers), failed)


def _outcomes(
    found: Iterable["tuple[Input, Outcome] | Failure"], failed: Callable[["CommuniqueError"], None]
) -> Iterator["Coding"]:
    from communique.ingest import Failure
    from communique.records import Coding

    for one in found:
        outcome = one.error if isinstance(one, Failure) else one[1]
        if isinstance(outcome, Coding):
            warn(outcome.article)
            yield outcome
        elif outcome is not None:
            failed(outcome)
