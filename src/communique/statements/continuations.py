"""Attributions without a reporting word: quotations that go on, that a colon introduces, and transcripts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from communique.statements.attribution import Attribution
from communique.statements.contents import Quoted, trimmed
from communique.syntax import antecedent, subject

FINISHED = re.compile(r"[.!?…,—-]\s*[”\"’»']*$")
# A quotation of fewer tokens, marks included, is a phrase that the narrator borrows, not an utterance.
MIN_UTTERANCE = 6
# A transcript names its speakers in few words before a colon.
MAX_LABEL = 6
MIN_TURNS = 3


def introduced(doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quoted]) -> list[Attribution]:
    """Return the quotations that a colon introduces where no word reports: 'The minister was blunt: “No deal.”'."""
    said = {i for one in found for i in one.tokens()}
    introductions = []
    for quote in quotes:
        if quote.start == 0 or doc[quote.start - 1].text != ":" or quote.end - quote.start < MIN_UTTERANCE:
            continue
        if quote.start in said or any(
            one.verb is not None and one.verb.sent == doc[quote.start - 1].sent for one in found
        ):
            continue
        verb = doc[quote.start - 1].sent.root
        source = subject(verb) if verb.i < quote.start else None
        if source is not None and source.i < quote.start and doc._.actors.at(source) is not None:
            colon = (quote.start - 1, quote.start)
            introductions.append(Attribution(source, colon, ((quote.start, quote.end),), "colon"))
    return introductions


def continued(doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """Yield quoted sentences without a cue: they go on with the last speaker, of this paragraph or the one before."""
    known = sorted(found, key=lambda one: one.end)
    for quote in quotes:
        # What a quoted speaker reports in turn does not give the quotation itself a speaker.
        if not _is_utterance(doc, quote) or any(_takes(one, quote) for one in found):
            continue
        before = [
            a for a in known if a.end <= quote.start and a.source is not None and a.rule not in {"noun", "adjective"}
        ]
        if (
            before
            and _near(doc, before[-1].end - 1, quote.start)
            and antecedent(before[-1].source or doc[quote.start])
        ):
            part = (quote.start, quote.end)
            one = Attribution(before[-1].source, None, (part,), "continued", continues=before[-1])
            known = sorted([*known, one], key=lambda a: a.end)
            yield one


def _takes(one: Attribution, quote: Quoted) -> bool:
    within = one.verb is not None and quote.holds(one.verb)
    return not within and any(start < quote.end and quote.start < end for start, end in one.content)


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
    return (token.text.isupper() and token.is_alpha) or token.text in {".", "-"}
