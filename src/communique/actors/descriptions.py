"""Descriptions → who is meant: 'Turkish troops', 'the German chancellor', 'his counterpart', 'dozens of police'."""

from collections.abc import Sequence
from dataclasses import replace

from msgspec import structs
from spacy.tokens import Token

from communique.actors import anaphora
from communique.actors.lexicon import Person, Role, slug
from communique.actors.mentions import ActorMention
from communique.actors.page import Page
from communique.actors.persons import make_person, new_person, person_of
from communique.actors.roles import PARTITIVES, body_of, is_former, is_spokesman, role_ending_at, sector_of
from communique.records import Actor

# 'The Assembly' is a body, 'a ban on assembly' is about none.
CAPITAL = frozenset({"assembly", "assemblies"})
# 'The government' without more is that of the country spoken of.
OF_STATES = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
OWNING = frozenset({"of", "for", "at", "from", "with"})
# Words that tell where in a body somebody stands, not which body it is.
OF_A_BODY = frozenset(
    f"{word}{plural}"
    for word in "officer official member employee staffer worker spokesman spokeswoman spokesperson agent source aide "
    "adviser advisor commander leader chief head director veteran recruit".split()
    for plural in ("", "s")
)
# Their people act for them: 'negotiators from NATO', 'a Hamas spokesman'.
REPRESENTED = frozenset({"organisation", "alliance", "armed group", "party"})
# For these only who has a say: a company's spokesman, not its drivers.
EMPLOYING = frozenset({"NGO", "company", "union", "media", "religious body", "movement", "think tank"})


def described(page: Page, head: Token) -> ActorMention | None:
    """Return whom a noun phrase without a known name means, None when it describes no actor."""
    start, end = page.phrase(head)
    counted = _counted(head)
    if counted is not None:
        return _partitive(page, head, counted, start, end)
    role = _role(page, head)
    belongs = page.owners(head)
    definite = page.is_definite(head)
    if head.lower_.startswith("counterpart"):
        return _counterpart(page, head, belongs)
    same = _appositive(page, head) or _introduced(page, head, role, belongs)
    if same is not None and (role is not None or same.kind == "person"):
        if role is not None and same.sector == "ELI" and not is_former(head):
            # A former minister who is 'the envoy, X' now.
            same = structs.replace(same, sector=sector_of(role, belongs[0] if belongs else None) or same.sector)
        return page.make(head, start, end, (same,), "apposition", role=role)
    back = anaphora.description(
        head,
        role=role,
        owners=belongs,
        definite=definite,
        cast=page.cast,
        sentence=page.sentences[head.i],
        lexicon=page.lexicon,
        possessor=page.possessor(head),
    )
    if back is not None:
        return page.make(head, start, end, back[0], back[1], role=role)
    if role is None or role.kind == "nobody" or (role.kind == "person" and head.dep_ == "compound"):
        return None
    if role.words in CAPITAL and not head.text[:1].isupper():
        return None
    local = definite and role.sector in OF_STATES and _stands_alone(head, role)
    if not belongs and local and page.home:
        belongs = (_country(head, page.home),)
    if role.office and definite and belongs and head.tag_ in {"NN", "NNP"} and not is_former(head):
        holder = _holder(page, anaphora.synonymous_offices(role.office), belongs[0].country)
        if holder is not None:
            return make_person(page, head, holder, f"held the office on {page.day or 'the present day'}")
    if not belongs and local:
        nearby = page.country_nearby(head)
        belongs = (_country(head, nearby),) if nearby else ()
    if not belongs and head.tag_ == "NN" and is_spokesman(head, lexicon=page.lexicon):
        government = page.spoken_for(head)
        belongs = (government,) if government is not None else ()
    if not belongs and not role.sector:
        return None  # 'a council' of nobody
    actors = _unnamed(head, role, belongs, words=_bare(page.words(start, head.i + 1)))
    return page.make(head, start, end, actors, f"role: {role.words}", role=role)


def _role(page: Page, head: Token) -> Role | None:
    """What the phrase says that they do; whose people they are says more than 'officer' or 'member'."""
    role = role_ending_at(head, lexicon=page.lexicon)
    if role is None or role.words not in OF_A_BODY:
        return role
    body = body_of(head, lexicon=page.lexicon)
    return replace(role, sector=body.sector) if body is not None else role


def _bare(words: str) -> str:
    return words.split(" ", 1)[1] if words.lower().startswith(("the ", "a ", "an ")) else words


