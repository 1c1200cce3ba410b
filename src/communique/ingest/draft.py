"""What a reader has found on a page, and how it becomes an Article: dateline, date, outlet, language, id."""

import re
from dataclasses import dataclass, field

from communique.errors import InputError
from communique.ingest import dates, language_of, outlets, wire
from communique.ingest.encoding import clean
from communique.ingest.options import MAX_TEXT_CHARS, Options
from communique.records import Article, Place, Span, article_id

PARAGRAPH_BREAK = "\n\n"


@dataclass(slots=True)
class Draft:
    """The parts of a page as found, not yet checked against each other.

    ``published`` is in the form of Article; ``year`` that of a date or notice near the article, for datelines
    without one; ``seen`` a moment in that form when the page was there already, for pages without a date; ``outlet``
    the name the page gives itself.
    """

    paragraphs: list[str] = field(default_factory=list)
    title: str | None = None
    standfirst: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    year: int | None = None
    seen: str | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    place: str | None = None
    warnings: list[str] = field(default_factory=list)


def finish(draft: Draft, *, options: Options, where: str = "") -> Article:
    """Return the Article of a draft. Raises InputError when it has no body or too long a one."""
    paragraphs = [text for text in (" ".join(clean(part).split()) for part in draft.paragraphs) if text]
    if sum(map(len, paragraphs)) > MAX_TEXT_CHARS:
        raise InputError(
            f"has more than {MAX_TEXT_CHARS:,} characters of text",
            where=where,
            remedy="split it into articles, such as one a line of a JSONL file",
        )
    warnings = list(draft.warnings)
    dateline = wire.dateline(paragraphs[0], later=paragraphs[1:]) if paragraphs else None
    if dateline:
        paragraphs[0] = paragraphs[0][dateline.end :]
    paragraphs = [text for text in paragraphs if text]
    if not paragraphs:
        raise InputError("has no body text", where=where, remedy="give a page with at least one sentence of text")
    published = _published(draft, dateline, options, warnings)
    text, spans = _joined(paragraphs)
    language = options.language or language_of.detect(text, hint=draft.language)
    if language not in {None, "en"}:
        warnings.append(f"language is {language}: the grammar reads English, so nothing will be recorded")
    place = (dateline.place if dateline else None) or draft.place
    title, standfirst = _line(draft.title), _line(draft.standfirst)
    if standfirst and (repeats(standfirst, paragraphs[0]) or (title and repeats(standfirst, title))):
        standfirst = None
    return Article(
        id=article_id(url=draft.url, title=title, published=published, text=text),
        text=text,
        paragraphs=spans,
        url=draft.url,
        outlet=outlets.outlet(url=draft.url, name=draft.outlet, given=options.outlet),
        title=title,
        standfirst=standfirst,
        byline=tuple(name for name in map(_line, draft.byline) if name),
        published=published,
        language=language,
        place=Place(name=place) if place else None,
        warnings=tuple(dict.fromkeys(warnings)),
    )


def repeats(shorter: str, longer: str) -> bool:
    """Tell whether one text repeats the other's start, but for marks, case and a cut end ("The minis…").

    >>> repeats("The minister said on Monday that …", "The minister said on Monday that talks had failed.")
    True
    """
    a, b = (re.findall(r"\w+", text.casefold()) for text in (shorter, longer))
    if not a or not b:
        return False
    size = min(len(a), len(b))
    if size < 4 and len(a) != len(b):
        return False
    # The last word may be cut; after the eighth word a repeat may be shortened or edited lightly.
    same = sum(x == y for x, y in zip(a[:size], b[:size], strict=True))
    return a[: max(1, size - 1)] == b[: max(1, size - 1)] or (size >= 8 and a[:8] == b[:8] and same >= 0.7 * size)


def _line(text: str | None) -> str | None:
    return (" ".join(clean(text).split()) or None) if text else None


def _joined(paragraphs: list[str]) -> tuple[str, tuple[Span, ...]]:
    spans, start = [], 0
    for text in paragraphs:
        spans.append((start, start + len(text)))
        start += len(text) + len(PARAGRAPH_BREAK)
    return PARAGRAPH_BREAK.join(paragraphs), tuple(spans)


def _dateline_stamp(written: str, *, year: int | None, seen: str | None) -> dates.Stamp | None:
    """Return the date of a dateline; where nothing tells its year, the last such day that is not after ``seen``."""
    if year is None and seen:
        year = int(seen[:4])
        stamp = next(dates.stamps(written, year=year), None)
        if stamp and stamp.published and stamp.published[:10] > seen[:10]:
            year -= 1
    return next(dates.stamps(written, year=year), None)


def _published(draft: Draft, dateline: wire.Dateline | None, options: Options, warnings: list[str]) -> str | None:
    year = draft.year
    if options.date is not None:
        published, year = dates.given(options.date)
        if published:
            return published
    elif draft.published:
        return draft.published
    if dateline and dateline.date:
        stamp = _dateline_stamp(dateline.date, year=year, seen=draft.seen)
        if stamp and stamp.published:
            return stamp.published
        if stamp:
            warnings.append(f"date '{dateline.date}' {stamp.problem}: give it with --date")
            return None
    if draft.published and int(draft.published[:4]) == year:
        return draft.published
    if draft.seen:
        warnings.append("no date of publication found: taken from when the page was seen")
        return draft.seen
    if not any(warning.startswith("date ") for warning in warnings):
        warnings.append("no date of publication found: give it with --date")
    return None
