"""Wire datelines at the start of a body: "KYIV, Feb 10 (Agency) - ", "MOSCOW, February 10. /TASS/. ", "PARIS — "."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from communique.ingest import dates, furniture
from communique.knowledge import table, values

_CAPS = r"[A-ZÀ-ÖØ-ÞŠŽČĆŁŚ][A-ZÀ-ÖØ-ÞŠŽČĆŁŚ'’.-]+"
_CAPITALISED = r"(?:[A-ZÀ-ÖØ-ÞŠŽČĆŁŚ][\w'’.-]+)"
_REGION = rf",\s+{_CAPITALISED}(?:\s+(?:(?:of|and|the|du|de|la)\s+)*{_CAPITALISED}){{0,3}}"
_DAY = r"(?:[A-Z][a-zé]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-zé]{2,8}\.?)(?:st|nd|rd|th)?(?:,?\s+\d{4})?"
_DATE = rf"(?:,?\s+(?:[A-Z][a-z]+day,?\s+)?(?P<date>{_DAY}))"
_AGENCY = r"(?:\s*[,.]?\s*[(\[](?P<agency>[A-Z][\w .&’'/-]{1,40})[)\]])"
_DASH = r"\s*(?:--+|[–—-])\s*"
_SLASHED = r"[.,]?\s*/(?P<slashed>[A-Z][\w .&-]{1,30})/[.:,]?\s*(?:[–—-]\s*)?"

_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # KYIV, Feb 10 (Agency) -   LONDON (AP) —   PARIS, France —   ROME/MILAN, May 3 -   WASHINGTON —
        rf"(?P<place>{_CAPS}(?:[\s/]+(?:(?:[Dd][eu]|[Ll]a|[Aa]l|[Oo]f)\s+)?{_CAPS}){{0,4}})(?P<region>(?:{_REGION})??){_DATE}?{_AGENCY}?(?P<dash>{_DASH})(?=\S)",
        # MOSCOW, February 10. /TASS/.
        rf"(?P<place>{_CAPS}(?:[\s/]+{_CAPS}){{0,4}})(?P<region>(?:{_REGION})??){_DATE}?{_SLASHED}(?=\S)",
        # NEW DELHI, Feb 10 (Agency):   NEW DELHI:
        rf"(?P<place>{_CAPS}(?:[\s/]+{_CAPS}){{0,3}})(?P<region>(?:{_REGION})??){_DATE}?{_AGENCY}?\s*:\s+(?=\S)",
        # Paris (AFP) –   Geneva, 10 February 2022 (Agency) -
        rf"(?P<place>{_CAPITALISED}(?:[\s/-]{_CAPITALISED}){{0,3}})(?P<region>(?:{_REGION})??){_DATE}?{_AGENCY}(?:{_DASH}|\s*:\s+)(?=\S)",
        # Geneva, 10 February 2022 –
        rf"(?P<place>{_CAPITALISED}(?:[\s/-]{_CAPITALISED}){{0,3}})(?P<region>(?:{_REGION})??){_DATE}\s*(?:--|[–—-]|:)\s+(?=\S)",
        # Kyiv, Ukraine –
        rf"(?P<place>{_CAPITALISED}(?:[\s-]{_CAPITALISED}){{0,3}})(?P<region>{_REGION})\s+[–—]\s+(?=[A-Z“\"‘])",
        # Berlin - The chancellor …
        rf"(?P<place>{_CAPITALISED}(?:[\s-]{_CAPITALISED}){{0,2}})\s+(?:--|[–—-])\s+(?=[A-Z“\"‘])",
    )
)
_MAX_LENGTH = 120
"""Longest dateline, in code points."""

_SMALL = frozenset({"de", "du", "la", "le", "al", "au", "sur", "of", "the", "and", "am", "an", "des"})


@dataclass(frozen=True, slots=True)
class Dateline:
    """A wire dateline: ``place`` in ordinary capitals, ``date`` as written, ``end`` where the report starts."""

    place: str
    date: str | None
    agency: str | None
    end: int


def dateline(paragraph: str, *, later: Iterable[str] = ()) -> Dateline | None:
    """Return the wire dateline that ``paragraph`` starts with.

    ``later`` are the paragraphs after it: words in capitals with a colon are no dateline where others begin in the
    same way, as in a transcript ("MINISTER: We …").

    >>> dateline("KYIV, Feb 10 (Agency) - Talks resumed on Thursday.").place
    'Kyiv'
    >>> dateline("NATO — The alliance said …") is None
    True
    """
    head = paragraph[:_MAX_LENGTH]
    for number, shape in enumerate(_SHAPES):
        match = shape.match(head)
        if not match:
            continue
        groups = match.groupdict()
        date = groups.get("date")
        agency = groups.get("agency") or groups.get("slashed")
        if date and not _is_date(date):
            return None
        place = match["place"].rstrip(".,")
        if furniture.fold(place) in _slugs() or len(place) < 3:
            return None
        rest = paragraph[match.end() :]
        bare = not (date or agency)
        # Words in capitals before a dash or colon are as often a kicker ("WATCHDOG MEMO — "): a place must be known.
        name = place.split("/")[0].strip()
        is_known = bool(groups.get("region")) or furniture.fold(name) in _known_alone()
        # A town before a dash is one, but for a speaker of its name ("HAMMOND — I disagree."): then others follow.
        if bare and not is_known and (number != 0 or _begins_any(later, shape) or not _is_town(name)):
            return None
        if bare and not re.match(r"[\"“‘'«„]?[A-ZÀ-ÞА-Я\d]", rest):
            return None
        if bare and number == 0 and not re.search(r"\s[–—-]|--|—", groups["dash"]):
            return None
        if number == 2 and bare and _begins_any(later, shape):
            return None
        if number == 3 and not _plain_source(agency or ""):
            return None
        return Dateline(_ordinary_capitals(name), date, agency, match.end())
    return None


def _begins_any(paragraphs: Iterable[str], shape: re.Pattern[str]) -> bool:
    return any(shape.match(other[:_MAX_LENGTH]) for other in paragraphs)


def _is_town(name: str) -> bool:
    # Not above: the gazetteer is large, and most pages name a known place or none.
    from communique.places.towns import is_town

    return is_town(name)


def _is_date(text: str) -> bool:
    return next(dates.stamps(text, year=2000), None) is not None


def _plain_source(name: str) -> bool:
    """Tell whether what stands in brackets after a place is an agency, not an age, a party or a remark."""
    return furniture.is_source(name) or bool(re.search(r"\b(?:news|press|agency|agence|media)\b", name, re.I))


def _ordinary_capitals(place: str) -> str:
    if not place.isupper():
        return place
    parts = re.split(r"([\s-])", place.lower())
    named = (p if p in _SMALL and i else p[:1].upper() + p[1:] for i, p in enumerate(parts))
    return re.sub(r"(?<=\.)\w|(?<=\b\w['’])\w", lambda m: m[0].upper(), "".join(named))


@cache
def _slugs() -> frozenset[str]:
    return frozenset(p for row in table("page_furniture.tsv") if row["kind"] == "slug" for p in values(row["words"]))


@cache
def _known_alone() -> frozenset[str]:
    return frozenset(furniture.fold(p) for row in table("dateline_places.tsv") for p in values(row["places"]))
