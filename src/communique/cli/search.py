"""``communique search``: full-text search (communique.archive.Archive.search)."""

import sys

import click

from communique.cli.options import chosen_filters, filter_options, output_options
from communique.cli.pages import tell
from communique.filters import KINDS


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("words", nargs=-1, required=True)
@click.option("--records", type=click.Choice(KINDS), help="Only these.")
@filter_options
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="How many at most.")
@output_options("table", "jsonl", default="table", records=False)
def search(
    archive: str, words: tuple[str, ...], records: str | None, limit: int, form: str, output: str | None,
    **given: str | None,
) -> None:  # fmt: skip
    """Find the records that hold all WORDS, the best match first; the exit code is 1 when there is none.

    Endings do not count: talk finds talks. Words in double quotes stand together.

    \b
    communique search news.db ceasefire talks
    communique search news.db '"naval exercise"' --records statements --speaker Fidan
    """
    chosen = chosen_filters(given)
    from communique.archive import Archive
    from communique.cli.output import console, opened, paired, write

    with Archive(archive) as store:
        found = list(store.search(" ".join(words), chosen, kind=records, limit=limit))
        if form == "jsonl":
            pairs = paired((store.record(hit.record) for hit in found), store.article_of)
            write(pairs, form=form, kind=None, output=output)
        elif found:
            from communique.cli.screen import hits

            with opened(output) as out:
                console(out).print(hits((hit.record, hit.title, hit.snippet) for hit in found))
    if not found:
        tell("nothing found")
        sys.exit(1)
