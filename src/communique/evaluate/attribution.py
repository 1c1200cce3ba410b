"""Statements against a corpus of attributions: which are found, in which exact words, with the right speaker.

The measures are those with which annotators of PolNeAR (Newell, Margolin and Ruths, LREC 2018) are compared here: a
gold attribution and a statement are a pair by the words that their contents share (Dice), the best pairs first.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec
from spacy.tokens import Doc

from communique.evaluate.gold import as_article
from communique.evaluate.measures import Bands, Score, best_pairs
from communique.records import Article, Coding, Span, Statement
from communique.syntax import char_span

ROLES = ("source", "cue", "content")
WORD = re.compile(r"\w+")
QUOTES = frozenset('"“”«»')
# Two speakers that share only these are not the same one.
FUNCTION_WORDS = frozenset(
    "a an the of in on at for and or to by his her its their our my your this that these those s".split()
)
# A content with less than this of its words in common (Dice) is another content.
FOUND = 0.5


class Attributed(msgspec.Struct, frozen=True):
    """One attribution as character spans; ``source`` is empty where the text names none.

    ``confidence`` is that of a statement, None in gold files.
    """

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    confidence: float | None = None


class GoldArticle(msgspec.Struct, frozen=True):
    """An annotated article; each line of its text is a paragraph."""

    id: str
    text: str
    attributions: tuple[Attributed, ...]
    date: str | None = None

    def article(self) -> Article:
        """Return the article as the coder takes it."""
        return as_article(self.text, self.date)


class Prediction(msgspec.Struct, frozen=True):
    """What was found in the article of this id."""

    id: str
    attributions: tuple[Attributed, ...]


def prediction(gold: GoldArticle, coding: Coding) -> Prediction:
    """Return the statements of a gold article as attributions."""
    return Prediction(gold.id, tuple(one for _, one in attributed(coding)))


def as_tagged(gold: GoldArticle, doc: Doc) -> Prediction:
    """Return what the tagger alone sees in a gold article that the pipeline has read."""

    def spans(parts: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(char_span(doc, start, end) for start, end in parts)

    seen = doc._.tagged or ()
    return Prediction(gold.id, tuple(Attributed(spans(t.source), spans([t.cue]), spans(t.content)) for t in seen))


def attributed(coding: Coding) -> list[tuple[Statement, Attributed]]:
    """Return the statements as attributions, each with the statement that it begins with.

    A quotation that goes on is joined to the statement that it goes on from, and statements within statements are
    left out, both as the corpora have it.
    """
    made: dict[str, tuple[Statement, Attributed]] = {}
    origins: dict[str, str] = {}
    for statement in coding.statements:
        if statement.within is not None:
            continue
        continues = statement.basis.get("continues", "")
        origin = origins.get(continues, continues)
        if origin in made:
            origins[statement.id] = origin
            first, before = made[origin]
            made[origin] = first, msgspec.structs.replace(before, content=before.content + statement.content)
        else:
            who = statement.speaker.mention if statement.speaker is not None else None
            made[statement.id] = (
                statement,
                Attributed(
                    source=((who.start, who.end),) if who is not None else (),
                    cue=(statement.cue,) if statement.cue is not None else (),
                    content=statement.content,
                    confidence=statement.confidence,
                ),
            )
    return list(made.values())


@dataclass(frozen=True)
class Words:
    """An attribution as the words of each role; a word is where it starts, so that marks at the edges don't count."""

    text: str
    spans: Attributed

    @cached_property
    def roles(self) -> dict[str, frozenset[int]]:
        """The starts of the words of each role."""
        return {
            role: frozenset(
                match.start() + start
                for start, end in getattr(self.spans, role)
                for match in WORD.finditer(self.text[start:end])
            )
            for role in ROLES
        }

    @property
    def quotes(self) -> bool:
        """Whether a quotation mark stands in the content."""
        return any(QUOTES & set(self.text[start:end]) for start, end in self.spans.content)

    @property
    def quotes_or_touches(self) -> bool:
        """Whether a quotation mark stands in the content or right beside it."""
        return any(QUOTES & set(self.text[max(0, start - 1) : end + 1]) for start, end in self.spans.content)

    @property
    def speaker(self) -> frozenset[str]:
        """The words of the source that can tell it from another."""
        said = {match.group().lower() for start in self.roles["source"] if (match := WORD.match(self.text, start))}
        return frozenset(said - FUNCTION_WORDS or said)

    def dice(self, other: "Words") -> float:
        """Return the share of words that two contents have in common."""
        mine, theirs = self.roles["content"], other.roles["content"]
        return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


