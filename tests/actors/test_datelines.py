"""Whose office-holders and spokesmen are who stand without a country, in what a capital's dateline heads."""

import pytest
from spacy.language import Language

from communique.ingest import article_from_text


def country(nlp: Language, text: str, words: str) -> str | None:
    """The country of the actor that the last mention of these words means."""
    article = article_from_text(text)
    doc = nlp.make_doc(article.text)
    doc._.article = article
    [*_, found] = [
        m for m in nlp(doc)._.actors if article.text.find(words) in range(doc[m.start].idx, doc[m.end - 1].idx)
    ]
    return found.actors[0].country


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            "NAIROBI — Kenya will accept the court's ruling on its border with Somalia, Attorney General "
            "Tobias Wekesa said on Monday.",
            "Tobias Wekesa",
            "KEN",
        ),
        # One of two states, without a dateline: whose the office is, nothing tells.
        (
            "Kenya will accept the court's ruling on its border with Somalia, Attorney General Tobias Wekesa said.",
            "Tobias Wekesa",
            None,
        ),
        # From a capital of neither.
        (
            "OSLO — Kenya will accept the court's ruling on its border with Somalia, Attorney General "
            "Tobias Wekesa said.",
            "Tobias Wekesa",
            None,
        ),
        (
            "BERLIN — Germany rejected the Greek request on Thursday. The letter from Athens \"is no proposal\", "
            "Finance Ministry spokesman Volker Brandis said.",
            "Volker Brandis",
            "DEU",
        ),
        # Each part of news of several capitals has its own.
        (
            "MANILA — The Philippines on Monday condemned China's coast guard.\n\n"
            "BEIJING — China defended what its ships did near the Philippines. "
            '"They kept their distance," spokesman Gao Yulin said.',
            "Gao Yulin",
            "CHN",
        ),
        # A firm that acts may be the one that the spokesman speaks for.
        (
            "WASHINGTON — The United States fined Halvorsen Marine over Brazil. Halvorsen Marine was surprised. "
            '"It was the right thing to do," spokesman John Dern said.',
            "John Dern",
            None,
        ),
        (
            "WASHINGTON — The United States and Brazil fined the firm. "
            '"It was wrong," said a spokesman for the shipyard.',
            "a spokesman for",
            None,
        ),
    ],
)  # fmt: skip
def test_country_by_dateline(text: str, words: str, expected: str | None, grammar: Language) -> None:
    assert country(grammar, text, words) == expected
