"""Doc → toponyms: names of the gazetteer in the text, judged by their context and resolved."""

from calendar import month_name
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from communique.knowledge import table, values
from communique.places.context import (
    QUARTERS,
    has_article,
    heads_public_body,
    is_located,
    is_metonym,
    is_part_of_name,
    is_reached,
    is_surely_located,
    is_within_entity,
    relation,
)
from communique.places.gazetteer import Entry, Gazetteer, folded
from communique.places.mentions import PlaceMention
from communique.places.names import Found, names
from communique.places.resolution import (
    DIVISIONS,
    GOVERNED,
    TOWNS,
    Evidence,
    contained,
    is_small,
    likeliest,
    listed,
    outstanding,
    sole,
)

# A one-word name of a smaller place is taken only with a sign from its context: many are also words or surnames.
WELL_KNOWN = 100_000
MONTHS = frozenset(name.lower() for name in month_name if name)
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
# Between a place and what it lies in: 'Springfield, Illinois', 'Springfield in Illinois'.
WITHIN = frozenset({",", "(", "in", ", in"})
# Of these the news tells what was decided there; places they are where something happens.
HOUSES = frozenset({"union", "building"})
# So many names make a list.
LIST = 3
# Between the members of a list.
AND = frozenset({",", "and", "or", ", and", ", or", "&"})


@dataclass(frozen=True, slots=True)
class _Names:
    """What the recogniser sees in a Doc: its entities by token, and the surnames of the people named in full."""

    entities: Mapping[int, Span]
    surnames: Collection[str]


