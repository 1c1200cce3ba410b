"""The names, adjectives, roles and offices of the knowledge tables, indexed for look-up by words and date."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from communique.knowledge import Row, holds, table, values
from communique.records import Actor

HEADS_OF_STATE_OR_GOVERNMENT = (
    "President",
    "Prime Minister",
    "Chancellor",
    "Premier",
    "Supreme Leader",
    "King",
)
MAX_NAME_TOKENS = 9
# States whose names put the family's first.
FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "KHM"})
# A given name after the family's: 'Ban Ki-moon'; neither 'Bashar al-Assad' nor 'Linda Thomas-Greenfield'.
GIVEN_LAST = re.compile(r"[A-Z]\w+-[a-z]+")
ARTICLE = re.compile(r"^(?:al|el|ad|an|ar|as|at)-(?=[A-Z])")
# Letters that Unicode does not take for a plain one with a mark.
UNDECOMPOSED = str.maketrans("ıłøđ", "ilod")
SUFFIX = re.compile(r"(?:Jr|Sr)\.?|[IVX]+")


@dataclass(frozen=True, slots=True)
class Office:
    """An office held from ``start`` to ``end`` (inclusive; "" is open)."""

    title: str
    sector: str
    country: str
    start: str
    end: str


@dataclass(slots=True)
class Person:
    """A person of the offices table, with all offices known, in the table's order."""

    name: str
    aliases: tuple[str, ...] = ()
    offices: list[Office] = field(default_factory=list)

    @property
    def surnames(self) -> set[str]:
        """The words by which news may call the person after the first mention."""
        names = (self.name, *self.aliases)
        country = next((o.country for o in self.offices if o.country in FAMILY_FIRST), None)
        found = {family_name(name, country) for name in names}
        return found | {ARTICLE.sub("", word) for word in found}

    def office_on(self, day: str | None) -> Office | None:
        """Return the office held on the day (for None: at present), the first of several."""
        return next((o for o in self.offices if holds(o.start, o.end, day)), None)

    def actor(self, day: str | None) -> Actor:
        """Return the actor that the person is on the day; a former office-holder's sector is ELI."""
        office = self.office_on(day)
        latest = office or max(self.offices, key=lambda o: o.end or "9999")
        if office is not None or day is None:
            sector = latest.sector or None  # of an undated page the latest office is the best guess at the role
        else:
            sector = "ELI" if latest.end and latest.end < day else None
        return Actor(
            id=f"person:{slug(self.name)}",
            name=self.name,
            kind="person",
            country=latest.country or None,
            sector=sector,
            office=(office.title or None) if office else None,
        )


