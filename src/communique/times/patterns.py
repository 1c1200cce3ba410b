"""The patterns of time expressions over the text, each with the reader that tells what a match means."""

import re
from calendar import month_abbr, month_name
from dataclasses import dataclass
from typing import Literal

from communique.times import divisions, feasts, numeric, readers, relative
from communique.times.periods import Period
from communique.times.readers import NUMBERS, WEEKDAYS, Reader

Kind = Literal["weekday", "month", "monthday", "year", "other"]

_MONTH = rf"(?P<month>{'|'.join(month_name[1:])}|(?:{'|'.join(month_abbr[1:])}|Sept)\b\.?)"
_BEFORE_YEAR = r"(?=,?\s+(?:1[5-9]|20)\d\d\b)"
_FULL_MONTH = (
    rf"(?P<month>{'|'.join(month_name[1:])}"
    rf"|(?:{'|'.join(month_abbr[1:])}|Sept)(?:\.{_BEFORE_YEAR}|{_BEFORE_YEAR}))(?!\w)"
)
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAY2 = r"(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_WHICH_YEAR = rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}(?![\d%]|,\d)|(?P<which>last|this|next)\s+year\b))?"
_ANY_DAY = rf"(?:{'|'.join(WEEKDAYS)})(?!s\b)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})(?!s\b)"
_PART = (
    r"(?:(?:\b(?:the\s+)?(?P<part>[Ee]arly|[Mm]id|[Ll]ate|[Ee]arlier|[Ll]ater|[Ee]nd(?=-))(?:-|\s+)(?:in\s+)?)"
    r"|(?:\bthe\s+(?P<edge>beginning|start|middle|end)\s+of\s+))?"
)
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(NUMBERS)})(?:\s+of)?"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_DASH = r"\s?[-–—]\s?"


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of expression: its pattern, and the reader that tells what a match means.

    ``words`` saves time: each match holds one of them.
    """

    kind: Kind
    pattern: re.Pattern[str]
    read: Reader
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An expression read: character offsets, what it means, and its kind."""

    start: int
    end: int
    period: Period
    kind: Kind
    stated: bool  # names its own year, or week: a range cannot move it


_TO_DAY = rf"(?:{_DASH}|/|\s+(?:to|and|until|till|through)\s+){_DAY2}"
_NOT_A_COUNT = r"\b(?![,.]?\d|[%:]|\s?(?:am|pm|a\.m|p\.m)\b)"


def _rule(kind: Kind, reader: Reader, *pattern: str, words: tuple[str, ...] = ()) -> Rule:
    return Rule(kind, re.compile("".join(pattern)), reader, words)


_NTH = r"(?i:first|second|third|fourth|final|last)"
_WHAT = (
    rf"(?:(?P<count>\d{{1,2}}|{'|'.join(word for word in NUMBERS if len(word) > 2)})\s+)?"
    rf"(?P<what>days?|weeks?|months?|weekend|half|{'|'.join(WEEKDAYS)})"
)
_WHOLE = (
    rf"(?:{_FULL_MONTH}{_WHICH_YEAR}|(?P<whole>(?:1[5-9]|20)\d\d)(?![\d%]|,\d|-)"
    r"|(?P<side>the|this|last|next)\s+(?P<unit>month|year)\b)"
)


