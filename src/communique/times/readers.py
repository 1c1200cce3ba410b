"""What the single expressions of time mean: a reader for each kind resolves a match of its pattern.

A reader gives None when the words do not name a time here ('1994 people', 'Theresa May'), or when it takes the
article's day to resolve them and that is not known.
"""

import re
from calendar import month_abbr, month_name
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc, Span, Token

from communique.knowledge import table, values
from communique.times import periods
from communique.times.periods import Part, Period
from communique.times.tense import Outlook, outlook

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a": 1, "an": 1, "couple": 2, "dozen": 12}
MONTHS = {name.lower(): n for n, name in enumerate(month_name) if n} | {
    name.lower(): n for n, name in enumerate(month_abbr) if n
}
MONTHS["sept"] = 9
# Months that are also words or names of people need a preposition, a day or a year beside them.
DOUBTFUL = frozenset({"May", "March", "April", "June", "August"})
MONTH_CUES = frozenset(
    "in since of until till by from to between during before after through for throughout early mid late last next "
    "this and or - – —".split()
)
YEAR_CUES = frozenset(
    "in since of until till by from between during before after throughout through early mid late spring summer "
    "autumn fall winter around circa year to and".split()
)
APPROXIMATE = frozenset("about over nearly some than least most almost approximately roughly another".split())
# Plurals that are counted ('the 1994 people killed'); other plurals after 'the' and a year are dated by it.
# 'The May election' is of a month, 'the May government' of a person.
OCCASIONS = frozenset("election vote summit meeting referendum poll ballot attack talk".split())
COUNTED = frozenset(
    "people soldiers troops civilians deaths men women children cases victims prisoners fighters refugees migrants "
    "villages houses homes km kilometres kilometers miles metres meters tonnes tons dollars euros pounds hours gmt "
    "utc local percent feet votes seats jobs workers police officers".split()
)

# So long after a day a date without a year that is told as to come is still that day: a fortnight's news.
JUST_PAST_DAYS = 14
# 'The August issue' is not of what happened in August.
ISSUES = frozenset("issue edition number".split())


def covering(doc: Doc, start: int, end: int) -> Span:
    """Return the tokens of the characters [start, end), whole tokens also where these cut one."""
    span = doc.char_span(start, end, alignment_mode="expand")
    assert span is not None, "offsets come from the Doc's own text"
    return span


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands: the Doc and, if known, the article's day."""

    doc: Doc
    on: date | None

    def span(self, match: re.Match[str]) -> Span:
        """Return the tokens of a match, whole tokens also where it cuts one."""
        return covering(self.doc, *match.span())

    def outlook(self, match: re.Match[str]) -> Outlook:
        """Return whether the clause of a match looks back or forward."""
        return outlook(self.span(match).root)


Reader = Callable[[re.Match[str], Setting], Period | None]


def neighbour(token: Token, step: int) -> str:
    """Return the lower-case text of the token ``step`` places on, "" beyond the text's ends."""
    i = token.i + step
    return token.doc[i].lower_ if 0 <= i < len(token.doc) else ""


def part_named(match: re.Match[str]) -> Part | None:
    """Return which part of a period a match names: 'early', 'the end of'; None for all of it."""
    groups = match.groupdict()
    if groups.get("part"):
        parts: dict[str, Part] = {"early": "early", "mid": "mid", "late": "late", "end": "late"}
        return parts.get(match["part"].lower())
    edges: dict[str | None, Part] = {"beginning": "early", "start": "early", "middle": "mid", "end": "late"}
    return edges.get(groups.get("edge"))


def narrowed(period: Period, match: re.Match[str], on: date | None) -> Period | None:
    """Apply 'early', 'late', 'the end of'; 'earlier' and 'later' are up to and from the article's day."""
    word = (match["part"] or "").lower()
    if word in {"earlier", "later"}:
        if on is None or not period.start <= on <= period.end:
            return period
        return Period(period.start, on, "interval") if word == "earlier" else Period(on, period.end, "interval")
    part = part_named(match)
    return periods.part_of(period, part) if part else period


def pick(candidates: Iterable[Period], on: date, look: Outlook) -> Period | None:
    """Choose the latest so far, the next to come or, when the clause doesn't tell, the nearest period."""
    found = list(candidates)
    if look == "past":
        return max((p for p in found if p.start <= on), key=lambda p: p.start, default=None)
    if look == "future":
        return min((p for p in found if p.end >= on), key=lambda p: p.start, default=None)
    return min(found, key=lambda p: periods.distance(p, on), default=None)


