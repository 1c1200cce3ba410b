"""The head of a flattened page: which blocks are title, standfirst, byline and date, and where the body starts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.ingest import bylines, dates, furniture
from communique.ingest.blocks import Block, Kind
from communique.ingest.draft import repeats

MAX_TITLE_WORDS = 30
MAX_STANDFIRST_WORDS = 60
MIN_STANDFIRST_WORDS = 5
_HEAD_BLOCKS = 80
"""How far down the page a head is looked for: menus of flattened pages take some dozens of lines, not hundreds."""


@dataclass(slots=True)
class Head:
    """What stands above the body; ``body_start`` is the index of its first block."""

    title: str | None = None
    standfirst: str | None = None
    byline: tuple[str, ...] = ()
    place: str | None = None
    published: str | None = None
    warnings: list[str] = field(default_factory=list)
    body_start: int = 0


def head(blocks: Sequence[Block], *, title: str | None = None, month_first: bool = False) -> Head:
    """Return the head of a page; ``title`` is the title where it is known from elsewhere.

    The title is what is repeated, or else the first heading above the body whose words the body takes up. The
    standfirst stands after it: between the headline and its repeat, without a full stop, or before date or byline.
    """
    found = Head()
    vocabulary = _stems(" ".join(block.text for block in blocks if block.kind is Kind.PROSE))
    start, end = _title_span(blocks, vocabulary, given=title)
    found.title = title or (_plain_title(blocks, start) if start is not None else None)
    if start is not None and end is not None:
        # What stands between a headline and its repeat needs no word in common with the article to belong to it.
        between = range(start + 1, end)
        found.standfirst = next(
            (blocks[i].text for i in between if _is_standfirst(blocks[i], vocabulary, least=0)), None
        )
        found.body_start = end + 1
    found.body_start = _skip_to_body(blocks, found, vocabulary)
    _read_date(blocks, found, month_first=month_first)
    _read_byline(blocks, found, vocabulary)
    return found


def _title_span(
    blocks: Sequence[Block], vocabulary: frozenset[str], *, given: str | None
) -> tuple[int | None, int | None]:
    """Return the indices of the title's first and last block above the body."""
    limit = min(_limit(blocks), len(blocks))
    if given:
        same = [i for i in range(limit) if _same_heading(blocks[i].text, given)]
        return (same[0], same[-1]) if same else (None, None)
    candidates = [i for i in range(limit) if _could_be_title(blocks[i])]
    for i in candidates:
        again = [j for j in range(i + 1, limit) if _same_heading(blocks[i].text, blocks[j].text)]
        if again and _overlap(blocks[i].text, vocabulary) >= 0.3:
            return i, again[-1]
    first_prose = next(
        (i for i, block in enumerate(blocks) if block.kind is Kind.PROSE and i not in candidates), limit
    )
    above = [i for i in candidates if i < first_prose]
    scores = {i: _overlap(blocks[i].text, vocabulary) for i in above}
    # A short line may be a section or a topic that the article names too; a headline of its own length goes before.
    for shortest, threshold in ((4, 0.5), (4, 0.3), (2, 0.5), (4, 0.15), (2, 0.3)):
        fit = (i for i in above if scores[i] >= threshold and len(furniture.words(blocks[i].text)) >= shortest)
        if (best := next(fit, None)) is not None:
            return best, best
    if above and first_prose < len(blocks):
        # No word in common: a headline that plays with words.
        long = [i for i in above if len(furniture.words(blocks[i].text)) >= 4] or above
        return long[0], long[0]
    return None, None


def _limit(blocks: Sequence[Block]) -> int:
    """Return the index after which no title can stand: the third block of prose."""
    prose = [i for i, block in enumerate(blocks) if block.kind is Kind.PROSE and not _could_be_title(block)]
    return min(_HEAD_BLOCKS, prose[2] if len(prose) > 2 else (prose[-1] if prose else len(blocks)))


def _could_be_title(block: Block) -> bool:
    if block.kind not in {Kind.HEADING, Kind.PROSE}:
        return False
    found = furniture.words(block.text)
    bare = block.text.rstrip(" \"'”’»)")
    if not 2 <= len(found) <= MAX_TITLE_WORDS or re.search(r"[a-z]{2}[.!?] [A-Z]", bare):
        return False
    return bare[-1:] not in set(".:,;。") or (bare.endswith(".") and _in_title_case(found))


