"""Doc → toponyms: names of the gazetteer in the text, judged by their context and resolved."""

from calendar import month_name
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from communique.knowledge import table, values
from communique.places.context import (
    is_located,
    is_metonym,
    is_part_of_name,
    is_surely_located,
    is_within_entity,
    relation,
)
from communique.places.gazetteer import Entry, Gazetteer, folded
from communique.places.mentions import PlaceMention
from communique.places.resolution import contained, likeliest

# A one-word name of a smaller place is taken only with a sign from its context: many are also words or surnames.
WELL_KNOWN = 100_000
GOVERNED = frozenset({"country", "capital"})
TOWNS = frozenset({"place", "seat", "capital"})
MONTHS = frozenset(name.lower() for name in month_name if name)
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    key: str
    entries: tuple[Entry, ...]


def places(doc: Doc, *, gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """Yield the places that a Doc names, in text order, each with the gazetteer's place.

    Left out are names of people and organisations that hold a place's name, adjectives and demonyms, and states and
    capitals that stand for their governments ('Moscow said'); 'the Russian capital' is a place.
    """
    entities = {i: entity for entity in doc.ents for i in range(entity.start, entity.end)}
    # 'John Bolton' once named, Bolton is he.
    surnames = {folded(e[-1].text) for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 and e[-1].tag_ == "NNP"}
    named = [found for found in _names(doc, gazetteer) if _is_place(doc, found, entities=entities, surnames=surnames)]
    countries = _countries(doc, named)
    article = doc._.article if doc.has_extension("article") else None
    outlet = article.outlet.country if article and article.outlet else None
    settled = _contained(doc, named)
    mentions = []
    for found in named:
        entry = settled.get(found.span.start) or settled.get(found.key)
        entry = entry or likeliest(found.entries, countries=countries, outlet=outlet)
        if not is_metonym(found.span, governs=entry.kind in GOVERNED):
            mentions.append(_mention(found.span, entry))
    yield from sorted([*mentions, *_capitals(doc, gazetteer)], key=lambda m: m.start)


def _mention(span: Span, entry: Entry) -> PlaceMention:
    governor, how, moving = relation(span)
    return PlaceMention(span.start, span.end, entry.place, governor.i, how, moving)


def _names(doc: Doc, gazetteer: Gazetteer) -> Iterator[_Found]:
    """Yield the longest names of the gazetteer, from left to right, that start with a capital letter."""
    i = 0
    while i < len(doc):
        token = doc[i]
        if not token.text[0].isupper():
            i += 1
            continue
        first = folded(token.text).split(" ")[0]
        longest = gazetteer.longest.get(first, 0)
        # A hyphen or a full stop is a token of its own: 'Rostov-on-Don' is five tokens, three words.
        for end in range(min(len(doc), i + 2 * longest), i, -1):
            last = doc[end - 1]
            if not (last.text[0].isalnum() and (last.text[-1].isalnum() or last.text[-1] == ".")):
                continue
            key = folded(doc[i:end].text)
            if key in gazetteer:
                yield _Found(doc[i:end], key, gazetteer.named(key))
                i = end - 1
                break
        i += 1


def _is_place(doc: Doc, found: _Found, *, entities: Mapping[int, Span], surnames: Collection[str]) -> bool:
    span, best = found.span, found.entries[0]
    start, end = span.start, span.end
    root = span.root
    if len(span) == 1:
        if root.pos_ in {"ADJ", "VERB", "ADV", "ADP", "DET", "PRON", "AUX", "CCONJ"} or len(span.text) < 2:
            return False
        if span.text.isupper() and len(span.text) < 4 and best.kind in TOWNS:
            return False
    if is_part_of_name(doc, start, end):
        return False
    entity = next((entities[i] for i in range(start, end) if i in entities), None)
    if is_within_entity(doc, start, end, entity):
        return False
    label = entity.label_ if entity is not None else ""
    if best.kind in TOWNS and (label in {"DATE", "TIME", "MONEY", "CARDINAL"} or found.key in MONTHS):
        return False
    if len(span) == 1 and best.kind in TOWNS and found.key in surnames:
        return False
    if found.key in _words():
        return label in PLACE_LABELS and is_located(span)
    if label in PLACE_LABELS or is_located(span) or _holder(doc, end):
        return label != "PERSON" or best.population >= WELL_KNOWN or is_surely_located(span)
    if best.kind not in TOWNS:
        return True
    known = best.population >= WELL_KNOWN or best.kind == "capital"
    if label == "PERSON":
        return known and best.kind == "capital"
    if label in {"NORP", "DATE", "LANGUAGE"}:
        return False
    return known and root.tag_ in {"NNP", "NNPS"}


def _holder(doc: Doc, end: int) -> bool:
    return end + 1 < len(doc) and doc[end].text in {",", "("} and doc[end + 1].ent_type_ == "GPE"


def _contained(doc: Doc, named: list[_Found]) -> Mapping[int | str, Entry]:
    """Settle 'Paris, Texas' and, once told, the bare name; by the name's place in the text and by the name."""
    settled: dict[int | str, Entry] = {}
    for left, right in pairwise(named):
        gap = doc[left.span.end : right.span.start].text
        if gap in {",", "(", "in", ", in"} and (pair := contained(left.entries, right.entries)):
            settled[left.span.start], settled[right.span.start] = pair
            settled.setdefault(left.key, pair[0])
    return settled


def _countries(doc: Doc, named: list[_Found]) -> Counter[str]:
    """Count the countries that the text names, by name, by adjective or by a place of one reading only."""
    adjectives = _adjectives()
    counts = Counter(adjectives[token.text] for token in doc if token.text in adjectives)
    for found in named:
        nations = {entry.place.country for entry in found.entries if entry.place.country}
        if found.entries[0].kind == "country" and all(e.kind != "state" for e in found.entries):
            counts[found.entries[0].place.country or ""] += 1
        elif len(nations) == 1:
            counts[nations.pop()] += 1
    return counts


@cache
def _adjectives() -> Mapping[str, str]:
    """Adjectives and demonyms of the states that exist, by word: "Russian" → "RUS"."""
    return {
        word: row["code"]
        for row in table("states.tsv")
        if not row["to"]
        for column in ("adjectives", "demonyms")
        for word in values(row[column])
    }


@cache
def _words() -> Collection[str]:
    """Names of towns that in English are above all words: 'Police' in Poland, 'Of' in Turkey."""
    return frozenset(row["word"] for row in table("gazetteer_words.tsv"))


@cache
def _seats() -> Mapping[str, str]:
    return {row["code"]: values(row["capital"])[0] for row in table("states.tsv") if row["capital"] and not row["to"]}


def _capitals(doc: Doc, gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """Yield 'the Russian capital' as the capital, unless its name follows or it stands for the government."""
    for token in doc[1:]:
        code = _adjectives().get(token.nbor(-1).text) if token.lower_ == "capital" else None
        following = doc[token.i + 1 : token.i + 3].text.lstrip(", ")[:1]
        if code is None or (following.isupper() and token.i + 1 < len(doc) and not doc[token.i + 1].is_sent_start):
            continue
        entries = [e for e in gazetteer.named(folded(_seats().get(code, ""))) if e.place.country == code]
        start = token.i - 2 if token.i > 1 and doc[token.i - 2].lower_ == "the" else token.i - 1
        span = doc[start : token.i + 1]
        if entries and not is_metonym(span, governs=True):
            yield _mention(span, entries[0])