def stated_year(match: re.Match[str], on: date | None) -> int | None:
    """Return the year that a match names in figures or as 'last year'."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(match["year"])
    if groups.get("which") and on:
        return on.year + {"last": -1, "this": 0, "next": 1}[match["which"]]
    return None


def _month_number(match: re.Match[str]) -> int:
    return MONTHS[match["month"].rstrip(".").lower()]


def _days(match: re.Match[str], setting: Setting, first: int, last: int) -> Period | None:
    number, on = _month_number(match), setting.on
    stated = stated_year(match, on)

    def in_year(year: int) -> Period | None:
        start, end = periods.valid_day(year, number, first), periods.valid_day(year, number, last)
        if start is None or end is None or start > end:
            return None
        return Period(start, end, "day" if start == end else "interval")

    if stated is not None:
        return in_year(stated)
    if on is None:
        return None
    candidates = [p for year in range(on.year - 4, on.year + 5) if (p := in_year(year))]
    look = setting.outlook(match)
    if look == "future":  # 'had been set for the 10th', said on the 13th, is not next year's
        candidates = [p for p in candidates if p.end >= on - timedelta(days=JUST_PAST_DAYS)]
        return min(candidates, key=lambda p: p.start, default=None)
    return pick(candidates, on, look)


def read_days(match: re.Match[str], setting: Setting) -> Period | None:
    """Read '10-12 March', 'February 10 to 12, 2022'."""
    return _days(match, setting, int(match["day"]), int(match["day2"]))


def read_year_first(match: re.Match[str], setting: Setting) -> Period | None:
    """Read '2022 May 10', as some pages stamp what they changed."""
    return _days(match, setting, int(match["day"]), int(match["day"]))


def read_date(match: re.Match[str], setting: Setting) -> Period | None:
    """Read '10 February 2022', 'Feb. 10', 'Thursday, 1 May'; not 'In March 12 soldiers were killed'."""
    day, month, doc = int(match["day"]), _month_number(match), setting.doc
    span = setting.span(match)
    token = next((t for t in span if t.idx == match.start("day")), span[-1])
    counted = token.dep_ == "nummod" and token.head.tag_ in {"NNS", "NNPS"} and token.head.i > token.i
    if counted and token.i == span[-1].i and neighbour(span[0], -1) in {"in", "since", "during", "of", "by"}:
        return None
    following = {t.lower_ for t in doc[span.end : span.end + 2]}
    if not match["year"] and setting.on:
        for row in table("named_days.tsv"):
            if (int(row["month"]), int(row["day"])) == (month, day) and following & set(values(row["nouns"])):
                return periods.day(date.fromisoformat(row["date"])) if str(setting.on) >= row["from"] else None
    return _days(match, setting, day, day)


def read_month(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'February', 'early January', 'last March', 'in May 2021'; not 'may', 'Theresa May', 'March on Rome'."""
    name, on = match["month"], setting.on
    stated = stated_year(match, on)
    span = setting.span(match)
    before = neighbour(span[0], -1)
    cue = before in MONTH_CUES or bool(match["side"] or match["part"] or match["edge"]) or _modifies(span)
    if span[0].i and span.doc[span[0].i - 1].is_digit:
        return None  # the rest of a date that no calendar has
    if stated is None and not cue and (name in DOUBTFUL or "." in name or (len(name) < 4 and name != "May")):
        return None
    if stated is None and (_names_somebody(span) or (name == "March" and neighbour(span[-1], 1) in {"on", "for"})):
        return None
    return month_meant(match, setting, lambda month: narrowed(month, match, on))


def month_meant(
    match: re.Match[str], setting: Setting, part: Callable[[Period], Period | None] = lambda month: month
) -> Period | None:
    """Return the part of the month that a match names, in the year that it states or that the clause's tense tells.

    The tense tells of the part: what was in late March before the 12th was so last year.
    """
    number, on = _month_number(match), setting.on
    stated = stated_year(match, on)
    if stated is not None:
        return part(periods.month(stated, number))
    if on is None:
        return None
    around = [periods.month(year, number) for year in (on.year - 1, on.year, on.year + 1)]
    side = match["side"]
    if side == "last":
        around = [max((p for p in around if p.end < on), key=lambda p: p.start)]
    elif side == "next":
        around = [min((p for p in around if p.start > on), key=lambda p: p.start)]
    elif side == "this":
        around = around[1:2]
    made = [p for month in around if (p := part(month))]
    return made[0] if len(made) == 1 else pick(made, on, setting.outlook(match))


