"""At home: the country of those whom their words leave without one, by where it happened or who else took part.

'Gunmen killed ten villagers in Kano' names no Nigerian, yet whoever reads it knows whose villagers they are. It is
told for groups and unnamed persons only, and never against the page: those who are often abroad ('tourists',
'migrants'), and armed men of whom more is told elsewhere ('the rebels'), stay without a country.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import msgspec
from spacy.tokens import Token

from communique.events.roles import Roles
from communique.events.triggers import Match
from communique.records import Actor, Place

# Who lives, serves or fights where an act takes place.
LOCAL = frozenset({"CVL", "EDU", "LAB", "AGR", "REL", "OPP", "COP", "JUD", "SOC", "PTY", "LEG"})
ARMED = frozenset({"UAF", "REB", "CRM", "PRM"})
ABROAD = frozenset(
    "tourist tourists foreigner foreigners visitor visitors expatriate expatriates expats exile exiles diaspora "
    "traveller travellers traveler travelers passenger passengers crew crews hostage hostages pilgrims foreign "
    "international volunteer volunteers defector defectors fans refugees migrants captives".split()
)
# Acts that are done where their doers and their victims are.
LOCATED = frozenset({"ASSAULT", "COERCE", "PROTEST"})
# Words for those who deal with the powers of their own country.
DOMESTIC = frozenset({"protesters", "demonstrators", "government", "opposition", "rebels", "insurgents"})
PLAIN = frozenset(
    "government governments interim civilian central new transitional caretaker military elected democratically civil "
    "provisional federal national local regional provincial current previous outgoing coalition unity "
    "proposed forces troops soldiers officials".split()
)
# Police and courts have power over anybody at home; a government's measures also reach these, where no war is told of.
POLICING = frozenset({"COP", "JUD"})
GOVERNED = frozenset({"EDU", "LAB", "AGR", "OPP", "LEG", "PTY", "SOC"})
OFFICIAL = frozenset({"GOV", "LEG", "MIL", "COP", "OPP", "PTY"})
BEYOND_STATES = frozenset({"IGO", "NGO", "UNO", "EUR", "IMG", "ISM", "MNC"})


def settled(match: Match, roles: Roles, where: Callable[[], Place | None]) -> Roles:
    """Return the roles with countries for the nameless, first of the place of the act, then of the other side."""
    if roles.symmetric or not any(map(_is_nameless, (*roles.source, *roles.target))):
        return roles
    source, target = roles.source, roles.target
    if match.sense.type in LOCATED:
        place = where()
        if place is not None and place.country is not None:
            source = _of(source, place.country, lambda a: _is_there(a) or _is_armed_stranger(a))
            target = _of(target, place.country, _is_there)
    source = bridged(source, roles.target, protest=match.sense.type == "PROTEST")
    target = bridged(target, source)
    sole = _sole_country(match.token)
    if sole is not None:
        if {a.country for a in source} == {sole}:
            target = _of(target, sole, lambda a: _is_governed(a, source))
        elif {a.country for a in target} == {sole}:
            source = _of(source, sole, lambda a: _governs(a, target, protest=match.sense.type == "PROTEST"))
    return replace(roles, source=source, target=target)


def bridged(actors: Iterable[Actor], others: Sequence[Actor], *, protest: bool = False) -> tuple[Actor, ...]:
    """Return the actors, those that only exist at home with the country of the other side: 'jailed the opposition'.

    With ``protest`` the other side must be a body or somebody: a crowd that marches against a state may be anywhere.
    """
    countries = {other.country for other in others if other.country is not None and other.sector != "IGO"}
    if protest and all(other.kind == "state" for other in others):
        return tuple(actors)
    home = next(iter(countries)) if len(countries) == 1 else None
    return _of(actors, home, is_domestic) if home is not None else tuple(actors)


def is_domestic(actor: Actor) -> bool:
    """Tell whether words like these name a body of the country that the clause is about."""
    words = _words(actor)
    if words & {"government", "governments"}:
        return words <= PLAIN  # 'the Korean government' is of a country, though none that is known
    return actor.sector in {"OPP", "LEG"} or bool(words & DOMESTIC)


def _of(actors: Iterable[Actor], country: str, fits: Callable[[Actor], bool]) -> tuple[Actor, ...]:
    return tuple(
        msgspec.structs.replace(actor, country=country) if _is_nameless(actor) and fits(actor) else actor
        for actor in actors
    )


def _is_nameless(actor: Actor) -> bool:
    return actor.country is None and (actor.id is None or actor.kind == "person")


def _is_there(actor: Actor) -> bool:
    # Whoever is named may be from anywhere, save who holds power here.
    if actor.id is not None and actor.sector not in POLICING:
        return False
    return actor.sector in LOCAL and actor.kind in {"group", "person", "population"} and not _words(actor) & ABROAD


def _is_armed_stranger(actor: Actor) -> bool:
    """'Gunmen', 'a gang': met here for the first time; 'the rebels' were told of before, and may come from abroad."""
    said = actor.mention.text.lower() if actor.mention is not None else ""
    return actor.sector in ARMED and not said.startswith(("the ", "these ", "those ", "they", "their "))


def _is_governed(actor: Actor, rulers: Sequence[Actor]) -> bool:
    if actor.id is not None or actor.kind not in {"group", "person", "population"} or _words(actor) & ABROAD:
        return False
    if any(ruler.sector in POLICING for ruler in rulers):
        return actor.sector in LOCAL | ARMED | {"JRN", "MED", "BUS"}
    return any(r.sector == "GOV" and r.kind != "state" for r in rulers) and actor.sector in GOVERNED


def _governs(actor: Actor, ruled: Sequence[Actor], *, protest: bool) -> bool:
    """'A judge charged the Chadian minister', 'students marched to demand reforms from the Chadian president'."""
    official = all(other.sector in OFFICIAL and other.kind != "state" for other in ruled)
    return official and (_is_there(actor) if protest else actor.sector == "JUD" and actor.kind != "body")


def _sole_country(token: Token) -> str | None:
    """Return the one country that the token's sentence speaks of, None when there are several."""
    doc, sentence = token.doc, token.sent
    found = {
        a.country for m in doc._.actors if sentence.start <= m.start < sentence.end for a in m.actors if a.country
    } - BEYOND_STATES
    found |= {p.place.country for p in doc._.places or () if sentence.start <= p.start < sentence.end}
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def _words(actor: Actor) -> set[str]:
    return set(actor.name.lower().split())
