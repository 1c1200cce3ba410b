"""What is told from the article's day: 'yesterday', 'last week', 'in recent months', 'two years ago', 'overnight'."""

import re
from datetime import timedelta
from typing import cast

from communique.times import periods
from communique.times.periods import Period, Unit
from communique.times.readers import WEEKDAYS, Setting, narrowed, neighbour, number_of
from communique.times.tense import attachment

# The calendar has no day before the year 1.
MOST_DECADES = 99
# Of what stands in a timetable the present speaks: 'The summit opens in three days'.
TIMETABLED = frozenset("open start begin end close expire resume leave arrive return depart meet vote elect".split())
# Overnight is the last night, except where somebody stays, or where it means suddenly.
GRADUAL = frozenset(
    "stay remain keep spend camp sleep wait become change transform disappear vanish leave park".split()
)
NIGHTLY = frozenset(
    "airstrike assault attack barrage blast bombardment bombing clash explosion fight fighting fire march missile "
    "operation protest raid riot rocket shelling shooting strike violence".split()
)
BESIDE_OVERNIGHT = frozenset("almost on to into from between until till".split()) | {day.lower() for day in WEEKDAYS}


def read_relative_day(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'today', 'yesterday', 'this morning', 'the day after tomorrow', 'last night'."""
    words = match[0].lower().split()
    shift = {"yesterday": -1, "tomorrow": 1, "night": -1}.get(words[-1], 0) * (2 if words[0] == "the" else 1)
    return periods.day(setting.on + timedelta(days=shift)) if setting.on else None


def read_unit(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'this week', 'last month', 'earlier this year', 'late next week', 'the end of the year'."""
    on = setting.on
    if on is None or (match["side"].lower() == "the" and not match["edge"]):
        return None
    step = {"last": -1, "next": 1}.get(match["side"].lower(), 0)
    unit = cast(Unit, match["unit"])
    return narrowed(periods.unit_at(periods.shifted(on.replace(day=1) if unit == "month" else on, step, unit), unit),
                     match, on if step == 0 else None)  # fmt: skip


def read_weekend(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'over the weekend', 'this weekend', 'last weekend', 'next weekend'."""
    on = setting.on
    if on is None:
        return None
    side = match["side"].lower()
    by = neighbour(setting.span(match)[0], -1) == "by"
    if side == "next":
        return periods.weekend(on + timedelta(days=7))
    if side == "coming":
        return periods.weekend(on if on.weekday() < 5 else on + timedelta(days=7))
    ahead = by or setting.outlook(match) in {"future", "present"} or (side == "this" and on.weekday() > 1)
    behind = side in {"last", "past"} or (not ahead and on.weekday() < 5)
    return periods.weekend(on - timedelta(days=7) if behind else on)


def read_span(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'in recent weeks', 'over the past three days', 'in the coming months', 'the last two years'.

    The interval ends, or starts, on the article's day; a plural without a number is bounded by PLURAL_DAYS.
    """
    on = setting.on
    if on is None:
        return None
    first = setting.span(match)[0]
    if first.i and setting.doc[first.i - 1].tag_ in {"PRP$", "POS"}:
        return None  # 'his last years'
    unit = cast(Unit, match["unit"])
    # A singular ('in the past week') matches an empty count, a bare plural ('in recent weeks') none.
    count = 0 if match["count"] is None else number_of(match["count"] or "one")
    side = match["side"] or match["side2"]
    if count > MOST_DECADES and unit == "decade":
        return None
    ahead = side.lower() in {"next", "coming"}
    sign = 1 if ahead else -1
    # 'The past two days' are the article's day and the one before: both ends count.
    far = periods.shifted(on, sign * count, unit) - timedelta(days=sign) if count else on + timedelta(
        days=sign * (periods.PLURAL_DAYS[unit] - 1)
    )  # fmt: skip
    return Period(on, far, "interval") if ahead else Period(far, on, "interval")


def read_hours(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'in the past 24 hours', 'over the next 48 hours': so many days before, or after, and the article's day."""
    on = setting.on
    if on is None:
        return None
    days = timedelta(days=int(match["hours"]) // 24)
    return Period(on, on + days, "interval") if match["side"].lower() in {"next", "coming"} else Period(
        on - days, on, "interval"
    )  # fmt: skip


def read_overnight(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'Shelling overnight killed two', 'an overnight raid'; not 'the overnight train', 'stayed overnight'.

    It is the night to the article's day. Where a day stands beside it ('overnight on Friday'), that day tells.
    """
    on, token = setting.on, setting.span(match).root
    head, beside = token.head, {neighbour(token, 1), neighbour(token, -1)}
    if on is None or setting.outlook(match) != "past" or beside & BESIDE_OVERNIGHT:
        return None
    if token.dep_ in {"amod", "compound"}:
        told = head.lemma_.lower() in NIGHTLY
    else:
        told = token.dep_ in {"advmod", "npadvmod"} and attachment(token)[0].lemma_ not in GRADUAL
    if not told:
        return None
    return Period(on - timedelta(days=1), on, "interval")


def read_ago(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'two days ago', 'a week ago', 'three years from now', 'in two weeks': the unit's calendar period."""
    on = setting.on
    if on is None or neighbour(setting.span(match)[0], -1) in {"than", "over", "under", "least", "half", "to"}:
        return None
    ahead = match["way"] != "ago"
    # 'In two weeks they had taken the city' is how long it took, 'the first visit in 28 years' how rare it is.
    verb, how = attachment(setting.span(match).root)
    look = setting.outlook(match)
    planned = look == "future" or (look == "present" and verb.lemma_ in TIMETABLED)
    told = match["way"] or (planned and how == "verb")
    if not told:
        return None
    unit, count = cast(Unit, match["unit"]), number_of(match["count"])
    if count > MOST_DECADES and unit == "decade":
        return None
    when = periods.shifted(on, count * (1 if ahead else -1), unit)
    return periods.unit_at(when, "year" if unit == "decade" else unit)


def read_fortnight(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'a fortnight ago': the calendar week two weeks ago."""
    return periods.week(setting.on - timedelta(days=14)) if setting.on else None
