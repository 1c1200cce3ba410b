"""Sentences respect paragraphs and quotations; the model is found or its absence explained."""

import pytest
from spacy.language import Language

from communique.errors import ModelError
from communique.language import load, load_model, prepare
from communique.records import Article


def sentences(nlp: Language, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in nlp(text).sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A closing mark stays with its sentence; what follows a full stop in quotes starts the next.
        (
            "She spoke. “Nobody listens.” Then she left.",
            ["She spoke.", "“Nobody listens.”", "Then she left."],
        ),
        # A comma or a small letter after the closing mark goes on with the sentence.
        ("“Will you go?” asked the reporter.", ["“Will you go?” asked the reporter."]),
        ("“We will go,” the minister said.", ["“We will go,” the minister said."]),
        # Paragraphs end sentences, stop or none.
        ("A headline without a stop\n\nThe text begins.", ["A headline without a stop", "The text begins."]),
    ],
)
def test_sentences(nlp: Language, text: str, expected: list[str]) -> None:
    assert sentences(nlp, text) == expected


def test_the_doc_is_the_article_text(nlp: Language) -> None:
    text = "“Première” — said X.\n\nA second  paragraph…"
    article = Article(id="a", text=text, paragraphs=((0, 20), (22, len(text))))
    doc = prepare(nlp, article)
    assert doc.text == text
    assert doc._.article is article


def test_a_missing_model_is_named_with_a_remedy() -> None:
    with pytest.raises(ModelError, match=r"no_such_model.*pip install no_such_model"):
        load_model("no_such_model")


def test_every_stage_declares_what_it_needs(nlp: Language) -> None:
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_loading_names_what_a_model_lacks(tmp_path: object) -> None:
    import spacy

    path = f"{tmp_path}/blank"
    spacy.blank("en").to_disk(path)
    with pytest.raises(ModelError, match="lacks"):
        load(path)
