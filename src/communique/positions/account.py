"""The positions of sides on an issue: their statements in time, where two contradict each other, where one changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec
from spacy.language import Language

from communique.archive import Archive
from communique.archive.sameness import STORY, Print, Sameness
from communique.archive.voices import Voices
from communique.positions.answers import AGAINST, Kind, Match, Uttered, contradiction, taken_up
from communique.positions.issue import Issue
from communique.positions.judging import Judge
from communique.positions.reading import Readings, irregular, parser
from communique.positions.sides import Side
from communique.positions.vocabulary import Vocabulary, vocabulary
from communique.records import Article, Coding, Event, Statement
from communique.stories.accounts import Spread, spread
from communique.stories.terms import stems

REPRINTED = 14
"""Days within which like words of one speaker are one statement, printed again."""
ALIKE = 0.8
FEWEST = 3
"""Words that tell something, of which a statement must have so many to be known again by them."""
LEAD = 2
"""Paragraphs of an article's beginning that tell, with its title, what it is about."""
NEAR = ("words", "paragraph", "article", "elsewhere")
JUDGING = AGAINST | {"praise"}


class Position(msgspec.Struct, frozen=True, tag_field="record", tag="position"):
    """What a side said of the issue, however often it was printed; or what it rejected, where its words are not told.

    ``statement`` is the first print's record, ``told`` its words, ``prints`` the ids of all records of it. ``day`` is
    the day on which it was said, or of the first print. ``about`` tells how near the issue is: its words are in
    those of the statement ("words"), in the paragraph, or only in the title or lead of the article ("article").
    """

    side: str
    speaker: str | None
    day: str | None
    act: str
    told: str
    about: str
    statement: Statement | Event
    prints: tuple[str, ...]
    spread: Spread


class Contradiction(msgspec.Struct, frozen=True, tag_field="record", tag="contradiction"):
    """Two positions of two sides that cannot both hold: the claim and its answer, or the earlier and the later."""

    kind: Kind
    one: Position
    other: Position
    score: float
    reasons: tuple[str, ...]


class Change(msgspec.Struct, frozen=True, tag_field="record", tag="change"):
    """Two positions of one side, of which the later contradicts the earlier."""

    side: str
    before: Position
    after: Position
    score: float
    reasons: tuple[str, ...]


class Account(msgspec.Struct, frozen=True):
    """All that an archive holds of the sides' positions, by day; ``passed_over`` articles were not read.

    ``of_any_word`` tells that no article holds all of the issue's words, so that those are read that hold any.
    """

    positions: tuple[Position, ...]
    contradictions: tuple[Contradiction, ...]
    changes: tuple[Change, ...]
    passed_over: int = 0
    of_any_word: bool = False


class _Heard(msgspec.Struct, frozen=True):
    """An utterance with its article, and its words as they are compared between prints."""

    uttered: Uttered
    article: Article
    about: str
    told: str
    words: frozenset[str]


