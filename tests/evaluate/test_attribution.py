"""The measures of attribution on small gold articles whose figures can be counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.evaluate.attribution import Attributed, GoldArticle, Prediction, attributed, figures
from communique.evaluate.measures import Score

TEXT = "The mayor said the old bridge was safe. “It will stand,” she told reporters. Critics doubt that."


def span(words):
    start = TEXT.index(words)
    return start, start + len(words)


def one(source, cue, *content):
    named = (span(source),) if source else ()
    return Attributed(named, (span(cue),), tuple(map(span, content)))


SAID = one("The mayor", "said", "the old bridge was safe")
TOLD = one("she", "told", "“It will stand,”")
DOUBT = one("Critics", "doubt", "that")
GOLD = GoldArticle("a", TEXT, (SAID, TOLD, DOUBT))


def measured(*found, direct=False):
    return figures([(GOLD, Prediction("a", found))], direct=direct)


def test_the_gold_itself_is_all_right():
    made = measured(SAID, TOLD, DOUBT)
    assert all(score.precision == score.recall == score.f1 == 1 for score in made.scores.values())
    assert (made.speakers_right, made.speakers_detected, made.speakers) == (3, 3, 3)


def test_marks_and_stops_at_the_edges_do_not_count():
    assert measured(one("she", "told", "It will stand")).scores["exact all"] == Score(1, 1, 3)


def test_half_of_the_words_are_enough_to_be_detected_and_too_few_to_be_exact():
    made = measured(one("The mayor", "said", "bridge was safe"))  # 3 of 3 and 3 of 5: Dice 6/8
    assert made.scores["detected"] == Score(1, 1, 3)
    assert made.scores["exact content"] == Score(0, 1, 3)
    assert made.scores["tokens content"] == Score(3, 3, 9)
    assert measured(one("The mayor", "said", "safe")).scores["detected"] == Score(0, 1, 3)  # Dice 2/6


def test_a_gold_attribution_has_one_pair_and_what_is_over_is_wrong():
    made = measured(SAID, SAID)
    assert made.scores["detected"] == Score(1, 2, 3)
    assert made.scores["detected"].precision == 0.5


def test_a_speaker_is_right_by_a_telling_word():
    assert measured(one("mayor", "said", "the old bridge was safe")).speakers_right == 1
    assert measured(one("The", "said", "the old bridge was safe")).speakers_right == 0
    assert measured(one(None, "said", "the old bridge was safe")).speakers_right == 0
    # A pronoun has no other word than itself.
    assert measured(TOLD).speakers_right == 1


def test_direct_counts_what_is_quoted():
    made = measured(SAID, TOLD, direct=True)
    assert made.scores["detected"] == Score(1, 1, 1)
    # What is found without a pair counts when it quotes.
    unpaired = one("she", "told", "“It will stand,”")
    assert measured(TOLD, unpaired, direct=True).scores["detected"] == Score(1, 2, 1)


def test_nothing_found_scores_nothing():
    made = measured()
    assert made.scores["detected"] == Score(0, 0, 3)
    assert [made.scores["detected"].precision, made.scores["detected"].f1] == [0, 0]
    assert made.lines()[0] == "3 gold, 0 predicted"


@given(st.lists(st.sampled_from([SAID, TOLD, DOUBT, one("The mayor", "said", "bridge was safe")])))
def test_shares_lie_between_0_and_1(found):
    for score in measured(*found).scores.values():
        assert 0 <= score.recall <= 1 and 0 <= score.precision <= 1
        low, high = sorted([score.precision, score.recall])
        assert score.f1 == 0 or low - 1e-9 <= score.f1 <= high + 1e-9


@pytest.mark.parametrize("direct", [False, True])
def test_articles_add_up(direct):
    pair = (GOLD, Prediction("a", (SAID, TOLD)))
    once, twice = figures([pair], direct=direct), figures([pair, pair], direct=direct)
    assert all(twice.scores[name] == score + score for name, score in once.scores.items())


def test_a_continued_quotation_is_part_of_the_one_before_and_nested_speech_is_left_out(coder):
    text = (
        "“The bridge will reopen,” said Mayor Lena Berg. “We have found the money for it.”\n\n"
        "The ministry said that Russia had told Ukraine it would sign."
    )
    coding = coder.code(GoldArticle("a", text, ()).article())
    pairs = attributed(coding)
    assert next([text[a:b] for a, b in made.content] for _, made in pairs) == [
        "“The bridge will reopen,”",
        "“We have found the money for it.”",
    ]
    assert len(pairs) == 2 and any(statement.within for statement in coding.statements)
