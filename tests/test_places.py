"""Where: toponyms in sentences with hand-checked answers, and which of several is a clause's."""

import gzip
import time
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from communique import knowledge
from communique.errors import InputError
from communique.knowledge import table
from communique.language import load_model
from communique.places import load, place_of
from communique.places.gazetteer import Gazetteer, folded
from communique.places.lookup import readings
from communique.syntax import clause_tokens

GROUPS = tomllib.loads((Path(__file__).parent / "cases" / "places.toml").read_text(encoding="utf-8"))["group"]
CASES = [(text, wanted) for group in GROUPS for text, wanted in group["cases"]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The model with this stage alone: it needs no other."""
    model = load_model()
    model.add_pipe("communique_sentences", before="parser")
    model.add_pipe("communique_places")
    return model


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:50] for text, _ in CASES])
def test_places_named(text: str, wanted: str, nlp: Language) -> None:
    found = [m.place for m in nlp(text)._.places]
    assert "; ".join(f"{place.name}/{place.country or ''}" for place in found) == wanted


def test_containment_decides_between_namesakes_later_in_the_text(nlp: Language) -> None:
    doc = nlp("A factory burned in Birmingham, Alabama. People in Birmingham were told to stay inside.")
    found = [m.place for m in doc._.places if m.place.name == "Birmingham"]
    assert len(found) == 2
    assert found[0] == found[1]
    assert found[0].lat == pytest.approx(33.5, abs=0.5)


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("The ministers met in Moscow on Thursday.", "met", "Moscow"),
        ("He arrived from Minsk in Moscow.", "arrived", "Moscow"),
        ("He travelled from Minsk to Moscow.", "travelled", "Moscow"),
        ("The army shelled Kharkiv.", "shelled", "Kharkiv"),
        ("Macron left Kiev.", "left", "Kyiv"),
        ("Moscow rejected the offer.", "rejected", None),
        ("The minister sent a letter to Moscow.", "sent", None),
        ("He signed the deal at a summit in Geneva.", "signed", "Geneva"),
        ("A shell hit a house in the port of Odesa.", "hit", "Odesa"),
    ],
)
def test_the_place_of_a_clause(text: str, word: str, wanted: str | None, nlp: Language) -> None:
    doc = nlp(text)
    verb = next(token for token in doc if token.text == word)
    tokens = {token.i for token in clause_tokens(verb)}
    place = place_of(doc._.places, tokens, head=verb.i)
    assert (place.name if place else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Moscow said it would respond.", [("Moscow", "government")]),
        ("They met in Moscow.", [("Moscow", "place")]),
        ("The California Department of Public Health warned of measles.", [("California", "name")]),
        ("Manchester United lost again.", []),
        ("The leaders of the European Union met in Brussels.", [("Brussels", "place")]),
    ],
)
def test_the_use_of_a_name(text: str, wanted: list[tuple[str, str]], nlp: Language) -> None:
    doc = nlp(text)
    assert [(doc[m.start : m.end].text, m.use) for m in doc._.toponyms] == wanted
    assert doc._.places == tuple(m for m in doc._.toponyms if m.use == "place")


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("Fire crews from Dayton, Ohio, helped in Springfield.", 39.9, -83.8),
        ("Fire crews from Chicago helped in Springfield, Illinois.", 39.8, -89.6),
        ("The board of Edgewood, Iowa, and that of Hopkinton met in Manchester.", 42.5, -91.5),
        ("He moved from London to Manchester.", 53.5, -2.2),
    ],
)
def test_the_neighbourhood_decides_between_namesakes(text: str, lat: float, lon: float, nlp: Language) -> None:
    found = [m.place for m in nlp(text)._.places if m.place.name in {"Springfield", "Manchester"}]
    assert [(place.lat, place.lon) for place in found] == [(pytest.approx(lat, abs=0.3), pytest.approx(lon, abs=0.3))]


def test_coordinates_say_what_they_stand_for(nlp: Language) -> None:
    doc = nlp("They flew from Heathrow to Kyiv, then to the Donetsk region, and left Ukraine.")
    assert [m.place.precision for m in doc._.places] == ["point", "city", "region", "country"]


def test_every_name_of_the_gazetteer_is_found_where_it_lies(gazetteer: Gazetteer) -> None:
    lines = gzip.decompress(files(knowledge).joinpath("gazetteer.tsv.gz").read_bytes()).decode().splitlines()
    keys = [line.split("\t")[0] for line in lines if not line.startswith("#")]
    assert len(keys) > 100_000
    assert keys == sorted(keys, key=str.encode)
    for key in keys[::997]:
        assert key in gazetteer
        assert f"{key} of nowhere" not in gazetteer
        first, space, _ = key.partition(" ")
        assert not space or gazetteer.is_beginning(first)
    assert not gazetteer.is_beginning("of nowhere at all")


def test_the_first_reading_is_what_a_text_would_mean(gazetteer: Gazetteer) -> None:
    (first, *others) = readings("Tripoli", gazetteer=gazetteer)
    assert (first.country, first.kind, first.precision) == ("LBY", "capital", "city")
    assert "LBN" in {other.country for other in others}
    assert readings("Tripoli", near="Beirut", gazetteer=gazetteer)[0].country == "LBN"
    assert readings("Tripoli", near="GRC", gazetteer=gazetteer)[0].country == "GRC"
    assert readings("Springfield", near="Illinois", gazetteer=gazetteer)[0].division == "Illinois"
    assert "kiev" in readings("Kyiv", gazetteer=gazetteer)[0].other_names
    assert readings("Donbas", gazetteer=gazetteer)[0].population is None


@pytest.mark.parametrize(
    ("name", "near"), [("Xyzzyville", None), ("Paris", "Xyzzyville"), ("", None), ("a\tb\nc", None)]
)
def test_an_unknown_name_is_told(name: str, near: str | None, gazetteer: Gazetteer) -> None:
    with pytest.raises(InputError, match="no place is called"):
        readings(name, near=near, gazetteer=gazetteer)


def test_the_gazetteer_knows_every_capital(gazetteer: Gazetteer) -> None:
    known = {"Kyiv": "703448", "London": "2643743", "Beijing": "1816670"}
    for name, ident in known.items():
        assert gazetteer.named(folded(name))[0].place.gazetteer_id == ident
    assert gazetteer.named("kiev")[0].place == gazetteer.named("kyiv")[0].place


def test_the_gazetteer_loads_fast() -> None:
    started = time.perf_counter()
    load.__wrapped__()
    assert time.perf_counter() - started < 1.0  # 0.1 s where nothing else runs; the bound is for busy machines


def test_regions_are_on_the_globe_and_of_known_countries(gazetteer: Gazetteer) -> None:
    rows = table("regions.tsv")
    assert len(rows) >= 300
    for row in rows:
        assert -90 <= float(row["lat"]) <= 90, row["name"]
        assert -180 <= float(row["lon"]) <= 180, row["name"]
        assert row["country"] == "" or len(row["country"]) == 3, row["name"]
        assert folded(row["name"]) in gazetteer


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)