@dataclass(frozen=True)
class Figures:
    """Scores over a corpus, by name, and the speakers: right, of the detected with a source, of all with a source.

    ``bands`` are the statements by tenths of their confidence: how many are detected, how many there are.
    """

    scores: dict[str, Score]
    bands: Bands
    speakers_right: int
    speakers_detected: int
    speakers: int

    def lines(self) -> list[str]:
        """Return the figures as a table of fixed width, ready to print."""
        detected = self.scores["detected"]
        made = [f"{detected.gold} gold, {detected.found} predicted", f"{'':<18}{'P':>8}{'R':>8}{'F1':>8}"]
        for name, score in self.scores.items():
            made.append(f"{name:<18}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}")
        of_all = self.speakers_right / self.speakers if self.speakers else 0.0
        given = self.speakers_right / self.speakers_detected if self.speakers_detected else 0.0
        made.append(f"speaker right      {of_all:.3f} of all, {given:.3f} given detected")
        return [*made, *self.bands.lines()]


def figures(compared: Iterable[tuple[GoldArticle, Prediction]], *, direct: bool = False) -> Figures:
    """Return the scores of predictions against their gold articles.

    "detected" are pairs that share at least half of their content's words; "exact" those with just the gold's words;
    "tokens" counts words within pairs. A speaker is right when the pair is detected and the sources share a telling
    word. With ``direct`` only gold attributions that quote count, and predictions that are paired with one of them or
    quote without a pair.
    """
    scores: dict[str, Score] = defaultdict(Score)
    speakers: Counter[str] = Counter()
    bands = Bands()
    for article, predicted in compared:
        gold = [Words(article.text, one) for one in article.attributions]
        found = [Words(article.text, one) for one in predicted.attributions]
        pairs = _paired(gold, found)
        if direct:
            pairs, gold, found = _direct(pairs, gold, found)
        for name, score in _scores(pairs, gold, found):
            scores[name] += score
        right_ones = {id(b) for a, b in pairs if a.dice(b) >= FOUND}
        for one in found:
            bands.add(one.spans.confidence, id(one) in right_ones)
        speakers["all"] += sum(bool(one.roles["source"]) for one in gold)
        detected = [(a, b) for a, b in pairs if a.dice(b) >= FOUND and a.roles["source"]]
        speakers["detected"] += len(detected)
        speakers["right"] += sum(bool(b.roles["source"] and a.speaker & b.speaker) for a, b in detected)
    return Figures(dict(scores), bands, speakers["right"], speakers["detected"], speakers["all"])


def right(article: GoldArticle, found: Sequence[Attributed]) -> list[bool]:
    """Tell of each attribution found whether it is detected."""
    words = [Words(article.text, one) for one in found]
    pairs = _paired([Words(article.text, one) for one in article.attributions], words)
    detected = {id(b) for a, b in pairs if a.dice(b) >= FOUND}
    return [id(one) in detected for one in words]


def _paired(gold: Sequence[Words], found: Sequence[Words]) -> list[tuple[Words, Words]]:
    """Pair each gold attribution with at most one found, those with the most words in common first."""
    shares = [(a.dice(b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)]
    return [(gold[i], found[j]) for i, j in best_pairs((-share, i, j) for share, i, j in shares if share > 0)]


def _direct(
    pairs: Sequence[tuple[Words, Words]], gold: Sequence[Words], found: Sequence[Words]
) -> tuple[list[tuple[Words, Words]], list[Words], list[Words]]:
    paired = {id(b): a for a, b in pairs}
    kept = [b for b in found if (paired[id(b)].quotes if id(b) in paired else b.quotes_or_touches)]
    return [(a, b) for a, b in pairs if a.quotes], [a for a in gold if a.quotes], kept


def _scores(
    pairs: Sequence[tuple[Words, Words]], gold: Sequence[Words], found: Sequence[Words]
) -> Iterator[tuple[str, Score]]:
    same = [{role: a.roles[role] == b.roles[role] for role in ROLES} for a, b in pairs]
    yield "detected", Score(sum(a.dice(b) >= FOUND for a, b in pairs), len(found), len(gold))
    for role in ROLES:
        right = sum(bool(a.roles[role]) and equal[role] for (a, _), equal in zip(pairs, same, strict=True))
        sides = (sum(bool(one.roles[role]) for one in side) for side in (found, gold))
        yield f"exact {role}", Score(right, *sides)
    yield "exact all", Score(sum(all(equal.values()) for equal in same), len(found), len(gold))
    for role in ROLES:
        right = sum(len(a.roles[role] & b.roles[role]) for a, b in pairs)
        yield f"tokens {role}", Score(right, *(sum(len(one.roles[role]) for one in side) for side in (found, gold)))
