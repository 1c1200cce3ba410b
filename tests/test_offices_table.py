"""The table of offices: terms run forwards, spellings are plain, one holder at a time, a name means one person."""

import re
from collections import defaultdict
from itertools import combinations

from communique.knowledge import Row, table, values

COLUMNS = ["person", "aliases", "office", "sector", "country", "from", "to", "source"]
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# Offices that one person holds at a time; two presidents of a state at once would be an error of the table.
SINGLE = {
    "President", "Prime Minister", "Premier", "Chancellor", "Supreme Leader", "King", "Queen", "Emir", "Sultan",
    "Emperor", "Pope", "Minister of Foreign Affairs", "Minister of External Affairs", "Foreign Secretary",
    "Secretary of State", "Minister of Defence", "Defence Secretary", "Secretary of Defense",
    "Chief of the Armed Forces",
}  # fmt: skip
SECTORS = {
    "GOV",
    "MIL",
    "LEG",
    "OPP",
    "REB",
    "IGO",
    "REL",
    "SPY",
    "PTY",
    "PRM",
    "COP",
    "JUD",
    "NGO",
    "BUS",
    "LAB",
    "CVL",
    "SOC",
}


def rows() -> tuple[Row, ...]:
    return table("offices.tsv")


def test_columns_are_filled() -> None:
    for row in rows():
        assert list(row) == COLUMNS
        assert all(row[column] for column in ("person", "office", "sector", "country", "from", "source")), row


def test_terms_run_forwards_and_are_dated() -> None:
    for row in rows():
        assert DATE.fullmatch(row["from"]), row
        assert not row["to"] or DATE.fullmatch(row["to"]), row
        shared = min(len(row["from"]), len(row["to"]))
        assert not row["to"] or row["from"][:shared] <= row["to"][:shared], row


def test_codes() -> None:
    states = {row["code"] for row in table("states.tsv")} | {"UNO", "EUR", "IGO", "NGO"}
    for row in rows():
        assert row["country"] in states, row
        assert row["sector"] in SECTORS, row
        assert (row["sector"] == "IGO") == (row["country"] in {"UNO", "EUR", "IGO"}), row


def test_a_name_with_other_letters_has_a_plain_spelling() -> None:
    for row in rows():
        assert row["person"].isascii(), row
        assert row["person"] not in values(row["aliases"]), row


def test_a_name_means_one_person() -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for row in rows():
        for name in (row["person"], *values(row["aliases"])):
            meant[name].add(row["person"])
    assert not {name: persons for name, persons in meant.items() if len(persons) > 1}


def test_no_term_stands_twice() -> None:
    keys = [(row["person"], row["office"], row["country"], row["from"]) for row in rows()]
    assert not {key for key in keys if keys.count(key) > 1}


def test_one_holder_at_a_time() -> None:
    terms: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows():
        # Somebody who acts may stand beside the holder, who is suspended or ill.
        if row["office"] in SINGLE and not row["source"].endswith("acting"):
            terms[row["country"], row["office"], row["sector"]].append(row)
    for held in terms.values():
        for one, other in combinations(sorted(held, key=lambda row: (row["from"], row["to"] or "9999")), 2):
            if one["person"] != other["person"]:
                # A handover falls on one day; one dated by month or year alone overlaps by that month or year.
                end, start = one["to"] or "9999", other["from"]
                shared = min(len(end), len(start), 7)
                assert start[:shared] >= end[:shared], (one, other)
