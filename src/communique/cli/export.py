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


STANDARDS = ("icews", "gdelt-events", "gdelt-mentions", "plover", "jsonld")
"""Layouts of the field's, and what each holds: docs/how-to/exports.md."""


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@output_options("jsonl", "csv", "parquet", *STANDARDS, default="jsonl")
@filter_options
def export(archive: str, form: str, records: str | None, output: str | None, **given: str | None) -> None:
    """Write an archive's records: all of them, one kind, or those that pass filters.

    Without --records, filters leave the kinds of record that have all of them. icews, plover (JSON lines) and gdelt-*
    hold events that are told as facts, gdelt-* each event once, however often it is reported; jsonld holds pages,
    whole, in schema.org's terms.

    \b
    communique export news.db --output news.jsonl
    communique export news.db --format parquet --records events --output events.parquet
    communique export news.db --country UKR --since 2022-02 > ukraine.jsonl
    communique export news.db --format gdelt-events --output news.export.CSV
    communique export news.db --format jsonld --speaker Lavrov --output lavrov.jsonl
    """
    chosen = chosen_filters(given)
    held = None if form not in STANDARDS else "articles" if form == "jsonld" else "events"
    if held is not None and records not in (None, held):
        raise UsageError(f"{form} holds {held}, not {records}", remedy="leave out --records")
    check_output(form, records, output)
    from communique.archive import Archive
    from communique.cli.current import bring_up_to_date
    from communique.cli.output import paired, write, write_standard

    with Archive(archive) as store:
        if form in STANDARDS:
            if form.startswith("gdelt"):
                bring_up_to_date(store)
            tell(f"{write_standard(store, chosen, form=form, output=output)} rows")
            return
        pairs: Iterable[tuple[Record, Article]]
        if records is None and not chosen:
            pairs = ((record, coding.article) for coding in store.codings() for record in coding.records())
        else:
            wanted = [store.records(kind, chosen) for kind in ((records,) if records else kinds(chosen))]
            pairs = paired(chain.from_iterable(wanted), store.article_of)
        tell(f"{write(pairs, form=form, kind=records, output=output)} records")
