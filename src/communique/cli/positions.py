"""``communique positions``: what sides say of an issue (communique.positions.account.account)."""

from collections.abc import Callable
from typing import Any

import click

from communique.cli.options import (
    check_terminal,
    chosen_filters,
    grammar_option,
    model_option,
    output_options,
    statement_filter_options,
)
from communique.cli.pages import tell
from communique.errors import UsageError

PARTS = ("positions", "contradictions", "changes")


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.option("--about", metavar="WORDS", help="The issue: words in any of their forms; a comma between alternatives.")
@click.option(
    "--between", nargs=2, metavar="SIDE SIDE", help="Two sides: codes of countries, or words of a name, or ids."
)
@click.option("--of", "side", metavar="SIDE", help="One side.")
@click.option("--anyone", is_flag=True, help="Of a country everybody, not only its government, forces and police.")
@click.option("--only", type=click.Choice(PARTS), help="Only these; csv and parquet hold positions if not given.")
@statement_filter_options
@grammar_option
@model_option
@output_options("table", "jsonl", "csv", "parquet", default="table", records=False)
def positions(
    archive: str, about: str | None, between: tuple[str, str] | None, side: str | None, anyone: bool, only: str | None,
    grammar_only: bool, model: str | None, form: str, output: str | None, **given: str | None,
) -> None:  # fmt: skip
    """Show what sides say of an issue, in time: where two contradict each other, and where one changes its position.

    A contradiction is a claim and its denial, an accusation, a demand or an offer and its rejection, or two claims,
    demands or judgements that exclude each other; both are shown with their words, and why they are taken for one. A
    statement that is printed again counts once.

    \b
    communique positions news.db --about "troops, invasion" --between RUS GBR
    communique positions news.db --about "nuclear deal" --of "Hassan Rouhani" --only changes
    """
    if (between is None) == (side is None):
        raise UsageError("whose positions?", remedy="give --between SIDE SIDE, or --of SIDE")
    chosen = chosen_filters(given)
    check_terminal(form, output)
    from communique.actors.lexicon import lexicon
    from communique.archive import Archive
    from communique.cli.current import bring_up_to_date
    from communique.positions.account import account
    from communique.positions.judging import trained_judge
    from communique.positions.reading import parser
    from communique.positions.sides import Side

    sides = [Side.named(name, lexicon(), anyone=anyone) for name in between or (side or "",)]
    with Archive(archive) as store:
        bring_up_to_date(store)
        judge = None if grammar_only or not between else trained_judge()
        found = account(store, sides, about, chosen, nlp=parser(model), judge=judge)
    counts = ", ".join(f"{len(getattr(found, part))} {part}" for part in PARTS if part != "contradictions" or between)
    tell(counts)
    if found.of_any_word and found.positions:
        tell("no article holds all words of the issue: these hold one of them")
    from communique.cli.output import console, opened, write_rows

    if form == "table":
        from communique.cli.position_tables import account as tables

        with opened(output) as out:
            console(out).print(tables(found, only))
        return
    from communique.export import positions as flat

    forms: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "positions": (flat.POSITIONS, flat.position),
        "contradictions": (flat.CONTRADICTIONS, flat.contradiction),
        "changes": (flat.CHANGES, flat.change),
    }
    columns, row = forms[only or "positions"]
    rows = getattr(found, only or "positions")
    if form == "jsonl" and only is None:
        rows = (*found.contradictions, *found.changes, *found.positions)
    write_rows(rows, form=form, columns=columns, row=row, output=output)
