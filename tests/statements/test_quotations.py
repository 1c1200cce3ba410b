"""Quotations by their marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.statements.quotations import quotations


def found(text: str) -> list[str]:
    return [text[start:end] for q in quotations(text, [(0, len(text))]) for start, end in q.parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said: “Go.”", ["“Go.”"]),
        ('"We won\'t," he said, "not ever."', ['"We won\'t,"', '"not ever."']),
        ("'It’s fine,' said Smith.", ["'It’s fine,'"]),
        ("«Nous partons», he said.", ["«Nous partons»"]),
        ("„Wir gehen“, he said.", ["„Wir gehen“"]),
        # Apostrophes and feet and inches are no quotations.
        ("The farmers' union and the workers' group met in the '90s.", []),
        ('The 6" gun fired.', []),
        ("It wasn’t Russia’s plan, nor the allies’.", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_speech_of_several_paragraphs_is_one_quotation() -> None:
    text = "“One paragraph.\n\n“Two, with ‘this’ in it.” He left."
    (quotation,) = quotations(text, [(0, 15), (17, len(text))])
    assert [text[s:e] for s, e in quotation.parts] == ["“One paragraph.", "“Two, with ‘this’ in it.”"]
    assert [text[s:e] for s, e in quotation.inner] == ["‘this’"]
    assert quotation.closed


def test_what_is_never_closed_ends_with_its_paragraph() -> None:
    text = "He said “we go and left.\n\nThe second paragraph."
    (quotation,) = quotations(text, [(0, 24), (26, len(text))])
    assert quotation.parts == ((8, 24),)
    assert not quotation.closed


@given(st.text(alphabet="ab .,“”‘’\"'«»", max_size=60))
def test_spans_are_ordered_within_the_text_and_apart(text: str) -> None:
    spans = [span for q in quotations(text, [(0, len(text))]) for span in q.parts]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
