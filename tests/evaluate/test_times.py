"""The measures of times on small gold sentences whose figures can be counted by hand."""

import json

import pytest

from communique.errors import InputError
from communique.evaluate.gold import rows
from communique.evaluate.measures import Score
from communique.evaluate.times import Expression, FoundTimes, GoldSentence, figures, found_times
from communique.language import prepare

SENTENCE = "The ministers met on Thursday and last year."
THURSDAY = Expression(21, 29, "2023-10-05", "day")
LAST_YEAR = Expression(34, 43, "2022-01-01/2022-12-31", "year")
GOLD = GoldSentence("1", "2023-10-09", SENTENCE, (THURSDAY, LAST_YEAR))
BARE = GoldSentence("2", "2023-10-09", "They may march.", ())


def measured(*found, more=()):
    compared = [(GOLD, FoundTimes("1", GOLD.day, SENTENCE, found))]
    return figures([*compared, (BARE, FoundTimes("2", BARE.day, BARE.sentence, tuple(more)))])


def test_the_gold_itself_is_all_right():
    made = measured(*GOLD.times)
    assert made.found == made.right == Score(2, 2, 2)
    assert (made.whole, made.sentences) == (2, 2)
    assert made.right_by == {"day": 1, "year": 1}
    assert made.lines()[-2:] == [f"{'day':<20}{1:>8}{1:>8}{1:>8}", f"{'year':<20}{1:>8}{1:>8}{1:>8}"]


def test_a_wrong_day_is_found_and_not_right():
    made = measured(Expression(21, 29, "2023-10-12", "day"), LAST_YEAR)
    assert (made.found, made.right, made.whole) == (Score(2, 2, 2), Score(1, 2, 2), 1)
    assert (made.found_by["day"], made.right_by["day"]) == (1, 0)
    assert "value right 0.500 of 2 found" in made.lines()


def test_where_an_expression_begins_is_not_judged():
    assert measured(Expression(18, 29, "2023-10-05", "day"), LAST_YEAR).right == Score(2, 2, 2)


def test_what_is_found_where_nothing_is_lowers_precision_alone():
    made = measured(*GOLD.times, more=[Expression(5, 8, "2024-05-01/2024-05-31", "month")])
    assert (made.found, made.right, made.whole) == (Score(2, 3, 2), Score(2, 3, 2), 1)
    assert "spurious 1" in made.lines()


def test_one_expression_has_one_find_the_one_that_shares_most():
    part = Expression(39, 43, "2023-01-01/2023-12-31", "year")
    made = measured(THURSDAY, part, LAST_YEAR)
    assert (made.found, made.right, made.whole) == (Score(2, 3, 2), Score(2, 3, 2), 1)


def test_nothing_found_has_no_shares():
    made = measured()
    assert (made.found, made.whole) == (Score(0, 0, 2), 1)
    assert "value right 0.000 of 0 found" in made.lines()


def test_the_times_of_a_sentence_are_found_at_their_characters(grammar):
    found = found_times(GOLD, grammar(prepare(grammar, GOLD.article())))
    assert found.times == GOLD.times


@pytest.mark.parametrize(
    ("row", "said"),
    [({"day": "9 Oct"}, "not YYYY-MM-DD"), ({"times": [{"start": 18, "end": 99}]}, "outside the sentence")],
)
def test_a_row_that_cannot_be_meant_is_named(tmp_path, row, said):
    path = tmp_path / "gold.jsonl"
    whole = {"id": "1", "day": "2023-10-09", "sentence": SENTENCE, "times": []} | row
    for time in whole["times"]:
        time |= {"value": "2023-10-05", "precision": "day"}
    path.write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(InputError, match=rf"gold\.jsonl:1.*{said}"):
        list(rows(path, GoldSentence))
