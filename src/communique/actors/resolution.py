"""Doc → mentions of actors, each resolved as far as the page and the knowledge base tell. One pass, in text order."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from communique.actors import anaphora
from communique.actors.cast import Cast, gender_of_words
from communique.actors.lexicon import Lexicon, Name, Person, Role, family_name, slug, straight
from communique.actors.mentions import ActorMention
from communique.actors.names import LOCATIVE, Hit, entities, hits, is_location
from communique.actors.roles import PARTITIVES, is_ethnic, is_former, is_stance, owners, role_ending_at, title_role
from communique.records import Actor
from communique.syntax import antecedent, coordinated, mention, noun_phrase

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})
# What the recogniser calls these names nobody: 'in May' is no prime minister.
NO_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "EVENT", "WORK_OF_ART"})
# 'The Assembly' is a body, 'a ban on assembly' is about none.
CAPITAL = frozenset({"assembly", "assemblies"})
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})


def mentions(doc: Doc, *, lexicon: Lexicon, day: str | None) -> Iterator[ActorMention]:
    """Yield the mentions of actors in text order, pronouns and descriptions resolved to those named before them.

    ``day`` (YYYY-MM-DD) is the article's: offices are those held on it. For None only present offices are used.
    """
    yield from Reader(doc, lexicon=lexicon, day=day).read()


class Reader:
    """The state of one pass over one Doc: the names found and the cast so far."""

    def __init__(self, doc: Doc, *, lexicon: Lexicon, day: str | None) -> None:
        self.doc, self.lexicon, self.day = doc, lexicon, day
        self.hits = hits(doc, lexicon=lexicon, day=day)
        self.people = {
            i: (start, end)
            for start, end, _ in entities(doc, known=self.hits, labels=frozenset({"PERSON"}))
            for i in range(start, end)
        }
        self.bodies = {
            i: (start, end)
            for start, end, _ in entities(doc, known=self.hits, labels=frozenset({"ORG"}))
            for i in range(start, end)
        }
        self.cast = Cast()
        self.sentences = _sentence_numbers(doc)
        self.found: dict[int, ActorMention] = {}

    def read(self) -> Iterator[ActorMention]:
        """Yield the mentions; each is known to the cast when the next is read."""
        for token in self.doc:
            found = self._mention(token)
            if found is None:
                continue
            self.found[token.i] = found
            self._note_group(token)
            yield found

    # -- one token ------------------------------------------------------------------------------------------

    def _mention(self, head: Token) -> ActorMention | None:
        if head.pos_ == "PRON" or head.tag_ == "PRP$":
            return self._pronoun(head)
        hit = self.hits.get(head.i)
        if hit is not None:
            return self._named(hit, head) if head.i == _root(self.doc, hit.start, hit.end).i else None
        if head.pos_ not in NOMINAL or head.is_space or head.is_punct:
            return None
        if head.i in self.people or (head.pos_ == "PROPN" and head.ent_type_ not in NO_NAMES):
            found = self._person_named(head)
            if found is not None:
                return found
        # 'The injured' are somebody, 'a general strike' is nobody: an adjective counts where it stands for a noun.
        if head.pos_ == "ADJ" and head.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj", "conj"}:
            return None
        return self._described(head) or self._body_named(head)

    def _pronoun(self, head: Token) -> ActorMention | None:
        resolved = anaphora.pronoun(head, cast=self.cast, sentence=self.sentences[head.i])
        if resolved is None:
            return None
        actors, basis = resolved
        return self._make(head, head.i, head.i + 1, actors, basis)

    def _named(self, hit: Hit, head: Token) -> ActorMention | None:
        person = hit.of("person")
        if person is not None:
            known = self._person_of([n.person for n in hit.names if n.person is not None])
            return self._make_person(head, known, f"{known.name} in the table of offices")
        body = hit.of("organisation", "metonym")
        if body is not None and body.actor is not None:
            # 'the Hamas leader': the phrase is its head's; the name alone is the body.
            return self._make_named(head, hit, body.actor, f"{body.actor.name} in the table of {_table(body)}")
        name = hit.of("state", "capital", "adjective", "demonym")
        if name is None or name.actor is None:
            return None
        if is_stance(self.doc[hit.start]) and head.dep_ in {"amod", "compound", "nmod"}:
            return None
        if name.what in {"adjective", "demonym"} and is_ethnic(self.doc[hit.start]):
            return self._ethnic(head, hit)
        if name.what == "capital":
            if hit.of("state") is None and is_location(head):
                return None
            return self._make_named(head, hit, name.actor, f"{head.text}: capital for the government")
        if name.what == "adjective" and head.dep_ in {"amod", "compound", "nmod"}:
            span = (hit.start, hit.end)
            return self._make(head, *span, (name.actor,), f"{head.text}: adjective of {name.actor.name}", note=False)
        if name.what == "demonym" and (residence := self._residence(head, name)) is not None:
            return residence
        return self._make_named(head, hit, name.actor, f"{name.what} name")

    def _residence(self, head: Token, name: Name) -> ActorMention | None:
        """'The Albanians of southern Serbia' belong to Serbia."""
        for child in head.children:
            if child.dep_ != "prep" or child.lower_ != "of":
                continue
            hits_of = [self.hits[c.i] for c in child.children if c.dep_ == "pobj" and c.i in self.hits]
            states = [state for h in hits_of if (state := h.of("state")) is not None and state.country != name.country]
            if states:
                start, end = self._phrase(head)
                words = straight(self.doc[start:end].text)
                actor = Actor(None, words, "population", states[0].country, "CVL")
                return self._make(head, start, end, (actor,), "where they live")
        return None

    def _ethnic(self, head: Token, hit: Hit) -> ActorMention | None:
        """'Ethnic Albanians' belong to the state where they live, which the page may tell or not."""
        if head.dep_ in {"amod", "compound", "nmod"}:
            return None
        words = straight(self.doc[hit.start - 1 : hit.end].text)
        return self._make(head, *self._phrase(head), (Actor(None, words, "population", None, "CVL"),), "ethnic group")

    def _person_named(self, head: Token) -> ActorMention | None:
        """A name that the lexicon lacks in full: a surname of somebody known, or somebody new."""
        start, end = self.people.get(head.i, (head.i, head.i + 1))
        if head.i != _root(self.doc, start, end).i:
            return None
        start = _skip_titles(self.doc, start, end, self.lexicon)
        if start >= end:
            return None
        words = straight(self.doc[start:end].text)
        entry = self.cast.named(words)
        if entry is not None and entry.actor.kind == "person":
            return self._make(head, *self._phrase(head), (entry.actor,), f"{words}: named in full before")
        role, _ = title_role(head, lexicon=self.lexicon)
        belongs = self._owners(head)
        if " " not in words:
            known = self._by_surname(words, role, belongs)
            if known is not None:
                return self._make_person(head, known, f"surname, office held on {self.day or 'the present day'}")
            if entry is not None:
                return self._make(head, *self._phrase(head), (entry.actor,), f"{words}: named before")
        if head.i not in self.people:
            return None
        appositive = next((c for c in head.children if c.dep_ == "appos"), None)
        if appositive is not None and role is None:
            role = role_ending_at(appositive, lexicon=self.lexicon)
            belongs = belongs or self._owners(appositive)
        actor = self._person_new(words, head, role, belongs)
        return self._make(
            head, *self._phrase(head), (actor,), "person's name, country and role from the words", role=role
        )

    def _described(self, head: Token) -> ActorMention | None:
        start, end = self._phrase(head)
        words = straight(self.doc[start : head.i + 1].text)
        bare = words.split(" ", 1)[1] if words.lower().startswith(("the ", "a ", "an ")) else words
        if head.lemma_.lower() in PARTITIVES:
            return self._partitive(head, start, end)
        role = role_ending_at(head, lexicon=self.lexicon)
        belongs = self._owners(head)
        definite = self._is_definite(head)
        if head.lower_.startswith("counterpart"):
            return self._counterpart(head, belongs)
        same = self._appositive(head) or self._introduced(head, role, belongs)
        if same is not None and (role is not None or same.kind == "person"):
            return self._make(head, start, end, (same,), "apposition", role=role)
        back = anaphora.description(
            head,
            role=role,
            owners=belongs,
            definite=definite,
            cast=self.cast,
            sentence=self.sentences[head.i],
            lexicon=self.lexicon,
            possessor=self._possessor(head),
        )
        if back is not None:
            return self._make(head, start, end, back[0], back[1], role=role)
        if role is None or (role.kind == "person" and head.dep_ == "compound"):
            return None
        if role.words in CAPITAL and not head.text[:1].isupper():
            return None
        if role.office and definite and belongs and head.tag_ in {"NN", "NNP"} and not is_former(head):
            for title in anaphora.synonymous_offices(role.office):
                holders = self.lexicon.holders(title, belongs[0].country or "", self.day)
                if len(holders) == 1:
                    return self._make_person(head, holders[0], f"held the office on {self.day or 'the present day'}")
        actors = self._unnamed(head, role, belongs, words=bare, definite=definite)
        return self._make(head, start, end, actors, f"role: {role.words}", role=role)

    def _body_named(self, head: Token) -> ActorMention | None:
        """An organisation that only the entity recogniser knows; the country may stand in its name."""
        if head.i not in self.bodies:
            return None
        start, end = self.bodies[head.i]
        aside = next((c for c in head.children if c.dep_ == "appos" and c.i in self.hits), None)
        short = self.hits[aside.i].of("organisation") if aside is not None else None
        if short is not None and short.actor is not None:
            # 'the International Labor Office (ILO)': the table knows it by its short name.
            return self._make(head, *self._phrase(head), (short.actor,), f"{short.actor.name}, in apposition")
        if head.i != _root(self.doc, start, end).i or head.dep_ in {"compound", "amod", "nmod"}:
            return None
        while start < end - 1 and (self.doc[start].pos_ == "DET" or self.doc[start].is_punct):
            start += 1
        words = straight(self.doc[start:end].text)
        entry = self.cast.named(words)
        if entry is not None:
            return self._make(head, *self._phrase(head), (entry.actor,), f"{words}: named before")
        belongs = self._owners(head)
        actor = Actor(f"org:{slug(words)}", words, "organisation", belongs[0].country if belongs else None)
        return self._make(head, *self._phrase(head), (actor,), "organisation's name")

    # -- parts of descriptions ------------------------------------------------------------------------------

    def _partitive(self, head: Token, start: int, end: int) -> ActorMention | None:
        """'A number of European allies', 'dozens of protesters': those counted."""
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                noun = next((c for c in child.children if c.dep_ == "pobj"), None)
                role = role_ending_at(noun, lexicon=self.lexicon) if noun is not None else None
                if noun is None or role is None:
                    return None
                words = straight(self.doc[self._phrase(noun)[0] : noun.i + 1].text)
                actors = self._unnamed(noun, role, self._owners(noun), words=words, definite=False)
                return self._make(
                    head, start, max(end, self._phrase(noun)[1]), actors, f"role: {role.words}", role=role
                )
        return None

    def _counterpart(self, head: Token, belongs: Sequence[Actor]) -> ActorMention | None:
        """'His British counterpart': the holder of the same office in the other state."""
        start, end = self._phrase(head)
        same = self._appositive(head)
        if same is not None:
            return self._make(head, start, end, (same,), "apposition")
        others = [actor for actor in belongs if actor.kind != "person"]
        if not others or others[-1].country is None:
            return None
        country = others[-1].country
        possessor = self._possessor(head)
        office = possessor.office if possessor is not None else None
        if office is not None and head.tag_ == "NN":
            for title in anaphora.same_offices(office):
                holders = self.lexicon.holders(title, country, self.day)
                if len(holders) == 1:
                    return self._make_person(head, holders[0], f"counterpart of {possessor.name if possessor else ''}")
        words = straight(self.doc[start : head.i + 1].text)
        actor = Actor(f"{country}:GOV", words, "group" if head.tag_ == "NNS" else "person", country, "GOV")
        return self._make(head, start, end, (actor,), "counterpart, not named")

    def _appositive(self, head: Token) -> Actor | None:
        """The actor that a phrase in apposition names: 'his counterpart, Liz Truss', 'Ann Roe, the minister'."""
        if head.dep_ == "appos" and head.head.i in self.found:
            actors = self.found[head.head.i].actors
            return actors[0] if len(actors) == 1 and actors[0].kind == "person" else None
        for child in head.children:
            if child.dep_ != "appos":
                continue
            hit = self.hits.get(child.i)
            if hit is not None and hit.of("person") is not None:
                return self._person_of([n.person for n in hit.names if n.person is not None]).actor(self.day)
            if child.i in self.people:
                start, end = self.people[child.i]
                entry = self.cast.named(straight(self.doc[start:end].text))
                if entry is not None:
                    return entry.actor
        return None

    def _introduced(self, head: Token, role: Role | None, belongs: Sequence[Actor]) -> Actor | None:
        """Somebody new whom a description introduces: "Jordan's foreign minister, Ayman Safadi"."""
        if role is None or role.kind != "person" or head.tag_ not in {"NN", "NNP"}:
            return None
        for child in head.children:
            if child.dep_ == "appos" and child.i in self.people:
                start, end = self.people[child.i]
                return self._person_new(straight(self.doc[start:end].text), head, role, belongs)
        return None

    def _person_new(self, words: str, head: Token, role: Role | None, belongs: Sequence[Actor]) -> Actor:
        country = belongs[0].country if belongs else None
        if country is None and role is not None and role.office:
            # 'Prime Minister X': of the one country that is being spoken of.
            country = anaphora.country_nearby(self.cast, sentence=self.sentences[head.i])
        return Actor(
            id=f"person:{slug(words)}" if " " in words else None,
            name=words,
            kind="person",
            country=country,
            sector=("ELI" if is_former(head) else _sector(role, belongs[0] if belongs else None)) if role else None,
            office=role.words if role and role.office and not is_former(head) else None,
        )

    def _possessor(self, head: Token) -> Actor | None:
        for child in head.children:
            # 'Eritrea, whose troops…': the relative pronoun stands for the noun before its clause.
            owner = antecedent(child) if child.dep_ == "poss" else None
            if owner is not None and owner.i in self.found:
                actors = self.found[owner.i].actors
                return actors[0] if len(actors) == 1 else None
        return None

    def _owners(self, head: Token) -> tuple[Actor, ...]:
        belongs = owners(head, hits=self.hits)
        if belongs:
            return belongs
        possessor = self._possessor(head)
        return (possessor,) if possessor is not None and possessor.kind != "person" else ()

    def _is_definite(self, head: Token) -> bool:
        if any(c.dep_ == "poss" or (c.dep_ in {"det", "predet"} and c.lower_ in DEFINITE) for c in head.children):
            return True
        return not any(c.dep_ == "det" for c in head.children) and head.tag_ == "NNP"

    def _unnamed(
        self, head: Token, role: Role, belongs: Sequence[Actor], *, words: str, definite: bool
    ) -> tuple[Actor, ...]:
        """The actors that a role alone tells: one for each state or body that it belongs to."""
        former = is_former(head)
        plural = head.tag_ in {"NNS", "NNPS"}
        kind = "group" if plural and role.kind == "person" else role.kind
        if not belongs and definite and role.sector in {"GOV", "MIL", "LEG", "JUD", "COP", "SPY"}:
            country = anaphora.country_nearby(self.cast, sentence=self.sentences[head.i])
            belongs = (Actor(None, words, "state", country),) if country else ()
        if not belongs:
            return (Actor(None, words, kind, None, "ELI" if former else role.sector or None),)
        made = []
        for owner in belongs:
            if (
                owner.kind in {"organisation", "alliance", "armed group", "party"}
                and role.kind == "person"
                and not former
            ):
                made.append(owner)  # 'negotiators from NATO', 'a Hamas spokesman' act for it
                continue
            sector = "ELI" if former else _sector(role, owner)
            body = f":{slug(role.office or role.words)}" if role.kind == "body" else ""
            known = owner.country is not None and sector is not None
            made.append(
                Actor(f"{owner.country}:{sector}{body}" if known else None, words, kind, owner.country, sector)
            )
        return tuple(made)

    # -- persons --------------------------------------------------------------------------------------------

    def _person_of(self, persons: Sequence[Person]) -> Person:
        """Of several persons of one name, the one in office on the day."""
        return next((p for p in persons if p.office_on(self.day) is not None), persons[0])

    def _by_surname(self, surname: str, role: Role | None, belongs: Sequence[Actor]) -> Person | None:
        """The one person in office on the day whom the surname, with its title or country, can mean."""
        countries = {actor.country for actor in belongs if actor.country}
        if surname in self.lexicon.ambiguous and not (role or countries):
            return None
        fitting = []
        for person in self.lexicon.surnames.get(surname, []):
            office = person.office_on(self.day)
            if office is None or (countries and office.country not in countries):
                continue
            titles = anaphora.synonymous_offices(role.office) if role is not None and role.office else ()
            if titles and office.title not in titles and not countries:
                continue
            fitting.append(person)
        return fitting[0] if len(fitting) == 1 else None

    def _make_person(self, head: Token, person: Person, basis: str) -> ActorMention:
        actor = person.actor(self.day)
        names = {straight(n) for n in (person.name, *person.aliases)} | {straight(n) for n in person.surnames}
        return self._make(head, *self._phrase(head), (actor,), basis, names=names)

    # -- making ---------------------------------------------------------------------------------------------

    def _phrase(self, head: Token) -> tuple[int, int]:
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

    def _make_named(self, head: Token, hit: Hit, actor: Actor, basis: str) -> ActorMention:
        modifier = head.dep_ in {"compound", "amod", "nmod"}
        start, end = (hit.start, hit.end) if modifier else self._phrase(head)
        names = {straight(actor.name), straight(self.doc[hit.start : hit.end].text)}
        return self._make(head, min(start, hit.start), max(end, hit.end), (actor,), basis, names=names)

    def _make(
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
                plural=head.tag_ in {"NNS", "NNPS"} and actor.kind in {"group", "population"},
            )
        return ActorMention(start, end, head.i, marked, basis)

    def _note_group(self, token: Token) -> None:
        members = [self.found[t.i] for t in coordinated(token) if t.i in self.found]
        actors = tuple(a for m in members for a in m.actors)
        if len(actors) > 1:
            self.cast.note_group(actors, sentence=self.sentences[token.i])


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, current = [], -1
    for token in doc:
        current += bool(token.is_sent_start) or token.i == 0
        numbers.append(current)
    return numbers


def _root(doc: Doc, start: int, end: int) -> Token:
    return doc[start:end].root


def _skip_titles(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the name proper begins in an entity that the recogniser began at the title: 'President Macron'."""
    for i in range(end - 2, start - 1, -1):
        if doc[i].lower_.rstrip(".") in {"mr", "mrs", "ms", "dr", "sir", "lord", "lady"}:
            return i + 1
        role = role_ending_at(doc[i], lexicon=lexicon)
        if role is not None and role.kind == "person":
            return i + 1
    return start


def _sector(role: Role | None, owner: Actor | None) -> str | None:
    """A role's sector; of a body that is no state the body's own: 'Hamas spokesman' REB."""
    if role is None:
        return None
    if owner is not None and owner.sector not in {None, "GOV"} and role.sector in {"GOV", "", "UNK", "ELI"}:
        return owner.sector
    return role.sector or None


def _names_of(actor: Actor) -> set[str]:
    if actor.kind == "person" and actor.id is not None and " " in actor.name:
        return {straight(actor.name), straight(family_name(actor.name, actor.country))}
    return {straight(actor.name)}


def _table(name: Name) -> str:
    return "seats and houses" if name.what == "metonym" else "organisations"
