"""Source and target of an act: whom the trigger's frame and the dependency tree name, as actors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace
from spacy.tokens import Token

from communique.actors import ActorMention
from communique.actors.lexicon import lexicon, state_actor
from communique.events.status import claimed_in
from communique.events.triggers import LIGHT, Match, mentioned, owner_of
from communique.records import Actor, Statement
from communique.syntax import (
    agent,
    by_agent,
    clause_head,
    coordinated,
    governors,
    mention,
    patients,
    prepositional,
    subject,
)

BORDERS = frozenset({"border", "frontier", "boundary", "line", "gate"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Who does it to whom. In a symmetric act all stand in ``source``. ``around`` limits where its place may stand."""

    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    symmetric: bool = False
    around: frozenset[int] | None = None


class Who:
    """Turns tokens into actors; the first person within a quotation is its speaker."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements

    def are(self, token: Token | None) -> tuple[Actor, ...]:
        """Return the actors that a token and its conjuncts name, or to whom the thing it names belongs."""
        if token is None:
            return ()
        found: list[Actor] = []
        for mention in self.mentions(token):
            if mention.basis == "first person":
                claim = claimed_in(token, self.statements)
                if claim is not None and claim.speaker is not None and claim.speaker.actor is not None:
                    found.append(claim.speaker.actor)
            found += [actor for actor in mention.actors if actor not in found]
        return distinct(found)

    @staticmethod
    def mentions(token: Token) -> list[ActorMention]:
        """Return the mentions that the token and its conjuncts head; a word inside another's name names nobody."""
        heads = {t.i for t in coordinated(token)}
        return [m for m in token.doc._.actors.parties(token) if m.head in heads]

    def governing(self, token: Token) -> tuple[Actor, ...]:
        """Return the state of a place: 'withdrew from Kyiv' concerns Ukraine."""
        for found in token.doc._.places or ():
            if found.start <= token.i < found.end and found.place.country is not None:
                name = lexicon().states.get(found.place.country, found.place.name)
                words = mention(token.doc, found.start, found.end)
                return (replace(state_actor(found.place.country, name), mention=words),)
        return ()

    def concerned(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors named, or failing that the owners of what is named: "at Truss' suggestion" → Truss."""
        direct = self.are(token) or self.governing(token)
        if direct:
            return direct
        owner = owner_of(token)
        if owner is not None:
            return self.are(owner)
        # 'the sovereignty of Ukraine', 'decisions by the UK and US'
        return next((self.are(t) for t in prepositional(token, "of", "by", "in", "from") if self.are(t)), ())


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return the actors without repeats, by id or else by name, in order."""
    return tuple({actor.id or actor.name: actor for actor in reversed(list(actors))}.values())[::-1]


def roles(match: Match, who: Who) -> list[Roles]:
    """Return the roles of an act; several for 'met A in X and B in Y', which are two acts."""
    return _of_noun(match, who) if match.head.pos_ == "NOUN" else _of_verb(match, who)


def _of_verb(match: Match, who: Who) -> list[Roles]:
    verb, trigger = match.head, match.trigger
    source = who.are(agent(verb))
    heads = [verb, *([match.object] if match.object is not None else [])]
    if trigger.symmetric:
        groups = _with_groups(verb) if "with" in trigger.target else []
        if len(groups) > 1:
            return [_together(source, who.are(noun), around) for noun, around in groups if who.are(noun)]
        others = _targets(heads, trigger.target, who, direct=match.object is None)
        return [_together(source, others)]
    target = _targets(heads, trigger.target, who, direct=match.object is None)
    if not target and trigger.type == "MOBILIZE":
        target = _beyond_border(verb, who) or _threatened(verb, who)
    if not target and verb.dep_ == "advcl" and any(c.lemma_ == "do" and c.dep_ == "xcomp" for c in verb.children):
        # 'Respect the border of X, as Y agreed to do': what was agreed concerns whom the main clause does.
        target = next((t for thing in patients(verb.head) if (t := who.concerned(thing))), ())
    return [Roles(source, _without(target, source))]


def _together(source: Sequence[Actor], others: Sequence[Actor], around: frozenset[int] | None = None) -> Roles:
    return Roles(distinct((*source, *others)), (), symmetric=True, around=around)


def _with_groups(verb: Token) -> list[tuple[Token, frozenset[int]]]:
    """'With Putin in Moscow and with Zelensky in Kyiv': each partner with the tokens up to the next one."""
    withs = sorted(
        (t for t in verb.subtree if t.lower_ == "with" and t.dep_ in {"prep", "conj"} and clause_head(t) == verb),
        key=lambda t: t.i,
    )
    ends = [*(t.i for t in withs[1:]), verb.right_edge.i + 1][: len(withs)]
    found = []
    for preposition, end in zip(withs, ends, strict=True):
        noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
        if noun is not None:
            found.append((noun, frozenset(range(preposition.i, end))))
    return found


def _targets(heads: Sequence[Token], frame: Sequence[str], who: Who, *, direct: bool) -> tuple[Actor, ...]:
    found: list[Actor] = []
    for slot in frame:
        if slot == "obj" and direct:
            for thing in patients(heads[0]):
                found += who.concerned(thing)
        elif slot != "obj":
            # 'threatened sanctions against X': the parser hangs the phrase on verb or object.
            things = [t for thing in patients(heads[0]) for t in coordinated(thing)] if slot != "of" else []
            for head in (*heads, *things):
                for noun in prepositional(head, slot):
                    found += who.are(noun) or who.governing(noun) or who.are(owner_of(noun))
    if not found and direct and "obj" not in frame:
        # 'rejected Oslo's demand': the object's owner is concerned, whatever the frame's prepositions.
        for thing in patients(heads[0]):
            owner = owner_of(thing)
            found += who.are(owner)
    return distinct(found)


def _beyond_border(head: Token, who: Who) -> tuple[Actor, ...]:
    """'Along the frontier with Ukraine', "near Poland's border": who is beyond it."""
    for token in head.subtree:
        if token.lemma_ in BORDERS and token.dep_ == "pobj":
            for noun in prepositional(token, "with", "of"):
                return who.are(noun)
            owner = owner_of(token)
            return who.are(owner)
    return ()


def _threatened(verb: Token, who: Who) -> tuple[Actor, ...]:
    """'Threatens its neighbour by massing troops': the means is aimed at whom the clause is."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "by":
        for thing in patients(verb.head.head):
            return who.are(thing)
    return ()


def _without(actors: Sequence[Actor], others: Sequence[Actor]) -> tuple[Actor, ...]:
    keys = {actor.id or actor.name for actor in others}
    return tuple(actor for actor in actors if (actor.id or actor.name) not in keys)


def _of_noun(match: Match, who: Who) -> list[Roles]:
    noun, trigger = match.head, match.trigger
    between = prepositional(noun, "between", "among")
    if not between:
        for child in noun.children:  # 'exercises being held between A and B'
            if child.dep_ == "acl":
                between = prepositional(child, "between")
    if between:
        return [Roles(distinct(who.are(between[0])), (), symmetric=True)]
    owner = owner_of(noun)
    forces = prepositional(noun, "of") if "FORCES" in trigger.needs else []
    source = who.are(owner) or who.are(by_agent(noun)) or (who.are(forces[0]) if forces else ())
    carrier = _carrier(noun)
    if not source and carrier is not None:
        source = who.are(agent(carrier))
    target: tuple[Actor, ...] = ()
    heads = [noun, *([carrier] if carrier is not None and carrier.lemma_ in LIGHT else [])]
    for slot in trigger.target:
        if slot not in {"between", "and"} and not (slot == "of" and forces):
            for head in heads:
                for named in prepositional(head, slot):
                    target = target or who.concerned(named)
    if not target and trigger.type == "MOBILIZE":
        target = _beyond_border(noun, who)
    if trigger.symmetric:
        if not source and target:
            # 'frustration after talks with X': whoever is the subject of the clause, or of the one above, talked.
            source = next((s for verb in _verbs_above(noun) if (s := who.are(subject(verb)))), ())
        return [_together(source, target)]
    return [Roles(source, _without(target, source))]


def _verbs_above(noun: Token) -> list[Token]:
    return [token for token in governors(noun) if token.pos_ in {"VERB", "AUX"}][:3]


def _carrier(noun: Token) -> Token | None:
    """The verb that carries a noun of action: 'hold talks', 'double down on threats'."""
    if noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return noun.head
    if noun.dep_ == "pobj" and noun.head.head.pos_ == "VERB" and noun.head.lower_ in {"on", "to", "with"}:
        return noun.head.head
    return None


__all__ = ["Roles", "Who", "distinct", "mentioned", "roles"]