def account(
    archive: Archive,
    sides: Sequence[Side],
    about: str | None,
    chosen: Mapping[str, str] | None = None,
    *,
    nlp: Language | None = None,
    judge: Judge | None = None,
    most: int | None = None,
) -> Account:
    """Return the positions of one side or more on an issue, or, without one, on anything.

    ``chosen`` are filters that statements have; ``nlp`` parses the paragraphs (by default ``reading.parser()``), and
    ``judge`` looks at pairs in which the grammar sees nothing. Of more than ``most`` articles the latest are read.
    Stories are those that ``stories.comparing`` has found. Raises UsageError for an issue without words or a wrong
    filter, ModelError where the language model is missing.
    """
    words = vocabulary()
    nlp = nlp or parser()
    issue = Issue.asked(about, words, irregular(nlp)) if about is not None else None
    voices = [side.voice for side in sides]
    found = Voices(archive).records(voices, issue.alternatives if issue is not None else (), chosen or {})
    of_any_word = issue is not None and not found
    if issue is not None:
        if of_any_word:
            issue = issue.of_any_word()
            found = Voices(archive).records(voices, issue.alternatives, chosen or {})
        # An answer need not name the issue again; it is in another report of the same story.
        # All at once, as prints are told from the first on, and the latest are read of too many.
        found = Voices(archive).records(voices, (), chosen or {}, articles=_with_their_stories(archive, found))
    read = list(found)[-most:] if most is not None else list(found)
    groups: list[list[_Heard]] = []
    taken: list[tuple[str, str, Match]] = []
    for coding, uttered in Readings(sides, words, nlp).uttered(_codings(archive, read)):
        of_sides = [one for one in uttered if one.side >= 0 and one.record.id in found[coding.article.id]]
        for one in of_sides:
            _sort_in(groups, _heard(one, coding.article, issue))
            answered = taken_up(one, [other for other in uttered if other.order < one.order])
            if answered is not None:
                taken.append((answered[0].record.id, one.record.id, answered[1]))
    prints = Sameness(archive).prints({one.article.id for group in groups for one in group})
    made = [_position(group, sides, prints) for group in groups]
    number = {one.uttered.record.id: i for i, group in enumerate(groups) for one in group}
    matches = {(number[a], number[b]): m for a, b, m in taken if a in number}
    firsts = [group[0].uttered for group in groups]
    for i, j in _comparable(firsts, words):
        match = contradiction(firsts[i], firsts[j], words)
        if match is not None and match.score > matches.get((i, j), match._replace(score=0)).score:
            matches[i, j] = match
    for i, j, verdict in judge.contradictions(firsts) if judge is not None else ():
        if not {(i, j), (j, i)} & matches.keys():
            matches[i, j] = Match(verdict.kind, verdict.chance, (f"judged likely: {verdict.chance:.2f}",))
    contradictions, changes = [], []
    for (i, j), match in _telling(matches, made):
        if firsts[i].side != firsts[j].side:
            i, j = (j, i) if match.claim == firsts[j].record.id else (i, j)
            contradictions.append(Contradiction(match.kind, made[i], made[j], match.score, match.reasons))
        elif 0 < firsts[i].day < firsts[j].day:
            changes.append(Change(made[i].side, made[i], made[j], match.score, match.reasons))
    paired = [p for c in contradictions for p in (c.one, c.other)] + [p for c in changes for p in (c.before, c.after)]
    return Account(
        tuple(sorted((p for p in made if p.about != NEAR[-1] or p in paired), key=_in_time)),
        tuple(sorted(contradictions, key=lambda c: (_in_time(c.one), _in_time(c.other)))),
        tuple(sorted(changes, key=lambda c: (_in_time(c.before), _in_time(c.after)))),
        len(found) - len(read),
        of_any_word,
    )


def _with_their_stories(archive: Archive, articles: Iterable[str]) -> set[str]:
    """Return these articles and the others of their stories, as far as they have been compared."""
    same = Sameness(archive)
    stories = same.members_of(STORY, set(same.groups_of(STORY, articles).values()))
    return {article for members in stories.values() for article in members}


def _codings(archive: Archive, articles: Iterable[str]) -> Iterator[Coding]:
    for identity in articles:
        article = archive.record(identity)
        assert isinstance(article, Article)
        yield archive.coding(article)


def _heard(one: Uttered, article: Article, issue: Issue | None) -> _Heard:
    record = one.record
    spans = record.content if isinstance(record, Statement) else (record.evidence,)
    told = record.content_text if isinstance(record, Statement) else article.text[slice(*record.evidence)]
    start = spans[0][0]
    paragraph = next((article.text[a:b] for a, b in article.paragraphs if a <= start < b), "")
    lead = "\n".join((article.title or "", *(article.text[a:b] for a, b in article.paragraphs[:LEAD])))
    texts = zip(NEAR, (told, paragraph, lead), strict=False)
    near = next((name for name, text in texts if issue is None or issue.is_in(text)), NEAR[-1])
    return _Heard(one, article, near, " ".join(told.split()), frozenset(stems(told)))


