"""Whom words mean that stand alone: a question to the knowledge base, a mention out of its page."""

from spacy.tokens import Doc

from communique.records import Actor


def whom(doc: Doc, *, start: int = 0) -> Actor | None:
    """Return the actor that the words from the character ``start`` on are taken for as a whole; None for nobody.

    The Doc has gone through the actors stage; what stands before ``start`` is what the page told before.
    """
    words = doc[next((token.i for token in doc if token.idx >= start), 0) :]
    found = [mention for mention in doc._.actors if words.start <= mention.head < words.end]
    whole = next((mention for mention in found if mention.head == words.root.i), None)
    chosen = whole or max(found, key=lambda mention: mention.end - mention.start, default=None)
    return chosen.actors[0] if chosen is not None and chosen.actors else None
