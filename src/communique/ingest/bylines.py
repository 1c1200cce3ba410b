"""Bylines: who wrote a page, from a line such as "By Jane Doe and Li Wei in Kyiv"."""

import re
from dataclasses import dataclass
from functools import cache

from communique.ingest import dates, furniture
from communique.knowledge import table, values

_PARTICLE = r"(?:de|da|di|du|del|della|van|von|der|den|bin|ibn|al|el|la|le|ter|ten|y|e)"
_NAME_WORD = r"(?:[^\W\d_a-z][\w'’.-]*|al-[A-Z]\w+|el-[A-Z]\w+)"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_NAME_WORD}){{1,4}}")
_ROLE = re.compile(
    r"\b(?:news|correspondent|editor|reporter|writer|staff|press|agency|agencies|bureau|desk|team|network|service|"
    r"online|media|times|post|journalist|producer|analyst|columnist|chief|contributor|redaktion|television|tv|radio)\b",
    re.I,
)
_IN = re.compile(r"\s+(?:in|en|à|a|aus)\s+(?=[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class Byline:
    """The names on a byline, in order, and the place it gives ("in Kyiv")."""

    names: tuple[str, ...]
    place: str | None = None


def byline(line: str) -> Byline | None:
    """Return the byline that a whole line is, or None.

    >>> byline("By Jane Doe and Li Wei in Kyiv")
    Byline(names=('Jane Doe', 'Li Wei'), place='Kyiv')
    >>> byline("By Friday the talks had failed.") is None
    True
    """
    match = _opening().match(line.strip())
    if not match or len(line) > 160:
        return None
    rest = _without_date(line.strip()[match.end() :]).split(" | ")[0]
    if re.search(r"\b[a-z]{3,}[.!?]$", rest):
        return None
    return _parsed(rest)


def bare_name(line: str) -> Byline | None:
    """Return the byline of a line that is a person's name and perhaps a post: "Jane Doe, diplomatic editor"."""
    rest = _without_date(line.strip())
    if len(rest) > 80 or furniture.ends_sentence(rest) or furniture.is_label(rest):
        return None
    first = re.split(r"\s*[,|]\s*|\s+(?=(?:in)\s)", rest)[0]
    role = _ROLE.search(first)
    if role:
        name = re.match(rf"{_NAME.pattern}(?=\s+(?:[a-z]|[A-Z][a-z]+\s+[a-z]))", first)
        return Byline((name[0],)) if name and not _ROLE.search(name[0]) else None
    if re.fullmatch(rf"{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_NAME_WORD}){{1,2}}", first):
        return _parsed(rest)
    return None


def names(text: str) -> tuple[str, ...]:
    """Return the names in a field of authors ("Jane Doe, Li Wei and Agency"), without "By" and addresses."""
    text = re.sub(r"https?://\S+|\S+@\S+", "", text).strip()
    if match := _opening().match(text):
        text = text[match.end() :]
    parts = re.split(r"\s*(?:,|;|\||\s&\s|\s(?:and|und|et|y)\s)\s*", text)
    return tuple(dict.fromkeys(part.strip(" .") for part in parts if 1 < len(part.strip(" .")) < 80))


def _parsed(rest: str) -> Byline | None:
    place = None
    if parts := [*_IN.finditer(rest)]:
        place = re.split(r"\s*[,|(]|\s+(?:and|und|et)\s", rest[parts[0].end() :])[0].strip(" .") or None
        # "Jane Doe in Kyiv and Li Wei in Moscow": the places go, the names stay.
        rest = re.sub(r"\s+in\s+[A-Z][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,2}", "", rest)
    found = []
    for part in names(rest):
        if _NAME.fullmatch(part) and not _ROLE.search(part):
            found.append(_ordinary(part))
        elif not found and (furniture.is_source(part) or (_ROLE.search(part) and part[:1].isupper())):
            found.append(part)  # an agency or a desk signs: "By Reuters", "By Staff Reporter"
    return Byline(tuple(found), place) if found else None


def _ordinary(name: str) -> str:
    """Return a name set in capitals ("JANE DOE") as names are written; initials and agencies stay."""
    if not name.isupper() or " " not in name:
        return name
    return re.sub(r"[^\W\d_]{2,}", lambda m: m[0][0] + m[0][1:].lower(), name)


def _without_date(text: str) -> str:
    for stamp in dates.stamps(text):
        text = text[: stamp.start]
        text = re.sub(r"\b(?:published|updated|posted|on|at)\b\W*$", "", text.strip(" |,;:·•–—-"), flags=re.I)
        text = (
            re.sub(r"\W+[A-Z][a-z]{2,8}$", "", text)
            if re.search(r"\W(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*$", text)
            else text
        )
        break
    return text.strip(" |,;:·•–—-")


@cache
def _opening() -> re.Pattern[str]:
    names = [p for row in table("page_furniture.tsv") if row["kind"] == "author" for p in values(row["words"])]
    return re.compile(
        r"(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + r")(?:\s*:\s*|\s+)", re.I
    )
