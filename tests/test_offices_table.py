"""The table of offices: terms run forwards, spellings are plain, one holder at a time."""

import re
from collections import defaultdict
from itertools import pairwise

from communique.knowledge import Row, table, values

DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?|")
# Offices that one person holds at a time; two presidents of a state at once would be an error of the table.
SINGLE = {"President", "Prime Minister", "Chancellor", "Minister of Foreign Affairs", "Secretary of State"}


def rows() -> tuple[Row, ...]:
    return table("offices.tsv")


def test_terms_run_forwards_and_are_dated() -> None:
    for row in rows():
        assert DATE.fullmatch(row["from"]), row
        assert DATE.fullmatch(row["to"]), row
        assert not row["to"] or row["from"][: len(row["to"])] <= row["to"], row


def test_codes() -> None:
    states = {row["code"] for row in table("states.tsv")} | {"UNO", "EUR", "IGO"}
    for row in rows():
        assert row["country"] in states, row
        assert re.fullmatch("[A-Z]{3}", row["sector"]), row


def test_a_name_with_other_letters_has_a_plain_spelling() -> None:
    for row in rows():
        assert any(name.isascii() for name in (row["person"], *values(row["aliases"]))), row


def test_one_holder_at_a_time() -> None:
    terms: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows():
        if row["office"] in SINGLE and row["sector"] == "GOV":
            terms[row["country"], row["office"]].append((row["from"], row["to"] or "9999", row["person"]))
    for held in terms.values():
        held.sort()
        for (_, end, one), (start, _, other) in pairwise(held):
            # A handover falls on one day; a month given without a day overlaps by that month at the most.
            assert one == other or start[:7] >= end[:7], (one, other)
