"""What is said: the content that belongs to a reporting verb, in all its parts, by tree and by quotation marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.statements.cues import VERB_TAGS
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


def joined(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts in text order, those that touch or overlap as one."""
    found: list[Part] = []
    for start, end in sorted(set(parts)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


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
        speaker = own_subject(verb)
        if others or speaker is None:
            return False
        return _runs_on(doc, quote) or (speaker.i > quote.end - 1 and _is_tag(verb, quote))
    before = doc[quote.start - 1]
    introduces = before.text in {",", ":", "–", "—", "that", "as"} or before.i == verb.i
    return introduces and not others and (before.text == ":" or doc[quote.start].sent == verb.sent)


def _runs_on(doc: Doc, quote: Quoted) -> bool:
    """Tell whether the sentence goes on after the quotation: '…,” he said', '…?” asked X'."""
    inside = doc[quote.end - 2].text if quote.end - 2 > quote.start else ""
    after = doc[quote.end].text if quote.end < len(doc) else ""
    return inside[-1:] in {",", "?", "!", "…", "—", "-", "–"} or after in {",", "–", "—"}


def _is_tag(verb: Token, quote: Quoted) -> bool:
    """Tell whether the sentence after a quotation only names its speaker: '“It is over.” She said.'"""
    has_content = any(c.dep_ in {"ccomp", "xcomp", "dobj", "acomp", "attr"} for c in verb.children)
    return verb.sent.root == verb and verb.sent.start == quote.end and not has_content