def _modifies(span: Span) -> bool:
    """Tell whether a month's name stands before what happened in it: 'its April summit', 'the March agreement'."""
    token, head = span.root, span.root.head
    before = span.doc[span[0].i - 1] if span[0].i else None
    placed = token.dep_ in {"compound", "nmod", "amod"} and head.i > token.i and head.tag_ in {"NN", "NNS"}
    determined = before is not None and (before.tag_ in {"PRP$", "POS"} or before.pos_ == "DET")
    return placed and determined and head.lemma_ not in ISSUES and (token.text != "May" or head.lemma_ in OCCASIONS)


def _names_somebody(span: Span) -> bool:
    """Tell whether a month's name is (part of) a person's or another name: 'Mrs May', 'August Wilson'."""
    token = span.root
    if token.ent_type_ == "PERSON":
        return True
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return token.dep_ == "compound" and after is not None and token.head == after and after.tag_ == "NNP"


def read_decade(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'the 1990s', "the late '80s"."""
    first = int(match["decade"]) if match["decade"] else 1900 + int(match["short"])
    return narrowed(periods.decade(first), match, setting.on)


def read_years(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'between 2014 and 2016', '2014-16', 'from 1994 to 2000'."""
    first, text = int(match["year"]), match["year2"]
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    if last <= first or (match["and"] and not match["between"]) or (match["slash"] and last != first + 1):
        return None
    return Period(date(first, 1, 1), date(last, 12, 31), "interval")


def read_year(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'in 1994', 'the 1994 Budapest memorandum'; not '2,014 people', 'about 1990 soldiers', '2014 km'."""
    span = setting.span(match)
    token = span[-1]
    if not (match["part"] or match["edge"] or (token.text == match["year"] and _is_year(token))):
        return None
    return narrowed(periods.year(int(match["year"])), match, setting.on)


def _is_year(token: Token) -> bool:
    before, after = neighbour(token, -1), neighbour(token, 1)
    if before in APPROXIMATE or after in COUNTED or after in {"%", "°", "m", "kg"} or before in {"$", "€", "£", "no."}:
        return False
    noun = token.head if token.head.i > token.i and token.dep_ in {"nummod", "compound", "amod"} else None
    if noun is not None and noun.lower_ in COUNTED:
        return False
    plural = noun is not None and noun.tag_ in {"NNS", "NNPS"}
    if before in YEAR_CUES or neighbour(token, -2) in {"early", "late", "mid"}:
        return not plural
    if before == "(" or after == ")":
        return True
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return True
    # 'the 2014 protests', "Russia's 2014 annexation", 'a 2015 deal', '2024 campaign'.
    left = token.doc[token.i - 1] if token.i else None
    determined = left is not None and (left.pos_ in {"DET", "PRON", "PART"} or left.tag_ in {"PRP$", "POS", "DT"})
    return noun is not None and (determined or not plural) and (determined or token.is_sent_start is not False)


def read_weekday(match: re.Match[str], setting: Setting) -> Period | None:
    """Read 'on Thursday', 'last Monday', 'next Friday', 'on Monday last week'; not 'every Monday'.

    The bare day is the latest up to the article's day, or the next where the clause looks forward; 'last' is the
    latest before the article's day, 'next' lies in the week after the article's, 'this' in the article's own.
    """
    on = setting.on
    if on is None:
        return None
    span = setting.span(match)
    before = neighbour(span[0], -1)
    # 'On Tuesday Macron flew': the parser's name starts too early.
    if {before, neighbour(span[0], -2)} & {"every", "each"} or (before != "on" and _names_somebody(span)):
        return None
    number = WEEKDAYS.index(match["weekday"])
    side, of_week = (match["side"] or "").lower(), match["week"] or match["week_before"]
    monday = periods.week(on).start
    named_week = of_week or (side if side in {"next", "this"} else None)
    if named_week:
        weeks = {"last": -1, "this": 0, "next": 1}[named_week.lower()]
        return periods.day(monday + timedelta(days=7 * weeks + number))
    back = (on.weekday() - number) % 7
    if side in {"last", "past"}:
        return periods.day(on - timedelta(days=back or 7))
    ahead = side == "coming" or setting.outlook(match) in {"future", "present"}
    return periods.day(on + timedelta(days=-back % 7) if ahead else on - timedelta(days=back))


def number_of(words: str) -> int:
    """Return the number that a word or digits stand for."""
    return int(words) if words.isdigit() else NUMBERS[words.lower()]