def _sort_in(groups: list[list[_Heard]], one: _Heard) -> None:
    """Put a print with the earlier ones of the same statement, or begin a new group."""
    for group in reversed(groups):
        if _is_print(group[0], one):
            group.append(one)
            return
    groups.append([one])


def _is_print(first: _Heard, one: _Heard) -> bool:
    a, b = first.uttered, one.uttered
    if (
        a.side != b.side
        or first.article.id == one.article.id
        or (a.taken_back, a.negated) != (b.taken_back, b.negated)
    ):
        return False
    if (
        abs(a.day - b.day) > REPRINTED
        or not set(a.keys) & set(b.keys)
        or min(len(first.words), len(one.words)) < FEWEST
    ):
        return False
    shorter, longer = sorted((first.words, one.words), key=len)
    return len(shorter & longer) >= ALIKE * len(shorter) and len(shorter) * 3 > len(longer)


def _position(group: Sequence[_Heard], sides: Sequence[Side], prints: Mapping[str, Print]) -> Position:
    first = group[0]
    record = first.uttered.record
    said = record.said_on if isinstance(record, Statement) else record.date
    nearest = min((one.about for one in group), key=NEAR.index)
    return Position(
        side=sides[first.uttered.side].name,
        speaker=", ".join(_speakers(record)) or None,
        day=said or first.article.day,
        act=first.uttered.act,
        told=first.told,
        about=nearest,
        statement=record,
        prints=tuple(one.uttered.record.id for one in group),
        spread=spread(prints[one.article.id] for one in group),
    )


def _speakers(record: Statement | Event) -> list[str]:
    if isinstance(record, Event):
        return [actor.name for actor in record.source]
    if record.speaker is None:
        return []
    return [record.speaker.actor.name if record.speaker.actor is not None else record.speaker.mention.text]


def _comparable(uttered: Sequence[Uttered], words: Vocabulary) -> list[tuple[int, int]]:
    """Return the pairs that may contradict each other, the earlier first: an act in common, or opposite acts."""
    by_act: dict[str, set[int]] = defaultdict(set)
    for i, one in enumerate(uttered):
        for act in {claim.act for claim in one.claims} | one.matters:
            by_act[act].add(i)
        by_act[f"judged {one.act in AGAINST}"] |= {i} if one.act in JUDGING else set()
        by_act[one.record.id].add(i)
        if isinstance(one.record, Statement) and one.record.within is not None:
            by_act[one.record.within].add(i)
    pairs = {pair for members in by_act.values() for pair in combinations(sorted(members), 2)}
    for act, opposite in map(sorted, words.opposites):
        pairs |= {(i, j) for i in by_act[act] for j in by_act[opposite] if i != j}
    pairs |= {(i, j) for i in by_act["judged True"] for j in by_act["judged False"]}
    return sorted({pair if _precedes(uttered, *pair) else pair[::-1] for pair in pairs})


def _precedes(uttered: Sequence[Uttered], i: int, j: int) -> bool:
    return (uttered[i].day, i) <= (uttered[j].day, j)


def _telling(
    matches: Mapping[tuple[int, int], Match], made: Sequence[Position]
) -> Iterator[tuple[tuple[int, int], Match]]:
    """Yield the strongest matches about the issue, each of which shows a position that none before it shows."""
    shown: set[tuple[int, bool]] = set()
    for (i, j), match in sorted(matches.items(), key=lambda item: (-item[1].score, item[0])):
        change = made[i].side == made[j].side
        if {(i, change), (j, change)} <= shown or made[i].about == made[j].about == NEAR[-1]:
            continue
        shown |= {(i, change), (j, change)}
        yield (i, j), match


def _in_time(position: Position) -> tuple[str, str, int]:
    record = position.statement
    start = record.content[0][0] if isinstance(record, Statement) else record.trigger[0]
    return (position.day or "", record.article, start)
