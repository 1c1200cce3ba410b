"""Pages on the way in: articles from ingest, with what could not be read told on stderr as it comes."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from communique.ingest import Options
    from communique.records import Article


def articles(paths: Iterable[str], options: "Options", failures: list[str]) -> Iterator["Article"]:
    """Yield the articles of the inputs; add what could not be read to ``failures`` and print it on stderr."""
    from communique.ingest import Failure, read

    for found in read(paths, options=options):
        if isinstance(found, Failure):
            failures.append(str(found.error))
            click.echo(f"communique: {found.error}", err=True)
            continue
        for warning in found.warnings:
            click.echo(f"communique: warning: {found.url or found.title or found.id}: {warning}", err=True)
        yield found
