"""The sentences that the judge of events learns from, as rows: text, sides, trigger, and the chances of each type."""

import gzip
import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from communique import language
from communique.evaluate.roots import meets
from communique.judging import NO_EVENT
from communique.ontology import ontology
from communique.records import Article, Event, Span

OWN = Path(__file__).parent / "event_sentences.tsv"
OF_A_TEMPLATE = 3
TYPES = [*ontology().types, NO_EVENT]
# Of five parts, by the hash of a record's id: one is never trained on, confidence is measured on another.
HELD_OUT, MEASURED_ON = 0, 1
# What stands between two sentences that are made one, and how long they may be.
LONGEST_OF_A_PAIR = 220
JOINTS = (
    ", while ",
    " after ",
    ", as ",
    " and ",
    ", before ",
    "; ",
    ", a day after ",
    " even though ",
    ", and later ",
)


@dataclass(frozen=True)
class Row:
    """A sentence with the spans of its two sides, the chances of each type, and how much it counts."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    chances: tuple[float, ...]
    weight: float = 1.0
    trigger: tuple[Span, ...] = ()
    pieces: tuple[int, ...] = ()
    marks: tuple[int, ...] = (0, 0, 0)  # of source, target and trigger; the first piece where there is none


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file of one JSON object a line."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as read:
        yield from (json.loads(line) for line in read if line.strip())


def fifth(identity: str) -> int:
    """Return to which of five parts a record belongs: part 0 is never trained on."""
    return int(hashlib.sha1(identity.encode()).hexdigest(), 16) % 5


def even(types: Iterable[str]) -> tuple[float, ...]:
    """Return chances that are shared by the types that may be right."""
    right = set(types)
    return tuple((kind in right) / len(right) for kind in TYPES)


def of_plv(path: Path, *, parts: Sequence[int]) -> Iterator[Row]:
    """Yield PLV's records of some parts."""
    for line in lines(path):
        if fifth(line["id"]) in parts:
            source, target = (tuple(map(tuple, line[side])) for side in ("source", "target"))
            yield Row(line["sentence"], source, target, even(line["plover"]))


def of_stories(path: Path, *, seed: int) -> Iterator[Row]:
    """Yield headlines of each template: the countries that fill it are source and target."""
    by_template: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines(path):
        by_template[line["title_template"]].append(line)
    draw = random.Random(seed)
    for template, stories in by_template.items():
        pattern = (
            re.escape(template)
            .replace(r"\{country_1\}", "(?P<source>.+)", 1)
            .replace(r"\{country_2\}", "(?P<target>.+)", 1)
        )
        pattern = re.sub(r"\\\{\w+\\\}", ".+", pattern)
        for story in draw.sample(stories, min(OF_A_TEMPLATE, len(stories))):
            found = re.fullmatch(pattern, story["title"])
            sides = found.groupdict() if found else {}
            source, target = (((found.span(side),) if side in sides else ()) for side in ("source", "target"))
            yield Row(story["title"], source, target, even([story["label"]]), weight=0.5)


def of_own(path: Path) -> Iterator[Row]:
    """Yield the sentences written for this: TYPE, tab, sentence with <s>source</s> and <t>target</t>."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, marked = line.split("\t")
        text, spans = "", {"s": [], "t": []}
        opened = 0
        for part in re.split(r"(</?[st]>)", marked):
            if re.fullmatch(r"<[st]>", part):
                opened = len(text)
            elif re.fullmatch(r"</[st]>", part):
                spans[part[2]].append((opened, len(text)))
            else:
                text += part
        yield Row(text, tuple(spans["s"]), tuple(spans["t"]), even([kind]))


def of_candidates(path: Path) -> Iterator[Row]:
    """Yield sentences without label: {"text", "source", "target"}, spans in code points."""
    for line in lines(path):
        source, target = (tuple(map(tuple, line[side])) for side in ("source", "target"))
        yield Row(line["text"], source, target, (0.0,) * len(TYPES))


def with_triggers(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the words for the act marked, where the grammar finds one of the right type."""
    nlp = language.load(trained=False)
    docs = nlp.pipe(language.prepare(nlp, Article("a-0", r.text, ((0, len(r.text)),), language="en")) for r in rows)
    made = []
    for row, doc in zip(rows, docs, strict=True):
        right = {kind for kind, chance in zip(TYPES, row.chances, strict=True) if chance}
        fitting = [e.trigger for e in doc._.events if e.type in right and shares_actor(e, row)]
        made.append(replace(row, trigger=(fitting[0],) if fitting else ()))
    return made


def shares_actor(event: Event, row: Row) -> bool:
    """Tell whether one of the event's actors is one of the marked ones."""
    return meets((*event.source, *event.target), (*row.source, *row.target))


def composed(rows: Sequence[Row], count: int, draw: random.Random) -> Iterator[Row]:
    """Yield two sentences at a time as one, about the same two actors, with the words for one of both acts marked.

    So the network learns to read the act that it is asked about: real sentences tell of several.
    """
    whole = [row for row in rows if len(row.text) < LONGEST_OF_A_PAIR and _is_whole(row)]
    for _ in range(count):
        one, other = draw.sample(whole, 2)
        if one.chances == other.chances:
            continue
        first = one.text.rstrip(" .")
        joint = draw.choice(JOINTS)
        second, spans = _about(other, one)
        shift = len(first) + len(joint)
        own = ((one.source, one.target), tuple((_moved(spans[side], shift),) for side in ("source", "target")))
        text = first + joint + second
        yield replace(one, text=text, source=own[0][0], target=own[0][1])
        source, target = draw.choice(own)
        trigger = (_moved(spans["trigger"], shift),)
        yield replace(other, text=text, source=source, target=target, trigger=trigger)


def _is_whole(row: Row) -> bool:
    """Tell whether the row has one source, target and trigger each, apart from each other."""
    spans = sorted([*row.source, *row.target, *row.trigger])
    alone = len(row.source) == len(row.target) == len(row.trigger) == 1
    return alone and all(before[1] <= after[0] for before, after in pairwise(spans))


def _about(row: Row, other: Row) -> tuple[str, dict[str, Span]]:
    """The row's text about the other row's actors, and where they and the trigger stand."""
    words = {side: other.text[slice(*getattr(other, side)[0])] for side in ("source", "target")}
    parts = sorted((getattr(row, role)[0], role) for role in ("source", "target", "trigger"))
    text, end = "", 0
    spans: dict[str, Span] = {}
    for span, role in parts:
        text += row.text[end : span[0]]
        said = words.get(role, row.text[slice(*span)])
        spans[role] = (len(text), len(text) + len(said))
        text, end = text + said, max(end, span[1])
    text += row.text[end:]
    starts_with_actor = min(start for start, _ in spans.values()) == 0
    return (text if starts_with_actor else text[:1].lower() + text[1:]), spans


def _moved(span: Span, shift: int) -> Span:
    return span[0] + shift, span[1] + shift
