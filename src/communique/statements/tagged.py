"""The grammar's attributions and the tagger's as one list: the tagger's words, and what the grammar knows of them."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from communique.statements.attribution import Attribution, ByToken
from communique.statements.contents import Part, Quoted, joined, overlapping
from communique.statements.cues import VERB_TAGS, Cue, Cues
from communique.statements.verbs import addressee
from communique.syntax import antecedent
from communique.tagging.tags import Tagged

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
# The marks and the comma or stop within them.
MARKS = 3


def with_tags(
    doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quoted], *, cues: Cues
) -> Iterator[Attribution]:
    """Yield the attributions that the tagger sees, and those of the grammar that it does not contradict.

    The tagger has learned where people draw the bounds of source, cue and content, so its words stand; of what the
    grammar found too, rule, verb and addressee are the grammar's. What only the grammar finds is left out where it
    crosses a content of the tagger's; within one it may be speech within speech, which the tagger was not taught.
    """
    by_cue = {i: tag for tag in doc._.tagged for i in range(*tag.cue)}
    matched: dict[Tagged, Attribution] = {}
    alone: list[Attribution] = []
    for one in found:
        tag = next((by_cue[i] for i in range(*one.cue) if i in by_cue), None) if one.cue is not None else None
        if tag is None:
            alone.append(one)
        elif tag not in matched or _shared(one, tag) > _shared(matched[tag], tag):
            matched[tag] = one
    contents = ByToken()
    for tag in doc._.tagged:
        made = _made(doc, tag, matched.get(tag), quotes, cues=cues)
        contents.add(made)
        yield made
    for one in alone:
        near = {other for i in one.tokens() for other in contents.at(i)}
        if all(one.inside(other) for other in near):
            yield one


def _shared(one: Attribution, tag: Tagged) -> int:
    return sum(len(range(max(a, c), min(b, d))) for a, b in one.content for c, d in tag.content)


def _made(doc: Doc, tag: Tagged, known: Attribution | None, quotes: Sequence[Quoted], *, cues: Cues) -> Attribution:
    verb, reporting = (known.verb, known.reporting) if known is not None else _reporting(doc, tag.cue, cues=cues)
    named = next((part for part in tag.source if _head(doc, part) is not None), None)
    source = _head(doc, named) if named is not None else None
    if named is not None and source is not None and source.lower_ in RELATIVE:
        named, source = None, antecedent(source)
    spoken_to = known.addressee if known is not None else None
    if known is None and verb is not None and reporting is not None:
        spoken_to = addressee(verb, reporting)
    return Attribution(
        source=source,
        cue=tag.cue,
        content=joined([_with_marks(part, quotes) for part in tag.content]),
        rule=known.rule if known is not None else "tagger",
        addressee=spoken_to,
        reporting=reporting,
        verb=verb,
        named=named,
        score=tag.score,
    )


def _head(doc: Doc, part: Part) -> Token | None:
    """The head of the noun phrase that some words are, None if they are none."""
    inside = range(*part)
    return next(
        (t for t in doc[part[0] : part[1]] if t.pos_ in NOMINAL and (t.head.i not in inside or t.head == t)), None
    )


def _reporting(doc: Doc, part: Part, *, cues: Cues) -> tuple[Token, Cue | None]:
    """The word of a cue that reports, and what the cue table knows of it."""
    words = doc[part[0] : part[1]]
    for word in words:
        cue = cues.of_verb(word)
        if cue is not None:
            return word, cue
    for word in words:
        cue = cues.nouns.get(word.lemma_.lower()) or cues.adjectives.get(word.lemma_.lower())
        if cue is not None:
            return word, cue
    return next((word for word in words if word.pos_ in VERB_TAGS and word.dep_ != "aux"), words.root), None


def _with_marks(part: Part, quotes: Sequence[Quoted]) -> Part:
    """A part that holds a quotation but for its marks, with these."""
    start, end = part
    for quote in overlapping(quotes, start, end):
        if quote.start < start <= quote.start + MARKS and quote.end - MARKS <= end:
            start = quote.start
        if end < quote.end <= end + MARKS and start <= quote.start + MARKS:
            end = quote.end
    return start, end
