"""TABARI and PETRARCH actor and agent dictionaries, read as they are: names with CAMEO actor codes and their dates.

An entry is a name with its code on the same line (``UKRAINE_ [UKR]``) or on lines of its own below (``[UKRGOV
>140607]``); "+" begins further names of the entry. A code may hold until a date ("<"), from one (">") or between two
("-"), in YYMMDD or YYYYMMDD. Codes that begin with "~" are agents: common nouns that tell a sector ("FARMER [~AGR]").
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from communique.actors.lexicon import Lexicon, Name, Office, Person, Role, slug, state_actor, straight
from communique.errors import KnowledgeError
from communique.extension.patterns import Unused
from communique.extension.verbs import lines_of
from communique.ontology import Ontology
from communique.records import Actor

BRACKETS = re.compile(r"\[([^\]}]*)[\]}]?")
DATED = re.compile(r"(?P<code>~?[A-Z]*|---)\s*(?:(?P<sign>[<>]=?)?\s*(?P<start>\d{6,8})(?:\s*-\s*(?P<end>\d{6,8}))?)?")
# The years of two digits that are of this century, as PETRARCH reads them.
LAST_SHORT_YEAR = 30
BODIES = {"IGO": "organisation", "NGO": "organisation", "ISM": "movement", "IMG": "armed group", "MNC": "company"}
FIGHTERS = frozenset({"REB", "UAF", "PRM"})


@dataclass(frozen=True, slots=True)
class Term:
    """A code with the days between which it holds, both included, "" open."""

    code: str
    start: str = ""
    end: str = ""


@dataclass(slots=True)
class Entry:
    """Names of one actor or agent and the codes that they have, in the file's order."""

    line: int
    names: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    misread: bool = False


@dataclass(slots=True)
class Named:
    """What came out of actor dictionaries: names by folded key, roles of common nouns, lines used and left out."""

    names: dict[str, list[Name]] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    used: int = 0
    unused: list[Unused] = field(default_factory=list)


def read_actors(path: Path, known: Ontology, states: dict[str, str]) -> Named:
    """Read an actor or agent dictionary; ``states`` are the names of states by code.

    Raises KnowledgeError when the file is missing or holds no entry.
    """
    named = Named()
    for entry in _entries(path, named.unused):
        _take(entry, named, known, states)
    if not named.used:
        first = f":{named.unused[0].line}" if named.unused else ""
        raise KnowledgeError(
            "no actor dictionary: no name with a code", where=f"{path}{first}", remedy="expected 'UKRAINE_ [UKR]'"
        )
    return named


def with_names(lexicon: Lexicon, named: Named) -> Lexicon:
    """Return the lexicon with further names and roles; those that it has already stay as they are."""
    return replace(lexicon, folded={**named.names, **lexicon.folded}, roles={**named.roles, **lexicon.roles})


def _entries(path: Path, unused: list[Unused]) -> Iterator[Entry]:
    entry: Entry | None = None
    sets: dict[str, list[str]] = {}
    for number, line in lines_of(path):
        text = BRACKETS.sub(" ", line).strip()
        terms, misread = [], False
        for inside in BRACKETS.findall(line):
            term = _term(inside)
            if term is None:
                unused.append(Unused(number, line, "no code or no date in brackets"))
                misread = True
            else:
                terms.append(term)
        if text.startswith("!") and "=" in text:
            name, _, words = text.partition("=")
            sets[name.strip()] = [word.strip() for word in words.split(",")]
            continue
        if text and not text.startswith("+"):
            if entry is not None:
                yield entry
            entry = Entry(number)
        if entry is None:
            unused.append(Unused(number, line, "a further name or code without an entry"))
            continue
        entry.names += _names(text.removeprefix("+"), sets)
        entry.terms += terms
        entry.misread |= misread
    if entry is not None:
        yield entry


def _names(text: str, sets: dict[str, list[str]]) -> list[str]:
    """Return the names of a line: its words, irregular forms in braces, one for each word of a substitution set."""
    if "{" not in text and "!" not in text:  # as nearly all lines of large dictionaries
        name = " ".join(text.replace("_", " ").split())
        return [name] if name else []
    forms = [form.strip() for group in re.findall(r"\{([^}]*)\}?", text) for form in group.split(",")]
    found = []
    for name in [re.sub(r"\{[^}]*\}?", "", text), *forms]:
        options = [name]
        for key, words in sets.items():
            options = [option.replace(key, word) for option in options for word in (words if key in option else [""])]
        found += [" ".join(option.replace("_", " ").split()) for option in options]
    return [name for name in found if name]


