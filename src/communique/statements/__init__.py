"""Doc → statements: who said what to whom, in direct, mixed and indirect speech, each with its exact words."""

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from communique.records import Statement, StatementKind, content_id
from communique.statements.acts import act_of, is_conditional
from communique.statements.attribution import Attribution, ByToken
from communique.statements.attributions import attributions
from communique.statements.confidence import confidence
from communique.statements.contents import Quoted, overlapping, quoted
from communique.statements.continuations import MIN_UTTERANCE
from communique.statements.cues import Cues, cues
from communique.statements.occasions import occasion
from communique.statements.sources import is_unsaid
from communique.statements.speakers import party, speaks
from communique.syntax import char_span

__all__ = ["make_statements", "statements"]

# What these rules find within another's words is a statement again: 'he said that Oslo had denied it'.
NESTING = frozenset({"clause", "quotation", "according to"})

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

    A statement within another's content is kept when its speaker is somebody known who is not the outer one, and
    linked by ``within``; what a quoted speaker says of himself ("I believe that…") is part of the quotation.
    """
    quotes = quoted(doc)
    made: dict[Attribution, Statement] = {}
    placed = ByToken()
    for one in attributions(doc, cues=cues):
        outer = next((other for other in reversed(placed.at(one.start)) if one.inside(other)), None)
        if not speaks(one, doc) or not _stands(one, outer, doc, quotes):
            continue
        within = made[outer] if outer is not None else None
        origin = made.get(one.continues) if one.continues is not None else None
        placed.add(one)
        made[one] = _statement(doc, one, cues=cues, quotes=quotes, within=within, origin=origin)
    yield from made.values()


def _statement(
    doc: Doc,
    one: Attribution,
    *,
    cues: Cues,
    quotes: Sequence[Quoted],
    within: Statement | None,
    origin: Statement | None,
) -> Statement:
    article = doc._.article.id if doc._.article is not None else ""
    words = " ".join(doc[start:end].text for start, end in one.content)
    content = tuple(char_span(doc, start, end) for start, end in one.content)
    cue = char_span(doc, *one.cue) if one.cue is not None else None
    speaker = party(doc, one.source, named=one.named, outside=one.content)
    act, reason = act_of(doc, one, words, cues=cues)
    said_on, place = (origin.said_on, origin.place) if origin is not None else occasion(doc, one)
    basis = {"act": reason}
    mention = doc._.actors.at(one.source) if one.source is not None else None
    if mention is not None:
        basis["speaker"] = mention.basis
    if origin is not None:
        basis["continues"] = origin.id
    if one.score is not None:
        basis["tagger"] = f"{one.score:.3f}"
    return Statement(
        id=content_id(
            "s", article, "statement", cue, content, speaker and (speaker.mention.start, speaker.mention.end)
        ),
        article=article,
        kind=_kind(one, quotes),
        speaker=speaker,
        content=content,
        content_text=words,
        act=act,
        made_by="tagger:tagger" if one.rule == "tagger" else f"grammar:{one.rule}",
        confidence=confidence(one, beside_tagger=doc._.tagged is not None),
        addressee=party(doc, one.addressee),
        cue=cue,
        negated=is_unsaid(one.verb),
        conditional=is_conditional(doc, one, words),
        said_on=said_on,
        place=place,
        within=within.id if within is not None else None,
        basis=basis,
    )


def _stands(one: Attribution, outer: Attribution | None, doc: Doc, quotes: Sequence[Quoted]) -> bool:
    """Tell whether an attribution is a statement of its own, not part of what somebody else says."""
    if outer is None and one.score is not None:
        return True  # the tagger was taught to leave out speech within speech
    if outer is None:
        speech = next(iter(overlapping(quotes, *one.cue)), None) if one.cue is not None else None
        is_reported = speech is None or speech.end - speech.start < MIN_UTTERANCE
        return is_reported or _is_known(one, doc)
    return one.rule in NESTING and one.source != outer.source and (_is_known(one, doc) or _is_named(one, doc))


def _is_known(one: Attribution, doc: Doc) -> bool:
    mention = doc._.actors.at(one.source) if one.source is not None else None
    return mention is not None and any(actor.id or actor.country for actor in mention.actors)


def _is_named(one: Attribution, doc: Doc) -> bool:
    """Tell whether a source is a noun for somebody, where a pronoun could mean the outer speaker."""
    is_noun = one.source is not None and one.source.pos_ in {"NOUN", "PROPN"}
    return is_noun and not one.thinks and doc._.actors.at(one.source) is not None


def _kind(one: Attribution, quotes: Sequence[Quoted]) -> StatementKind:
    total = sum(end - start for start, end in one.content)
    inside = sum(
        min(end, quote.end) - max(start, quote.start)
        for start, end in one.content
        for quote in overlapping(quotes, start, end)
    )
    if inside == 0:
        return "indirect"
    return "direct" if inside >= total else "mixed"
