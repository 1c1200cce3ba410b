"""What an act of word is about: the clause or noun that 'agree', 'demand', 'threaten' or 'refuse' takes."""

from dataclasses import dataclass

from spacy.tokens import Token

from communique.events.lexicon import Lexicon
from communique.events.parties import is_known
from communique.events.roles import Frames
from communique.events.triggers import Match, content_noun, matches
from communique.records import Actor
from communique.syntax import prepositional

CLAUSAL = frozenset({"xcomp", "ccomp", "acl", "advcl", "oprd"})


@dataclass(frozen=True, slots=True)
class Complement:
    """A governed clause or noun; ``type`` is None when it names no act that the lexicon knows."""

    token: Token
    type: str | None = None
    cameo: str | None = None
    context: tuple[str, ...] = ()
    targets: tuple[Actor, ...] = ()


def complement(match: Match, lexicon: Lexicon, frames: Frames) -> Complement | None:
    """Return what the match is about, None when it takes neither clause nor noun of action."""
    verb = match.token
    heads = [verb, *match.companions]
    clauses = [
        c for h in heads for c in h.children if c.dep_ in CLAUSAL and c.pos_ in {"VERB", "AUX"} and c.i > verb.i
    ]
    gerunds = [c for h in heads for c in h.children if c.dep_ == "pcomp"]
    gerunds += prepositional(verb, "to", "of", "against") if match.sense.pos == "noun" else []
    nouns = [content_noun(t) for t in match.objects]
    if match.sense.pos == "noun":
        nouns += [n for n in prepositional(verb, "of", "for") if n.pos_ == "NOUN"]
    options = [c for c in clauses if _is_governed(c)] + gerunds + nouns
    first: Complement | None = None
    for token in options:
        found = _read(token, lexicon, frames)
        if found.type is not None:
            return found
        first = first or found
    return first


def _is_governed(clause: Token) -> bool:
    """A complement, not an adverbial: infinitives, that-clauses and gerunds."""
    if clause.dep_ != "advcl":
        return True
    return clause.tag_ == "VB" and any(c.lower_ == "to" for c in clause.children)


def _read(token: Token, lexicon: Lexicon, frames: Frames) -> Complement:
    chain = [token]
    # 'agreed to allow inspectors to return', 'agreed to hold talks'
    chain += [c for c in token.children if c.dep_ in {"xcomp", "ccomp", "conj"} and c.pos_ == "VERB"]
    for verb in chain:
        for match in matches(verb, lexicon):
            if match.sense.pos == "verb" and not match.sense.objects and match.sense.flags & {"about", "state"}:
                continue
            roles = next(frames.roles(match), None)
            targets = roles.target if roles is not None else ()
            if roles is not None and roles.symmetric:
                targets = roles.source
            return Complement(
                token, match.sense.type, match.sense.cameo, match.sense.context, targets or _nearest(token, frames)
            )
    for inner in token.subtree if token.pos_ in {"VERB", "AUX"} else ():
        if (
            inner.pos_ == "NOUN"
            and inner.dep_ == "dobj"
            and inner.head == token
            and inner.lemma_.lower() in lexicon.nouns
        ):
            sense = lexicon.nouns[inner.lemma_.lower()][0]
            return Complement(token, sense.type, sense.cameo, sense.context, _nearest(token, frames))
    lemma = token.lemma_.lower()
    if lemma == "do" and not any(c.dep_ == "dobj" for c in token.children):
        return Complement(token, targets=_elided(token, frames))
    if token.pos_ == "NOUN" and lemma in lexicon.nouns:
        sense = lexicon.nouns[lemma][0]
        return Complement(token, sense.type, sense.cameo, sense.context, _nearest(token, frames))
    return Complement(token, targets=_nearest(token, frames))


def _elided(verb: Token, frames: Frames) -> tuple[Actor, ...]:
    """'Respect Kenya's borders, as it signed up to do': what is done, and to whom, stands in the main clause."""
    clause = verb.head
    if clause.dep_ != "advcl" or clause.head.pos_ != "VERB":
        return ()
    return next((found for c in clause.head.children if c.dep_ == "dobj" and (found := frames.parties.within(c))), ())


def _nearest(token: Token, frames: Frames) -> tuple[Actor, ...]:
    """The actors whom the act would concern: after 'for', 'to', 'on', 'against' first, else the first named."""
    concerned = [
        n for t in token.subtree for n in prepositional(t, "for", "to", "on", "against", "with", "from", "between")
    ]
    named = next(
        (found for n in concerned if (found := frames.parties.concerned(n)) and any(map(is_known, found))), ()
    )
    return named or frames.parties.within(token)
