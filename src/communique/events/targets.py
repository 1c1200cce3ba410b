"""Targets that stand outside a trigger's own frame: of its complement, its condition, its purpose, or told before."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from communique.events.aims import ELSEWHERE
from communique.events.complements import Complement
from communique.events.drafts import Draft
from communique.events.homes import settled
from communique.events.parties import Parties, key, without
from communique.events.roles import Roles
from communique.events.triggers import Match, content_noun
from communique.records import Actor, EventType, Place
from communique.syntax import objects, own_subject

DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})
# What a definite noun of speech takes up, by the types of act that it can name.
ANSWERED: dict[str, frozenset[EventType]] = {
    **dict.fromkeys(("demand", "request", "call", "appeal", "condition", "plea"), frozenset({"REQUEST"})),
    **dict.fromkeys(("proposal", "offer", "plan", "idea", "invitation"), frozenset({"REQUEST", "AGREE"})),
    **dict.fromkeys(("accusation", "allegation", "charge", "claim", "criticism", "complaint"), frozenset({"ACCUSE"})),
    **dict.fromkeys(("threat", "ultimatum", "warning"), frozenset({"THREATEN"})),
}
VIOLENT = frozenset({"ASSAULT", "COERCE"})
SUBDUING = frozenset("disperse scatter stop quell drive expel repel break subdue arrest kill capture evict".split())
ANSWERING = frozenset({"REJECT", "ACCUSE", "AGREE", "SUPPORT", "CONCEDE"})
# Tokens between an act and the answer to it: two or three sentences.
REACH = 80


def completed(
    match: Match,
    roles: Roles,
    content: Complement | None,
    before: Sequence[Draft],
    parties: Parties,
    where: Callable[[], Place | None],
) -> Roles:
    """Return the roles with a missing target found elsewhere, and domestic actors given the clause's country.

    ``before`` are the drafts made so far, in text order of their sentences; ``where`` tells the act's place.
    """
    return settled(match, _aimed_elsewhere(match, roles, content, before, parties), where)


def _aimed_elsewhere(
    match: Match, roles: Roles, content: Complement | None, before: Sequence[Draft], parties: Parties
) -> Roles:
    if match.sense.type == "CONSULT":
        # Reporters are spoken to, not consulted.
        return replace(roles, source=_no_press(roles.source), target=_no_press(roles.target))
    if roles.symmetric and content is not None and "with" not in roles.basis.get("source", ""):
        # 'Mali and Chad agreed to lift sanctions on Niger': both towards a third.
        others = without(content.targets, roles.source)
        towards = content.type not in {None, "AGREE", "CONSULT", "COOPERATE"}
        if others and towards and "symmetric" not in match.sense.flags and match.sense.pos == "verb":
            return aimed(replace(roles, symmetric=False), others, f"of {content.token.text!r}")
    if roles.target or roles.symmetric:
        return roles
    if content is not None and not (match.sense.type == "REQUEST" and _acts_itself(content.token)):
        target = without(content.targets, roles.source)
        if target:
            return aimed(roles, target, f"of {content.token.text!r}")
    if match.sense.type == "THREATEN":
        return of_condition(match.token, roles, parties)
    if "symmetric" in match.sense.flags:
        return roles
    if match.sense.type == "PROTEST":
        return _of_purpose(match.token, roles, parties)
    if match.sense.type in VIOLENT:
        return _of_violence(match.token, roles, before, parties)
    return _told_before(match, roles, before)


def _acts_itself(token: Token) -> bool:
    """Tell whether what is demanded has a doer of its own, or names who would undergo it: "her release"."""
    if token.pos_ in {"VERB", "AUX"}:
        return own_subject(token) is not None
    return any(child.dep_ == "poss" for child in token.children)


def aimed(roles: Roles, target: tuple[Actor, ...], why: str) -> Roles:
    """Return the roles with this target and why."""
    return replace(roles, target=target, basis={**roles.basis, "target": why})


def of_condition(token: Token, roles: Roles, parties: Parties) -> Roles:
    """Aim a threat at whose act is its condition: 'threatened to end the talks if Oslo goes ahead'."""
    for clause in token.subtree:
        if clause.dep_ == "advcl" and any(c.lower_ in {"if", "unless"} for c in clause.children):
            target = without(parties.named(own_subject(clause)), roles.source)
            if target:
                return aimed(roles, target, "of the condition")
    return roles


def _of_purpose(verb: Token, roles: Roles, parties: Parties) -> Roles:
    """Aim a protest at whom its purpose or cause names: 'marched to demand the resignation of …', 'over …'."""
    for child in verb.children:
        cause = child.dep_ == "prep" and child.lower_ in {"over", "against", "at"}
        # 'went on hunger strike in protest against …'
        cause = cause or (child.dep_ == "prep" and any(c.lower_ == "protest" for c in child.children))
        if cause or child.dep_ in {"advcl", "xcomp", "acl"}:
            # 'Marched against the war in Chad' is no march against Chad.
            target = without(parties.within(child, without=roles.source, skipping=ELSEWHERE), roles.source)
            if target:
                return aimed(roles, target, f"{child.text!r} …")
    return roles


def _of_violence(verb: Token, roles: Roles, before: Sequence[Draft], parties: Parties) -> Roles:
    """Aim a deed at whom it was to disperse or subdue, and what it led to at whom it was done.

    'Opened fire to disperse demonstrators'; 'fired on demonstrators, arresting 12'.
    """
    for clause in verb.children:
        if clause.dep_ in {"advcl", "xcomp"} and clause.lemma_.lower() in SUBDUING and clause.tag_ == "VB":
            target = without(tuple(a for o in objects(clause) for a in parties.named(o)), roles.source)
            if target:
                return aimed(roles, target, f"{clause.text!r} …")
    if verb.tag_ == "VBG" and all(o.like_num or o.lower_ in {"others", "more"} for o in objects(verb)):
        governing = {verb.head, verb.head.head if verb.dep_ == "conj" else verb.head}
        own = {key(actor) for actor in roles.source}
        for draft in reversed(before):
            same = draft.type in VIOLENT and {key(a) for a in draft.source} == own
            if draft.token in governing and draft.target and same:
                return aimed(roles, draft.target, "of the deed that led to it")
    return roles


def _told_before(match: Match, roles: Roles, before: Sequence[Draft]) -> Roles:
    """Aim an answer at whose act it answers ('rejected the demand'), a parallel act at whom the first was aimed."""
    if match.sense.type not in ANSWERING:
        return roles
    for thing in match.objects:
        noun = content_noun(thing)
        types = ANSWERED.get(noun.lemma_.lower())
        if types is None or not any(c.dep_ == "det" and c.lower_ in DEFINITE for c in noun.children):
            continue
        for draft in reversed(before):
            near = draft.type in types and 0 < match.token.i - draft.token.i < REACH
            target = without(draft.source, roles.source) if near else ()
            if target:
                return aimed(roles, target, f"whose {noun.text!r} was told before")
    if match.token.dep_ == "conj":
        own = {key(actor) for actor in roles.source}
        for draft in reversed(before):
            if draft.token == match.token.head and draft.target and {key(a) for a in draft.source} == own:
                return aimed(roles, draft.target, "of the parallel clause")
    return roles


def _no_press(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    return tuple(actor for actor in actors if actor.sector != "JRN")
