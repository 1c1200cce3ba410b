"""Attributions in the parsed text: which words report which content of which source, before anybody is resolved."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from communique.statements.attribution import Attribution, ByToken
from communique.statements.contents import Quoted, quoted
from communique.statements.continuations import continued, introduced, transcribed
from communique.statements.cues import Cues
from communique.statements.phrases import (
    HEARSAY,
    WORDS,
    by_according,
    by_adjective,
    by_aside,
    by_hearsay,
    by_noun,
    by_per,
    by_words,
)
from communique.statements.tagged import with_tags
from communique.statements.verbs import by_verb

# Two contents that share more of their tokens than this are one content, found twice.
SAME = 0.8


def attributions(doc: Doc, *, cues: Cues) -> list[Attribution]:
    """Return the attributions of a Doc in text order of their contents."""
    quotes = quoted(doc)
    found = [one for token in doc for one in _of_token(token, cues=cues, quotes=quotes)]
    found = _without_repeats(found)
    if doc._.tagged:
        found = list(with_tags(doc, found, quotes, cues=cues))
    found += introduced(doc, found, quotes)
    found += continued(doc, found, quotes)
    found += transcribed(doc, found, quotes)
    return sorted(found, key=lambda one: (one.start, -one.end))


def _of_token(token: Token, *, cues: Cues, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    cue = cues.of_verb(token)
    if cue is not None:
        yield from by_aside(token, cue, quotes) or by_verb(token, cue, quotes, cues=cues)
    elif token.lower_ == "according":
        yield from by_according(token, quotes)
    elif token.lower_ == "per":
        yield from by_per(token, quotes)
    elif token.lower_ in WORDS:
        yield from by_words(token, quotes)
    elif token.lower_ in HEARSAY:
        yield from by_hearsay(token, quotes)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in cues.nouns:
        yield from by_noun(token, cues.nouns[token.lemma_.lower()], quotes)
    elif token.pos_ == "ADJ" and token.lemma_.lower() in cues.adjectives:
        yield from by_adjective(token, cues.adjectives[token.lemma_.lower()], quotes)


def _without_repeats(found: Sequence[Attribution]) -> list[Attribution]:
    """Of attributions with nearly one content keep a verb's; drop the echo of a noun in a verb's object."""
    kept: list[Attribution] = []
    seen = ByToken()
    for one in sorted(found, key=lambda a: (a.rule == "noun", a.rule == "adjective", a.start)):
        near = {other for i in one.tokens() for other in seen.at(i)}
        if not any(_same_content(one, other) or _is_echo(one, other) for other in near):
            kept.append(one)
            seen.add(one)
    return kept


def _is_echo(noun: Attribution, verb: Attribution) -> bool:
    """Tell whether a noun's content is that of the verb that has it as object: 'repeated the claim that …'."""
    return noun.rule == "noun" and noun.inside(verb) and noun.verb is not None and noun.verb.head == verb.verb


def _same_content(a: Attribution, b: Attribution) -> bool:
    mine, theirs = a.tokens(), b.tokens()
    return len(mine & theirs) > SAME * max(len(mine), len(theirs))
