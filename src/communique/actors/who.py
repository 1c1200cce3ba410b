"""Whom a name can mean on a day: every reading that the knowledge tables know, the program's own choice first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from communique.actors.anaphora import synonymous_offices
from communique.actors.lexicon import Lexicon, Name, Office, Person
from communique.errors import UsageError
from communique.filters import words
from communique.records import Actor

# A name that stands for things of several sorts is taken for the first sort, as resolution does.
SORTS = ({"person"}, {"organisation", "metonym"}, {"state", "capital", "adjective", "demonym"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a name can mean.

    ``what``: person, surname, organisation, metonym, state, capital, adjective, demonym, epithet or role. ``actor`` is
    what records would say. ``taken``: the program takes this reading when no page tells more. Of a person, ``held``
    are the offices on the day, or at some time in the month or year asked for, that which records name first;
    ``others`` are those held before or after.
    """

    what: str
    actor: Actor
    taken: bool
    held: tuple[Office, ...] = ()
    others: tuple[Office, ...] = ()


def readings(name: str, *, lexicon: Lexicon, day: str | None = None, country: str | None = None) -> list[Reading]:
    """Return whom the name can mean, what the program takes first; nothing when it knows no such name.

    Accents, capitals and a leading "the" do not count. ``day`` is YYYY-MM-DD, YYYY-MM or YYYY, None is the present;
    ``country`` (ISO 3166-1 alpha-3) is one that the page would name beside it. Raises UsageError on a wrong date.
    """
    if day is not None:
        check_day(day)
    asked = {words(name), words(name).removeprefix(" the")}
    full = [n for key, names in lexicon.names.items() if words(key) in asked for n in names]
    epithets = [n for key, names in lexicon.epithets.items() if words(key) in asked for n in names]
    found = list(_by_name([n for n in full if during(n.start, "", day)], day, country))
    found += [
        Reading("epithet", n.actor, not found)
        for n in epithets
        if n.actor is not None and during(n.start, n.end, day) and country in {None, n.country}
    ]
    persons = {p.name: p for key, named in lexicon.surnames.items() if words(key) in asked for p in named}
    for known in {n.person.name for n in full if n.person is not None}:
        persons.pop(known, None)
    unclear = bool(found) or (country is None and any(words(word) in asked for word in lexicon.ambiguous))
    found += _by_surname(persons.values(), day, country, unclear=unclear)
    role = next((role for key, role in lexicon.roles.items() if words(key) in asked), None)
    if role is not None:
        found += _by_role(role.office, role.sector, lexicon, day, country, taken=not found)
    return found


def during(start: str, end: str, day: str | None) -> bool:
    """Tell whether a term from ``start`` to ``end`` touches a day, month or year; for None only an open end does.

    >>> during("2019-05-20", "", "2019"), during("2019-05-20", "2019-06", "2019-06-30"), during("1999", "2004", "2005")
    (True, True, False)
    """
    if day is None:
        return not end
    return start[: len(day)] <= day[: len(start)] and (not end or day[: len(end)] <= end[: len(day)])


def check_day(day: str) -> None:
    """Refuse what is no day, month or year. Raises UsageError."""
    try:
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", day):
            date.fromisoformat(_first_day(day))
            return
    except ValueError:
        pass
    raise UsageError(f"{day!r} is no date", remedy="write YYYY, YYYY-MM or YYYY-MM-DD")


def _first_day(day: str) -> str:
    return f"{day}-01-01"[:10]


def _by_name(names: Iterable[Name], day: str | None, country: str | None) -> Iterator[Reading]:
    """Yield the readings of a name that is known in full, in the order of resolution."""
    met: set[tuple[str, str | None]] = set()
    here = [n for n in names if country is None or _is_of(n, country)]
    # Of persons of one name the one in office comes first.
    for name in sorted(here, key=lambda n: (_rank(n), n.person is not None and not _held(n.person, day))):
        if name.person is not None:
            reading = _person("person", name.person, day, taken=not met)
        elif name.actor is not None:
            reading = Reading(name.what, name.actor, not met)
        else:
            continue
        if (key := (name.what, reading.actor.id)) not in met:
            met.add(key)
            yield reading


def _by_surname(
    persons: Iterable[Person], day: str | None, country: str | None, *, unclear: bool
) -> Iterator[Reading]:
    """Yield those whose surname it is, in office first; it is taken for the only one in office, unless unclear."""
    here = [p for p in persons if country is None or any(o.country == country for o in p.offices)]
    fitting = [p for p in here if _in_office(p, day, country)]
    for person in sorted(here, key=lambda p: not _in_office(p, day, country)):
        yield _person("surname", person, day, taken=not unclear and fitting == [person])


def _by_role(
    office: str, sector: str, lexicon: Lexicon, day: str | None, country: str | None, *, taken: bool
) -> Iterator[Reading]:
    """Yield who holds the office that a role names in the country; without a country or holder the role itself."""
    if country is not None and office:
        for title in synonymous_offices(office):
            terms = lexicon.terms.get((title, country), ())
            holders = {p.name: p for o, p in terms if during(o.start, o.end, day)}
            for person in holders.values():
                yield _person("role", person, day, taken=taken and len(holders) == 1)
            if holders:
                return
    told = office or "no office"
    yield Reading("role", Actor(None, told, "person", country, sector or None, office or None), taken)


def _person(what: str, person: Person, day: str | None, *, taken: bool) -> Reading:
    held = _held(person, day)
    on = day
    if day is not None:
        on = max(_first_day(day), _first_day(held[0].start)) if held else _first_day(day)
    others = tuple(office for office in person.offices if office not in held)
    return Reading(what, person.actor(on), taken, held, others)


def _held(person: Person, day: str | None) -> tuple[Office, ...]:
    return tuple(office for office in person.offices if during(office.start, office.end, day))


def _in_office(person: Person, day: str | None, country: str | None) -> bool:
    """As resolution by surname has it: of several offices held the first tells the country."""
    held = _held(person, day)
    return bool(held) and country in {None, held[0].country}


def _is_of(name: Name, country: str) -> bool:
    if name.person is not None:
        return any(office.country == country for office in name.person.offices)
    return country == (name.country or (name.actor.country if name.actor is not None else None))


def _rank(name: Name) -> int:
    return next(rank for rank, sorts in enumerate(SORTS) if name.what in sorts)
