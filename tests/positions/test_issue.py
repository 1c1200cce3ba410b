"""What positions are asked about, in the words of people."""

import pytest

from communique.errors import UsageError
from communique.positions.issue import Issue
from communique.positions.reading import irregular, parser
from communique.positions.vocabulary import Vocabulary, vocabulary


@pytest.fixture(scope="module")
def forms() -> dict[str, list[str]]:
    return irregular(parser())


def asked(about: str, forms: dict[str, list[str]]) -> Issue:
    return Issue.asked(about, vocabulary(), forms)


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("invasion", "Moscow has no plans to invade its neighbour."),
        ("withdraw", "The troops withdrew on Friday."),
        ("withdrawal", "The troops had withdrawn by Friday."),
        ("prisoner exchange", "They exchanged two hundred prisoners."),
        ("dam, canal", "The canal was closed."),
        ('"grain deal"', "Ankara praised the grain deal."),
        ("Erdogan", "Mr Erdoğan was not present."),
    ],
)
def test_words_are_found_in_any_form(about: str, text: str, forms: dict[str, list[str]]) -> None:
    assert asked(about, forms).is_in(text)


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("prisoner exchange", "They exchanged gifts."),
        ('"grain deal"', "A deal on grain is near."),
        ("dam", "The damage was great."),
        ("gas, oil", "The coal mine was closed."),
    ],
)
def test_other_words_are_not(about: str, text: str, forms: dict[str, list[str]]) -> None:
    assert not asked(about, forms).is_in(text)


@pytest.mark.parametrize("about", ["", " , ", '""', "—", "\0"])
def test_no_word_is_an_error(about: str, forms: dict[str, list[str]]) -> None:
    with pytest.raises(UsageError, match="no word"):
        asked(about, forms)


def test_each_word_is_of_one_family() -> None:
    words: Vocabulary = vocabulary()
    assert all(words.family(family) == family for family in set(words.families.values()))
    assert not words.are_opposite("invade", "invade")
    assert words.are_opposite(words.family("backing"), words.family("opponent"))
