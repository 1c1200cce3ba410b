"""Parts of years and months, and what years make: quarters, seasons, 'the last Friday of May', centuries."""

import re
from datetime import date, timedelta
from typing import cast

from communique.times import periods
from communique.times.periods import Period, Unit
from communique.times.readers import (
    WEEKDAYS,
    Setting,
    month_meant,
    narrowed,
    neighbour,
    number_of,
    part_named,
    pick,
    stated_year,
)

NTH = {"first": 0, "second": 1, "third": 2, "fourth": 3, "final": -1, "last": -1}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
CENTURIES = {
    name: 15 + n for n, name in enumerate("fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split())
}
DECADES = {
    name: 1920 + 10 * n
    for n, name in enumerate("twenties thirties forties fifties sixties seventies eighties".split())
} | {"nineties": 1990}
# What reaches 'the seventies' without being a time.
MEASURED = frozenset("temperature temperatures degree degrees high highs low lows score scores mid rank ranks".split())
# A quarter without its year is one of business where these are the matter; in sport it is a part of a match.
FIGURES = frozenset(
    "profit profits sale sales revenue revenues growth price prices economy output export exports import imports "
    "inflation gdp earnings loss losses order orders delivery deliveries production result results income turnover "
    "investment spending demand rate rates shipment shipments unemployment deficit surplus".split()
)


def read_fraction(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'the first quarter of 2022', 'the second half of last year', 'the first half of the year'."""
    on = setting.on
    year = stated_year(match, on)
    if year is None and match["same"] and on:
        year = on.year
    return _fraction(year, match["nth"], match["fraction"]) if year is not None else None


def _fraction(year: int, nth: str, fraction: str) -> Period:
    months = 3 if fraction == "quarter" else 6
    number = min(NTH[nth.lower()] % 4, 12 // months - 1)
    start = periods.month(year, number * months + 1).start
    return Period(start, periods.month(year, (number + 1) * months).end, "interval")


def read_quarter(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'Sales fell in the third quarter', 'Q3 2019'; not 'scored in the third quarter', 'fiscal third quarter'."""
    on = setting.on
    nth = match["nth"] or ("first", "second", "third", "fourth")[int(match["number"]) - 1]
    stated = stated_year(match, on)
    if stated is not None:
        return _fraction(stated, nth, "quarter")
    span = setting.span(match)
    sentence = span[0].sent
    if on is None or match["which"] or not any(t.lower_ in FIGURES for t in sentence):
        return None
    if any(t.lower_ == "fiscal" for t in sentence):
        return None
    around = (_fraction(year, nth, "quarter") for year in (on.year - 1, on.year, on.year + 1))
    # 'Will report fourth-quarter earnings' of the quarter that is over.
    return pick(around, on, "past" if span.root.dep_ in {"compound", "amod", "nmod"} else setting.outlook(match))


def read_season(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'the summer of 2014', 'last spring', 'the winter of 2010-11', 'early this autumn', 'since the summer'.

    Three months as in the north: spring from March, summer from June, autumn from September, winter from December.
    'Last' is the latest that is over. The winter of one year, and 'next summer' said before this year's, may be
    either of two and are left out.
    """
    first, on, span = SEASONS[match["season"]], setting.on, setting.span(match)
    side = (match["side"] or "").lower()
    if not any(t.tag_ == "NN" for t in span if t.lower_ == match["season"]):
        return None  # 'prices may fall this year'
    stated = stated_year(match, on)
    if stated is not None:
        told = first != 12 or (match["year2"] and int(match["year2"]) % 100 == (stated + 1) % 100)
        return _part(periods.season(stated, first), match) if told else None
    if on is None or match["which"] or (neighbour(span[-1], 1) in {"of", "in", "from", "by"} and first == 9):
        return None
    around = [periods.season(year, first) for year in (on.year - 2, on.year - 1, on.year, on.year + 1)]
    picked: Period | None = None
    if side in {"last", "past", "this past"}:
        picked = max((p for p in around if p.end < on), key=lambda p: p.start)
    elif side in {"next", "coming", "this coming"}:
        picked = around[3] if around[2].start <= on else around[2] if side != "next" else None
    elif side == "this":
        look = setting.outlook(match)
        picked = pick(around, on, look) if first == 12 or (look == "future" and around[2].end < on) else around[2]
    elif match["season"] != "fall" and _placed(match, setting):
        look = setting.outlook(match)
        picked = pick(around, on, look) if look in {"past", "future"} else None
    return _part(picked, match) if picked else None


def _placed(match: re.Match[str], setting: Setting) -> bool:
    """Tell whether a season without year or 'last' is one in time: not 'summer camp', 'in winter roads freeze'."""
    span = setting.span(match)
    before = neighbour(span[0], -1)
    if span.root.dep_ == "compound" or (match["side"] is None and match["part"] is None):
        return before in {"by", "since", "until"} and span.root.dep_ != "compound"
    return before in {"in", "over", "during", "since", "by", "until", "through"}


def _part(season: Period, match: re.Match[str]) -> Period:
    part = part_named(match)
    if part is None:
        return season
    when = periods.shifted(season.start, ("early", "mid", "late").index(part), "month")
    month = periods.month(when.year, when.month)
    return Period(month.start, month.end, "interval")


def read_nth(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'the last Friday of May', 'the first three months of 2022', 'the last day of the year'."""
    on, span = setting.on, setting.span(match)
    if neighbour(span[-1], 1) in {"every", "each"}:
        return None
    nth = NTH[match["nth"].lower()]

    def part(whole: Period) -> Period | None:
        return _nth(whole, nth, match["count"], match["what"])

    if match["month"]:
        return month_meant(match, setting, part)
    if match["whole"]:
        return part(periods.year(int(match["whole"])))
    if on is None:
        return None
    unit = cast(Unit, match["unit"])
    step = {"last": -1, "next": 1}.get(match["side"].lower(), 0)
    return part(periods.unit_at(periods.shifted(on.replace(day=1), step, unit), unit))


def _nth(whole: Period, nth: int, count: str | None, what: str) -> Period | None:
    """Return the nth of something within a period, from the end when negative; None when it lies outside."""
    start, end = whole.start, whole.end
    if what in WEEKDAYS or what == "weekend":
        weekday = 5 if what == "weekend" else WEEKDAYS.index(what)
        if nth < 0:
            when = end - timedelta(days=(end.weekday() - weekday) % 7)
        else:
            when = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * nth)
        made = periods.weekend(when) if what == "weekend" else periods.day(when)
    elif what == "half":
        middle = start + timedelta(days=14)
        made = Period(start, middle, "interval") if nth == 0 else Period(middle + timedelta(days=1), end, "interval")
        return made if whole.precision == "month" and nth in {0, 1} else None
    else:
        unit, number = cast(Unit, what.rstrip("s")), number_of(count) if count else 1
        if bool(count) != what.endswith("s") or (count and nth > 0):
            return None
        if nth < 0:
            made = Period(_after(end, -number, unit), end, "interval")
        else:
            first = periods.shifted(start, nth, unit)
            made = Period(first, periods.shifted(first, number, unit) - timedelta(days=1), "interval")
        if made.start == made.end:
            made = periods.day(made.start)
    return made if start <= made.start and made.start <= end else None


def _after(end: date, count: int, unit: Unit) -> date:
    return periods.shifted(end + timedelta(days=1), count, unit)


def read_century(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'the 19th century' (1801 to 1900), 'the late eighteenth century': early, mid and late are thirds."""
    name = match["century"].lower()
    last = 100 * (CENTURIES[name] if name in CENTURIES else int(name[:2]))
    first, part = last - 99, part_named(match)
    if part:
        first, last = {"early": (first, last - 67), "mid": (last - 66, last - 34), "late": (last - 33, last)}[part]
    return Period(date(first, 1, 1), date(last, 12, 31), "interval")


def read_worded_decade(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'the nineteen-fifties', 'the late nineteen-thirties', 'in the seventies'; not 'highs in the seventies'."""
    if not match["century"] and any(t.lower_ in MEASURED for t in setting.span(match)[0].sent):
        return None
    return narrowed(periods.decade(DECADES[match["decade"].lower()]), match, setting.on)