def _stands_alone(head: Token, role: Role) -> bool:
    """Tell whether nothing says whose they are: 'the president', not 'the club president', 'the president of it'."""
    return not any(
        (child.dep_ == "poss" and child.tag_ != "PRP$")
        or (child.dep_ == "compound" and child.lower_ not in role.words)
        or (child.dep_ == "prep" and child.lower_ in OWNING)
        for child in head.children
    )


def _country(head: Token, code: str) -> Actor:
    return Actor(None, head.text, "state", code)


def _holder(page: Page, titles: Sequence[str], country: str | None) -> Person | None:
    """The one person who holds an office of the country on the page's day, by the first title that has one."""
    for title in titles:
        holders = page.lexicon.holders(title, country or "", page.day)
        if len(holders) == 1:
            return holders[0]
    return None


def _unnamed(head: Token, role: Role, belongs: Sequence[Actor], *, words: str) -> tuple[Actor, ...]:
    """The actors that a role alone tells: one for each state or body that it belongs to."""
    former = is_former(head)
    kind = "group" if head.tag_ in {"NNS", "NNPS"} and role.kind == "person" else role.kind
    if not belongs:
        return (Actor(None, words, kind, None, "ELI" if former else role.sector or None),)
    made = []
    for owner in belongs:
        speaks = owner.kind in REPRESENTED or (owner.kind in EMPLOYING and role.words in OF_A_BODY)
        if speaks and role.kind == "person" and not former:
            made.append(owner)
            continue
        sector = "ELI" if former else sector_of(role, owner)
        body = f":{slug(role.office or role.words)}" if role.kind == "body" else ""
        known = owner.country is not None and sector is not None
        made.append(Actor(f"{owner.country}:{sector}{body}" if known else None, words, kind, owner.country, sector))
    return tuple(made)


def _counted(head: Token) -> Token | None:
    """The noun of which a partitive counts some: 'a number of allies', 'a group of farmers'."""
    if head.lemma_.lower() not in PARTITIVES:
        return None
    of = next((c for c in head.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    return next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None


def _partitive(page: Page, head: Token, noun: Token, start: int, end: int) -> ActorMention | None:
    """'A number of European allies', 'dozens of protesters': those counted."""
    role = role_ending_at(noun, lexicon=page.lexicon)
    if role is None:
        return None
    first, last = page.phrase(noun)
    actors = _unnamed(noun, role, page.owners(noun), words=page.words(first, noun.i + 1))
    names = {actors[0].name, head.lower_}
    return page.make(head, start, max(end, last), actors, f"role: {role.words}", names=names, role=role)


def _counterpart(page: Page, head: Token, belongs: Sequence[Actor]) -> ActorMention | None:
    """'His British counterpart': the holder of the same office in the other state."""
    start, end = page.phrase(head)
    same = _appositive(page, head)
    if same is not None:
        return page.make(head, start, end, (same,), "apposition")
    others = [actor for actor in belongs if actor.kind != "person"]
    if not others or others[-1].country is None:
        return None
    country = others[-1].country
    possessor = page.possessor(head)
    office = possessor.office if possessor is not None else None
    if possessor is not None and office is not None and head.tag_ == "NN":
        holder = _holder(page, anaphora.same_offices(office), country)
        if holder is not None:
            return make_person(page, head, holder, f"counterpart of {possessor.name}")
    actor = Actor(
        f"{country}:GOV", page.words(start, head.i + 1), "group" if head.tag_ == "NNS" else "person", country, "GOV"
    )
    return page.make(head, start, end, (actor,), "counterpart, not named")


def _appositive(page: Page, head: Token) -> Actor | None:
    """The actor that a phrase in apposition names: 'his counterpart, Liz Truss', 'Ann Roe, the minister'."""
    if head.dep_ == "appos" and head.head.i in page.found:
        actors = page.found[head.head.i].actors
        return actors[0] if len(actors) == 1 and actors[0].kind == "person" else None
    for child in head.children:
        if child.dep_ != "appos":
            continue
        hit = page.hits.get(child.i)
        if hit is not None and hit.of("person") is not None:
            return person_of([n.person for n in hit.names if n.person is not None], page.day).actor(page.day)
        if child.i in page.people:
            entry = page.cast.named(page.words(*page.people[child.i]))
            if entry is not None:
                return entry.actor
    return None


def _introduced(page: Page, head: Token, role: Role | None, belongs: Sequence[Actor]) -> Actor | None:
    """Somebody new whom a description introduces: "Jordan's foreign minister, Ayman Safadi"."""
    if role is None or role.kind != "person" or head.tag_ not in {"NN", "NNP"}:
        return None
    name = next((c for c in head.children if c.dep_ == "appos" and c.i in page.people), None)
    return new_person(page, page.words(*page.people[name.i]), head, role, belongs) if name is not None else None
