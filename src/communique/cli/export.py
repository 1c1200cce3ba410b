"""``communique export``: an archive's records in another form (communique.export)."""

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

import click

from communique.cli.options import check_output, chosen_filters, filter_options, output_options
from communique.cli.pages import tell
from communique.errors import UsageError
from communique.filters import kinds

if TYPE_CHECKING:
    from communique.records import Article, Record


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@output_options("jsonl", "csv", "parquet", "icews", default="jsonl")
@filter_options
def export(archive: str, form: str, records: str | None, output: str | None, **given: str | None) -> None:
    """Write an archive's records: all of them, one kind, or those that pass filters.

    Without --records, filters leave the kinds of record that have all of them. icews holds the events that are told as
    facts, in tab-separated columns.

    \b
    communique export news.db --output news.jsonl
    communique export news.db --format parquet --records events --output events.parquet
    communique export news.db --country UKR --since 2022-02 > ukraine.jsonl
    communique export news.db --format icews --output events.tsv
    """
    chosen = chosen_filters(given)
    if form == "icews":
        if records not in (None, "events"):
            raise UsageError(f"icews holds events, not {records}", remedy="leave out --records")
        records = "events"
    check_output(form, records, output)
    from communique.archive import Archive
    from communique.cli.output import paired, write

    with Archive(archive) as store:
        pairs: Iterable[tuple[Record, Article]]
        if records is None and not chosen:
            pairs = ((record, coding.article) for coding in store.codings() for record in coding.records())
        else:
            wanted = [store.records(kind, chosen) for kind in ((records,) if records else kinds(chosen))]
            pairs = paired(chain.from_iterable(wanted), store.article_of)
        tell(f"{write(pairs, form=form, kind=records, output=output)} records")
