"""Options that several commands share, so that they are the same everywhere."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from communique.errors import UsageError
from communique.filters import FILTERS

if TYPE_CHECKING:
    from communique.ingest import Options

F = TypeVar("F", bound=Callable[..., Any])


def model_option(function: F) -> F:
    """Add --model."""
    option = click.option("--model", metavar="NAME", help="A spaCy pipeline; the default is en_core_web_sm.")
    return option(function)


def ontology_option(function: F) -> F:
    """Add --ontology."""
    option = click.option(
        "--ontology", metavar="FILE", help="Event types, words and dictionaries of your own, beside PLOVER (YAML)."
    )
    return option(function)


def announced(ontology: str | None) -> str:
    """Tell on stderr what of the ontology's dictionaries is not used; return what sets its records apart, "" for none.

    Raises KnowledgeError, before any page is read, when a file is wrong.
    """
    if ontology is None:
        return ""
    from communique.extension import Extension

    extension = Extension(ontology)
    for dictionary in extension.dictionaries:
        if dictionary.unused:
            left = f"{len(dictionary.unused)} of its entries are not used"
            remedy = f"communique ontology --check {ontology} lists them"
            click.echo(f"communique: {dictionary.path}: {left} ({remedy})", err=True)
    return f" {Path(ontology).name} {extension.digest}"


def page_options(function: F) -> F:
    """Add the options that tell how pages are read."""
    for option in reversed(
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
        ]
    ):
        function = option(function)
    return function


def output_options(*formats: str, default: str) -> Callable[[F], F]:
    """Add --format, --records and --output."""

    def decorate(function: F) -> F:
        for option in reversed(
            [
                click.option("--format", "form", type=click.Choice(formats), default=default, show_default=True),
                click.option(
                    "--records",
                    "records",
                    type=click.Choice(["articles", "statements", "events"]),
                    default="events",
                    show_default=True,
                    help="Which table csv and parquet hold.",
                ),
                click.option(
                    "--output", type=click.Path(dir_okay=False), help="A file; standard output if not given."
                ),
            ]
        ):
            function = option(function)
        return function

    return decorate


def filter_options(function: F) -> F:
    """Add an option for each filter of communique.filters."""
    for known in reversed(list(FILTERS.values())):
        function = click.option(f"--{known.key}", metavar="VALUE", help=f"{known.help} ({', '.join(known.kinds)})")(
            function
        )
    return function


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
