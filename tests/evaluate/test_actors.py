"""The measure of resolved actors on mentions whose answers can be checked by hand."""

import pytest
from spacy.language import Language

from communique.evaluate.actors import FoundActor, GoldActor, figures, found_actor, judged
from communique.language import prepare


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ({"country": "FRA", "sector": "GOV"}, ("FRA", "GOV"), {"country": True, "sector": True, "both": True}),
        ({"country": "FRA", "sector": "GOV"}, ("FRA", "MIL"), {"country": True, "sector": False, "both": False}),
        ({"country": ("FRA", "DEU")}, ("DEU", ""), {"country": True}),
        ({"country_not": "USA"}, ("USA", ""), {"country": False}),
        ({"country_not": "USA"}, ("", ""), {"country": True}),
        ({"sector": ("MIL", "SPY")}, ("", "SPY"), {"sector": True}),
        ({"sector": "UNK"}, ("", ""), {"sector": True}),
        ({"sector": ""}, ("", "JNK"), {"sector": True}),
        ({"sector": ""}, ("", "GOV"), {"sector": False}),
        ({"title": "Paris"}, ("", ""), {}),
    ],
)
def test_what_counts_as_right(gold: dict[str, str], found: tuple[str, str], right: dict[str, bool]) -> None:
    assert judged(GoldActor("1", "words", **gold), FoundActor("1", *found)) == right


def test_figures_count_what_is_asked() -> None:
    pairs = [
        (GoldActor("1", "a", country="FRA", sector="GOV"), FoundActor("1", "FRA", "MIL")),
        (GoldActor("2", "b", country="FRA"), FoundActor("2", "FRA")),
        (GoldActor("3", "c", title="C"), FoundActor("3")),
    ]
    assert figures(pairs).lines() == [
        "3 mentions",
        "country 1.000  2 of 2",
        "sector  0.000  0 of 1",
        "both    0.000  0 of 1",
    ]


@pytest.mark.parametrize(
    ("mention", "context", "date", "country", "sector"),
    [
        ("Jacques Chirac", "", "1999-05-01", "FRA", "GOV"),
        ("Jacques Chirac", "", "2010-05-01", "FRA", "ELI"),
        ("Norwegian coastguards", "", None, "NOR", None),
        ("the army", "Kenya", None, "KEN", "MIL"),
        ("Sahel", "", None, "", ""),
        ("Lyon police", "", None, "FRA", "COP"),
        ("BERLIN", "", None, "DEU", "GOV"),
        ("a walk in Hamburg", "", None, "DEU", "CVL"),
        ("three old teapots", "", None, "", ""),
    ],
)
def test_words_alone(
    mention: str, context: str, date: str | None, country: str, sector: str | None, grammar: Language
) -> None:
    gold = GoldActor("1", mention, context, date)
    found = found_actor(gold, grammar(prepare(grammar, gold.article("2023-01-01"))))
    assert (found.country, found.sector) == (country, found.sector if sector is None else sector)