def _in_title_case(found: Sequence[str]) -> bool:
    """Tell whether Words Are Set as in a Headline, so that even a full stop after them makes no sentence."""
    long = [word for word in found if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.9 * len(long) and len(found) >= 5


def _same_heading(a: str, b: str) -> bool:
    """Tell whether two lines are one headline, perhaps with an outlet: "Talks fail" and "Talks fail | News"."""
    short, long = sorted((furniture.fold(a), furniture.fold(b)), key=len)
    return (
        # An outlet's name is shorter than a headline; 'Kenya' is a topic, not 'Kenya: talks resume' in short.
        len(short) > max(7, len(long) // 2)
        and long.startswith(short)
        and bool(re.fullmatch(r"(?:\s*[|–—·»:-]\s*.{1,60})?", long[len(short) :]))
    )


def _plain_title(blocks: Sequence[Block], at: int) -> str:
    """Return the title at ``at``, in its shortest form on the page: without the outlet's name."""
    same = [block.text for block in blocks[:_HEAD_BLOCKS] if _same_heading(block.text, blocks[at].text)]
    return re.sub(r"^(?:title|headline)\s*:\s*", "", min(same, key=len, default=blocks[at].text), flags=re.I)


def _is_standfirst(block: Block, vocabulary: frozenset[str], *, least: float = 0.2) -> bool:
    if block.kind not in {Kind.HEADING, Kind.PROSE}:
        return False
    count = len(furniture.words(block.text))
    return MIN_STANDFIRST_WORDS <= count <= MAX_STANDFIRST_WORDS and _overlap(block.text, vocabulary) >= least


def _skip_to_body(blocks: Sequence[Block], found: Head, vocabulary: frozenset[str]) -> int:
    """Return where the body starts, at or after ``found.body_start``; a standfirst on the way goes into it."""
    if found.title is None:
        return 0
    at = found.body_start
    # Straight under the headline hardly anything but a standfirst stands; further down captions and teasers do.
    below = at if at > 0 else -1
    while at < len(blocks):
        block = blocks[at]
        if block.kind is Kind.PROSE:
            if found.standfirst is None and _is_standfirst(block, vocabulary) and _head_goes_on(blocks, at + 1):
                found.standfirst = block.text
            elif found.standfirst is None or not repeats(block.text, found.standfirst):
                return at
        elif block.kind is Kind.ITEM and found.standfirst is not None:
            return at
        elif (
            block.kind is Kind.HEADING
            and found.standfirst is None
            and _is_standfirst(block, vocabulary, least=0.01 if at == below else 0.2)
        ):
            found.standfirst = block.text
        at += 1
    return found.body_start


def _head_goes_on(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a date or byline stands between ``at`` and the next prose, so that the head is not over yet."""
    for i in range(at, len(blocks)):
        block = blocks[i]
        if block.kind is Kind.PROSE:
            return False
        if block.kind in {Kind.DATE, Kind.BYLINE}:
            return True
    return False


def _read_date(blocks: Sequence[Block], found: Head, *, month_first: bool) -> None:
    """Put the date of publication into ``found``: of publication before change, of the head before the foot."""
    foot = range(max(found.body_start, len(blocks) - 12), len(blocks))
    changed: str | None = None
    for i in [*range(min(found.body_start + 3, len(blocks))), *foot]:
        block = blocks[i]
        if block.kind not in {Kind.DATE, Kind.BYLINE}:
            continue
        last = 0
        for stamp in dates.stamps(block.text, month_first=month_first):
            update = furniture.is_update_label(block.text[last : stamp.start])
            before = furniture.fold(blocks[i - 1].text) if i else ""
            update = update or (last == 0 and len(before) < 20 and furniture.is_update_label(before))
            last = stamp.end
            if stamp.problem == "has no year":
                continue
            if stamp.published is None:
                found.warnings.append(
                    f"date '{block.text[stamp.start : stamp.end]}' {stamp.problem}: give it with --date"
                )
            elif update:
                changed = changed or stamp.published
            else:
                found.published = stamp.published
                return
    found.published = changed


def _read_byline(blocks: Sequence[Block], found: Head, vocabulary: frozenset[str]) -> None:
    above = range(min(found.body_start, len(blocks)))
    for i in above:
        if blocks[i].kind is Kind.BYLINE and (line := bylines.byline(blocks[i].text)):
            found.byline, found.place = line.names, line.place
            return
    for i in above:
        near = {blocks[j].kind for j in (i - 1, i + 1) if 0 <= j < len(blocks)}
        if blocks[i].kind in {Kind.HEADING, Kind.DATE} and blocks[i].text not in {found.title, found.standfirst}:
            line = bylines.bare_name(blocks[i].text)
            signed = Kind.DATE in near or blocks[i].kind is Kind.DATE or (i + 1 == found.body_start and i > 0)
            # A name that the article itself speaks of is a topic, not its author.
            if line and signed and _overlap(" ".join(line.names), vocabulary) < 0.5:
                found.byline, found.place = line.names, line.place
                return
    for block in blocks[-12:]:
        signed_off = re.match(r"\W*(?:reporting|written|compiled)\s+by\s+([^;]+)", block.text, re.I)
        if block.kind is Kind.NOTICE and signed_off:
            line = bylines.byline("By " + signed_off[1].strip(" .)]"))
            found.byline = line.names if line else ()
        elif block.kind is Kind.BYLINE and (line := bylines.byline(block.text)):
            found.byline = line.names


def _stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words that carry meaning, so that "talk" meets "talks"."""
    return frozenset(
        word.casefold()[:5]
        for word in furniture.words(text)
        if (len(word) > 2 or not word.isascii()) and not furniture.function_word_share([word])
    )


def _overlap(line: str, vocabulary: frozenset[str]) -> float:
    stems = _stems(line)
    return len(stems & vocabulary) / len(stems) if stems else 0.0
