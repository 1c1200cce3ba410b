"""One page while it is read for actors: the names on it, the actors so far, and how a mention is made."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from communique.actors import anaphora
from communique.actors.cast import Cast, gender_of_words
from communique.actors.datelines import Reporting
from communique.actors.lexicon import Lexicon, Role, family_name, straight
from communique.actors.mentions import ActorMention
from communique.actors.names import LOCATIVE, entities, hits, settled
from communique.actors.origins import origins
from communique.actors.roles import owners, role_ending_at
from communique.records import Actor
from communique.syntax import antecedent, coordinated, mention, noun_phrase

# Kinds that 'they' can mean where their name is a plural: 'the Houthis', 'the Revolutionary Guards', 'protesters'.
MANY = frozenset(
    {"group", "population", "armed group", "armed forces", "de facto government", "movement", "criminal group"}
)
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


class Page:
    """The state of one pass over one Doc, fed in text order.

    ``day`` (YYYY-MM-DD) is the article's; ``home`` the country whose president is 'the president' there: that of the
    dateline, else of the outlet, where the page names no state but this one.
    """

    def __init__(
        self, doc: Doc, *, lexicon: Lexicon, day: str | None, home: str | None, reporting: Reporting | None
    ) -> None:
        self.doc, self.lexicon, self.day = doc, lexicon, day
        self.reporting = reporting or Reporting(None, lexicon)
        self.hits = hits(doc, lexicon=lexicon, day=day)
        people = self._entities("PERSON")
        # 'In Rakhine' is no person, whatever the recogniser makes of it.
        persons = {
            i for i in people if not (doc[i].dep_ == "pobj" and doc[i].head.lower_ in {"in", "near", "outside"})
        }
        towns = origins(doc, lexicon=lexicon, taken=self.hits.keys() | persons)
        countries = {name.country for hit in towns.values() for name in hit.names}
        self.hits = settled(doc, self.hits, lexicon=lexicon, towns=countries, home=home)
        self.people = {i: span for i, span in people.items() if i not in towns}
        self.bodies = self._entities("ORG")
        # Towns and provinces tell a country as the names of states do, and stand behind them.
        self.origins = {**towns, **self.hits}
        states = {name.country for hit in self.hits.values() for name in hit.names if name.country}
        self.home = home if states <= {home} else None
        self.cast = Cast()
        self.sentences = _sentence_numbers(doc)
        self.found: dict[int, ActorMention] = {}

    def _entities(self, label: str) -> dict[int, tuple[int, int]]:
        found = entities(self.doc, known=self.hits, labels=frozenset({label}))
        return {i: (start, end) for start, end, _ in found for i in range(start, end)}

    # -- what the words say ---------------------------------------------------------------------------------

    def words(self, start: int, end: int) -> str:
        """Return the words of the tokens [start, end), with straight apostrophes."""
        return straight(self.doc[start:end].text)

    def phrase(self, head: Token) -> tuple[int, int]:
        """The head's noun phrase; a name's ends before 'in Kyiv', all end before an apposition that is no actor."""
        start, end = noun_phrase(head)
        for child in head.children:
            if child.i < head.i:
                continue
            place = head.pos_ == "PROPN" and child.dep_ == "prep" and child.lower_ in LOCATIVE
            aside = child.dep_ == "appos" and not self._is_actor_word(child)
            if place or aside:
                end = min(end, max(head.i + 1, child.left_edge.i))
        return start, end

    def _is_actor_word(self, token: Token) -> bool:
        known = token.i in self.hits or token.i in self.people
        return known or role_ending_at(token, lexicon=self.lexicon) is not None

    def is_definite(self, head: Token) -> bool:
        """Tell whether a description means somebody whom the reader knows: 'the minister', 'its army'."""
        if any(c.dep_ == "poss" or (c.dep_ in {"det", "predet"} and c.lower_ in DEFINITE) for c in head.children):
            return True
        return not any(c.dep_ == "det" for c in head.children) and head.tag_ == "NNP"

    def possessor(self, head: Token) -> Actor | None:
        """Return whose somebody or something is: 'its troops', "Jordan's minister"."""
        for child in head.children:
            # 'Eritrea, whose troops…': the relative pronoun stands for the noun before its clause.
            owner = antecedent(child) if child.dep_ == "poss" else None
            if owner is not None and owner.i in self.found:
                actors = self.found[owner.i].actors
                return actors[0] if len(actors) == 1 else None
        return None

    def owners(self, head: Token) -> tuple[Actor, ...]:
        """Return the states and bodies that a description belongs to: 'Russian', 'its', 'Shanghai', 'of NATO'."""
        belongs = owners(head, hits=self.origins)
        if belongs:
            return belongs
        possessor = self.possessor(head)
        return (possessor,) if possessor is not None and possessor.kind != "person" else ()

    def country_nearby(self, head: Token) -> str | None:
        """Return the one country spoken of near a word; of several that from whose capital is reported."""
        home = self.reporting.country(head.idx)
        return anaphora.country_nearby(self.cast, sentence=self.sentences[head.i], home=home)

    def spoken_for(self, head: Token) -> Actor | None:
        """Return for which government 'spokesman X' or 'a spokesperson' speaks who stands without one.

        It is that from whose capital is reported, where this or the last sentence tells what it does, and what no
        other body does.
        """
        home = self.reporting.country(head.idx)
        return self.cast.acting(home, sentence=self.sentences[head.i]) if home else None

    # -- making ---------------------------------------------------------------------------------------------

    def make(
        self,
        head: Token,
        start: int,
        end: int,
        actors: Sequence[Actor],
        basis: str,
        *,
        names: set[str] | None = None,
        role: Role | None = None,
        note: bool = True,
    ) -> ActorMention:
        """Return the mention of the tokens [start, end), and let the cast know of it unless ``note`` is False."""
        words = mention(self.doc, start, end)
        marked = tuple(Actor(a.id, a.name, a.kind, a.country, a.sector, a.office, mention=words) for a in actors)
        for actor in marked if note else ():
            self.cast.note(
                actor,
                head,
                sentence=self.sentences[head.i],
                names=names if names is not None else _names_of(actor),
                roles={role.office or role.words} if role else (),
                gender=gender_of_words(t.text for t in self.doc[start : head.i + 1])
                or self.lexicon.genders.get(actor.name.split()[0], ""),
                plural=head.tag_ in {"NNS", "NNPS"} and actor.kind in MANY,
            )
        return ActorMention(start, end, head.i, marked, basis)

    def take(self, found: ActorMention, token: Token) -> None:
        """Keep a mention, for those that come after it."""
        self.found[token.i] = found
        members = [self.found[t.i] for t in coordinated(token) if t.i in self.found]
        actors = tuple(a for m in (members or [found]) for a in m.actors)
        if len(actors) > 1:
            self.cast.note_group(actors, sentence=self.sentences[token.i])


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, current = [], -1
    for token in doc:
        current += bool(token.is_sent_start) or token.i == 0
        numbers.append(current)
    return numbers


def _names_of(actor: Actor) -> set[str]:
    if actor.kind == "person" and actor.id is not None and " " in actor.name:
        return {straight(actor.name), straight(family_name(actor.name, actor.country))}
    return {straight(actor.name)}
