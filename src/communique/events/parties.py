"""Who stands behind a noun: the actors that a token names, that own what it names, or that are mentioned within it."""

from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec
from spacy.tokens import Doc, Token

from communique.actors import ActorMention
from communique.events.triggers import content_noun, mention_at, place_at
from communique.records import Actor, Mention, Statement
from communique.syntax import antecedent, coordinated, prepositional

OWNING = frozenset({"poss", "amod", "compound", "nmod"})
# 'Guerrillas operating in', 'a group based in'.
DWELLING = frozenset({"operate", "base", "live", "reside", "hide", "fight", "work", "settle", "hole", "shelter"})
OWNING_PREPOSITIONS = ("by", "of", "from", "between")


class Parties:
    """Answers who is meant, for one Doc; the first person within a statement is its speaker."""

    def __init__(self, doc: Doc, statements: Sequence[Statement]) -> None:
        self.doc, self.statements = doc, statements

    def named(self, token: Token | None) -> tuple[Actor, ...]:
        """Return the actors that the token and its conjuncts name, none for a token that names nobody."""
        if token is None:
            return ()
        found: list[Actor] = []
        for member in coordinated(content_noun(antecedent(token))):
            found += self.single(member)
        return distinct(found)

    def single(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors that the token alone names."""
        mention = mention_at(token)
        if mention is None or _is_toponym(token, mention):
            return ()
        if not mention.actors and mention.basis == "first person":
            speaker = self.speaker_at(token)
            return (speaker,) if speaker is not None else ()
        return tuple(self._at_home(self._body(actor, mention), token) for actor in mention.actors)

    def _at_home(self, actor: Actor, token: Token) -> Actor:
        """Return the actor with the country of the place in its phrase: 'a court in Lyon', 'police in Lagos'."""
        if actor.id is not None or actor.country is not None or actor.sector in {"IGO", "JRN"}:
            return actor
        living = [c for c in token.children if c.dep_ == "acl" and c.lemma_.lower() in DWELLING]
        for noun in (n for t in (token, *living) for n in prepositional(t, "in", "of", "at", "throughout", "across")):
            place = place_at(noun)
            country = place.country if place is not None else None
            if country is None and noun.head.lower_ != "of":
                # "dockers in Chile's largest port"
                country = next((a.country for c in noun.children if c.dep_ == "poss" for a in self.named(c)), None)
            if country is not None:
                return msgspec.structs.replace(actor, country=country)
        # 'A California man'
        before = (place_at(c) for c in token.children if c.dep_ in {"compound", "nmod"} and c.i < token.i)
        country = next((place.country for place in before if place is not None and place.country), None)
        return msgspec.structs.replace(actor, country=country) if country is not None else actor

    def _body(self, actor: Actor, mention: ActorMention) -> Actor:
        """Return the organisation that envoys act for: 'negotiators from Paris and the alliance' → the alliance."""
        if actor.kind != "group" or actor.sector != "IGO":
            return actor
        # A pronoun stands for the phrase that named them first.
        phrases = [
            mention,
            *(m for m in self.doc._.actors if m.start < mention.start and actor.id in {a.id for a in m.actors}),
        ]
        inside = [m for phrase in phrases for m in self.doc._.actors.within(phrase.start, phrase.end)]
        bodies = [
            a
            for m in inside
            for a in m.actors
            if a.sector == "IGO" and a.kind != "group" and a.country == actor.country
        ]
        return bodies[0] if bodies else actor

    def speaker_at(self, token: Token) -> Actor | None:
        """Return the speaker of the innermost statement that holds the token."""
        statement = self.statement_at(token)
        return statement.speaker.actor if statement is not None and statement.speaker is not None else None

    def statement_at(self, token: Token) -> Statement | None:
        """Return the innermost statement whose content holds the token, None where the narrator speaks."""
        holding = [s for s in self.statements if any(start <= token.idx < end for start, end in s.content)]
        return min(holding, key=lambda s: sum(end - start for start, end in s.content), default=None)

    def owners(self, noun: Token) -> tuple[Actor, ...]:
        """Return whose a thing or an act is: "Iran's plan", 'the US offer', 'the decision by London'."""
        noun = content_noun(noun)
        for child in noun.children:
            if child.dep_ in OWNING and (child.i < noun.i or child.dep_ == "poss"):
                found = self.named(child)
                if not found and child.dep_ in {"compound", "nmod", "poss"}:
                    # 'White House counsel office decision': the modifier's own modifier
                    found = next((self.named(c) for c in child.children if c.dep_ in OWNING and self.named(c)), ())
                if found:
                    return found
        for preposition in OWNING_PREPOSITIONS:
            for inner in prepositional(noun, preposition):
                found = self.named(inner)
                if found:
                    return found
        return ()

    def concerned(self, token: Token) -> tuple[Actor, ...]:
        """Return the actors named, else the owners of what is named, else the country of a place."""
        token = content_noun(antecedent(token))
        found = self.named(token)
        if any(a.country or a.id for a in found):
            return found
        return self.owners(token) or self.country(token) or found

    def country(self, token: Token) -> tuple[Actor, ...]:
        """Return the state of a place, as an actor without id: 'an attack on Kharkiv' is one on Ukraine."""
        place = place_at(token)
        if place is None or place.country is None:
            return ()
        mention = Mention(token.idx, token.idx + len(token), token.text)
        return (Actor(id=None, name=place.name, kind="place", country=place.country, mention=mention),)

    def _is_part(self, modifier: Token) -> bool:
        """Tell whether who is meant is the modifier's head: 'the Algerian president', 'his rival Ann Roe'."""
        return any(is_known(a) and (modifier.dep_ != "poss" or a.kind == "person") for a in self.single(modifier.head))

    def within(
        self,
        token: Token,
        *,
        without: Iterable[Actor] = (),
        skipping: Collection[str] = (),
        places: bool = True,
        barred: Callable[[Token], bool] | None = None,
    ) -> tuple[Actor, ...]:
        """Return the first known actors anywhere within a noun's phrase, relative clauses left out.

        ``skipping`` are prepositions whose phrases are passed over; ``places`` tells whether a place stands for
        its country, as it does for what is done to it; ``barred`` nouns are passed over with all that belongs to them.
        """
        excluded = tuple(without)
        own = {a.country for a in excluded}
        stack = [token]
        inside: list[Token] = []
        while stack:
            current = stack.pop()
            inside.append(current)
            stack += [
                c
                for c in current.children
                if c.dep_ not in {"relcl", "advcl", "ccomp", "parataxis"}
                and c.lower_ not in skipping
                and (barred is None or not barred(c))
                and (c.dep_ != "conj" or (current != token and c.pos_ == "NOUN"))
            ]
        for member in sorted(inside, key=lambda t: t.i):
            if member.i == token.i:
                continue
            if member.dep_ in OWNING and member.head in inside and self._is_part(member):
                continue
            found = self.named(member) or (self.country(member) if places else ())
            known = tuple(
                a
                for a in found
                if is_known(a)
                and not any(is_same(a, o) for o in excluded)
                and (a.kind != "place" or a.country not in own)
            )
            if known:
                return known
        return ()


def _is_toponym(token: Token, mention: ActorMention) -> bool:
    """'The West Bank' is no bank: a name that is a place's, and an actor's of whom no country is known."""
    unplaced = bool(mention.actors) and all(a.country is None for a in mention.actors)
    place = place_at(token) if unplaced and token.pos_ == "PROPN" else None
    return place is not None and place.country is not None


def key(actor: Actor) -> str:
    """Return what tells actors apart: the id, else country and sector, else the words.

    >>> key(Actor(id="state:RUS", name="Russia", kind="state", country="RUS"))
    'state:RUS'
    """
    if actor.id is not None:
        return actor.id
    return f"{actor.country}:{actor.sector}" if actor.country else actor.name.lower()


def distinct(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return the actors without repeats, in order."""
    found: list[Actor] = []
    for actor in actors:
        if not any(key(actor) == key(other) or (is_same(actor, other) and actor.sector == "IGO") for other in found):
            found.append(actor)
    return tuple(found)


def without(actors: Iterable[Actor], others: Iterable[Actor]) -> tuple[Actor, ...]:
    """Return the actors that are not among the others."""
    return tuple(actor for actor in actors if not any(is_same(actor, other) for other in others))


def is_same(one: Actor, other: Actor) -> bool:
    """Tell whether two actors act as one: a state and its government or officials, a body's envoys."""
    if key(one) == key(other):
        return True
    if one.country is None or one.country != other.country:
        return False
    if one.sector == other.sector == "IGO":
        return True
    bodies, official = {"state", "government"}, {"GOV", None}
    return (
        {one.sector, other.sector} <= official
        and bool({one.kind, other.kind} & bodies)
        and "place" not in {one.kind, other.kind}
    )


def is_known(actor: Actor) -> bool:
    """Tell whether the page or the knowledge base says who or of which country the actor is."""
    return actor.id is not None or actor.country is not None
