"""Source and target of an act: what the sense's frame finds around its token in the dependency tree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
from spacy.tokens import Token

from communique.events.aims import Aims
from communique.events.deeds import JUDGING, answerable
from communique.events.doers import BLASTS, FOLLOWERS, blamed, of_adjective, of_auxiliary
from communique.events.lexicon import Lexicon
from communique.events.parties import Parties, distinct, is_known, without
from communique.events.triggers import Match, content_noun, in_class, mention_at
from communique.records import Actor
from communique.syntax import (
    agent,
    by_agent,
    clause_head,
    coordinated,
    is_passive,
    prepositional,
    subject,
)

# Verbs that carry a noun by a preposition: 'doubled down on threats', 'took part in talks'.
CARRYING_ON = frozenset({"double", "engage", "enter", "embark", "insist", "participate", "persist", "press"})
# A noun of action under one of these is done in the clause's own time, by the clause's subject.
ACCOMPANYING = frozenset(
    {"during", "after", "following", "in", "at", "before", "ahead", "since", "amid", "with", "from", "on"}
)


@dataclass(frozen=True, slots=True)
class Roles:
    """Who does it to whom. ``around`` are the token indices where this part's own place and time stand, if any."""

    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    symmetric: bool = False
    around: frozenset[int] | None = None
    basis: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frames:
    """Reads the frames of matches, for one Doc."""

    parties: Parties
    lexicon: Lexicon

    def roles(self, match: Match) -> Iterator[Roles]:
        """Yield who does it to whom; several for 'met A in X and B in Y', which are two acts."""
        if match.sense.pos == "verb":
            yield from self._of_verb(match)
        else:
            yield self._of_noun(match)

    # -- verbs ----------------------------------------------------------------------------------------------

    def _of_verb(self, match: Match) -> Iterator[Roles]:
        verb, sense = match.token, match.sense
        doer = blamed(verb) or agent(verb) or of_adjective(verb) or of_auxiliary(verb)
        source, why = self._doers(doer)
        if "symmetric" in sense.flags or "mutual" in sense.flags:
            groups = self._groups(match)
            if len(groups) > 1:
                for noun, around in groups:
                    others = without(self.parties.single(content_noun(noun)), source)
                    if others:
                        yield Roles(distinct((*source, *others)), (), True, around, {"source": why})
                return
        target, path = Aims(self.parties, self.lexicon).targets(match, source)
        target = without(target, source)
        if "symmetric" in sense.flags or "mutual" in sense.flags:
            # Nobody meets a place: 'held talks in Geneva'.
            target = tuple(a for a in target if a.kind != "place")
        together = path in {"with", "between"} or (len(source) > 1 and not target)
        together = together and bool({"mutual", "plural"} & sense.flags)
        if "symmetric" in sense.flags or together:
            yield Roles(
                distinct((*source, *target)), (), True, None, {"source": f"{why}; with {path}" if path else why}
            )
            return
        yield Roles(source, target, False, None, {"source": why, "target": path} if path else {"source": why})

    def _doers(self, doer: Token | None) -> tuple[tuple[Actor, ...], str]:
        if doer is None:
            return (), ""
        named = self.parties.named(doer)
        if any(is_known(a) for a in named):
            return named, f"agent: {doer.text}"
        owners = self.parties.owners(doer)
        if named and doer.lemma_.lower() in FOLLOWERS:
            # Who is for or against somebody does not act for him, but is of his country.
            country = owners[0].country if owners else None
            return tuple(msgspec.structs.replace(a, country=country) for a in named), f"agent: {doer.text}"
        if all(o.kind in {"state", "person"} for o in owners) and not in_class(doer, "instrument", self.lexicon):
            owners = ()  # 'a French chef', "the senator's mother": no deed of the owner's
        if named and not any(is_known(a) for a in owners):
            return named, f"agent: {doer.text}"
        if not owners and doer.lemma_.lower() in BLASTS:
            return (), "by an attack"
        if not owners and doer.dep_ == "dobj" and doer.head.pos_ == "VERB":
            # 'issued a statement demanding …': who issued it demands.
            issuer = agent(doer.head)
            owners = self.parties.named(issuer) if issuer is not None else ()
        return owners, f"whose {doer.text}" if owners else ""

    def _groups(self, match: Match) -> list[tuple[Token, frozenset[int]]]:
        """Partners that each have a place or time of their own: 'with Li in Seoul and with Abe in Osaka'."""
        verb = match.token
        nouns = sorted(
            {n for t in match.objects for n in coordinated(t)}
            | {c for w in _withs(verb) for c in w.children if c.dep_ == "pobj"},
            key=lambda t: t.i,
        )
        nouns = [n for n in nouns if n.i > verb.i and mention_at(n) is not None]
        if len(nouns) < 2:
            return []
        ends = [n.i for n in nouns[1:]] + [verb.right_edge.i + 1]
        groups = [(n, frozenset(range(n.i, end))) for n, end in zip(nouns, ends, strict=True)]
        located = [any(p.start in around for p in verb.doc._.places or ()) for _, around in groups]
        return groups if all(located) else []

    # -- nouns ----------------------------------------------------------------------------------------------

    def _of_noun(self, match: Match) -> Roles:
        noun, sense, aims = match.token, match.sense, Aims(self.parties, self.lexicon)
        participles = [c for c in noun.children if c.dep_ in {"acl", "relcl"}]
        carrier = self.carrier(noun)
        heads = [noun, *participles, *([carrier] if carrier is not None else [])]
        heads += _partitive_heads(noun)
        between = [n for h in heads for n in prepositional(h, "between", "among")]
        if between:
            both = self.parties.named(between[0])
            return Roles(both, (), True, None, {"source": f"{between[0].head.text} …"})
        source, why = self._noun_source(match, carrier, participles)
        target: tuple[Actor, ...] = ()
        path = ""
        if "undergo" in sense.flags and why.startswith("whose") and not prepositional(noun, "of"):
            # "her arrest", "the general's release": the possessor undergoes it
            possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
            if possessor is not None:
                return Roles((), self.parties.named(possessor), False, None, {"target": "possessor"})
        for step in sense.target:
            if step == "of" and why == "of":
                continue
            nouns = [n for h in heads for n in prepositional(h, step)]
            nouns = answerable(nouns, self.lexicon) if sense.type in JUDGING else nouns
            if step == "clause":
                target = next((found for h in heads if (found := aims.clause_subject(h, source))), ())
            else:
                target = aims.first(nouns, source, owners=True)
            if not target and step in {"near", "along", "at", "on", "close"}:
                target = without(aims.beyond_border(noun), source)
            if target:
                path = step
                break
        if "symmetric" in sense.flags:
            if target and not source:
                source, why = self.clause_actor(noun)
            both = distinct((*source, *target))
            return Roles(both, (), True, None, {"source": f"{why}; {path}".strip("; ")})
        target = without(target, source)
        if "mutual" in sense.flags and (len(source) > 1 or target):
            return Roles(distinct((*source, *target)), (), True, None, {"source": why})
        return Roles(source, target, False, None, {"source": why, "target": path} if path else {"source": why})

    def _noun_source(
        self, match: Match, carrier: Token | None, participles: Sequence[Token]
    ) -> tuple[tuple[Actor, ...], str]:
        noun = match.token
        for child in noun.children:
            if child.dep_ in {"poss", "amod", "compound", "nmod"} and child.i < noun.i:
                found = self.parties.named(child)
                if found:
                    return found, f"whose: {child.text}"
        # 'the arrest of a minister by police': the by-phrase may hang on the inner noun.
        bearers = [noun, *participles, *prepositional(noun, "of"), *([carrier] if carrier is not None else [])]
        agents = [by_agent(bearer) for bearer in bearers]
        for one in agents:
            found = self.parties.named(one)
            if found:
                return found, "by"
        if match.sense.type == "MOBILIZE" and match.objects:
            for thing in match.objects:
                found = self.parties.named(thing) or self.parties.owners(thing)
                if found:
                    return found, "of"
        if match.sense.mode in {"withdraw", "disarm"}:
            # 'the withdrawal of Russian forces': they withdraw
            for thing in prepositional(noun, "of"):
                found = self.parties.named(thing)
                if any(a.sector in {"MIL", "REB", "PRM", "COP"} for a in found):
                    return found, "of"
        if carrier is not None and not is_passive(carrier):
            found, why = self._doers(subject(carrier) or of_adjective(carrier))
            if found:
                return found, f"{why} of {carrier.text}"
        return (), ""

    def carrier(self, noun: Token) -> Token | None:
        """Return the verb that only carries the noun: 'hold talks', 'talks were held', 'double down on threats'."""
        light = self.lexicon.words["light"]
        for head in (noun, *_partitive_heads(noun)):
            verb = head.head
            if head.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in light:
                return verb
            if head.dep_ == "pobj" and verb.dep_ in {"prep", "prt"} and verb.head.pos_ == "VERB":
                outer = verb.head
                if outer.lemma_.lower() in CARRYING_ON:
                    return outer
        return None

    def clause_actor(self, noun: Token) -> tuple[tuple[Actor, ...], str]:
        """Return who does what an accompanying noun names: 'X smiled after talks with Y'."""
        token = noun
        preposition = noun.head
        if noun.dep_ == "pobj" and preposition.lower_ not in ACCOMPANYING:
            return (), ""
        attached = preposition.head
        if attached.pos_ in {"NOUN", "PRON"} and not self.parties.named(attached):
            return (), ""  # 'mediation in the talks with B': nobody says that the clause's subject talked
        while token.head != token:
            token = token.head
            if token.pos_ in {"VERB", "AUX"}:
                doer = subject(token)
                found = self.parties.named(doer) if doer is not None else ()
                if any(is_known(a) for a in found):
                    return found, f"subject of {token.text}"
            elif token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ not in {"pobj", "compound", "poss"}:
                found = self.parties.named(token)
                if any(is_known(a) for a in found):
                    return found, f"with {token.text}"
        return (), ""


def _withs(verb: Token) -> list[Token]:
    """The prepositions 'with' of a verb's clause whose nouns are partners."""
    return [t for t in verb.subtree if t.lower_ == "with" and t.dep_ in {"prep", "conj"} and clause_head(t) == verb]


def _partitive_heads(noun: Token) -> list[Token]:
    """'Round' for the talks of 'a round of talks'."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and content_noun(noun.head.head) == noun:
        return [noun.head.head]
    return []