RULES: tuple[Rule, ...] = (
    _rule("monthday", numeric.read_iso, rf"\b{_YEAR}(?P<sign>[-/])(?P<number>\d\d)(?P=sign)(?P<day>\d\d)(?=\b|T\d)"),
    _rule(
        "monthday",
        numeric.read_numeric,
        rf"(?<![\w./-])(?P<one>\d{{1,2}})(?P<sign>[./-])(?P<two>\d{{1,2}})(?P=sign){_YEAR}(?![\w/-]|\.\d)",
    ),
    _rule(
        "other",
        numeric.read_foreign,
        rf"\b{_DAY}\.?\s+(?:de\s+)?(?P<name>(?i:{numeric.names()}))\.?\s+(?:de[l]?\s+)?{_YEAR}\b",
    ),
    _rule("monthday", readers.read_year_first, rf"\b{_YEAR},?\s+{_MONTH}\s+{_DAY}{_NOT_A_COUNT}"),
    _rule("other", feasts.read_feast, rf"\b(?P<feast>{feasts.names()})(?!\w){_WHICH_YEAR}"),
    _rule("other", divisions.read_nth, rf"\b(?:[Tt]he\s+)?(?P<nth>{_NTH})\s+{_WHAT}\s+(?:of|in)\s+{_WHOLE}"),
    _rule("monthday", readers.read_days, rf"\b{_DAY}{_TO_DAY}\s+(?:of\s+)?{_MONTH}(?!\w){_WHICH_YEAR}"),
    _rule("monthday", readers.read_days, rf"\b{_MONTH}\s+{_DAY}{_TO_DAY}{_NOT_A_COUNT}{_WHICH_YEAR}"),
    _rule(
        "monthday",
        readers.read_date,
        rf"(?:\b{_WEEKDAY}(?:,?\s+(?:the\s+)?))?\b{_DAY}\s+(?:of\s+)?{_MONTH}(?!\w){_WHICH_YEAR}",
    ),
    _rule(
        "monthday",
        readers.read_date,
        rf"(?:\b{_WEEKDAY},?\s+)?\b{_MONTH}\s+(?:the\s+)?{_DAY}{_NOT_A_COUNT}{_WHICH_YEAR}",
    ),
    _rule(
        "other",
        divisions.read_fraction,
        rf"\b(?:[Tt]he\s+)?(?P<nth>{_NTH})[\s-](?P<fraction>quarter|half)\s+(?:of\s+|in\s+)?",
        rf"(?:{_YEAR}\b|(?P<which>last|this|next)\s+year\b|(?<=of\s)(?P<same>the\s+year)\b)",
        words=("quarter", "half"),
    ),
    _rule(
        "other",
        divisions.read_quarter,
        rf"\b(?:(?P<nth>{_NTH})[\s-]quarter|Q(?P<number>[1-4]))\b(?!\s+(?:of\s+(?:the|a|his|its)|final)\b){_WHICH_YEAR}",
        words=("quarter", "Q1", "Q2", "Q3", "Q4"),
    ),
    _rule(
        "other",
        divisions.read_season,
        rf"{_PART}(?:\b(?P<side>(?i:the|this\s+past|this\s+coming|this|last|next|past|coming))\s+)?",
        rf"\b(?P<season>{'|'.join(divisions.SEASONS)})\b",
        rf"(?:,?\s+(?:of\s+)?(?:{_YEAR}(?:[-–/](?P<year2>\d{{4}}|\d\d))?(?![\d%]|,\d)"
        r"|(?P<which>last|this|next)\s+year\b))?",
        words=tuple(divisions.SEASONS),
    ),
    _rule(
        "other",
        divisions.read_century,
        rf"{_PART}(?:\b[Tt]he\s+)?\b(?P<century>(?i:1[5-9]th|20th|{'|'.join(divisions.CENTURIES)}))\s+century\b(?!['’-])",
        words=("century",),
    ),
    _rule(
        "other",
        divisions.read_worded_decade,
        rf"(?:{_PART}(?:\b[Tt]he\s+)?\b(?P<century>[Nn]ineteen[-\s])"
        r"|(?<=\b(?:in|of)\s)the\s+(?!twenties))"
        rf"(?P<decade>{'|'.join(divisions.DECADES)})\b(?!-)",
        words=tuple(divisions.DECADES),
    ),
    _rule(
        "month",
        readers.read_month,
        rf"{_PART}(?:\b(?P<side>last|next|this)\s+)?\b{_FULL_MONTH}(?!['’]s\s+[A-Z]){_WHICH_YEAR}",
    ),
    _rule(
        "other",
        readers.read_decade,
        rf"{_PART}(?:\b(?P<decade>(?:1[5-9]|20)\d0)|['’](?P<short>[2-9]0))['’]?s\b",
        words=("0s", "0's", "0’s"),
    ),
    _rule(
        "year",
        readers.read_years,
        rf"\b(?P<between>[Bb]etween\s+|[Ff]rom\s+)?{_YEAR}(?:{_DASH}|(?P<slash>/)|\s+(?:to|until|till|(?P<and>and))\s+)",
        r"(?P<year2>(?:1[5-9]|20)\d\d|\d\d)\b(?![,.]\d|%|-)",
    ),
    _rule("year", readers.read_year, rf"(?<![\d.,$€£#/]){_PART}\b{_YEAR}\b(?![,.]\d|%|/|-\w)"),
    _rule(
        "weekday",
        readers.read_weekday,
        r"(?:\b(?P<week_before>(?i:last|this|next))\s+week\s+on\s+)?",
        rf"(?:\b(?P<side>(?i:last|next|this|past|coming))\s+)?\b{_WEEKDAY}\b(?!\s+(?:of|in)\s+(?:every|each|the\s+month)\b)",
        r"(?:\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?",
    ),
    _rule(
        "other",
        relative.read_relative_day,
        r"(?i)\bthe\s+day\s+(?:before\s+yesterday|after\s+tomorrow)\b|\b(?:yesterday|tomorrow|today|tonight)\b",
        r"|\bthis\s+(?:morning|afternoon|evening)\b|\blast\s+night\b",
    ),
    _rule(
        "other",
        relative.read_weekend,
        r"(?i)\b(?:the\s+|this\s+)?(?P<side>the|this|last|next|past|coming)\s+weekend\b(?!\s+of\b)",
        words=("weekend",),
    ),
    _rule("other", relative.read_overnight, r"\b[Oo]vernight\b(?!-)"),
    _rule(
        "other",
        relative.read_hours,
        r"(?i)\b(?:(?:in|over|during|for|within)\s+)?the\s+(?P<side>past|last|previous|next|coming)\s+",
        r"(?P<hours>24|48|72)\s+hours\b",
        words=("hours",),
    ),
    _rule(
        "other",
        relative.read_span,
        r"(?i)\b(?:(?:in|over|during|for|within|the|these)\s+)*(?P<side>past|last|next|coming|recent)\s+",
        rf"(?:{_COUNT}\s+|(?:few|several)\s+)?(?P<unit>day|week|month|year|decade)s\b(?!\s+of\b)",
    ),
    _rule(
        "other",
        relative.read_span,
        r"(?i)\b(?:(?:in|over|during|for|within)\s+the\s+(?P<side>past|last|next|coming)\s+",
        rf"|the\s+(?P<side2>past|coming)\s+)(?P<count>){_UNIT}\b(?!\s+of\b)",
    ),
    _rule(
        "other",
        relative.read_unit,
        rf"{_PART}\b(?P<side>(?i:this|last|next|the))\s+(?P<unit>week|month|year|decade)\b(?!\s+of\b)",
    ),
    _rule(
        "other", relative.read_ago, rf"(?i)\b{_COUNT}\s+{_UNIT}s?\s+(?P<way>ago|from\s+now)\b", words=("ago", "now")
    ),
    _rule("other", relative.read_fortnight, r"(?i)\ba\s+fortnight\s+ago\b", words=("fortnight",)),
    _rule("other", relative.read_ago, rf"(?i)\bin\s+{_COUNT}\s+{_UNIT}s?(?:['’]s?)?(?:\s+time)?\b(?P<way>)"),
)
"""Tried in this order: what an earlier rule has read, a later one leaves alone."""

