"""``communique who``: whom a name can mean on a day (communique.actors.who.readings)."""

import json
import sys
from typing import TYPE_CHECKING

import click

from communique.cli.pages import tell
from communique.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from communique.actors.lexicon import Office
    from communique.actors.who import Reading


@click.command()
@click.argument("name", nargs=-1, required=True)
@click.option(
    "--on", "day", metavar="DATE", help="The day, month or year: YYYY-MM-DD, YYYY-MM, YYYY; now if not given."
)
@click.option("--country", metavar="CODE", help="Only who and what belongs to it: three letters, such as UKR.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
def who(name: tuple[str, ...], day: str | None, country: str | None, form: str) -> None:
    """Print whom NAME can mean: persons with their offices on the day, states, organisations, seats and roles.

    The reading that the program takes when no page tells more is marked "taken" and comes first. The exit code is 1
    when the name is in no table.

    \b
    communique who Cameron --on 2011-05-05
    communique who "foreign minister" --country DEU --on 2015
    communique who Kremlin --format jsonl
    """
    if country is not None and not (len(country) == 3 and country.isascii() and country.isalpha()):
        raise UsageError(
            f"{country!r} is no code of a country", remedy="three letters, such as UKR; also UNO, EUR, IGO"
        )
    from communique.actors.lexicon import lexicon
    from communique.actors.who import check_day, readings

    asked = " ".join(name)
    if day is not None:
        check_day(day)
    found = readings(asked, lexicon=lexicon(), day=day, country=country.upper() if country else None)
    if not found:
        tell(f"no table knows {asked!r}" + (f" in {country.upper()}" if country else ""))
        sys.exit(1)
    if form == "jsonl":
        for reading in found:
            click.echo(json.dumps(_record(asked, day, reading), ensure_ascii=False))
        return
    from communique.cli.output import console

    console().print(_table(found, day))
    persons = [reading for reading in found if reading.held or reading.others]
    if persons and not any(reading.held for reading in persons):
        when = f"on {day}" if day and len(day) == 10 else f"in {day}" if day else "at present"
        click.echo(f"Nobody is in office under this name {when}.")


def _record(asked: str, day: str | None, reading: "Reading") -> dict[str, object]:
    actor = reading.actor
    return {
        "asked": asked,
        "on": day,
        "what": reading.what,
        "taken": reading.taken,
        "actor": {
            key: getattr(actor, key) for key in ("id", "name", "kind", "country", "sector", "office")
        },
        "held": [_term(office) for office in reading.held],
        "others": [_term(office) for office in reading.others],
    }  # fmt: skip


def _term(office: "Office") -> dict[str, str | None]:
    return {
        "office": office.title,
        "sector": office.sector,
        "country": office.country,
        "from": office.start,
        "to": office.end or None,
    }


def _table(found: "list[Reading]", day: str | None) -> "Table":
    from rich.table import Table

    table = Table(title_justify="left", pad_edge=False, box=None)
    for column in ("", "as", "who", f"offices on {day}" if day else "offices at present", "before and after"):
        table.add_column(column, overflow="fold")
    for reading in found:
        codes = " ".join(code for code in (reading.actor.country, reading.actor.sector) if code)
        table.add_row(
            "taken" if reading.taken else "",
            reading.what,
            f"{reading.actor.name} {codes}".rstrip(),
            "\n".join(map(_told, reading.held)) or ("none" if reading.others else ""),
            "\n".join(map(_told, reading.others)),
        )
    return table


def _told(office: "Office") -> str:
    return f"{office.title}, {office.country}, {office.start} to {office.end or 'now'}"
