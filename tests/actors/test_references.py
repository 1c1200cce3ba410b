"""Whom later words of a page mean: 'the latter', 'the group', 'the two countries', officers by their body."""

import pytest
from spacy.language import Language

from communique.records import Article


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("France and Germany disagreed. The latter rejected the plan.", "The latter", ["Germany"]),
        ("Lavrov met Blinken in Geneva. The former said the talks were frank.", "The former", ["Sergey Lavrov"]),
        ("Lavrov, Blinken and Wang met. The latter left.", "The latter", []),
        ("France and Germany disagreed. The former minister left.", "The former minister", ["former minister"]),
        ("The Chinese and Russian leaders met. The two countries agreed.", "The two countries", ["China", "Russia"]),
        ("Boko Haram attacked the town. The group denied it.", "The group", ["Boko Haram"]),
        ("Boko Haram came. A group of farmers fled. The group left.", "The group", ["farmers"]),
        ("Boko Haram and al-Shabaab denied it. The group left.", "The group", []),
        ("Boko Haram attacked the town. A number of people left. The number grew.", "The number", []),
        ("Hezbollah's Nasrallah accused Israel. The militant leader vowed revenge.", "The militant leader",
         ["Hassan Nasrallah"]),
        ("Gandhi led a march against the salt tax in 1930.", "Gandhi", ["Gandhi"]),
        ("Gandhi said in 2019 that he would resign.", "Gandhi", ["Rahul Gandhi"]),
    ],
)  # fmt: skip
def test_whom_words_mean(text: str, words: str, meant: list[str], grammar: Language) -> None:
    doc = grammar.make_doc(text)
    doc._.article = Article("a-refer", text, ((0, len(text)),), published="2022-02-10", language="en")
    found = {m.text(doc): [actor.name for actor in m.actors] for m in grammar(doc)._.actors}
    assert found.get(words, []) == meant


@pytest.mark.parametrize(
    ("text", "words", "sector"),
    [
        ("An intelligence agency officer was killed.", "An intelligence agency officer", "SPY"),
        ("The army spokesman said so.", "The army spokesman", "MIL"),
        ("A court official spoke.", "A court official", "JUD"),
        ("An officer spoke.", "An officer", "COP"),
        ("The former army spokesman said so.", "The former army spokesman", "ELI"),
        ("A rebel commander spoke.", "A rebel commander", "REB"),
    ],
)
def test_the_sector_of_people_of_a_body(text: str, words: str, sector: str, grammar: Language) -> None:
    doc = grammar(text)
    assert [m.actors[0].sector for m in doc._.actors if m.text(doc) == words] == [sector]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Shanghai police arrested him.", "Shanghai police", "CHN"),
        ("Rebels in Rakhine fled.", "Rebels", "MMR"),
        ("The Madras High Court agreed.", "The Madras High Court", "IND"),
        ("Charlotte Miller's lawyers agreed.", "Charlotte Miller's lawyers", None),
        ("Students at the University left.", "Students", None),
        ("Springfield police arrested him.", "Springfield police", "USA"),
    ],
)
def test_towns_and_provinces_tell_the_country(text: str, words: str, country: str | None, grammar: Language) -> None:
    doc = grammar(text)
    assert {m.actors[0].country for m in doc._.actors if m.text(doc).startswith(words)} == {country}
