"""Statements with the trained tagger: its words, the grammar's knowledge of them, and what neither must record."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from communique.coder import Coder
from communique.ingest import article_from_text
from communique.language import prepare
from communique.records import Article, Statement
from communique.statements import statements
from communique.statements.cues import cues
from communique.tagging.tags import Tagged
from communique.trained import is_trained

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "tagged.toml").read_text(encoding="utf-8"))
trained = pytest.mark.skipif(not is_trained("attribution"), reason="the tagger's trained files are not installed")


def read(nlp: Language, text: str) -> tuple[Statement, ...]:
    article = Article(id="a-1", text=text, paragraphs=((0, len(text)),), published="2022-02-10", language="en")
    found: tuple[Statement, ...] = nlp(prepare(nlp, article))._.statements
    return found


@trained
@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"][:60])
def test_who_said_what(nlp: Language, case: dict[str, Any]) -> None:
    text = case["text"]
    found = read(nlp, text)
    ids = [statement.id for statement in found]
    made = [
        {
            "who": s.speaker.mention.text if s.speaker else "",
            "cue": text[slice(*s.cue)] if s.cue else "",
            "what": [text[start:end] for start, end in s.content],
            **({"within": ids.index(s.within)} if s.within else {}),
        }
        for s in found
    ]
    assert made == case["says"]


@trained
@pytest.mark.parametrize("case", CASES["nothing"], ids=lambda case: case["text"][:60])
def test_nothing_is_said(nlp: Language, case: dict[str, Any]) -> None:
    assert [s.content_text for s in read(nlp, case["text"])] == []


@trained
def test_a_statement_tells_that_the_tagger_saw_it_and_how_sure_it_was(nlp: Language) -> None:
    (both,) = read(nlp, "The mayor of Bergen said on Monday that the bridge was safe.")
    assert both.made_by == "grammar:clause" and 0.7 <= float(both.basis["tagger"]) <= 1
    (alone,) = read(nlp, "Prices will rise, the central bank predicts.")
    assert alone.made_by == "tagger" and alone.confidence < both.confidence


@trained
def test_a_page_makes_the_same_records_alone_and_among_others(nlp: Language) -> None:
    texts = [case["text"] for case in CASES["case"]]
    alone = [[s.content_text for s in nlp(text)._.statements] for text in texts]
    assert [[s.content_text for s in doc._.statements] for doc in nlp.pipe(texts, batch_size=4)] == alone


@trained
def test_without_the_tagger_the_grammar_works_alone_and_the_coder_says_so() -> None:
    page = article_from_text("Prices will rise, the central bank predicts.")
    alone, both = Coder(trained=False), Coder()
    assert alone.code(page).statements == () and len(both.code(page).statements) == 1
    assert both.name.startswith(f"{alone.name}, tagger")


WORDS = "“We will stay,” she said on Monday. Oslo , however, denied that the ship ( the old one ) had sunk. “It did.”"


@st.composite
def tags(draw: st.DrawFn, tokens: int) -> tuple[Tagged, ...]:
    """Any tags that keep to what the tagger promises: content of one cue only, parts apart and in order."""
    labels = draw(st.lists(st.sampled_from("....ccsskk"), min_size=tokens, max_size=tokens))

    def parts(kind: str) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for i in (i for i, label in enumerate(labels) if label == kind):
            if found and found[-1][1] == i:
                found[-1] = (found[-1][0], i + 1)
            else:
                found.append((i, i + 1))
        return found

    made = []
    content = parts("k")
    for number, cue in enumerate(parts("c")):
        own = tuple(content[number::3]) if number < 3 else ()
        if own:
            made.append(Tagged(cue, tuple(parts("s")[number : number + 1]), own, draw(st.floats(0.5, 1))))
    return tuple(made)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_the_tagger_sees_records_fit_the_text(grammar: Language, data: st.DataObject) -> None:
    doc = grammar(WORDS)
    doc._.tagged = data.draw(tags(len(doc)))
    found = list(statements(doc, cues=cues()))
    assert len({s.id for s in found}) == len(found)
    for statement in found:
        assert statement.content_text == " ".join(WORDS[start:end] for start, end in statement.content)
        assert all(0 <= start < end <= len(WORDS) for start, end in statement.content)
        assert all(a[1] <= b[0] for a, b in zip(statement.content, statement.content[1:], strict=False))
        if statement.speaker is not None:
            mention = statement.speaker.mention
            assert WORDS[mention.start : mention.end] == mention.text
