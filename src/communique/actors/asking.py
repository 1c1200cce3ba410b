"""Whom words mean that stand alone: a question to the knowledge base, a mention out of its page."""

from spacy.tokens import Doc, Span

from communique.actors.lexicon import Lexicon
from communique.actors.mentions import Mentions
from communique.actors.origins import origins
from communique.actors.persons import by_surname
from communique.records import Actor


def whom(doc: Doc, *, lexicon: Lexicon, start: int = 0) -> Actor | None:
    """Return the actor that the words from the character ``start`` on are taken for as a whole; None for nobody.

    The Doc has gone through the actors and places stages; what stands before ``start`` is what the page told before.
    Words that are asked for are known to mean somebody, so more is read from them than from the same words on a page:
    a lone surname, and a place, which stands for those who live there.
    """
    words = doc[next((token.i for token in doc if token.idx >= start), 0) :]
    mentions: Mentions = doc._.actors
    found = [mention for mention in mentions if words.start <= mention.head < words.end and mention.actors]
    whole = next((mention for mention in found if mention.head == words.root.i), None)
    chosen = whole or max(found, key=lambda mention: mention.end - mention.start, default=None)
    if chosen is not None and (chosen.actors[0].country or chosen.actors[0].sector):
        return chosen.actors[0]
    known = _named(words, lexicon) or _role(words, lexicon) or _inhabitants(words, lexicon)
    return known or (chosen.actors[0] if chosen is not None else None)


def _named(words: Span, lexicon: Lexicon) -> Actor | None:
    """Somebody in office whose surname is all that is said, and is taken for another word by the parser."""
    if len(words) != 1 or not words.text[:1].isupper():
        return None
    day = words.doc._.article.day if words.doc._.article is not None else None
    person = by_surname(words.text, None, (), lexicon=lexicon, day=day)
    return person.actor(day) if person is not None else None


def _role(words: Span, lexicon: Lexicon) -> Actor | None:
    """Somebody by what they do, where the parser takes the words for no noun."""
    role = lexicon.roles.get(words.text.lower())
    return Actor(None, words.text, role.kind, None, role.sector) if role is not None and role.sector else None


def _inhabitants(words: Span, lexicon: Lexicon) -> Actor | None:
    """Those who live at the place that the words name, or that what they name is in."""
    countries = [m.place.country for m in words.doc._.places if words.start <= m.start and m.end <= words.end]
    towns = origins(words.doc, lexicon=lexicon, taken=())
    countries += [towns[i].names[0].country for i in range(words.start, words.end) if i in towns]
    return Actor(None, words.text, "population", countries[0], "CVL") if countries and countries[0] else None