@dataclass(frozen=True, slots=True)
class Role:
    """What a common noun says about somebody: 'troops' MIL, 'foreign minister' GOV and an office."""

    words: str
    sector: str
    kind: str
    office: str


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for. ``what``: state, capital, adjective, demonym, metonym, organisation or person."""

    what: str
    actor: Actor | None = None
    country: str = ""
    person: Person | None = None
    start: str = ""
    end: str = ""


@dataclass
class Lexicon:
    """All look-ups that the actors stage needs. Keys of ``names`` are as written, with straight apostrophes.

    ``folded`` holds names of which only the letters are known, not which are capitals: keys are case-folded.
    """

    names: dict[str, list[Name]]
    epithets: dict[str, list[Name]]
    roles: dict[str, Role]
    persons: dict[str, Person]
    surnames: dict[str, list[Person]]
    states: dict[str, str]
    borders: set[tuple[str, str]]
    capitals: dict[str, str]
    ambiguous: set[str]
    genders: dict[str, str]
    folded: dict[str, list[Name]] = field(default_factory=dict)

    @cached_property
    def _by_given_name(self) -> dict[str, list[tuple[tuple[str, ...], Person]]]:
        """The names of three or more words, and those of two, by their first word; folded."""
        found: dict[str, list[tuple[tuple[str, ...], Person]]] = defaultdict(list)
        for person in self.persons.values():
            for name in {person.name, *person.aliases}:
                words = tuple(plain(name).split())
                if len(words) > 1:
                    found[words[0]].append((words, person))
        return dict(found)

    def fuller(self, name: str) -> Person | None:
        """Return the one person whose name the words give with more or other middle names: 'George Walker Bush'.

        First and last word must agree, and all words of the name that has fewer stand in the other. A name of three
        words or more may also go on: 'Jam Kamal Khan Alyani'.
        """
        words = tuple(plain(name).split())
        found = {
            person.name: person
            for known, person in self._by_given_name.get(words[0], ())
            if _same_but_fuller(words, known) and (len(known) > 2 or self._is_only(known[-1]))
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _is_only(self, surname: str) -> bool:
        """Tell whether one person alone has the surname: of two words, 'Ali Ahmed' may be anybody."""
        return len({person.name for person in self._by_plain_surname.get(surname, ())}) == 1

    @cached_property
    def _by_plain_surname(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for surname, persons in self.surnames.items():
            found[plain(surname)] += persons
        return dict(found)

    @cached_property
    def role_lengths(self) -> dict[str, int]:
        """The last words of all roles, with the number of words of the longest that ends so."""
        lengths: dict[str, int] = {}
        for role in self.roles:
            words = role.split()
            lengths[words[-1]] = max(lengths.get(words[-1], 0), len(words))
        return lengths

    @cached_property
    def epithet_heads(self) -> frozenset[str]:
        """The last words of all epithets."""
        return frozenset(words.replace("-", " ").split()[-1] for words in self.epithets)

    @cached_property
    def terms(self) -> dict[tuple[str, str], list[tuple[Office, Person]]]:
        """Who held an office of a country, each with the term, in the table's order."""
        terms: dict[tuple[str, str], list[tuple[Office, Person]]] = defaultdict(list)
        for person in self.persons.values():
            for office in person.offices:
                terms[office.title, office.country].append((office, person))
        return dict(terms)

    def holders(self, office: str, country: str, day: str | None) -> list[Person]:
        """Return who holds an office of a country on the day (None: at present)."""
        held = [person for o, person in self.terms.get((office, country), ()) if holds(o.start, o.end, day)]
        return list({person.name: person for person in held}.values())


def _same_but_fuller(words: Sequence[str], known: Sequence[str]) -> bool:
    if len(known) > 2 and tuple(words[: len(known)]) == tuple(known):
        return True
    if words[-1] != known[-1] or max(len(words), len(known)) < 3:
        return False
    shorter, longer = sorted((words, known), key=len)
    return set(shorter) <= set(longer)


def family_name(name: str, country: str | None) -> str:
    """Return the word of a name that news uses alone; a given name with a hyphen follows the family's.

    >>> family_name("Tsai Ing-wen", "TWN"), family_name("Joseph Wu", "TWN"), family_name("Xi Jinping", "CHN")
    ('Tsai', 'Wu', 'Xi')
    >>> family_name("Ferdinand Marcos Jr", "PHL"), family_name("Nkosazana Dlamini-Zuma", "ZAF")
    ('Marcos', 'Dlamini-Zuma')
    """
    words = name.split()
    if country in FAMILY_FIRST or GIVEN_LAST.fullmatch(words[-1]):
        return words[0]
    return next((word for word in reversed(words) if not SUFFIX.fullmatch(word)), name)


def slug(name: str) -> str:
    """Return the name as part of an id.

    >>> slug("Volodymyr Zelensky")
    'volodymyr-zelensky'
    """
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def straight(words: str) -> str:
    """Return the words with straight apostrophes and single spaces, the form of all keys."""
    return " ".join(words.replace("’", "'").replace("‘", "'").replace("\xa0", " ").split())


def plain(words: str) -> str:
    """Return a name in small letters without accents and hyphens, as names are compared that are spelt freely.

    >>> plain("Ukhnaagiin Khürelsükh"), plain("Nawaf Al-Sabah")
    ('ukhnaagiin khurelsukh', 'nawaf al sabah')
    """
    bare = unicodedata.normalize("NFKD", words).casefold().replace("-", " ").translate(UNDECOMPOSED)
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).split())


def state_actor(code: str, name: str) -> Actor:
    """Return the actor that a state is."""
    return Actor(id=f"state:{code}", name=name, kind="state", country=code)


