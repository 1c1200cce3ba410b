"""Attributions without a reporting word: quotations that go on, that a colon introduces, and transcripts."""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from communique.statements.attribution import Attribution
from communique.statements.contents import Quoted, overlapping, trimmed
from communique.syntax import own_subject, subject

FINISHED = re.compile(r"[.!?…,—-]\s*[”\"’»']*$")
# A quotation of fewer tokens, marks included, is a phrase that the narrator borrows, not an utterance.
MIN_UTTERANCE = 6
# After these somebody was heard speaking; a noun or an adjective only sums up what somebody holds.
SPOKEN = frozenset(
    "clause|quotation|infinitive|gerund|object|label|preposition|passive|according to|aside|colon".split("|")
)
# A transcript names its speakers in few words before a colon.
MAX_LABEL = 6
MIN_TURNS = 3
NOMINAL = frozenset({"NOUN", "PROPN"})


def introduced(doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """Yield the quotations that a colon introduces where no word reports.

    'The minister was blunt: “No deal.”', and with a name alone, 'The minister: “No deal.”'
    """
    taken = _taken(found, quotes)
    reporting = {one.verb.sent.start for one in found if one.verb is not None}
    for quote in quotes:
        colon = quote.start - 1
        if colon < 0 or doc[colon].text != ":" or quote.end - quote.start < MIN_UTTERANCE:
            continue
        sentence = doc[colon].sent
        if quote.start in taken or sentence.start in reporting or sentence.root.i >= quote.start:
            continue
        source = sentence.root if sentence.root.pos_ in NOMINAL else subject(sentence.root)
        if source is not None and source.i < quote.start and doc._.actors.at(source) is not None:
            yield Attribution(source, (colon, quote.start), ((quote.start, quote.end),), "colon")


def continued(doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """Yield quoted sentences without a cue: they go on with the last speaker, of this paragraph or the one before."""
    taken = _taken(found, quotes)
    spoken = deque(sorted((a for a in found if a.source is not None and a.rule in SPOKEN), key=lambda a: a.end))
    last: Attribution | None = None
    for quote in quotes:
        while spoken and spoken[0].end <= quote.start:
            last = spoken.popleft()
        if last is None or quote.start in taken or not _is_utterance(doc, quote):
            continue
        if _near(doc, last.end - 1, quote.start) and not _others_speak(doc, last, quote):
            last = Attribution(last.source, None, ((quote.start, quote.end),), "continued", continues=last)
            yield last


def _taken(found: Sequence[Attribution], quotes: Sequence[Quoted]) -> set[int]:
    """The starts of the quotations that are somebody's content.

    What a quoted speaker reports in turn does not give the quotation itself a speaker.
    """
    return {
        quote.start
        for one in found
        for start, end in one.content
        for quote in overlapping(quotes, start, end)
        if one.verb is None or not quote.holds(one.verb)
    }


def _others_speak(doc: Doc, last: Attribution, quote: Quoted) -> bool:
    """Tell whether a sentence about somebody else stands between an utterance and a quotation."""
    speaker = doc._.actors.at(last.source) if last.source is not None else None
    for start in doc[last.end : quote.start]:
        other = own_subject(start.sent.root) if start.is_sent_start else None
        mention = doc._.actors.at(other) if other is not None and other.i < quote.start else None
        if mention is not None and speaker is not None:
            return {a.id or a.name for a in mention.actors}.isdisjoint(a.id or a.name for a in speaker.actors)
    return False


def _is_utterance(doc: Doc, quote: Quoted) -> bool:
    words = doc[quote.start : quote.end]
    starts = words[0].is_sent_start or (quote.start > 0 and doc[quote.start - 1].text == ":")
    return len(words) >= MIN_UTTERANCE and bool(starts) and FINISHED.search(words.text) is not None


def _near(doc: Doc, i: int, j: int) -> bool:
    """Tell whether two tokens stand in one paragraph or in neighbouring ones."""
    return sum(token.is_space and "\n" in token.text for token in doc[i:j]) <= 1


def transcribed(doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """Yield the turns of a transcript: paragraphs that open with a name in capitals and a colon.

    Labels come back, as speakers do; 'UPDATE: …' and the like stand alone.
    """
    labels = list(_labels(doc))
    turns = Counter(doc[start:colon].text for start, colon, _ in labels)
    if len(labels) < MIN_TURNS or max(turns.values()) < 2:
        return
    for start, colon, end in labels:
        part = trimmed(doc, (colon + 1, end), quotes, doc[start])
        yield Attribution(doc[colon - 1], (colon, colon + 1), (part,), "transcript")


def _labels(doc: Doc) -> Iterator[tuple[int, int, int]]:
    """The starts, colons and ends of the paragraphs that open with a label in capitals."""
    start = 0
    for end in [t.i for t in doc if t.is_space and "\n\n" in t.text] + [len(doc)]:
        colon = next((t.i for t in doc[start : min(end, start + MAX_LABEL + 1)] if t.text == ":"), None)
        if colon is not None and colon > start and end - colon > 3 and all(map(_is_name, doc[start:colon])):
            yield start, colon, end
        start = end + 1


def _is_name(token: Token) -> bool:
    # A single letter is the Q or A of an interview: it names nobody.
    return (token.text.isupper() and token.is_alpha and len(token) > 1) or token.text in {".", "-"}
