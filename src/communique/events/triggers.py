"""Where a Doc names an act: tokens that match a trigger sense, with what the sense needs around them."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.events.ontology import Ontology, Trigger
from communique.syntax import agent, coordinated, noun_agent, objects, patients, prepositional

ARMED = frozenset({"MIL", "REB", "COP", "SPY", "UAF", "PRM"})
OFFICIAL = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "IGO", "UAF", "ELI"})
# Verbs that only carry a noun of action: who does them does what the noun says.
LIGHT = frozenset(
    "hold have begin start continue resume conduct launch stage carry make pay attend host join undertake mount "
    "intensify suffer finish conclude open lead use follow end leave enter give".split()
)
# 'Declined to comment' refuses a journalist an answer; it is no rejection of anybody's wish.
UNTOLD = frozenset(
    "say comment answer elaborate confirm name disclose give discuss reveal specify speak identify".split()
)
NEEDS = frozenset({"ACTOR", "FORCES", "CROWD", "JOINT", "OWNED", "SIDES", "INFINITIVE", "NONE"})


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger sense at its head token; ``object`` is the noun of a phrase such as 'impose sanctions'."""

    trigger: Trigger
    head: Token
    object: Token | None = None
    words: tuple[int, ...] = ()


def matches(doc: Doc, *, ontology: Ontology) -> Iterator[Match]:
    """Yield the trigger senses of a Doc in text order, one a token; a phrase's noun is not read again by itself."""
    taken: set[int] = set()
    found: list[Match] = []
    for token in doc:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod", "compound"}:
            match = _verb(token, ontology)
            if match is not None:
                taken.update(match.words)
                found.append(match)
    for token in doc:
        if token.pos_ == "NOUN" and token.i not in taken and token.dep_ not in {"compound", "nmod", "amod"}:
            match = _noun(token, ontology)
            if match is not None:
                found.append(match)
    yield from sorted(found, key=lambda m: m.head.i)


def _verb(verb: Token, ontology: Ontology) -> Match | None:
    for trigger in ontology.verbs.get(verb.lemma_.lower(), ()):
        others = [_companion(verb, word) for word in trigger.others]
        if any(token is None for token in others):
            continue
        words = tuple(token.i for token in others if token is not None)
        thing = next((t for t in others if t is not None and t.pos_ in {"NOUN", "PROPN"}), None)
        match = Match(trigger, verb, thing, (verb.i, *words))
        if _verb_has(match):
            return match
    return None


def _companion(verb: Token, word: str) -> Token | None:
    """The further word of a phrase: a particle, a preposition and its noun, an object or part of it."""
    for child in verb.children:
        if child.dep_ in {"prt", "advmod", "prep", "acomp", "oprd", "dative", "ccomp", "xcomp"} and word in _forms(
            child
        ):
            return child
        if child.dep_ in {"dobj", "nsubjpass", "attr", "oprd"}:
            for noun in coordinated(child):
                if word in _forms(noun):
                    return noun
                part = next(
                    (c for c in noun.children if c.dep_ in {"compound", "amod", "prep"} and word in _forms(c)), None
                )
                if part is not None:
                    return part
        if child.dep_ == "prep":
            noun = next((c for c in child.children if c.dep_ == "pobj" and word in _forms(c)), None)
            if noun is not None:
                return noun
    if verb.dep_ == "relcl" and word in _forms(verb.head):
        return verb.head
    return None


def _forms(token: Token) -> set[str]:
    return {token.lower_, token.lemma_.lower()}


def _verb_has(match: Match) -> bool:
    needs, verb = match.trigger.needs, match.head
    if not needs:
        return True
    things = patients(verb)
    lemmas = needs - NEEDS
    if lemmas and any(_forms(t) & lemmas for thing in things for t in _with_modifiers(thing)):
        return True
    if "ACTOR" in needs and any(_is_actor(thing) for thing in (*things, *prepositional(verb, *match.trigger.others))):
        return True
    if "FORCES" in needs and any(_sectors(thing) & ARMED for thing in things):
        return True
    if "JOINT" in needs and (prepositional(verb, "between") or any(_is_joint(thing) for thing in things)):
        return True
    doer = agent(verb)
    if "NONE" in needs and not objects(verb) and doer is not None and _is_actor(doer):
        return True
    if "CROWD" in needs and doer is not None and _is_crowd(doer):
        return True
    return "INFINITIVE" in needs and any(c.dep_ == "xcomp" and c.lemma_ not in UNTOLD for c in verb.children)


def _is_joint(noun: Token) -> bool:
    return any(child.lower_ == "joint" for child in noun.children)


def _with_modifiers(noun: Token) -> Iterator[Token]:
    yield noun
    for child in noun.children:
        if child.dep_ in {"compound", "conj"}:
            yield child
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (c for c in child.children if c.dep_ == "pobj")


def _noun(noun: Token, ontology: Ontology) -> Match | None:
    for trigger in ontology.nouns.get(noun.lemma_.lower(), ()):
        before = [t for t in noun.children if t.dep_ in {"compound", "amod"}]
        if all(any(word in _forms(t) for t in before) for word in trigger.others):
            match = Match(trigger, noun, words=(noun.i,))
            if _noun_has(match):
                return match
    return None


def _noun_has(match: Match) -> bool:
    needs, noun = match.trigger.needs, match.head
    owned = owner_of(noun) is not None or bool(prepositional(noun, "by", "between"))
    if not needs:
        return True
    lemmas = needs - NEEDS
    if lemmas and any(_forms(t) & lemmas for t in prepositional(noun, "of")):
        return True
    if "FORCES" in needs and (
        any(_sectors(t) & ARMED for t in prepositional(noun, "of"))
        or any(
            _sectors(c) & ARMED or c.lemma_ in {"troop", "military", "force"}
            for c in noun.children
            if c.dep_ == "compound"
        )
    ):
        return True
    if "OWNED" in needs and owned:
        return True
    if "JOINT" in needs and (prepositional(noun, "between") or _is_joint(noun)):
        return True
    if "SIDES" in needs and prepositional(noun, "between", "with"):
        return True
    doer = owner_of(noun)
    return "CROWD" in needs and doer is not None and _is_crowd(doer)


def owner_of(noun: Token) -> Token | None:
    """Return the actor word that a noun belongs to: "Russia's", 'Russian', 'US', 'by the UK', 'of the troops'."""
    named = noun_agent(noun)
    if named is not None and (_is_actor(named) or named.tag_ == "PRP$"):
        return named
    for child in noun.children:
        mention = child.doc._.actors.at(child) if child.dep_ in {"amod", "compound", "nmod"} else None
        if mention is not None and mention.head == child.i:
            return child
    return None


def mentioned(token: Token) -> bool:
    """Tell whether a token names an actor."""
    return _is_actor(token)


def _is_actor(token: Token) -> bool:
    return token.doc._.actors.at(token) is not None


def _sectors(token: Token) -> set[str]:
    mention = token.doc._.actors.at(token)
    return {actor.sector or "" for actor in mention.actors} if mention is not None else set()


def _is_crowd(token: Token) -> bool:
    mention = token.doc._.actors.at(token)
    return mention is not None and any(
        actor.kind in {"group", "population", "party", "movement", "organisation"} and actor.sector not in OFFICIAL
        for actor in mention.actors
    )
