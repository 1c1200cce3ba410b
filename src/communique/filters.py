"""One table of filters: key, SQL condition, the sentence for people, help. Command line, web and API share it.

The conditions speak of the archive's tables by the aliases ``r`` (the record) and ``a`` (its article); only the
archive runs them. They stand here, beside the sentences, so that a query and its explanation cannot drift apart.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import get_args

from communique.errors import UsageError
from communique.records import Act, EventType, StatementKind, Status

STATEMENTS, EVENTS, ARTICLES = "statements", "events", "articles"
KINDS = (STATEMENTS, EVENTS, ARTICLES)
RECORDS = (STATEMENTS, EVENTS)
# Letters that Unicode does not take apart into a plain one and a mark, though people type them without it.
PLAIN = str.maketrans("ıłøđðħŧ", "iloddht")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter. ``kinds`` are the records that have it; ``sql`` reads the value as ``:value``.

    A condition on names reads ``:words`` instead, the value as ``words`` makes it. ``metavar`` names the value in
    help. ``check`` returns the value as it is compared, or raises UsageError; ``plover`` stands in its place where an
    archive may hold other words than PLOVER's, of a user's ontology, and returns PLOVER's.
    """

    key: str
    kinds: tuple[str, ...]
    sql: str
    sentence: str
    metavar: str
    help: str
    check: Callable[[str], str] = str
    plover: Callable[[], Iterable[str]] | None = None


def words(name: str) -> str:
    """Return a name as names are compared: small letters without accents, a space around each word.

    >>> words("Recep Tayyip Erdoğan"), words("Al-Shabaab")
    (' recep tayyip erdogan ', ' al shabaab ')
    """
    bare = unicodedata.normalize("NFKD", name).casefold().translate(PLAIN)
    found = re.findall(r"\w+", "".join(c for c in bare if not unicodedata.combining(c)))
    return f" {' '.join(found)} " if found else ""


def phrases(text: str) -> list[str]:
    """Return what people search for: words, and phrases that they put in double quotes; nothing else is syntax.

    >>> phrases('"grain deal" Odesa —')
    ['grain deal', 'Odesa']
    """
    # SQLite reads a query to its first NUL.
    found = [phrase or word for phrase, word in re.findall(r'"([^"]*)"|([^\s"]+)', text.replace("\0", " "))]
    return [one for one in found if re.search(r"\w", one)]


def _name(value: str) -> str:
    if not words(value):
        raise UsageError(f"{value!r} is no name", remedy="give one or more words of it, or an id")
    return value


def _one_of(name: str, value: str, allowed: Iterable[str]) -> str:
    """Return the first of the allowed words that is the value; no more of them are asked for."""
    passed: list[str] = []
    for word in allowed:
        if value.lower() == word.lower():
            return word
        passed.append(word)
    raise UsageError(f"unknown {name} {value!r}", remedy=f"one of {', '.join(dict.fromkeys(passed))}")


def _types() -> Iterable[str]:
    return get_args(EventType)


def _modes() -> Iterable[str]:
    from communique.ontology import ontology  # only here: it reads the whole ontology

    return sorted({mode for facts in ontology().types.values() for mode in facts.modes})


def _article(value: str) -> str:
    if not re.fullmatch("a-[0-9a-f]{1,16}", value):
        raise UsageError(f"{value!r} is no article's id", remedy="such as a-1f2e3d4c; communique list shows them")
    return value


