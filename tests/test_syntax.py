"""The questions asked of the dependency tree, on parsed sentences."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from communique import syntax


@pytest.fixture(scope="module")
def parser() -> Language:
    from communique.language import load_model

    return load_model()


def word(doc: Doc, text: str) -> Token:
    return next(token for token in doc if token.text == text)


@pytest.mark.parametrize(
    ("sentence", "verb", "who"),
    [
        ("Moscow agreed to withdraw its troops.", "withdraw", "Moscow"),
        ("Britain urged Kyiv to sign the deal.", "sign", "Kyiv"),
        ("Iran promised inspectors to open the site.", "open", "Iran"),
        ("Troops massing at the border were counted.", "massing", "Troops"),
        ("The minister met officials and signed a treaty.", "signed", "minister"),
        ("Poland, which opposed the plan, voted against it.", "opposed", "Poland"),
        ("Police arrested the men who attacked the embassy.", "attacked", "men"),
        ("The rebels were attacked by the army.", "attacked", "army"),
        ("By closing the strait, Iran angered its neighbours.", "closing", "Iran"),
    ],
)
def test_who_acts(parser: Language, sentence: str, verb: str, who: str) -> None:
    found = syntax.agent(word(parser(sentence), verb))
    assert found is not None
    assert found.text == who


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [("It rained in the north.", "rained"), ("The city was shelled at night.", "shelled")],
)
def test_nobody_acts_in_weather_and_agentless_passives(parser: Language, sentence: str, verb: str) -> None:
    found = syntax.agent(word(parser(sentence), verb))
    assert found is None or found.text == "It"


@pytest.mark.parametrize(
    ("sentence", "verb", "whom"),
    [
        ("The army attacked the village.", "attacked", ["village"]),
        ("The village was attacked by the army.", "attacked", ["village"]),
        ("The embassy that the men attacked is closed.", "attacked", ["embassy"]),
        ("Talks failed.", "failed", []),
    ],
)
def test_to_whom_it_is_done(parser: Language, sentence: str, verb: str, whom: list[str]) -> None:
    assert [token.text for token in syntax.patients(word(parser(sentence), verb))] == whom


@pytest.mark.parametrize(
    ("sentence", "token", "negated"),
    [
        ("They did not sign.", "sign", True),
        ("No deal was reached.", "deal", True),
        ("They never agreed.", "agreed", True),
        ("They left without signing.", "signing", True),
        ("They signed the deal.", "signed", False),
    ],
)
def test_what_is_denied(parser: Language, sentence: str, token: str, negated: bool) -> None:
    assert syntax.is_negated(word(parser(sentence), token)) is negated


def test_a_noun_phrase_leaves_out_the_relative_clause_and_the_coordinated(parser: Language) -> None:
    doc = parser("The British envoy to Kenya, who arrived on Monday, and two ministers left.")
    start, end = syntax.noun_phrase(word(doc, "envoy"))
    assert doc[start:end].text == "The British envoy to Kenya"


def test_character_spans_have_no_ragged_edges(parser: Language) -> None:
    doc = parser("The envoy , then")
    assert syntax.char_span(doc, 0, 3) == (0, 9)
