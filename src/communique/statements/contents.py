"""What is said: the content that belongs to a reporting verb, in all its parts, by tree and by quotation marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.statements.cues import VERB_TAGS, Cue
from communique.statements.quotations import Quotation
from communique.syntax import own_subject

Part = tuple[int, int]
"""Token indices, half open."""

EDGES = frozenset({",", ";", ":", "-", "–", "—"})
CLOSING_MARKS = frozenset("”\"’»'")
# Between a quotation and the verb that reports it stand a speaker and little else.
MAX_GAP = 25


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation as token indices, with the quotation it is."""

    start: int
    end: int
    quotation: Quotation

    def holds(self, token: Token) -> bool:
        """Tell whether the token stands within the marks."""
        return self.start <= token.i < self.end


def quoted(doc: Doc) -> tuple[Quoted, ...]:
    """Return the Doc's quotations as token indices, in text order."""
    found = []
    for quotation in doc._.quotations or ():
        span = doc.char_span(quotation.start, quotation.end, alignment_mode="expand")
        if span is not None:
            found.append(Quoted(span.start, span.end, quotation))
    return tuple(found)


def subtree(head: Token) -> Part:
    """Return the extent of all that hangs on a token."""
    return head.left_edge.i, head.right_edge.i + 1


def trimmed(doc: Doc, part: Part, quotes: Sequence[Quoted], verb: Token) -> Part:
    """Return the part widened to whole quotations and without commas and dashes at its edges."""
    start, end = part
    for quote in quotes:
        if quote.start < end and start < quote.end and not quote.holds(verb):
            start, end = min(start, quote.start), max(end, quote.end)
    while end - 1 > start and (doc[end - 1].text in EDGES or doc[end - 1].is_space):
        end -= 1
    while start < end - 1 and (doc[start].text in EDGES or doc[start].is_space):
        start += 1
    if doc[end - 1].text == "." and not any(quote.end == end for quote in quotes):
        end -= 1
    return start, max(end, start + 1)


def own_words(verb: Token) -> Part:
    """Return the extent of a reporting verb with its subject and adverbs, without its content."""
    indices = [verb.i]
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "advmod", "neg", "prt", "npadvmod", "dative"}:
            indices += [token.i for token in child.subtree]
    return min(indices), max(indices) + 1


def clause_parts(verb: Token, cue: Cue) -> Iterator[tuple[Part, Token | None]]:
    """Yield the parts that the tree gives a reporting verb, each with the addressee that the parse put into it."""
    for child in verb.children:
        if child.dep_ == "ccomp":
            yield from _clausal(verb, child, cue)
        elif child.dep_ == "xcomp" and "infinitive" in cue.takes and child.i > verb.i and _has_to(child):
            yield subtree(child), None
        elif child.dep_ in {"xcomp", "ccomp", "dobj"} and "gerund" in cue.takes and child.tag_ == "VBG":
            yield subtree(child), None
        elif child.dep_ == "dobj" and "object" in cue.takes and child.i > verb.i and "addressee" not in cue.takes:
            yield _object(child), None
        elif child.dep_ == "prep" and child.lower_ in cue.takes and child.i > verb.i:
            yield _after_person(child, cue)
        elif child.dep_ == "advcl" and "that" in cue.takes and child.i > verb.i and _marked_that(child):
            yield subtree(child), None


def _clausal(verb: Token, clause: Token, cue: Cue) -> Iterator[tuple[Part, Token | None]]:
    start, end = subtree(clause)
    end = _without_absolute(clause, end)
    subject = own_subject(clause)
    to = next((c for c in clause.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    if to is not None:
        if "infinitive" not in cue.takes:
            return
        # 'urge Kyiv to sign': the parser makes Kyiv the subject of the clause; it is spoken to.
        addressed = subject if subject is not None and verb.i < subject.i < to.i else None
        yield (to.i if addressed is not None else start, end), addressed
        return
    if not {"that", "quote"} & cue.takes or ("that" not in cue.takes and _marked_that(clause)):
        return
    if start < verb.i < end:  # 'The deal, he said, is dead.'
        left, right = own_words(verb)
        yield (start, left), None
        yield (right, end), None
        return
    yield (start, end), None


def _without_absolute(clause: Token, end: int) -> int:
    """Where a reported clause ends when the narrator adds ', with X being done': that is no longer what was said."""
    for token in clause.subtree:
        if token.lower_ == "with" and token.dep_ == "prep" and token.i > clause.i and token.nbor(-1).text == ",":
            noun = next((c for c in token.children if c.dep_ in {"pobj", "pcomp"}), None)
            going_on = noun is not None and any(
                t.tag_ == "VBG" and t.dep_ in {"acl", "aux", "auxpass", "pcomp"} for t in (noun, *noun.children)
            )
            if going_on:
                return min(end, token.i)
    return end


def _object(noun: Token) -> Part:
    """The content in an object: of a feeling what it is about ('frustration at the delay'), else the object."""
    # The parser hangs 'at the delay' now on the feeling, now on 'expressed'.
    for child in (*noun.children, *noun.head.children):
        if child.dep_ == "prep" and child.i > noun.i and child.lower_ in {"at", "over", "about", "with"}:
            return child.i + 1, child.right_edge.i + 1
    return subtree(noun)


def _after_person(preposition: Token, cue: Cue) -> tuple[Part, Token | None]:
    """'Called for talks' → 'for talks'; 'called on Kyiv to sign' → 'to sign', said to Kyiv."""
    start, end = subtree(preposition)
    noun = next((c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}), None)
    if preposition.lower_ in {"on", "upon", "to"} and noun is not None:
        to = next((t for t in preposition.head.subtree if t.i > noun.i and t.lower_ == "to" and t.dep_ == "aux"), None)
        return ((to.i, to.head.right_edge.i + 1), noun) if to is not None else ((start, start), noun)
    return (start, end), None


def _has_to(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _marked_that(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children)


def beside(verb: Token, quote: Quoted) -> bool:
    """Tell whether the verb's clause stands right before or after the quotation and so reports it."""
    doc = verb.doc
    if quote.holds(verb):
        return False
    is_left = quote.end <= verb.i
    gap = doc[quote.end : verb.i] if is_left else doc[verb.i + 1 : quote.start]
    if len(gap) > MAX_GAP or "\n" in gap.text:
        return False
    others = [t for t in gap if t.pos_ in VERB_TAGS and t.dep_ not in {"relcl", "acl", "aux", "auxpass", "amod"}]
    if is_left:
        # A participle that follows a quotation brings one of its own: '“A,” he said, adding that “B”.'
        return not others and _runs_on(doc, quote) and own_subject(verb) is not None
    before = doc[quote.start - 1]
    introduces = before.text in {",", ":", "–", "—", "that", "as"} or before.i == verb.i
    return introduces and not others and (before.text == ":" or doc[quote.start].sent == verb.sent)


def _runs_on(doc: Doc, quote: Quoted) -> bool:
    """Tell whether the sentence goes on after the quotation: '…,” he said', '…?” asked X'."""
    inside = doc[quote.end - 2].text if quote.end - 2 > quote.start else ""
    after = doc[quote.end].text if quote.end < len(doc) else ""
    return inside[-1:] in {",", "?", "!", "…", "—", "-", "–"} or after in {",", "–", "—"}
