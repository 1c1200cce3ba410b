"""Options that several commands share, so that they are the same everywhere."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from communique.cli.pages import tell
from communique.errors import UsageError
from communique.filters import EVENTS, FILTERS, KINDS, STATEMENTS

if TYPE_CHECKING:
    from communique.ingest import Options

F = TypeVar("F", bound=Callable[..., Any])


def _added(function: F, options: Iterable[Callable[[F], F]]) -> F:
    for option in reversed(list(options)):
        function = option(function)
    return function


def model_option(function: F) -> F:
    """Add --model."""
    option = click.option("--model", metavar="NAME", help="A spaCy pipeline; the default is en_core_web_sm.")
    return option(function)


def grammar_option(function: F) -> F:
    """Add --grammar-only."""
    option = click.option("--grammar-only", is_flag=True, help="Leave out what is trained: faster, and finds less.")
    return option(function)


def workers_option(function: F) -> F:
    """Add --workers."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    option = click.option(
        "--workers",
        type=click.IntRange(1),
        default=cores,
        metavar="N",
        help="How many processes code; each takes up to 1.2 GB of memory. As many as there are cores if not given.",
    )
    return option(function)


def ontology_option(function: F) -> F:
    """Add --ontology."""
    option = click.option(
        "--ontology", metavar="FILE", help="Event types, words and dictionaries of your own, beside PLOVER (YAML)."
    )
    return option(function)


def announce(ontology: str | None) -> None:
    """Tell on stderr what of the ontology's dictionaries is not used.

    Raises KnowledgeError, before any page is read, when a file is wrong.
    """
    if ontology is None:
        return
    from communique.extension import Extension

    for dictionary in Extension(ontology).dictionaries:
        if dictionary.unused:
            left = f"{len(dictionary.unused)} of its entries are not used"
            remedy = f"communique ontology --check {ontology} lists them"
            tell(f"{dictionary.path}: {left} ({remedy})")


def page_options(function: F) -> F:
    """Add the options that tell how pages are read."""
    return _added(
        function,
        [
            click.option(
                "--input-format", metavar="FORMAT", help="html, text, markdown, jsonl, csv …; by content if not given."
            ),
            click.option(
                "--date", metavar="DAY", help="The day of publication, for pages without or with a wrong one."
            ),
            click.option("--encoding", metavar="NAME", help="The pages' encoding; detected if not given."),
            click.option(
                "--column",
                "columns",
                multiple=True,
                metavar="FIELD=COLUMN",
                help="Which column holds text, title, date …",
            ),
        ],
    )


def output_options(*formats: str, default: str, records: bool = True) -> Callable[[F], F]:
    """Add --format and --output, and --records where a command can print records of all kinds."""

    def decorate(function: F) -> F:
        options = [
            click.option(
                "--format",
                "form",
                type=click.Choice(formats),
                default=default,
                show_default=True,
                help="jsonl holds records whole; csv and parquet are flat tables.",
            ),
            click.option("--output", type=click.Path(dir_okay=False), help="A file; standard output if not given."),
        ]
        choice = click.option(
            "--records", type=click.Choice(KINDS), help="Only these; csv and parquet hold one kind and need it."
        )
        return _added(function, [*options, choice] if records else options)

    return decorate


def check_output(form: str, kind: str | None, output: str | None) -> None:
    """Refuse what cannot be printed before any work is done. Raises UsageError."""
    if form in {"csv", "parquet"} and kind is None:
        raise UsageError(f"{form} holds one kind of record", remedy=f"say which: --records {'|'.join(KINDS)}")
    check_terminal(form, output)


def filter_options(function: F) -> F:
    """Add an option for each filter of communique.filters."""
    return _filters(function, KINDS)


def event_filter_options(function: F) -> F:
    """Add an option for each filter that events have."""
    return _filters(function, (EVENTS,))


def statement_filter_options(function: F) -> F:
    """Add an option for each filter that statements have."""
    return _filters(function, (STATEMENTS,))


def _filters(function: F, kinds: Iterable[str]) -> F:
    options = [
        click.option(f"--{f.key}", metavar=f.metavar, help=f"{f.help} ({', '.join(f.kinds)})")
        for f in FILTERS.values()
        if set(kinds) & set(f.kinds)
    ]
    return _added(function, options)


def check_terminal(form: str, output: str | None) -> None:
    """Refuse to print on a terminal what is no text. Raises UsageError."""
    if form in {"parquet", "png"} and output is None and sys.stdout.isatty():
        raise UsageError(f"{form} is no text for a terminal", remedy="name a file with --output, or pipe it")


def chosen_filters(given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the filters that were given, by key, from click's parameters."""
    return {key: value for key in FILTERS if (value := given.get(key.replace("-", "_"))) is not None}


def reading(input_format: str | None, date: str | None, encoding: str | None, columns: Iterable[str]) -> "Options":
    """Return ingest's options. Raises UsageError for a column that is not FIELD=COLUMN."""
    from communique.ingest import Options

    pairs = {}
    for column in columns:
        field, equals, name = column.partition("=")
        if not (field and equals and name):
            raise UsageError(f"--column {column!r} is not FIELD=COLUMN", remedy="for example --column text=body")
        pairs[field] = name
    return Options(format=input_format, date=date, encoding=encoding, columns=pairs)
