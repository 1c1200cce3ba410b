"""Names of persons → who they are: somebody of the offices table, somebody named before, or somebody new."""

import re
from collections.abc import Sequence

from msgspec.structs import replace
from spacy.tokens import Doc, Token

from communique.actors import anaphora
from communique.actors.lexicon import Lexicon, Person, Role, slug, straight
from communique.actors.mentions import ActorMention
from communique.actors.page import Page
from communique.actors.roles import is_former, is_spokesman, role_ending_at, sector_of, title_role
from communique.records import Actor

YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
# News rarely tells what somebody did so long before the first office that we know.
YEARS_BEFORE_OFFICE = 25
COURTESIES = frozenset({"mr", "mrs", "ms", "dr", "sir", "lord", "lady"})


def person_named(page: Page, head: Token) -> ActorMention | None:
    """A name that the lexicon lacks in full: a surname of somebody known, or somebody new."""
    start, end = page.people.get(head.i, (head.i, head.i + 1))
    if head.i != page.doc[start:end].root.i:
        return None
    start = _skip_titles(page.doc, start, end, page.lexicon)
    if start >= end:
        return None
    words = page.words(start, end)
    entry = page.cast.named(words)
    if entry is not None and entry.actor.kind == "person":
        return page.make(head, *page.phrase(head), (entry.actor,), f"{words}: named in full before")
    role, after_title = title_role(head, lexicon=page.lexicon)
    belongs = page.owners(head)
    if not belongs and role is not None and is_spokesman(page.doc[after_title - 1], lexicon=page.lexicon):
        government = page.spoken_for(head)
        belongs = (government,) if government is not None else ()
    if " " in words:
        fuller = page.lexicon.fuller(words)
        if fuller is not None:
            return make_person(page, head, fuller, f"{fuller.name} in the table of offices, by most of the name")
    else:
        known = by_surname(words, role, belongs, lexicon=page.lexicon, day=page.day)
        if known is not None and _is_of_this_time(head, known):
            return make_person(page, head, known, f"surname, office held on {page.day or 'the present day'}")
        if entry is not None:
            return page.make(head, *page.phrase(head), (entry.actor,), f"{words}: named before")
    if head.i not in page.people:
        return None
    appositive = next((c for c in head.children if c.dep_ == "appos"), None)
    if appositive is not None and role is None:
        role = role_ending_at(appositive, lexicon=page.lexicon)
        belongs = belongs or page.owners(appositive)
    actor = new_person(page, words, head, role, belongs)
    return page.make(head, *page.phrase(head), (actor,), "person's name, country and role from the words", role=role)


def _is_of_this_time(head: Token, person: Person) -> bool:
    """Tell whether a sentence that names a year can speak of somebody: Gandhi of 1930 is not he of today."""
    years = [int(token.text) for token in head.sent if YEAR.fullmatch(token.text)]
    first = min((int(office.start[:4]) for office in person.offices if office.start), default=0)
    return all(year >= first - YEARS_BEFORE_OFFICE for year in years)


def person_of(persons: Sequence[Person], day: str | None) -> Person:
    """Return of several persons of one name the one in office on the day."""
    return next((p for p in persons if p.office_on(day) is not None), persons[0])


def by_surname(
    surname: str, role: Role | None, belongs: Sequence[Actor], *, lexicon: Lexicon, day: str | None
) -> Person | None:
    """Return the one person in office on the day whom the surname, with its title or country, can mean."""
    countries = {actor.country for actor in belongs if actor.country}
    if surname in lexicon.ambiguous and not (role or countries):
        return None
    fitting = []
    for person in lexicon.surnames.get(surname, []):
        office = person.office_on(day)
        if office is None or (countries and office.country not in countries):
            continue
        titles = anaphora.synonymous_offices(role.office) if role is not None and role.office else ()
        if titles and office.title not in titles and not countries:
            continue
        fitting.append(person)
    return fitting[0] if len(fitting) == 1 else None


def make_person(page: Page, head: Token, person: Person, basis: str) -> ActorMention:
    """Return the mention of somebody of the offices table, with the office held on the page's day."""
    names = {straight(name) for name in (person.name, *person.aliases, *person.surnames)}
    actor = person.actor(page.day)
    if actor.sector in {None, "ELI"}:
        # The page knows more than the table: 'Lt. Gen. X', years before the office that the table has, or a former
        # minister who is 'the envoy, X' now.
        role = _told_role(page, head)
        actor = replace(actor, sector=(sector_of(role, None) if role is not None else None) or actor.sector)
    return page.make(head, *page.phrase(head), (actor,), basis, names=names)


def _told_role(page: Page, head: Token) -> Role | None:
    """Return what the page says that somebody is, before the name or in apposition; None of what somebody was."""
    role, _ = title_role(head, lexicon=page.lexicon)
    nouns = [head.head] if head.dep_ == "appos" else [c for c in head.children if c.dep_ == "appos"]
    if any(is_former(token) for token in (head, *nouns)):
        return None
    return role or next((r for n in nouns if (r := role_ending_at(n, lexicon=page.lexicon)) is not None), None)


def new_person(page: Page, words: str, head: Token, role: Role | None, belongs: Sequence[Actor]) -> Actor:
    """Return somebody nobody knows: country and sector are what the words around the name tell."""
    country = belongs[0].country if belongs else None
    if country is None and role is not None and role.office:
        # 'Prime Minister X': of the one country that is being spoken of.
        country = page.country_nearby(head) or page.home
    former = is_former(head)
    sector = sector_of(role, belongs[0] if belongs else None)
    return Actor(
        id=f"person:{slug(words)}" if " " in words else None,
        name=words,
        kind="person",
        country=country,
        sector="ELI" if role and former else sector,
        office=role.words if role and role.office and not former else None,
    )


def _skip_titles(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the name proper begins in an entity that the recogniser began at the title: 'President Macron'."""
    for i in range(end - 2, start - 1, -1):
        if doc[i].lower_.rstrip(".") in COURTESIES:
            return i + 1
        role = role_ending_at(doc[i], lexicon=lexicon)
        if role is not None and role.kind == "person":
            return i + 1
    return start