def government_actor(code: str, name: str) -> Actor:
    """Return the actor that a state's government is, named by a capital or a seat of power."""
    return Actor(id=f"government:{code}", name=f"Government of {name}", kind="government", country=code, sector="GOV")


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the packaged tables, built once. Raises KnowledgeError on a wrong table."""
    names: dict[str, list[Name]] = defaultdict(list)
    epithets: dict[str, list[Name]] = defaultdict(list)
    states: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for row in table("states.tsv"):
        _add_state(row, names, states, capitals)
    for row in table("metonyms.tsv"):
        _add_metonym(row, names, states)
    for row in table("organisations.tsv"):
        _add_organisation(row, names, epithets)
    persons = _persons(table("offices.tsv"))
    surnames: dict[str, list[Person]] = defaultdict(list)
    for person in persons.values():
        for name in (person.name, *person.aliases):
            if " " in name:
                names[straight(name)].append(Name("person", person=person))
        for surname in sorted(person.surnames):
            surnames[straight(surname)].append(person)
    roles = {
        words: Role(words, row["sector"], row["kind"], row["office"])
        for row in table("roles.tsv")
        for words in values(row["words"].lower())
    }
    return Lexicon(
        names=dict(names),
        epithets=dict(epithets),
        roles=roles,
        persons=persons,
        surnames=dict(surnames),
        states=states,
        borders={pair for row in table("borders.tsv") for pair in _both_ways(row["country"], values(row["borders"]))},
        capitals=capitals,
        ambiguous={row["word"] for row in table("ambiguous.tsv")},
        genders={row["name"]: row["gender"] for row in table("given_names.tsv")},
    )


def _both_ways(country: str, others: Sequence[str]) -> Iterable[tuple[str, str]]:
    for other in others:
        yield (country, other)
        yield (other, country)


def _add_state(row: Row, names: dict[str, list[Name]], states: dict[str, str], capitals: dict[str, str]) -> None:
    code, name, start, end = row["code"], row["name"], row["from"], row["to"]
    states.setdefault(code, name)
    for words in {name, *values(row["names"])}:
        names[straight(words)].append(Name("state", state_actor(code, name), code, start=start, end=end))
    for words in values(row["adjectives"]):
        names[straight(words)].append(Name("adjective", state_actor(code, name), code, start=start, end=end))
    for words in values(row["demonyms"]):
        actor = Actor(id=f"people:{code}", name=f"People of {name}", kind="population", country=code, sector="CVL")
        if words not in values(row["adjectives"]):
            names[straight(words)].append(Name("demonym", actor, code, start=start, end=end))
    for words in values(row["capital"]):
        names[straight(words)].append(Name("capital", government_actor(code, name), code, start=start, end=end))
        capitals[straight(words)] = code


def _add_metonym(row: Row, names: dict[str, list[Name]], states: dict[str, str]) -> None:
    country, sector, name = row["country"], row["sector"] or None, row["name"]
    if sector == "GOV" and row["kind"] == "government" and country in states:
        actor = government_actor(country, states[country])
    else:
        actor = Actor(id=f"body:{country}:{slug(name)}", name=name, kind=row["kind"], country=country, sector=sector)
    for words in values(row["words"]):
        names[straight(words)].append(Name("metonym", actor, country))


def _add_organisation(row: Row, names: dict[str, list[Name]], epithets: dict[str, list[Name]]) -> None:
    actor = Actor(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"] or None,
        sector=row["sector"] or None,
    )
    entry = Name("organisation", actor, row["country"], start=row["from"], end=row["to"])
    for words in {row["name"], *values(row["names"])}:
        names[straight(words)].append(entry)
    for words in values(row["epithets"]):
        epithets[straight(words).lower()].append(entry)


def _persons(rows: Iterable[Row]) -> dict[str, Person]:
    persons: dict[str, Person] = {}
    for row in rows:
        person = persons.setdefault(row["person"], Person(row["person"]))
        person.aliases = tuple(dict.fromkeys((*person.aliases, *values(row["aliases"]))))
        person.offices.append(Office(row["office"], row["sector"], row["country"], row["from"], row["to"]))
    return persons
