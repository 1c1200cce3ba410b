"""What the judge reads: marks around both sides, whatever the sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from communique.judging.windows import MAX_PIECES, Window, window
from communique.networks import Network
from communique.trained import is_trained

pytestmark = pytest.mark.skipif(not is_trained("events"), reason="the judge's trained files are not installed")

SENTENCE = "The Kenyan government urged Somalia on Tuesday to talk."


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Network("events").tokenizer


def words(tokenizer: Tokenizer, made: Window) -> list[str]:
    return [tokenizer.id_to_token(piece) for piece in made.pieces]


def test_both_sides_and_the_act_stand_between_marks(tokenizer: Tokenizer) -> None:
    made = window(SENTENCE, ((0, 21),), ((28, 35),), ((22, 27),), tokenizer)
    assert " ".join(words(tokenizer, made)) == (
        "[CLS] * the kenyan government * ^ urged ^ # somalia # on tuesday to talk . [SEP]"
    )
    assert [tokenizer.id_to_token(made.pieces[mark]) for mark in made.marks] == ["*", "#", "^"]


def test_a_side_within_another_is_not_marked_and_a_missing_one_is_at_the_start(tokenizer: Tokenizer) -> None:
    assert words(tokenizer, window(SENTENCE, ((0, 21), (4, 10)), (), (), tokenizer)).count("*") == 2
    made = window(SENTENCE, (), ((28, 35),), (), tokenizer)
    assert made.marks[0] == made.marks[2] == 0 < made.marks[1]


def test_of_a_long_sentence_the_part_with_the_marks_is_read(tokenizer: Tokenizer) -> None:
    text = "It rained. " * 200 + SENTENCE
    start = len(text) - len(SENTENCE)
    made = window(text, ((start, start + 21),), ((start + 28, start + 35),), (), tokenizer)
    assert len(made.pieces) == MAX_PIECES
    assert [tokenizer.id_to_token(made.pieces[mark]) for mark in made.marks] == ["*", "#", "[CLS]"]


@given(st.data())
def test_any_text_and_spans_make_a_window(tokenizer: Tokenizer, data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=80))
    spans = st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda s: (min(s), max(s))))
    made = window(text, *(tuple(data.draw(spans)) for _ in range(3)), tokenizer)
    assert len(made.pieces) <= MAX_PIECES and all(0 <= mark < len(made.pieces) for mark in made.marks)
