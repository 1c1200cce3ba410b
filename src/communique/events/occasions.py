"""When and where an act took place: times and places of its own words, else of the nearest clause that governs it."""

from collections.abc import Iterator

from communique.events.roles import Frames, Roles
from communique.events.triggers import Match
from communique.places import place_of
from communique.records import Place
from communique.syntax import clause_head, clause_tokens
from communique.times import time_of

Scope = tuple[set[int], int]
"""Token indices to look in, and the index of the word that governs them."""


def when(match: Match, roles: Roles, frames: Frames) -> str | None:
    """Return the day or interval of an act, None when its words name none."""
    doc = match.token.doc
    day = doc._.article.day if doc.has_extension("article") and doc._.article is not None else None
    # 'offered to send ships in June': June is when they would sail, not when they were offered.
    ahead = content_tokens(match)
    times = [t for t in doc._.times or () if t.start not in ahead or (day is not None and t.value[:10] <= day)]
    for tokens, head in scopes(match, roles, frames):
        found = time_of(times, tokens, head=head)
        if found is not None:
            return found.value
    return None


def where(match: Match, roles: Roles, frames: Frames) -> Place | None:
    """Return the place of an act, None when its words name none.

    What is withdrawn, sent or evacuated from a place is withdrawn there; a march is where it goes through.
    """
    mentions = match.token.doc._.places or ()
    ahead = content_tokens(match)
    mentions = [m for m in mentions if m.start not in ahead]
    if match.sense.type not in {"ASSAULT", "MOBILIZE"}:
        mentions = [m for m in mentions if m.relation != "over"]  # 'agreed over Cyprus': what about, not where
    for tokens, head in scopes(match, roles, frames):
        found = place_of(mentions, tokens, head=head)
        if found is not None:
            return found
    own = {token.i for token in clause_tokens(match.token)}
    relations: set[str] = set()
    goals = [m for m in mentions if m.governor == match.token.i]
    if match.sense.type in {"RETREAT", "SANCTION", "CONCEDE"} or match.sense.cameo.startswith("07"):
        relations = {"from"}
    elif match.sense.type == "PROTEST":
        # 'Marched to Lyon'; of 'marched against the decision to send them to Lyon' it is no place.
        mentions, relations = goals, {"through", "to"}
    return next((m.place for m in mentions if m.start in own and m.relation in relations), None)


def content_tokens(match: Match) -> set[int]:
    """Return the indices of what an act of word is about: the clause after 'offered', 'demanded', 'threatened'."""
    if "about" not in match.sense.flags:
        return set()
    heads = (match.token, *match.companions)
    clauses = [c for h in heads for c in h.children if c.dep_ in {"xcomp", "ccomp"} and c.i > match.token.i]
    return {token.i for clause in clauses for token in clause.subtree}


def scopes(match: Match, roles: Roles, frames: Frames) -> Iterator[Scope]:
    """Yield where to look for time and place, the nearest first."""
    if roles.around is not None:
        yield set(roles.around), match.token.i
    yield from _of_noun(match, frames) if match.sense.pos == "noun" else _of_verb(match, roles, frames)


def _of_noun(match: Match, frames: Frames) -> Iterator[Scope]:
    token = match.token
    own: set[int] = set()
    stack = [token]
    while stack:
        current = stack.pop()
        own.add(current.i)
        stack += [c for c in current.children if c.dep_ not in {"relcl", "conj", "appos"}]
    yield own, token.i
    carrier = frames.carrier(token)
    if carrier is not None:
        yield {t.i for t in clause_tokens(carrier)}, carrier.i
        yield {t.i for t in carrier.subtree if carrier.dep_ == "pcomp"}, carrier.i
    elif match.sense.type == "CONSULT":
        yield {t.i for t in clause_tokens(clause_head(token))}, clause_head(token).i


def _of_verb(match: Match, roles: Roles, frames: Frames) -> Iterator[Scope]:
    verb = match.token
    clause = {t.i for t in clause_tokens(verb)}
    yield (clause if roles.around is None else {i for i in clause if i < min(roles.around)}), verb.i
    if match.sense.type in {"AGREE", "SUPPORT"}:
        # 'pledged in the 1975 accord': the paper's year is the pledge's.
        deals = frames.lexicon.classes["deal"]
        for token in verb.subtree:
            if token.dep_ == "pobj" and token.head.lower_ in {"in", "under"} and token.lemma_.lower() in deals:
                yield {t.i for t in token.subtree}, token.i
    inner = verb
    while inner.dep_ in {"xcomp", "conj", "advcl", "pcomp"} and inner.head != inner:
        outer = inner.head.head if inner.dep_ == "pcomp" else inner.head
        finite = inner.dep_ == "advcl" and inner.tag_ not in {"VBG", "VBN", "VB"}
        if outer.pos_ not in {"VERB", "AUX"} or finite:
            return
        yield {t.i for t in clause_tokens(outer)} - {t.i for t in inner.subtree}, outer.i
        inner = outer
