"""Doc → times: single expressions, then ranges, 'since' and 'by', and what is told from another time."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from communique.times import periods
from communique.times.anchors import anchored
from communique.times.mentions import Attachment, TimeMention
from communique.times.patterns import NAMED, RULES, Hit, Rule
from communique.times.periods import Period
from communique.times.readers import Setting, covering
from communique.times.tense import attachment

_RANGE = re.compile(r"\s*(?:to|until|till|through|and|[-–—])\s*(?:the\s+)?")
_FROM = re.compile(r"(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?P<word>since|by|until|till|up\s+to|before|prior\s+to|after|ahead\s+of)\s+"
    r"(?:at\s+least\s+|late\s+on\s+|early\s+on\s+|the\s+|on\s+|in\s+)?$",
    re.IGNORECASE,
)
# No expression with a telling word reaches further from it than this, in characters.
REACH = 64
# No news was dated outside these years; a page's date that is says nothing, and the calendar ends not far off.
EARLIEST_YEAR, LATEST_YEAR = 1600, 2200


def times(doc: Doc, *, on: str | None) -> Iterator[TimeMention]:
    """Yield the times that a Doc names, in text order.

    ``on`` is the article's day ("YYYY-MM-DD"); without it only what states its year is resolved. Weeks are Monday to
    Sunday. Times that cannot be told from the text, durations, ages and what recurs ('on Mondays') are left out.

    News has its own convention for the bare weekday: the latest one up to and including the article's day, or
    the next when its clause looks forward.
    """
    day = date.fromisoformat(on[:10]) if on else None
    if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        day = None
    text = doc.text  # spaCy puts it together anew each time, at a third of this stage's cost
    hits = _single(doc, text, day)
    hits = anchored(doc, text, hits, on=day)
    hits = _ranges(text, hits)
    for hit in hits:
        limited = _limited(doc, text, hit, day)
        if limited is None:
            continue
        span = covering(doc, limited.start, limited.end)
        governor, how = _attached(doc, hit)
        yield TimeMention(span.start, span.end, limited.period.value, limited.period.precision, governor.i, how)


def _attached(doc: Doc, hit: Hit) -> tuple[Token, Attachment]:
    return attachment(covering(doc, hit.start, hit.end).root)


def _matches(rule: Rule, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a rule; where its words tell where they can be, only around these, which may repeat one."""
    if not rule.words:
        yield from rule.pattern.finditer(text)
    for word in rule.words:
        at = text.find(word)
        while at >= 0:
            yield from rule.pattern.finditer(text, max(0, at - REACH), at + REACH)
            at = text.find(word, at + len(word))


def _single(doc: Doc, text: str, day: date | None) -> list[Hit]:
    taken = bytearray(len(text))
    for match in NAMED.finditer(text):
        taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    setting = Setting(doc, day)
    hits = []
    for rule in RULES:
        for match in _matches(rule, text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            period = rule.read(match, setting)
            if period is not None:
                taken[start:end] = b"\1" * (end - start)
                groups = match.groupdict()
                stated = any(groups.get(name) for name in ("year", "which", "side", "week", "week_before"))
                hits.append(Hit(start, end, period, rule.kind, stated))
    return sorted(hits, key=lambda hit: hit.start)


def _ranges(text: str, hits: list[Hit]) -> list[Hit]:
    """Join 'from Monday to Wednesday', 'between March and May 2021' into one."""
    joined: list[Hit] = []
    for hit in hits:
        last = joined[-1] if joined else None
        if last is not None and last.kind == hit.kind != "other" and last.end <= hit.start:
            between = text[last.end : hit.start]
            word = between.strip()
            opening = _FROM.search(text, max(0, last.start - 12), last.start)
            # 'on Monday and Tuesday' are two days, 'between Monday and Tuesday' is one stretch.
            pair = word != "and" or (opening is not None and opening[0].lower().startswith("between"))
            if pair and _RANGE.fullmatch(between):
                first, second = _aligned(last, hit)
                if first.start <= second.end:
                    period = Period(first.start, second.end, "interval")
                    joined[-1] = Hit(last.start, hit.end, period, "other", True)
                    continue
        joined.append(hit)
    return joined


def _aligned(first: Hit, second: Hit) -> tuple[Period, Period]:
    """Give the end of a range that leaves its year or week open the one nearest to the other end."""
    one, two = first.period, second.period
    if first.kind == "weekday":
        back = (two.start.weekday() - one.start.weekday()) % 7
        return periods.day(two.start - timedelta(days=back)), two
    if first.stated and not second.stated and two.start < one.start:
        return one, _moved(two, one.start.year + (two.start.month < one.start.month))
    if not first.stated:
        return _moved(one, two.start.year - (one.start.month > two.start.month)), two
    return one, two


def _moved(period: Period, year: int) -> Period:
    years = year - period.start.year
    start, end = (periods.shifted(when, years, "year") for when in (period.start, period.end))
    return Period(start, end, period.precision)


def _limited(doc: Doc, text: str, hit: Hit, day: date | None) -> Hit | None:
    """Read 'since', 'by' and 'until' with the time they limit; what is only before or after a time has none."""
    match = _LIMIT.search(text, max(0, hit.start - 24), hit.start)
    if match is None or _attached(doc, hit)[1] == "modifier":  # "since Thursday's talks" dates the talks
        return hit
    word = match["word"].lower().split()[0]
    if word == "since":
        if day is None or hit.period.start > day:
            return None
        return replace(hit, start=match.start(), period=Period(hit.period.start, day, "interval"))
    if word in {"until", "till", "up"}:
        if any(child.dep_ == "neg" for child in _attached(doc, hit)[0].children):
            return hit  # 'will not vote until Friday': on that day it will
        if day is not None and hit.period.start < day == hit.period.end:
            return None  # 'until recent weeks'
    if word in {"by", "until", "till", "up"}:
        if day is not None and hit.period.end >= day:
            return replace(hit, start=match.start(), period=Period(day, hit.period.end, "interval"))
        return hit if word == "by" else None
    return None