def _country(value: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", value):
        raise UsageError(f"{value!r} is no code of a country", remedy="three letters, such as UKR; also UNO, EUR, IGO")
    return value.upper()


def _sector(value: str) -> str:
    if not re.fullmatch("[A-Za-z]{3}", value):
        raise UsageError(f"{value!r} is no code of a sector", remedy="three letters, such as GOV, MIL, OPP, CVL")
    return value.upper()


def _day(value: str) -> str:
    try:
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
            date.fromisoformat(f"{value}-01-01"[:10])  # a year's or month's first day stands for it
            return value
    except ValueError:
        pass
    raise UsageError(f"{value!r} is no date", remedy="write YYYY, YYYY-MM or YYYY-MM-DD")


def _share(value: str) -> str:
    try:
        if 0 <= float(value) <= 1:
            return value
    except ValueError:
        pass
    raise UsageError(f"{value!r} is no confidence", remedy="a number from 0 to 1")


def _actor(role: str = "") -> str:
    in_role = f"x.role = '{role}' AND " if role else ""
    named = "SELECT n.words FROM names n WHERE instr(n.words, :words)"
    return f"r.id IN (SELECT x.record FROM actors x WHERE {in_role}(x.id = :value OR x.words IN ({named})))"


def _listed(key: str, kinds: tuple[str, ...], sentence: str, help: str, allowed: tuple[str, ...]) -> Filter:
    return Filter(
        key,
        kinds,
        f"r.{key} = :value",
        sentence,
        key.upper(),
        f"{help}: {', '.join(allowed)}",
        lambda value: _one_of(key, value, allowed),
    )


FILTERS: Mapping[str, Filter] = {
    f.key: f
    for f in (
        Filter("actor", RECORDS, _actor(), "with {}", "NAME", "words of a name, or an id, in any role", _name),
        Filter("speaker", (STATEMENTS,), _actor("speaker"), "by {}", "NAME", "who said it", _name),
        Filter("addressee", (STATEMENTS,), _actor("addressee"), "to {}", "NAME", "to whom it was said", _name),
        Filter("source", (EVENTS,), _actor("source"), "by {}", "NAME", "who did it", _name),
        Filter("target", (EVENTS,), _actor("target"), "to {}", "NAME", "to whom it was done", _name),
        Filter(
            "country",
            RECORDS,
            "r.id IN (SELECT x.record FROM actors x WHERE x.country = :value)",
            "of {}",
            "CODE",
            "the country of an actor in any role, ISO 3166-1 alpha-3",
            _country,
        ),
        Filter(
            "sector",
            RECORDS,
            "r.id IN (SELECT x.record FROM actors x WHERE x.sector = :value)",
            "of sector {}",
            "CODE",
            "the PLOVER sector of an actor in any role, such as GOV, MIL, OPP",
            _sector,
        ),
        _listed("act", (STATEMENTS,), "act {}", "what the statement does", get_args(Act)),
        _listed("kind", (STATEMENTS,), "{} speech", "how it is told", get_args(StatementKind)),
        Filter(
            "type",
            (EVENTS,),
            "r.type = :value",
            "type {}",
            "TYPE",
            f"event type of your own, or PLOVER's: {', '.join(_types())}",
            plover=_types,
        ),
        Filter(
            "mode",
            (EVENTS,),
            "r.mode = :value",
            "mode {}",
            "MODE",
            "mode of your own, or PLOVER's, such as demo or aerial",
            plover=_modes,
        ),
        _listed("status", (EVENTS,), "status {}", "how it stands", get_args(Status)),
        Filter("since", KINDS, "r.last_day >= :value", "since {}", "DAY", "on or after this day, month or year", _day),
        # To the end of a month or year: every day of 2022 sorts before "2022~".
        Filter(
            "until",
            KINDS,
            "r.first_day <= :value || '~'",
            "until {}",
            "DAY",
            "on or before this day, month or year",
            _day,
        ),
        Filter("outlet", KINDS, "instr(a.outlet, :words)", "from {}", "NAME", "words of its name or domain", _name),
        Filter("language", KINDS, "a.language = lower(:value)", "in {}", "CODE", "the page's language, ISO 639-1"),
        # The id may be shortened: all that begin so sort between it and it with "~". Those few are looked up first;
        # by a condition on a.id alone SQLite would go through all articles, as they come in the order of the output.
        Filter(
            "article",
            RECORDS,
            "a.id IN (SELECT id FROM articles WHERE id BETWEEN :value AND :value || '~')",
            "of {}",
            "ID",
            "the article's id, or its beginning",
            _article,
        ),
        Filter(
            "min-confidence",
            RECORDS,
            "r.confidence >= CAST(:value AS REAL)",
            "of confidence {} or more",
            "NUMBER",
            "0 to 1",
            _share,
        ),
    )
}


def condition(
    kind: str, chosen: Mapping[str, str], *, own: Callable[[str], Iterable[str]] = lambda key: ()
) -> tuple[str, dict[str, str]]:
    """Return the SQL condition for the chosen filters and its named parameters; "1" for none.

    ``own`` yields what an archive holds of the types or modes; it is read only for a value that PLOVER does not have.
    Raises UsageError for a filter that this kind of record does not have, or a value that it does not take.
    """
    parts, parameters = [], {}
    for key, value in chosen.items():
        known = FILTERS.get(key)
        if known is None or kind not in known.kinds:
            allowed = ", ".join(f.key for f in FILTERS.values() if kind in f.kinds)
            raise UsageError(f"{kind} have no filter {key!r}", remedy=f"one of {allowed}")
        name = key.replace("-", "_")
        parts.append(known.sql.replace(":value", f":{name}").replace(":words", f":{name}_words"))
        if known.plover is None:
            parameters[name] = known.check(value)
        else:
            parameters[name] = _one_of(key, value, chain(known.plover(), own(key)))
        parameters[f"{name}_words"] = words(value)
    return " AND ".join(f"({part})" for part in parts) or "1", parameters


def kinds(chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Return the kinds of record that have all the chosen filters.

    Raises UsageError when none has: a statement's filter with an event's.
    """
    found = tuple(kind for kind in KINDS if all(key in FILTERS and kind in FILTERS[key].kinds for key in chosen))
    if not found:
        raise UsageError(f"no kind of record has all of {', '.join(chosen)}", remedy="leave one out")
    return found


def sentence(kind: str, chosen: Mapping[str, str]) -> str:
    """Return what is shown, in words.

    >>> sentence("statements", {"speaker": "Lavrov", "since": "2022-02"})
    'statements by Lavrov, since 2022-02'
    """
    told = ", ".join(FILTERS[key].sentence.format(value) for key, value in chosen.items())
    return f"{kind} {told}".strip()