def _term(inside: str) -> Term | None:
    match = DATED.fullmatch(inside.strip())
    if match is None or not match["code"]:
        return None
    start, end = (_day(match[name]) if match[name] else "" for name in ("start", "end"))
    if start is None or end is None:
        return None
    if match["sign"]:
        return Term(match["code"], end=start) if match["sign"][0] == "<" else Term(match["code"], start=start)
    return Term(match["code"], start, end)


def _day(digits: str) -> str | None:
    """Return YYMMDD or YYYYMMDD as YYYY-MM-DD, None when it is no day."""
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= LAST_SHORT_YEAR else "19") + digits
    if len(digits) != 8 or not ("01" <= digits[4:6] <= "12" and "01" <= digits[6:] <= "31"):
        return None
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _take(entry: Entry, named: Named, known: Ontology, states: dict[str, str]) -> None:
    """Add what an entry says to ``named``, or why it says nothing."""
    name = entry.names[0] if entry.names else ""

    def leave(why: str) -> None:
        codes = " ".join(f"[{term.code}]" for term in entry.terms)
        named.unused.append(Unused(entry.line, f"{name} {codes}".strip(), why))

    terms = [term for term in entry.terms if term.code != "---"]
    if not terms or not name:
        return None if entry.misread else leave("coded as nobody" if entry.terms else "no code")
    if terms[0].code.startswith("~"):
        sector = _sector(_groups(terms[0].code[1:]), known)
        if sector is None:
            return leave("a code for which PLOVER has no sector")
        for words in entry.names:
            for form in (words.lower(), _plural(words.lower())):
                named.roles.setdefault(form, Role(form, sector, "group", ""))
        named.used += 1
        return None
    meant = _meaning(_titled(name), terms, known, states)
    if meant is None:
        return leave("a code that names no state and no sector")
    for words in entry.names:
        named.names.setdefault(straight(words).casefold(), []).append(meant)
    named.used += 1
    return None


def _meaning(name: str, terms: list[Term], known: Ontology, states: dict[str, str]) -> Name | None:
    """Return a state, a person whose codes are those of offices, or a body; None when the codes name nobody."""
    parties = [_party(term.code, known, states) for term in terms]
    if not any(country or sector for country, sector in parties):
        return None
    country, sector = parties[0]
    if all(not s for _, s in parties) and len(terms) == 1 and country in states:
        return Name("state", state_actor(country, states[country]), country, start=terms[0].start, end=terms[0].end)
    if len(terms) > 1 or terms[0].start or terms[0].end or sector == "ELI":
        offices = [Office("", s, c, t.start, t.end) for (c, s), t in zip(parties, terms, strict=True)]
        return Name("person", person=Person(name, (), offices))
    kind = BODIES.get(sector, "armed group" if sector in FIGHTERS else "organisation")
    actor = Actor(f"org:{slug(name)}", name, kind, country or None, sector or None)
    return Name("organisation", actor, country)


def _party(code: str, known: Ontology, states: Collection[str]) -> tuple[str, str]:
    """Return country and sector of a CAMEO actor code, "" for what it does not tell: 'AFGGOVMIL' → AFG, GOV."""
    groups = _groups(code)
    country = next((group for group in groups[:2] if group in states), "")
    return country, _sector([group for group in groups if group != country], known) or ""


def _groups(code: str) -> list[str]:
    return [code[i : i + 3] for i in range(0, len(code), 3)]


def _sector(groups: list[str], known: Ontology) -> str | None:
    """Return the first of the groups that is a sector, in PLOVER's terms."""
    sectors = (known.cameo_sectors.get(group, group) for group in groups)
    return next((sector for sector in sectors if sector in known.sectors), None)


def _titled(name: str) -> str:
    """Return a name of capitals as news write it.

    >>> _titled("FRONT FOR THE LIBERATION OF CABINDA"), _titled("FARC")
    ('Front for the Liberation of Cabinda', 'FARC')
    """
    if not name.isupper() or (" " not in name and len(name) <= 5):
        return name
    small = {"of", "the", "for", "and", "in", "on", "to", "de", "la", "al", "bin"}
    words = [w.lower() if i and w.lower() in small else w.title() for i, w in enumerate(name.split())]
    return " ".join(words).replace("'S", "'s")


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")
