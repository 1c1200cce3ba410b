"""From scores to attributions: what is decided of any scores, and of a few made by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from communique.tagging.tags import Tagged, tagged

NUMBERS = st.floats(-8, 8, width=32)


@st.composite
def scores(draw):
    n, k = draw(st.integers(1, 12)), draw(st.integers(2, 4))
    shapes = (n, 3), (n, 2, k), (n, k)
    return tuple(draw(arrays.arrays(np.float32, shape, elements=NUMBERS)) for shape in shapes)


@given(scores(), st.floats(0.05, 0.95))
def test_no_word_is_content_of_two_cues_or_part_of_its_own_cue(vectors, threshold):
    found = tagged(*vectors, threshold=threshold)
    content = [i for one in found for part in one.content for i in range(*part)]
    assert len(content) == len(set(content))
    assert [one.cue for one in found] == sorted(one.cue for one in found)
    for one in found:
        own = set(range(*one.cue))
        source = {i for part in one.source for i in range(*part)}
        mine = {i for part in one.content for i in range(*part)}
        assert mine and not own & (mine | source) and not mine & source
        assert all(0 <= a < b <= len(vectors[0]) for a, b in (one.cue, *one.source, *one.content))
        assert threshold < one.score <= 1


def test_two_cues_share_a_source_and_split_the_content():
    # Oslo said it agreed and hoped it lasts: as_cue points along the axis of its own words.
    outside, begin = (6, 0, 0), (0, 6, 0)
    cue = np.array([outside, begin, outside, outside, outside, begin, outside, outside], dtype=np.float32)
    word = np.array(
        [
            [1, 0, 0, 1],
            [0, 0, 0, 1],
            [0, 1, 0, 1],
            [0, 1, 0, 1],
            [0, 0, 0, 1],
            [0, 0, 0, 1],
            [0, 0, 1, 1],
            [0, 0, 1, 1],
        ]
    )
    as_cue = np.zeros((8, 2, 4), dtype=np.float32)
    as_cue[[1, 5], 0] = [20, 0, 0, -5]
    as_cue[1, 1] = [0, 20, 0, -5]
    as_cue[5, 1] = [0, 0, 20, -5]
    found = tagged(cue, as_cue, word.astype(np.float32), threshold=0.5)
    assert [(one.cue, one.source, one.content) for one in found] == [
        ((1, 2), ((0, 1),), ((2, 4),)),
        ((5, 6), ((0, 1),), ((6, 8),)),
    ]
    assert all(isinstance(one, Tagged) and one.score > 0.9 for one in found)


def test_a_cue_without_content_is_nobodys_attribution():
    cue = np.array([[0, 6, 0], [6, 0, 0]], dtype=np.float32)
    assert tagged(cue, np.zeros((2, 2, 3), np.float32) - 1, np.ones((2, 3), np.float32), threshold=0.5) == []


def test_cues_side_by_side_are_two():
    cue = np.array([[0, 6, 0], [0, 0, 6], [0, 6, 0], [6, 0, 0]], dtype=np.float32)
    as_cue = np.zeros((4, 2, 2), np.float32)
    as_cue[:2, 1], as_cue[2, 1] = [9, 0], [9, -1]
    word = np.array([[0, 1], [0, 1], [0, 1], [1, 1]], np.float32)
    assert [one.cue for one in tagged(cue, as_cue, word, threshold=0.5)] == [(0, 2)]
