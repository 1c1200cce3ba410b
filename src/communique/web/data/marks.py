"""An article's text cut at the bounds of what was recorded of it, so that each piece can be marked where it stands."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.records import Article, Coding, Event, Span, Statement


@dataclass(frozen=True, slots=True)
class Mark:
    """That a piece of text belongs to a record, in a role.

    Roles of statements: speaker, addressee, cue, content; of events: source, target, trigger, evidence.
    """

    record: str
    role: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, and all marks that lie on it; the narrower come later."""

    start: int
    text: str
    marks: tuple[Mark, ...]

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records, each once, in the order of the marks."""
        return tuple(dict.fromkeys(mark.record for mark in self.marks))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles, each once."""
        return tuple(dict.fromkeys(mark.role for mark in self.marks))


Paragraph = tuple[Piece, ...]


def paragraphs(coding: Coding) -> Iterator[Paragraph]:
    """Yield the article's paragraphs in pieces: ``"".join(piece.text)`` of one is the paragraph's text."""
    records: tuple[Statement | Event, ...] = (*coding.statements, *coding.events)
    found = [(span, Mark(record.id, role)) for record in records for span, role in spans(record)]
    for bounds in coding.article.paragraphs:
        yield _cut(coding.article, bounds, found)


def _cut(article: Article, bounds: Span, found: Iterable[tuple[Span, Mark]]) -> Paragraph:
    first, last = bounds
    inside = [((max(s, first), min(e, last)), mark) for (s, e), mark in found if s < last and e > first]
    edges = sorted({first, last, *(edge for span, _ in inside for edge in span)})
    # The widest first, so that what is marked within another comes later, and wins where only one can be shown.
    inside.sort(key=lambda item: item[0][0] - item[0][1])
    return tuple(
        Piece(start, article.text[start:end], tuple(mark for (s, e), mark in inside if s <= start and end <= e))
        for start, end in itertools.pairwise(edges)
    )


def spans(record: Statement | Event) -> Iterator[tuple[Span, str]]:
    """Yield where a record's parts stand in its article, with their roles."""
    if isinstance(record, Statement):
        yield from ((span, "content") for span in record.content)
        for party, role in ((record.speaker, "speaker"), (record.addressee, "addressee")):
            if party is not None:
                yield (party.mention.start, party.mention.end), role
        if record.cue is not None:
            yield record.cue, "cue"
        return
    for span in (record.evidence, *record.also):
        yield span, "evidence"
    for actors, role in ((record.source, "source"), (record.target, "target")):
        for actor in actors:
            if actor.mention is not None:
                yield (actor.mention.start, actor.mention.end), role
    yield record.trigger, "trigger"
