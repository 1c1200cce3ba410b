"""Whose the president and the army are on a page that names no other state: the dateline's, else the outlet's."""

import pytest
from spacy.language import Language

from communique.records import Actor, Article, Outlet, Place

NAIROBI = Place("Nairobi", "KEN")
STANDARD = Outlet("An outlet", "outlet.example", "KEN")


def first(nlp: Language, text: str, *, place: Place | None = None, outlet: Outlet | None = None) -> Actor:
    doc = nlp.make_doc(text)
    doc._.article = Article(
        "a-home", text, ((0, len(text)),), published="2024-03-05", language="en", place=place, outlet=outlet
    )
    return next(iter(nlp(doc)._.actors)).actors[0]


@pytest.mark.parametrize(
    ("text", "place", "outlet", "country", "name"),
    [
        ("The president dissolved parliament on Tuesday.", NAIROBI, None, "KEN", "William Ruto"),
        ("The president dissolved parliament on Tuesday.", None, STANDARD, "KEN", "William Ruto"),
        ("The army denied the report.", Place("Oslo", "NOR"), STANDARD, "NOR", "army"),
        (
            "Police arrested forty people, the ministry said. The government stayed silent.",
            NAIROBI,
            None,
            None,
            "Police",
        ),
        # Where another state is named, whose it is must be told by the page.
        ("The president will meet traders from Uganda and Sudan.", NAIROBI, None, None, "president"),
        ("A president must listen.", NAIROBI, None, None, "president"),
        ("The former president has died.", NAIROBI, None, "KEN", "former president"),
        # … as where it is some other body's.
        ("The club's president resigned.", NAIROBI, None, None, "club's president"),
        ("The club president resigned.", NAIROBI, None, None, "club president"),
        ("The president of the cycling club resigned.", NAIROBI, None, None, "president"),
        ("The new president resigned.", NAIROBI, None, "KEN", "William Ruto"),
    ],
)
def test_home(
    text: str, place: Place | None, outlet: Outlet | None, country: str | None, name: str, grammar: Language
) -> None:
    actor = first(grammar, text, place=place, outlet=outlet)
    assert (actor.country, actor.name) == (country, name)