def toponyms(doc: Doc, *, gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """Yield the names of places in a Doc, in text order, each with the gazetteer's place.

    Left out are names of people and of other things that hold a place's name, adjectives and demonyms, and small towns
    of which the page does not tell where they are. ``use`` tells names that stand for a government ('Moscow said') or
    belong to that of a public body from the others; 'the Russian capital' is a place.
    """
    entities = {i: entity for entity in doc.ents for i in range(entity.start, entity.end)}
    # 'John Bolton' once named, Bolton is he.
    surnames = {folded(e[-1].text) for e in doc.ents if e.label_ == "PERSON" and len(e) > 1 and e[-1].tag_ == "NNP"}
    seen = _Names(entities, surnames)
    every = list(names(doc, gazetteer))
    settled = _settled(doc, every)
    kept = [(found, use) for found in every if (use := _use(doc, found, seen, settled))]
    evidence = _evidence(doc, [found for found, _ in kept], settled)
    meant: dict[str, Entry | None] = {}
    mentions = []
    for found, use in kept:
        entry = settled.get(found.span.start) or settled.get(found.key)
        if entry is None:
            if found.key not in meant:
                meant[found.key] = likeliest(found.entries, key=found.key, evidence=evidence)
            entry = meant[found.key]
        if entry is None:
            continue
        if entry.kind in HOUSES and not is_located(found.span):
            continue  # 'the White House said'
        if use == "place" and is_metonym(found.span, governs=entry.kind in GOVERNED):
            use = "government"
        mentions.append(_mention(found.span, entry, use))
    yield from sorted([*mentions, *_capitals(doc, gazetteer)], key=lambda m: m.start)


def _mention(span: Span, entry: Entry, use: str) -> PlaceMention:
    governor, how, moving = relation(span)
    return PlaceMention(span.start, span.end, entry.place, governor.i, how, moving, use)


def _use(doc: Doc, found: Found, seen: _Names, settled: Mapping[int | str, Entry]) -> str:
    """Return how the name is used where it stands, empty when it is no place's: see PlaceMention."""
    span, best = found.span, found.entries[0]
    start, end = span.start, span.end
    entity = next((seen.entities[i] for i in range(start, end) if i in seen.entities), None)
    if not _is_name(found):
        return ""
    if is_part_of_name(doc, start, end) or is_within_entity(doc, start, end, entity):
        known = best.kind not in TOWNS or best.population >= WELL_KNOWN
        return "name" if known and found.key not in _words() and heads_public_body(span) else ""
    return "place" if _is_place(doc, found, entity, seen.surnames, settled) else ""


def _is_name(found: Found) -> bool:
    span, best = found.span, found.entries[0]
    if len(span) > 1:
        return True
    if span.root.pos_ in {"ADJ", "VERB", "ADV", "ADP", "DET", "PRON", "AUX", "CCONJ"} or len(span.text) < 2:
        return False
    # 'P.A.' and 'ICE' are no towns.
    if found.key in QUARTERS:
        return False
    initials = span.text.isupper() and (len(span.text) < 4 or "." in span.text)
    return not (initials and best.kind in TOWNS)


def _is_place(
    doc: Doc, found: Found, entity: Span | None, surnames: Collection[str], settled: Mapping[int | str, Entry]
) -> bool:
    span, best = found.span, found.entries[0]
    label = entity.label_ if entity is not None else ""
    town = best.kind in TOWNS
    if town and has_article(span):
        return False
    if span.start in settled:
        return label != "PERSON" or not town or found.key not in surnames
    if town and (label in {"DATE", "TIME", "MONEY", "CARDINAL"} or found.key in MONTHS):
        return False
    if town and len(span) == 1 and found.key in surnames:
        return False
    if found.key in _words():
        return label in PLACE_LABELS and is_located(span)
    if is_small(best) and label not in PLACE_LABELS and not is_surely_located(span):
        return False
    if label in PLACE_LABELS or is_located(span) or _holder(doc, span.end):
        return label != "PERSON" or best.population >= WELL_KNOWN or is_surely_located(span) or is_reached(span)
    if not town:
        return best.kind in GOVERNED | DIVISIONS or (label != "PERSON" and found.key not in surnames)
    known = best.population >= WELL_KNOWN or best.kind == "capital"
    if label == "PERSON":
        return known and best.kind == "capital"
    if label in {"NORP", "DATE", "LANGUAGE"}:
        return False
    return known and span.root.tag_ in {"NNP", "NNPS"}


def _holder(doc: Doc, end: int) -> bool:
    return end + 1 < len(doc) and doc[end].text in {",", "("} and doc[end + 1].ent_type_ == "GPE"


def _settled(doc: Doc, found: Sequence[Found]) -> Mapping[int | str, Entry]:
    """Settle 'Paris, Texas' and, once told, the bare name; by the name's place in the text and by the name.

    In a list nothing lies in what follows it: 'Oklahoma, Pennsylvania and Texas', 'China, Japan'.
    """
    settled: dict[int | str, Entry] = {}
    within: set[int] = set()
    for run in _lists(doc, found):
        for one, entry in zip(run, listed([one.entries for one in run]) or (), strict=False):
            settled[one.span.start] = entry
            within.add(one.span.start)
    for left, right in pairwise(found):
        gap = doc[left.span.end : right.span.start].text
        if gap not in WITHIN or left.span.start in within or left.entries[0].kind == "country":
            continue
        if pair := contained(left.entries, right.entries):
            settled[left.span.start], settled[right.span.start] = pair
            settled.setdefault(left.key, pair[0])
    return settled


def _lists(doc: Doc, found: Sequence[Found]) -> Iterator[list[Found]]:
    """Yield the runs of three names or more that commas and 'and' join."""
    run = [*found[:1]]
    for left, right in pairwise(found):
        if doc[left.span.end : right.span.start].text not in AND:
            if len(run) >= LIST:
                yield run
            run = []
        run.append(right)
    if len(run) >= LIST:
        yield run


def _evidence(doc: Doc, found: Sequence[Found], settled: Mapping[int | str, Entry]) -> Evidence:
    """Gather what the page names beyond doubt: countries, by adjective too, divisions, and well-known towns."""
    adjectives = _adjectives()
    countries = Counter(adjectives[token.text] for token in doc if token.text in adjectives)
    divisions: Counter[str] = Counter()
    peers: set[str] = set()
    anchors: dict[str, Entry] = {}
    for one in found:
        nations = {entry.place.country for entry in one.entries if entry.place.country}
        if one.entries[0].kind == "country" and all(e.kind not in DIVISIONS for e in one.entries):
            countries[one.entries[0].place.country or ""] += 1
        elif len(nations) == 1:
            countries[nations.pop()] += 1
        certain = settled.get(one.span.start) or settled.get(one.key) or outstanding(one.entries) or sole(one.entries)
        if certain is not None:
            if len(nations) != 1:
                countries[certain.place.country or ""] += 1
            divisions[certain.admin] += 1
            if certain.kind in DIVISIONS:
                peers.add(certain.admin)
            elif certain.kind in TOWNS:
                anchors[one.key] = certain
    del divisions[""], countries[""]
    article = doc._.article if doc.has_extension("article") else None
    outlet = article.outlet.country if article and article.outlet else None
    return Evidence(countries, divisions, frozenset(peers), anchors, outlet)


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
    """Names of places that in English are above all words or people's: 'Police' in Poland, 'Tyler' in Texas."""
    words = {row["word"] for row in table("gazetteer_words.tsv")}
    return frozenset(words | {folded(row["name"]) for row in table("given_names.tsv")})


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
            yield _mention(span, entries[0], "place")
