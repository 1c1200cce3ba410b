"""Why a record is there: its sentence with the marked words, the parse that fired, the rule, what decided a field."""

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from communique import language
from communique.errors import UsageError
from communique.records import Article, Event, Record, Span, Statement


@dataclass(frozen=True, slots=True)
class Node:
    """One word of the parse: how deep it hangs, its label, and the role that it plays in the record."""

    depth: int
    text: str
    label: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that explains a record. ``marks`` are offsets into ``passage``, with the role of what stands there."""

    record: Statement | Event
    passage: str
    marks: tuple[tuple[Span, str], ...]
    parse: tuple[Node, ...]
    rule: str
    basis: tuple[tuple[str, str], ...]


def explain(record: Record, article: Article, nlp: Language) -> Explanation:
    """Return why a statement or event was recorded; ``nlp`` is the pipeline of ``language.load``.

    The parse is made anew; the same model gives the same. Raises UsageError for an article, which explains itself.
    """
    if isinstance(record, Article):
        raise UsageError("an article has no explanation", where=record.id, remedy="name a statement or an event")
    roles = _roles(record)
    doc = nlp(language.prepare(nlp, article))
    start = min(span[0] for span, _ in roles)
    end = max(span[1] for span, _ in roles)
    sentences = [s for s in doc.sents if s.start_char < end and start < s.end_char]
    first = sentences[0].start_char
    passage = article.text[first : sentences[-1].end_char].rstrip()
    anchor = record.trigger if isinstance(record, Event) else record.cue or record.content[0]
    home = next((s for s in sentences if s.start_char <= anchor[0] < s.end_char), sentences[0])
    marks = tuple(((s - first, e - first), role) for (s, e), role in roles if first <= s and e - first <= len(passage))
    return Explanation(
        record=record,
        passage=passage,
        marks=marks,
        parse=tuple(_tree(home.root, doc, roles, 0)),
        rule=record.made_by,
        basis=tuple(sorted(record.basis.items())),
    )


def _roles(record: Statement | Event) -> list[tuple[Span, str]]:
    """The record's words with their roles; the narrower come later and win."""
    if isinstance(record, Statement):
        found = [(span, "content") for span in record.content]
        for party, role in ((record.addressee, "addressee"), (record.speaker, "speaker")):
            if party is not None:
                found.append(((party.mention.start, party.mention.end), role))
        return [*found, *([(record.cue, "cue")] if record.cue else [])]
    found = [(record.evidence, "evidence")]
    for actors, role in ((record.target, "target"), (record.source, "source")):
        found += [((a.mention.start, a.mention.end), role) for a in actors if a.mention is not None]
    inside = record.evidence
    # An actor named in an earlier clause is named there; only words of this clause are marked in it.
    near = [item for item in found if item[0][0] < inside[1] and inside[0] < item[0][1]]
    return [*near, (record.trigger, "trigger")]


def _tree(token: Token, doc: Doc, roles: list[tuple[Span, str]], depth: int) -> list[Node]:
    """The parse below a token, in text order, cut at a depth where a broken parse would run on."""
    here = [role for (start, end), role in roles if start <= token.idx < end]
    node = Node(depth, token.text, token.dep_, here[-1] if here else None)
    nodes = [node]
    if depth < 40:
        for child in token.children:
            if not child.is_punct and not child.is_space:
                nodes += _tree(child, doc, roles, depth + 1)
    return nodes
