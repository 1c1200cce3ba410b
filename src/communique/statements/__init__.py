"""Doc → statements: who said what to whom, in direct, mixed and indirect speech, each with its exact words."""

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Token

from communique.knowledge import table
from communique.places import place_of
from communique.records import Party, Place, Span, Statement, StatementKind, content_id
from communique.statements.acts import act_of, is_conditional
from communique.statements.attribution import Attribution
from communique.statements.attributions import attributions
from communique.statements.contents import Quoted, quoted
from communique.statements.cues import Cues, cues
from communique.statements.speakers import party, speaks
from communique.syntax import char_span, clause_tokens, is_negated
from communique.times import time_of

__all__ = ["make_statements", "statements"]

if not Doc.has_extension("statements"):
    Doc.set_extension("statements", default=())


@Language.factory(
    "communique_statements",
    assigns=["doc._.statements"],
    requires=["doc._.actors", "doc._.quotations", "doc._.times", "doc._.places", "token.dep"],
)
def make_statements(nlp: Language, name: str) -> "Statements":
    """Make the component that finds statements."""
    return Statements()


class Statements:
    """Sets ``doc._.statements``."""

    def __init__(self) -> None:
        self.cues = cues()

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements."""
        doc._.statements = tuple(statements(doc, cues=self.cues))
        return doc


def statements(doc: Doc, *, cues: Cues) -> Iterator[Statement]:
    """Yield the statements of a Doc in text order of their contents.

    A statement within another's content is kept when its speaker is somebody known, and linked by ``within``; what a
    quoted speaker says of himself ("I believe that…") is part of the quotation.
    """
    article = doc._.article.id if doc._.article is not None else ""
    found = [a for a in attributions(doc, cues=cues) if speaks(a, doc)]
    quotes = quoted(doc)
    ids: dict[Attribution, str] = {}
    occasions: dict[int, tuple[str | None, Place | None]] = {}
    for one in found:
        outer = [other for other in found if one.inside(other) and other in ids]
        if outer and not _known_speaker(one, doc):
            continue
        content = _content(doc, one)
        speaker = party(doc, one.source)
        ids[one] = content_id("s", article, "statement", one.cue and _span(doc, one.cue), content, _offsets(speaker))
        occasion = occasions.get(one.continues, (None, None)) if one.continues is not None else _occasion(doc, one)
        occasions[one.start] = occasion
        continues = next((ids[other] for other in found if other.start == one.continues and other in ids), None)
        yield _statement(
            doc,
            one,
            ids[one],
            article,
            content,
            speaker,
            quotes,
            (outer and ids[outer[-1]]) or None,
            occasion,
            continues,
        )


def _statement(
    doc: Doc,
    one: Attribution,
    identity: str,
    article: str,
    content: tuple[Span, ...],
    speaker: Party | None,
    quotes: Sequence[Quoted],
    within: str | None,
    occasion: tuple[str | None, Place | None],
    continues: str | None,
) -> Statement:
    words = " ".join(doc[start:end].text for start, end in one.content)
    cue = one.reporting
    act, why = act_of(words, by_cue=cue.act if cue else "assert", plain=cue is None or not _performs(cue.takes))
    mention = doc._.actors.at(one.source) if one.source is not None else None
    basis = {"act": f"{why} {one.verb.lemma_!r}" if why == "cue" and one.verb is not None else why}
    if mention is not None:
        basis["speaker"] = mention.basis
    if continues is not None:
        basis["continues"] = continues
    return Statement(
        id=identity,
        article=article,
        kind=_kind(one, quotes),
        speaker=speaker,
        content=content,
        content_text=words,
        act=act,
        made_by=f"grammar:{one.rule}",
        confidence=confidence_of(one.rule),
        addressee=party(doc, one.addressee),
        cue=_span(doc, one.cue) if one.cue else None,
        negated=one.verb is not None and is_negated(one.verb),
        conditional=is_conditional(words),
        said_on=occasion[0],
        place=occasion[1],
        within=within,
        basis=basis,
    )


def confidence_of(rule: str) -> float:
    """Return the share of a rule's attributions that were right on the development texts (statement_rules.tsv)."""
    return next(float(row["precision"]) for row in table("statement_rules.tsv") if row["rule"] == rule)


def _performs(takes: frozenset[str]) -> bool:
    """A cue that takes an addressee to act, or an object, says itself what is done ('urge', 'deny')."""
    return bool(takes & {"object", "gerund"}) and "that" not in takes


def _known_speaker(one: Attribution, doc: Doc) -> bool:
    mention = doc._.actors.at(one.source) if one.source is not None else None
    return mention is not None and any(actor.id or actor.country for actor in mention.actors)


def _kind(one: Attribution, quotes: Sequence[Quoted]) -> StatementKind:
    total = sum(end - start for start, end in one.content)
    inside = sum(
        max(0, min(end, quote.end) - max(start, quote.start)) for start, end in one.content for quote in quotes
    )
    if inside == 0:
        return "indirect"
    return "direct" if inside >= total else "mixed"


def _content(doc: Doc, one: Attribution) -> tuple[Span, ...]:
    return tuple((doc[start].idx, doc[end - 1].idx + len(doc[end - 1])) for start, end in one.content)


def _span(doc: Doc, part: tuple[int, int]) -> Span:
    return char_span(doc, *part)


def _offsets(speaker: Party | None) -> tuple[int, int] | None:
    return (speaker.mention.start, speaker.mention.end) if speaker is not None else None


def _occasion(doc: Doc, one: Attribution) -> tuple[str | None, Place | None]:
    """When and where it was said, if the reporting clause says so: 'Speaking in Paris on Monday, she said…'."""
    if one.verb is None:
        return None, None
    said = one.tokens()
    tokens = {token.i for token in _reporting_clause(one.verb)} - said
    time = time_of(doc._.times or (), tokens)
    where = place_of(doc._.places or (), tokens)
    return (time.value if time is not None else None), where


def _reporting_clause(verb: Token) -> Iterator[Token]:
    yield from clause_tokens(verb)
    for child in verb.children:
        if child.dep_ == "advcl" and child.lemma_ in {"speak", "talk", "address", "appear"}:
            yield from child.subtree
