"""Where a text has names of the gazetteer: the longest at each word, and abbreviated states after a town."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from communique.knowledge import table
from communique.places.gazetteer import DIVISIONS, Entry, Gazetteer, folded

# Written small at the end of the name of a region or a site.
GENERIC = frozenset(
    "region province state prefecture district department river peninsula desert valley delta mountains island "
    "islands sea strait canal airport base prison camp crossing border plant bridge square dam highway "
    "corridor".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """Words that are a name of the gazetteer, the name, and what bears it."""

    span: Span
    key: str
    entries: tuple[Entry, ...]


def names(doc: Doc, words: Sequence[str], gazetteer: Gazetteer) -> Iterator[Found]:
    """Yield the longest names of the gazetteer, from left to right, that start with a capital letter.

    ``words`` are the texts of the tokens. After a comma that follows a name, 'Mont.' and 'NM' are the states that they
    abbreviate.
    """
    i = 0
    while i < len(words):
        found = _longest(doc, i, gazetteer) if words[i][0].isupper() else None
        if found is None:
            i += 1
            continue
        yield found
        i = found.span.end
        division = _abbreviated(doc, i, gazetteer)
        if division is not None:
            yield division
            i = division.span.end


def _abbreviated(doc: Doc, comma: int, gazetteer: Gazetteer) -> Found | None:
    """Return the state whose abbreviation follows a comma; 'Sask.' may be two tokens."""
    if comma + 1 >= len(doc) or doc[comma].text != ",":
        return None
    for span in (doc[comma + 1 : comma + 3], doc[comma + 1 : comma + 2]):
        if span.text in _abbreviations():
            name, country = _abbreviations()[span.text]
            meant = (e for e in gazetteer.named(name) if e.kind in DIVISIONS and e.place.country == country)
            return Found(span, name, tuple(meant))
    return None


def _longest(doc: Doc, start: int, gazetteer: Gazetteer) -> Found | None:
    found = None
    key = ""
    for end in range(start + 1, len(doc) + 1):
        last = doc[end - 1]
        if last.is_space or (last.text == "," and doc[end : end + 1].text not in {"D.C.", "DC"}):
            break
        longer = folded(doc[start:end].text)
        # A hyphen or a full stop is a token of its own: 'Rostov-on-Don' is five tokens, three words.
        if longer != key and last.text[0].isalnum() and (last.text[-1].isalnum() or last.text[-1] == "."):
            entries = gazetteer.named(longer)
            if last.text.islower() and not _is_generic(doc[start].text, last.text):
                entries = ()
            if entries:
                found = Found(doc[start:end], longer, entries)
        key = longer
        # "People's" is two tokens of one word.
        if last.whitespace_ and not gazetteer.is_beginning(key):
            break
    return found


def _is_generic(first: str, last: str) -> bool:
    """Tell whether a name may end small: 'Donetsk region', but a 'Ukrainian village' is not Chicago's of that name."""
    return last in GENERIC and not first.endswith("ern")


@cache
def _abbreviations() -> Mapping[str, tuple[str, str]]:
    """Folded name and country of first-order divisions by abbreviation."""
    return {row["abbreviation"]: (folded(row["name"]), row["country"]) for row in table("divisions.tsv")}
