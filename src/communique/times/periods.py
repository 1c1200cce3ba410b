"""Calendar arithmetic: periods of days, their parts, and what a number of units before or after a day is."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Precision = Literal["day", "week", "month", "year", "decade", "interval"]
Unit = Literal["day", "week", "month", "year", "decade"]
Part = Literal["early", "mid", "late"]

# "Recent weeks" stay below the next larger unit: the longest that the plural can mean, in days.
PLURAL_DAYS = {"day": 7, "week": 31, "month": 365, "year": 3652, "decade": 36525}
# Weekdays (Monday is 0) that early, mid and late in a week stand for; newsrooms let them overlap.
WEEK_PARTS = {"early": (0, 2), "mid": (1, 3), "late": (3, 6)}


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` to ``end``, both included."""

    start: date
    end: date
    precision: Precision

    @property
    def value(self) -> str:
        """The period as records hold it: "D", or "D1/D2" when it is longer than a day."""
        return str(self.start) if self.start == self.end else f"{self.start}/{self.end}"


def day(when: date) -> Period:
    """Return one day."""
    return Period(when, when, "day")


def week(when: date) -> Period:
    """Return the week of a day, Monday to Sunday (ISO 8601)."""
    monday = when - timedelta(days=when.weekday())
    return Period(monday, monday + timedelta(days=6), "week")


def weekend(when: date) -> Period:
    """Return the Saturday and Sunday of the week of a day."""
    sunday = week(when).end
    return Period(sunday - timedelta(days=1), sunday, "interval")


def month(year_: int, number: int) -> Period:
    """Return a calendar month."""
    return Period(date(year_, number, 1), date(year_, number, monthrange(year_, number)[1]), "month")


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year")


def season(year_: int, first_month: int) -> Period:
    """Return the three months from one: the winter that begins in December reaches into the next year."""
    start = date(year_, first_month, 1)
    last = shifted(start, 2, "month")
    return Period(start, month(last.year, last.month).end, "interval")


def decade(first: int) -> Period:
    """Return the ten years from ``first``."""
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade")


def valid_day(year_: int, month_: int, day_: int) -> date | None:
    """Return the date, None when the calendar has no such day (29 February, 31 June)."""
    return date(year_, month_, day_) if 1 <= day_ <= monthrange(year_, month_)[1] else None


def part_of(period: Period, part: Part) -> Period:
    """Return the early, middle or late part: thirds of months, years and decades, overlapping parts of a week.

    >>> part_of(month(2022, 1), "early").value, part_of(year(2014), "late").value
    ('2022-01-01/2022-01-10', '2014-09-01/2014-12-31')
    """
    third = ("early", "mid", "late").index(part)
    start, end = period.start, period.end
    if period.precision == "week":
        first, last = WEEK_PARTS[part]
        return Period(start + timedelta(days=first), start + timedelta(days=last), "interval")
    if period.precision == "month":
        first_day = (1, 11, 21)[third]
        last = (10, 20, end.day)[third]
        return Period(start.replace(day=first_day), start.replace(day=last), "interval")
    if period.precision == "year":
        return Period(start.replace(month=4 * third + 1), month(start.year, 4 * third + 4).end, "interval")
    if period.precision == "decade":
        first, last = ((0, 3), (4, 6), (7, 9))[third]
        return Period(year(start.year + first).start, year(start.year + last).end, "interval")
    return period


def shifted(when: date, count: int, unit: Unit) -> date:
    """Return the day ``count`` units after a day (before it when negative); the last of a month where there is none.

    >>> str(shifted(date(2022, 3, 31), -1, "month"))
    '2022-02-28'
    """
    if unit == "day":
        return when + timedelta(days=count)
    if unit == "week":
        return when + timedelta(weeks=count)
    months = count * {"month": 1, "year": 12, "decade": 120}[unit] + when.year * 12 + when.month - 1
    year_, month_ = months // 12, months % 12 + 1
    return date(year_, month_, min(when.day, monthrange(year_, month_)[1]))


def unit_at(when: date, unit: Unit) -> Period:
    """Return the calendar day, week, month, year or decade that a day lies in."""
    if unit == "day":
        return day(when)
    if unit == "week":
        return week(when)
    if unit == "month":
        return month(when.year, when.month)
    return year(when.year) if unit == "year" else decade(when.year // 10 * 10)


def distance(period: Period, when: date) -> int:
    """Return how many days a period is away from a day, 0 when it holds it."""
    return max((period.start - when).days, (when - period.end).days, 0)
