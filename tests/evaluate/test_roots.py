"""The measure of types between given actors, on pairs whose figures can be counted by hand."""

import msgspec
import pytest

from communique.evaluate.roots import GoldPair, RootPrediction, figures, prediction
from communique.records import Actor, Event, Mention

SENTENCE = "Oslo urged Stockholm to lift the ban."


def pair(identity: str, event: str, **more: int) -> GoldPair:
    return GoldPair(identity, SENTENCE, event, ((0, 4),), ((11, 20),), **more)


def urged(kind: str, *, symmetric: bool = False) -> Event:
    oslo, stockholm = (
        Actor(None, name, "state", mention=Mention(SENTENCE.index(name), SENTENCE.index(name) + len(name), name))
        for name in ("Oslo", "Stockholm")
    )
    source, target = ((oslo, stockholm), ()) if symmetric else ((oslo,), (stockholm,))
    return Event("e-1", "a-1", kind, source, target, "happened", (5, 10), (0, 37), "grammar:verb:urge", 0.8)


def test_the_gold_itself_is_all_right() -> None:
    made = figures((pair(kind, kind), RootPrediction(kind, kind)) for kind in ("REQUEST", "AID"))
    assert made.accuracy == 1 and made.confusion == {}
    assert made.lines()[:3] == ["2 pairs, right 1.000", "macro-F1 1.000", "quad macro-F1 1.000"]


def test_a_wrong_type_of_the_same_quad_class_is_half_right() -> None:
    made = figures(
        [(pair("1", "REQUEST"), RootPrediction("1", "ACCUSE")), (pair("2", "AID"), RootPrediction("2", "AID"))]
    )
    assert made.lines()[:3] == ["2 pairs, right 0.500", "macro-F1 0.500", "quad macro-F1 1.000"]
    assert made.confusion == {"REQUEST": {"ACCUSE": 1}}


def test_no_answer_is_wrong_in_type_and_quad_class() -> None:
    made = figures([(pair("1", "REQUEST"), RootPrediction("1", None))])
    assert made.lines()[:3] == ["1 pairs, right 0.000", "macro-F1 0.000", "quad macro-F1 0.000"]


def test_where_the_gold_knows_yield_concessions_and_retreats_are_it() -> None:
    pairs = [
        (pair("1", "YIELD", quad=2), RootPrediction("1", "CONCEDE")),
        (pair("2", "YIELD"), RootPrediction("2", "AID")),
    ]
    made = figures(pairs)
    assert made.types["YIELD"].right == 1 and made.quads["2"].right == 2
    assert figures([(pair("1", "CONCEDE"), RootPrediction("1", "RETREAT"))]).accuracy == 0


def test_sides_are_spans_or_words_of_the_sentence() -> None:
    row = {
        "id": "1",
        "sentence": SENTENCE,
        "event": "REQUEST",
        "source": [{"text": "Oslo"}],
        "target": [{"text": "Bern"}],
    }
    named = msgspec.convert(row, GoldPair)
    assert named.sides == (((0, 4),), ())
    assert msgspec.convert({**row, "source": [[0, 4]], "target": None}, GoldPair).sides == (((0, 4),), ())


@pytest.mark.parametrize(
    ("events", "chances", "answer"),
    [
        ([urged("REQUEST")], None, "REQUEST"),
        ([urged("REQUEST", symmetric=True)], None, "REQUEST"),
        ([], None, None),
        ([], {"AID": 0.2, "ACCUSE": 0.1, "NONE": 0.7}, "AID"),
        ([urged("REQUEST")], {"REQUEST": 0.2, "ACCUSE": 0.7, "NONE": 0.1}, "REQUEST"),
        ([urged("REQUEST")], {"REQUEST": 0.01, "ACCUSE": 0.9, "NONE": 0.09}, "ACCUSE"),
    ],
)
def test_the_grammar_and_the_judge_answer_together(
    events: list[Event], chances: dict[str, float] | None, answer: str | None
) -> None:
    assert prediction(pair("1", "REQUEST"), events, chances).event == answer


def test_the_grammar_alone_answers_only_of_the_two_that_are_asked_about() -> None:
    asked = GoldPair("1", SENTENCE, "REQUEST", ((32, 36),), ())
    assert prediction(asked, [urged("REQUEST")], None).event is None
