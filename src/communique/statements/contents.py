"""What is said: the content that belongs to a reporting verb, in all its parts, by tree and by quotation marks."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.statements.cues import VERB_TAGS
from communique.statements.quotations import Quotation
from communique.syntax import own_subject

Part = tuple[int, int]
"""Token indices, half open."""

EDGES = frozenset({",", ";", ":", "-", "–", "—"})
# Between a quotation and the verb that reports it stand a speaker and little else.
MAX_GAP = 25
# Marks, a comma and a word.
MIN_HANDOVER = 4


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


def overlapping(quotes: Sequence[Quoted], start: int, end: int) -> Sequence[Quoted]:
    """Return the quotations that share a token with [start, end); quotations are in text order and apart."""
    first = bisect_left(quotes, start, key=lambda quote: quote.end - 1)
    return quotes[first : bisect_left(quotes, end, key=lambda quote: quote.start)]


def subtree(head: Token) -> Part:
    """Return the extent of all that hangs on a token."""
    return head.left_edge.i, head.right_edge.i + 1


def trimmed(doc: Doc, part: Part, quotes: Sequence[Quoted], verb: Token) -> Part:
    """Return the part widened to whole quotations and without commas and dashes at its edges."""
    start, end = part
    inside = [quote for quote in overlapping(quotes, start, end) if not quote.holds(verb)]
    for quote in inside:
        if _hands_over(doc, quote, end):
            end = quote.end
        start, end = min(start, quote.start), max(end, quote.end)
        if end == quote.end:
            break
    while end - 1 > start and (doc[end - 1].text in EDGES or doc[end - 1].is_space):
        end -= 1
    while start < end - 1 and (doc[start].text in EDGES or doc[start].is_space):
        start += 1
    while end - 1 > start and (doc[end - 1].dep_ == "cc" or doc[end - 1].text in EDGES):
        end -= 1
    if doc[end - 1].text == "." and not any(quote.end == end for quote in overlapping(quotes, end - 1, end)):
        end -= 1
    return start, max(end, start + 1)


def _hands_over(doc: Doc, quote: Quoted, end: int) -> bool:
    """Tell whether the narrator goes on after a quotation: 'called it “a lie,” adding …', '…,” in an interview'."""
    if quote.end >= end or quote.end - quote.start < MIN_HANDOVER or doc[quote.end - 2].text != ",":
        return False
    return (
        doc[quote.end].pos_ in {"ADP", "VERB"}
        and doc[quote.end].tag_ in {"VBG", "IN"}
        and doc[quote.end].lower_ != "that"
    )


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
    if len(gap) > MAX_GAP:
        return False
    if any(token.is_space and "\n" in token.text for token in gap):
        # 'She said in a statement:' and the statement as the next paragraph.
        return not is_left and _announces(verb, quote)
    others = [t for t in gap if t.pos_ in VERB_TAGS and t.dep_ not in {"relcl", "acl", "aux", "auxpass", "amod"}]
    if is_left:
        # A participle that follows a quotation brings one of its own: '“A,” he said, adding that “B”.'
        speaker = own_subject(verb) or inverted_subject(verb, quote)
        if others or speaker is None or speaker.left_edge.i < quote.start < speaker.i:
            return False
        return _runs_on(doc, quote) or (speaker.i > quote.end - 1 and _is_tag(verb, quote))
    before = doc[quote.start - 1]
    introduces = before.text in {",", ":", "–", "—", "that", "as"} or before.i == verb.i
    return introduces and not others and (before.text == ":" or doc[quote.start].sent == verb.sent)


def inverted_subject(verb: Token, quote: Quoted) -> Token | None:
    """Return the speaker after '“Who is it?” asked', whom the parser takes for the object."""
    if quote.end != verb.i:
        return None
    return next((c for c in verb.children if c.dep_ in {"dobj", "npadvmod"} and c.left_edge.i == verb.i + 1), None)


def _announces(verb: Token, quote: Quoted) -> bool:
    words = [token for token in verb.doc[verb.i : quote.start] if not token.is_space]
    spaces = [token for token in verb.doc[verb.i : quote.start] if token.is_space and "\n" in token.text]
    return words[-1].text == ":" and len(spaces) == 1 and verb == verb.sent.root


def _runs_on(doc: Doc, quote: Quoted) -> bool:
    """Tell whether the sentence goes on after the quotation: '…,” he said', '…?” asked X'."""
    inside = doc[quote.end - 2].text if quote.end - 2 > quote.start else ""
    after = doc[quote.end].text if quote.end < len(doc) else ""
    return inside[-1:] in {",", "?", "!", "…", "—", "-", "–"} or after in {",", "–", "—"}


def _is_tag(verb: Token, quote: Quoted) -> bool:
    """Tell whether the sentence after a quotation only names its speaker: '“It is over.” She said.'"""
    has_content = any(c.dep_ in {"ccomp", "xcomp", "dobj", "acomp", "attr"} for c in verb.children)
    return verb.sent.root == verb and verb.sent.start == quote.end and not has_content
