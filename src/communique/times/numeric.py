"""Dates in figures, and dates with the month in another language, as pages let them slip into English text."""

import re
from functools import cache

from communique.knowledge import table, values
from communique.times import periods
from communique.times.periods import Period
from communique.times.readers import MONTHS, Setting, neighbour


def read_iso(match: re.Match[str], setting: Setting) -> Period | None:
    """Read '2022-02-10' and '2022/02/10'."""
    return _day(int(match["year"]), int(match["number"]), int(match["day"]))


def read_numeric(match: re.Match[str], setting: Setting) -> Period | None:
    """Read '26.12.2012', '1/25/2010'; '03/04/2022' only where one of its readings is excluded by the clause's tense.

    With full stops the day comes first. With slashes, Americans put the month first, others the day.
    """
    if neighbour(setting.span(match)[0], -1) == "version":
        return None
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    readings = {p.value: p for p in (_day(year, two, one), _day(year, one, two)) if p}
    if match["sign"] == ".":
        return _day(year, two, one)
    if len(readings) > 1 and setting.on:
        look = setting.outlook(match)
        if look == "past":
            readings = {value: p for value, p in readings.items() if p.start <= setting.on}
        elif look == "future":
            readings = {value: p for value, p in readings.items() if p.start >= setting.on}
    return next(iter(readings.values())) if len(readings) == 1 else None


def read_foreign(match: re.Match[str], setting: Setting) -> Period | None:
    """Read '10. Mai 2022', '3 de junio de 2021', '5 août 2019'."""
    return _day(int(match["year"]), _numbers()[match["name"].lower()], int(match["day"]))


def _day(year: int, month: int, day: int) -> Period | None:
    when = periods.valid_day(year, month, day) if 1 <= month <= 12 else None
    return periods.day(when) if when else None


@cache
def _numbers() -> dict[str, int]:
    # Short forms are words of other languages too; 'Mai' and 'maj' are no short forms. English has rules of its own.
    rows = [(name, int(row["month"])) for row in reversed(table("months.tsv")) for name in values(row["names"])]
    return {name: number for name, number in rows if (len(name) > 3 or number == 5) and name not in MONTHS}


def names() -> str:
    """Return the names of months, of all languages, as alternatives of a pattern, longer ones first."""
    return "|".join(re.escape(name) for name in sorted(_numbers(), key=len, reverse=True))
