"""Dates of publication: what pages write, strictly read, as "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM" with its time zone."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from communique.errors import UsageError
from communique.knowledge import table, values

FIRST_YEAR = 1900
MARGIN = timedelta(days=366)
"""How far after today a date may lie: agencies send embargoed reports and calendars ahead, not years ahead."""

_AROUND = 45
"""Code points before and after a date in which its time of day is looked for ("11:40 GMT, Thursday 10 Feb 2022")."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date found in a line: ``published`` as in Article (None if the year is missing or out of bounds).

    ``start`` and ``end`` cover the date with its time and zone; ``problem`` says what is wrong with it.
    """

    published: str | None
    month: int
    day: int
    start: int
    end: int
    problem: str | None = None


def stamps(
    text: str, *, month_first: bool = False, year: int | None = None, today: date | None = None
) -> Iterator[Stamp]:
    """Yield the full dates in ``text``, in order.

    ``month_first`` decides 02/10/2022, which is 10 February in American use. With ``year`` (of a page known to be
    near), dates without one ("Feb 10") count too. Relative dates ("3 hours ago") are none. ``today`` bounds the
    future; the default is the machine's.
    """
    last = 0
    for match in _date_pattern().finditer(text):
        parts = _year_month_day(match.groupdict(), month_first=month_first)
        if parts is None:
            continue
        found_year, month, day = parts
        start, end = match.span()
        time, time_start, time_end = _time_around(text, start, end, floor=last)
        last = end = max(end, time_end)
        start = min(start, time_start)
        number = found_year or year
        if number is None:
            yield Stamp(None, month, day, start, end, "has no year")
            continue
        published, problem = _checked(number, month, day, time, today=today or date.today())
        yield Stamp(published, month, day, start, end, problem)


def parse(text: str, *, month_first: bool = False, today: date | None = None) -> Stamp | None:
    """Return the first full date in a field that should hold one, such as a ``datetime`` attribute or a column.

    >>> parse("2022-02-10T11:40:00+03:00").published
    '2022-02-10T11:40+03:00'
    >>> parse("Updated 3 hours ago") is None
    True
    """
    compact = re.fullmatch(r"\s*(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})\d{0,2}(Z?))?\s*", text)
    if compact:
        y, m, d, hour, minute, zone = compact.groups()
        text = f"{y}-{m}-{d}" + (f"T{hour}:{minute}{zone}" if hour else "")
    found = list(stamps(text[:200], month_first=month_first, today=today))
    return next((stamp for stamp in found if stamp.published), found[0] if found else None)


def from_address(url: str) -> str | None:
    """Return the day that an address names ("/2022/02/10/", "/2022-02-10-title"), if it is possible."""
    match = re.search(r"[/-]((?:19|20)\d{2})[/-](\d{2})[/-](\d{2})(?=[/-]|$)", url)
    if not match:
        return None
    return _checked(int(match[1]), int(match[2]), int(match[3]), "", today=date.today())[0]


def given(text: str) -> tuple[str | None, int]:
    """Return the date that the user gives, and its year; for a year alone the date is None.

    Raises UsageError when it is not an ISO date ("2022-02-10", "2022-02-10T11:40", with Z or +HH:MM) or a year.
    """
    if re.fullmatch(r"(19|20)\d{2}", text):
        return None, int(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?", text):
        stamp = parse(text)
        if stamp is not None and stamp.published:
            return stamp.published, int(stamp.published[:4])
    raise UsageError(f"not a possible date: {text}", remedy="give YYYY-MM-DD, YYYY-MM-DDTHH:MM+HH:MM or YYYY")


@cache
def _months() -> Mapping[str, int]:
    return {name: int(row["month"]) for row in reversed(table("months.tsv")) for name in values(row["names"])}


@cache
def _date_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?P<{{}}>{names})(?!\w)\.?"
    day = r"(?<![\d:.,/-])(?P<{}>[0-3]?\d)(?:st|nd|rd|th|er|º|ª|\.)?"
    year = r"(?P<{}>(?:18|19|20|21)\d{{2}}|[2-9]\d{{3}})(?!\d)(?!\s*[%°])"
    return re.compile(
        r"(?<!\d)(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})(?!\d)"
        r"|(?<!\d)(?P<y2>\d{4})[/.](?P<m2>\d{1,2})[/.](?P<d2>\d{1,2})(?!\d)"
        r"|(?P<y3>\d{4})[年년]\s?(?P<m3>\d{1,2})[月월]\s?(?P<d3>\d{1,2})[日일]"
        r"|(?<![\d.])(?P<a4>\d{1,2})(?P<sep>[./-])(?P<b4>\d{1,2})(?P=sep)(?P<y4>\d{4})(?!\d)"
        rf"|{day.format('d5')}[\s-]+(?:(?:de|of)\s+)?(?<!\w){month.format('n5')}[,\s-]+(?:(?:de|del|of)\s+)?{year.format('y5')}"
        rf"|(?<!\w){month.format('n6')}\s*(?P<d6>[0-3]?\d)(?:st|nd|rd|th)?\s*,?\s+{year.format('y6')}"
        rf"|{day.format('d7')}\s+(?<!\w){month.format('n7')}(?!\s+\d{{4}})"
        rf"|(?<!\w){month.format('n8')}\s+(?P<d8>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:])",
        re.IGNORECASE,
    )


def _year_month_day(groups: Mapping[str, str | None], *, month_first: bool) -> tuple[int | None, int, int] | None:
    def number(name: str) -> int | None:
        return int(text) if (text := groups[name]) else None

    for form in "123":
        if (year := number("y" + form)) is not None:
            return year, number("m" + form) or 0, number("d" + form) or 0
    if (year := number("y4")) is not None:
        first, second = number("a4") or 0, number("b4") or 0
        # 10.02.2022 is day first everywhere; 02/10/2022 depends on the country, unless only one order is possible.
        swap = second > 12 or (month_first and groups["sep"] == "/" and first <= 12)
        return (year, first, second) if swap else (year, second, first)
    for form in "5678":
        if name := groups["n" + form]:
            full = f"y{form}" in groups
            return (
                number("y" + form) if full else None,
                _months()[name.casefold().rstrip(".")],
                number("d" + form) or 0,
            )
    return None


_TIME = re.compile(
    r"(?<![\d:.+−])(?P<h>[012]?\d)(?:[:h.](?P<m>[0-5]\d)(?!\d)(?::\d{2}(?:[.,]\d+)?)?)?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d:.+−])(?P<h2>[012]?\d)[:h.](?P<m2>[0-5]\d)(?!\d)(?::\d{2}(?:[.,]\d+)?)?"
    r"|(?<![\d:.])(?P<h3>[012]\d)(?P<m3>[0-5]\d)(?=\s*(?:GMT|UTC|Z)\b)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\s*\(?\s*(?:(?P<base>GMT|UTC)?\s?(?P<sign>[+−-])(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?!\d)|(?P<name>Z|[A-Z]{2,4})(?![A-Za-z0-9-]))\)?"
)


def _time_around(text: str, start: int, end: int, *, floor: int) -> tuple[str, int, int]:
    """Return "THH:MM" with its zone and where it stands; after the date, else before it; "" when there is none."""
    after = _TIME.search(text, end, min(len(text), end + _AROUND))
    if (
        after
        and (next_date := _date_pattern().search(text, end, after.start() + 1))
        and next_date.end() > after.start()
    ):
        after = None  # the digits belong to another date
    # Between a date and its time stand only marks and short words ("at", "T", "|"), not "Last updated at".
    if after and re.search(r"[.!?]\s|\d|(?:[^\W\d]\W*){10}", text[end : after.start()]):
        after = None
    match = after or next(
        (
            m
            for m in [*_TIME.finditer(text, max(floor, start - _AROUND), start)][-1:]
            if "\n" not in text[m.end() : start]
        ),
        None,
    )
    if match is None:
        return "", start, end
    hour = int(match["h"] or match["h2"] or match["h3"])
    minute = int(match["m"] or match["m2"] or match["m3"] or 0)
    if half := match["half"]:
        hour = hour % 12 + (12 if half in "pP" else 0)
    if hour > 23:
        return "", start, end
    zone, stop = _zone(text, match.end())
    return f"T{hour:02}:{minute:02}{zone}", match.start(), stop


def _zone(text: str, at: int) -> tuple[str, int]:
    match = _ZONE.match(text, at)
    if not match:
        return "", at
    if match["sign"]:
        hours, minutes = int(match["h"]), int(match["m"] or 0)
        if hours > 14 or minutes > 59:
            return "", at
        sign = "+" if match["sign"] == "+" else "-"
        return ("Z" if hours == minutes == 0 else f"{sign}{hours:02}:{minutes:02}"), match.end()
    for row in table("time_zones.tsv"):
        if row["name"] == match["name"]:
            return row["offset"] or f"[{row['zone']}]", match.end()
    return "", at


def _checked(year: int, month: int, day: int, time: str, *, today: date) -> tuple[str | None, str | None]:
    try:
        found = date(year, month, day)
    except ValueError:
        return None, "is not a day of the calendar"
    if year < FIRST_YEAR:
        return None, f"is before {FIRST_YEAR}"
    if found > today + MARGIN:
        return None, "is in the far future"
    clock, _, place = time.partition("[")
    return found.isoformat() + clock + (_summer_time(found, clock, place.rstrip("]")) if place else ""), None


def _summer_time(day: date, clock: str, zone: str) -> str:
    """Return the offset of a zone with summer time on that day; "" when the machine has no time zone data."""
    try:
        offset = datetime.fromisoformat(day.isoformat() + clock).replace(tzinfo=ZoneInfo(zone)).strftime("%z")
    except ZoneInfoNotFoundError:
        return ""
    return f"{offset[:3]}:{offset[3:]}"
