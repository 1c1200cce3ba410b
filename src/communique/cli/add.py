"""``communique add``: pages to an archive (communique.archive.Archive.add)."""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from communique.cli.options import announce, grammar_option, model_option, ontology_option, page_options, reading
from communique.cli.pages import articles, tell

if TYPE_CHECKING:
    from communique.records import Article


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("pages", nargs=-1, required=True)
@page_options
@ontology_option
@grammar_option
@model_option
def add(
    archive: str,
    pages: tuple[str, ...],
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
    zcat crawl.jsonl.gz | communique add news.db - --input-format jsonl --column text=body
    """
    options = reading(input_format, date, encoding, columns)
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from communique.archive import Archive
    from communique.coder import Coder

    announce(ontology)
    failures: list[object] = []
    done: Counter[str] = Counter()

    def failed(reason: object) -> None:
        failures.append(reason)
        tell(reason)

    screen = Console(stderr=True)
    # How many pages there are is not known before they are read: the line counts them.
    progress = Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=screen, transient=True,
        disable=not screen.is_terminal,
    )  # fmt: skip
    with Archive(archive, create=True) as store:
        coder = Coder(model, trained=not grammar_only, ontology=ontology)
        name = coder.name

        def fresh() -> Iterator["Article"]:
            for article in articles(pages, options, failed=failed):
                if store.coder_of(article.id) == name:
                    done["known"] += 1
                else:
                    yield article

        try:
            with progress:
                line = progress.add_task("reading")
                for coding in coder.code_many(fresh(), failed=failed):
                    done[store.add(coding, coder=name)] += 1
                    progress.update(line, description=_summary(done, len(failures)))
        except KeyboardInterrupt:
            tell("stopped; what is added is kept, and the same command goes on from here")
            raise
        finally:
            tell(f"{archive}: {_summary(done, len(failures))}")
            for reason in failures:
                tell(f"failed: {reason}")
    if failures:
        sys.exit(1)


def _summary(done: Counter[str], failed: int) -> str:
    told = f"{done['added']} added, {done['recoded']} coded anew, {done['known']} known before"
    return f"{told}, {failed} failed"