NAMED = re.compile(
    rf"\b(?:Black|Bloody|Super|Cyber|Giving|Ruby|Sheffield|Orthodox\s+\w+)\s+{_ANY_DAY}"
    rf"|\b(?:Good|Ash|Holy|Palm|Easter|Maundy|Shrove|Whit)\s+{_ANY_DAY}"
    r"(?=\s+(?:[A-Z]|agreement|accord|deal|peace|pact|rising))"
    rf"|\b(?:Holy|Pentecost)\s+(?!Saturday){_ANY_DAY}"
    r"|\b(?:Mail|Independent|Scotland|Wales|Observer)\s+on\s+(?:Sunday|Saturday)"
    r"|\b(?:Sun|Satur|Mon|Tues|Wednes|Thurs|Fri)day\s+(?:Times|Telegraph|Mirror|Express|Mail|Herald|Post|World"
    r"|Tribune|People|Sun|Independent|Star|Mercury|Review|Night|League|Club|Vanguard|Punch|Standard|Nation|Magazine"
    r"|papers?|newspapers?|school|lunch|roast|best)\b"
    r"|\bFriday\s+the\s+13th|\b[A-Z]\w+\s+(?:Today|Tonight)\b"
    rf"|\b(?:{_DAY}(?:\s+of)?\s+[A-Z][a-z]+|[A-Z][a-z]+\s+{_DAY2})\s+"
    r"(?:Movement|Committee|Brigades?|Martyrs|Square|Street|Avenue|Hospital|University|Bridge|Party|Alliance)\b"
)
"""Names that hold a day but are no time: 'Bloody Sunday', 'the Sunday Times', 'the April 6 Movement'."""
