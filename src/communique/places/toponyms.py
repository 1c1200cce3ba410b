"""Doc → toponyms: names of the gazetteer in the text, judged by their context and resolved."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from communique.knowledge import table, values
from communique.places.context import is_located, is_metonym, relation
from communique.places.gazetteer import DIVISIONS, Entry, Gazetteer, folded
from communique.places.judgement import Sight, is_possible, use_of
from communique.places.mentions import PlaceMention
from communique.places.names import Found, names
from communique.places.resolution import (
    GOVERNED,
    TOWNS,
    Evidence,
    bears_out,
    contained,
    likeliest,
    listed,
    outstanding,
    sole,
)

# Between a place and what it lies in: 'Springfield, Illinois', 'Springfield in Illinois'.
WITHIN = frozenset({",", "(", "in", ", in"})
# Of these the news tells what was decided there; places they are where something happens.
HOUSES = frozenset({"union", "building"})
# So many names make a list.
LIST = 3
# Between the members of a list.
AND = frozenset({",", "and", "or", ", and", ", or", "&"})


def toponyms(doc: Doc, *, gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """Yield the names of places in a Doc, in text order, each with the gazetteer's place.

    Left out are names of people and of other things that hold a place's name, adjectives and demonyms, and small towns
    of which the page does not tell where they are. ``use`` tells names that stand for a government ('Moscow said') or
    belong to that of a public body from the others; 'the Russian capital' is a place.
    """
    sight = Sight.of(doc)
    words = [token.text for token in doc]
    every = list(names(doc, words, gazetteer))
    settled = _settled(doc, every)
    judged = [(found, use_of(found, sight, settled=found.span.start in settled)) for found in every]
    sure = {found.key for found, use in judged if use == "place"}
    evidence = _evidence(doc, words, [found for found, use in judged if use in {"place", "name"}], settled)
    meant: dict[str, Entry | None] = {}
    mentions = []
    for found, use in judged:
        entry = settled.get(found.span.start) or settled.get(found.key)
        if entry is None and use:
            if found.key not in meant:
                meant[found.key] = likeliest(found.entries, key=found.key, evidence=evidence)
            entry = meant[found.key]
        if entry is None or not use:
            continue
        if use == "doubt":
            named = found.key in sure
            borne_out = named or bears_out(entry, key=found.key, evidence=evidence)
            if not (borne_out and is_possible(found, named=named)):
                continue
        if entry.kind in HOUSES and not is_located(found.span):
            continue  # 'the White House said'
        if use != "name":
            use = "government" if is_metonym(found.span, governs=entry.kind in GOVERNED) else "place"
        mentions.append(_mention(found.span, entry, use))
    yield from sorted([*mentions, *_capitals(doc, words, gazetteer)], key=lambda m: m.start)


def _mention(span: Span, entry: Entry, use: str) -> PlaceMention:
    governor, how, moving = relation(span)
    return PlaceMention(span.start, span.end, entry.place, governor.i, how, moving, use)


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


def _evidence(doc: Doc, words: Sequence[str], found: Sequence[Found], settled: Mapping[int | str, Entry]) -> Evidence:
    """Gather what the page names beyond doubt: countries, by adjective too, divisions, and well-known towns."""
    adjectives = _adjectives()
    countries = Counter(adjectives[word] for word in words if word in adjectives)
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
def _seats() -> Mapping[str, str]:
    return {row["code"]: values(row["capital"])[0] for row in table("states.tsv") if row["capital"] and not row["to"]}


def _capitals(doc: Doc, words: Sequence[str], gazetteer: Gazetteer) -> Iterator[PlaceMention]:
    """Yield 'the Russian capital' as the capital, unless its name follows or it stands for the government."""
    for i in (i for i, word in enumerate(words) if i and word.lower() == "capital"):
        token = doc[i]
        code = _adjectives().get(words[i - 1])
        following = "".join(words[i + 1 : i + 3]).lstrip(", ")[:1]
        if code is None or (following.isupper() and i + 1 < len(doc) and not doc[i + 1].is_sent_start):
            continue
        entries = [e for e in gazetteer.named(folded(_seats().get(code, ""))) if e.place.country == code]
        start = token.i - 2 if token.i > 1 and doc[token.i - 2].lower_ == "the" else token.i - 1
        span = doc[start : token.i + 1]
        if entries and not is_metonym(span, governs=True):
            yield _mention(span, entries[0], "place")
