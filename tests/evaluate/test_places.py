"""The measures of places on small gold texts whose figures can be counted by hand."""

import pytest

from communique.evaluate.measures import Score
from communique.evaluate.places import FoundToponyms, GoldText, Toponym, figures, found_toponyms
from communique.language import prepare

TEXT = "Rain fell in New York and Oslo.\n\nThe Norwegian coast stayed dry."
NEW_YORK = Toponym(13, 21, 40.7, -74.0, "USA", "Literal")
OSLO = Toponym(26, 30, 59.91, 10.75, "NOR", "Literal")
NORWEGIAN = Toponym(37, 46, None, None, "NOR", "Demonym")
GOLD = GoldText("1", TEXT, (NEW_YORK, OSLO, NORWEGIAN))


def measured(*found, types=None):
    return figures([(GOLD, FoundToponyms("1", found))], types=types)


def test_the_gold_itself_is_all_right():
    made = measured(*GOLD.toponyms)
    assert made.exact == made.overlap == Score(3, 3, 3) and made.country == Score(3, 3, 3)
    assert made.distances == (0.0, 0.0)
    assert made.lines()[-3:] == ["placed within 161 km 1.000 of 2", "median error 0 km", "country right 1.000 of 3"]


def test_a_part_of_a_name_overlaps_and_is_not_exact():
    made = measured(Toponym(17, 21, 54.0, -1.1, "GBR"))
    assert (made.exact, made.overlap, made.country) == (Score(0, 1, 3), Score(1, 1, 3), Score(0, 1, 1))
    assert made.distances[0] == pytest.approx(5430, abs=50)


def test_what_is_not_placed_is_as_far_as_can_be():
    assert measured(Toponym(26, 30)).distances == (20039.0,)


def test_a_find_on_a_type_that_is_not_asked_for_is_neither_right_nor_wrong():
    made = measured(OSLO, NORWEGIAN, types={"Literal"})
    assert made.exact == Score(1, 1, 2)
    assert measured(OSLO, Toponym(0, 4), types={"Literal"}).exact == Score(1, 2, 2)


def test_one_gold_toponym_has_one_find():
    assert measured(OSLO, OSLO).overlap.right == 1


def test_the_places_of_a_text_are_found_at_their_characters(grammar):
    found = found_toponyms(GOLD, grammar(prepare(grammar, GOLD.article())))
    assert [(TEXT[t.start : t.end], t.country) for t in found.toponyms] == [("New York", "USA"), ("Oslo", "NOR")]
