"""Who is meant: the actors stage on sentences with hand-checked answers."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from communique.actors.lexicon import lexicon
from communique.knowledge import holds
from communique.records import Article

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "actors.toml").read_text(encoding="utf-8"))["case"]


def read(nlp: Language, text: str, day: str | None) -> Doc:
    doc = nlp.make_doc(text)
    doc._.article = Article(id="a-test", text=text, paragraphs=((0, len(text)),), published=day, language="en")
    return nlp(doc)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_who_is_meant(case: dict[str, Any], nlp: Language) -> None:
    doc = read(nlp, case["text"], case["day"])
    found = {m.text(doc): m.actors for m in doc._.actors}
    for words, name, country, sector in case.get("who", []):
        assert words in found
        actor = found[words][0]
        assert (actor.name, actor.country or "", actor.sector or "") == (name, country, sector)
    for words in case.get("nobody", []):
        assert not any(actor.id for actor in found.get(words, ()))


def test_every_mention_is_in_the_text_and_its_actors_carry_it(nlp: Language) -> None:
    doc = read(nlp, "The UK’s foreign secretary told Kyiv that “both sides” must talk. He left.", "2022-02-10")
    assert len(doc._.actors) > 0
    for mention in doc._.actors:
        record = mention.record(doc)
        assert doc.text[record.start : record.end] == record.text
        assert all(actor.mention == record for actor in mention.actors)


def test_offices_are_held_only_in_their_term(nlp: Language) -> None:
    """The same name a year before the office and after it: no office then."""
    for day, office in (("2021-01-01", False), ("2022-01-01", True), ("2023-01-01", False)):
        doc = read(nlp, "Liz Truss smiled at the cameras.", day)
        actor = next(iter(doc._.actors)).actors[0]
        assert (actor.office == "Foreign Secretary") is office, day


@pytest.mark.parametrize(
    ("start", "end", "day", "held"),
    [
        ("2004", "2022", "2004-01-01", True),
        ("2004", "2022", "2022-12-31", True),
        ("2004-03-09", "", "2004-03-08", False),
        ("", "", None, True),
        ("", "2010", None, False),
    ],
)
def test_a_term_includes_both_its_ends(start: str, end: str, day: str | None, held: bool) -> None:
    assert holds(start, end, day) is held


@pytest.mark.parametrize(
    ("name", "surnames"),
    [
        ("Ban Ki-moon", {"Ban"}),
        ("Bashar al-Assad", {"al-Assad", "Assad"}),
        ("Linda Thomas-Greenfield", {"Thomas-Greenfield"}),
        ("King Charles III", {"Charles"}),
        ("Surangel Whipps Jr", {"Whipps"}),
        ("Xi Jinping", {"Xi"}),
        ("Joseph Wu", {"Wu"}),
    ],
)
def test_surnames(name: str, surnames: set[str]) -> None:
    assert surnames <= lexicon().persons[name].surnames
    assert name.split()[0] in surnames or name.split()[0] not in lexicon().persons[name].surnames
