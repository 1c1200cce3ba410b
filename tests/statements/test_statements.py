"""Statements, sentence by sentence: who said what to whom, and what must not be taken for a statement."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from communique.knowledge import table
from communique.language import prepare
from communique.records import Article, Statement

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "statements.toml").read_text(encoding="utf-8"))
SENTENCES = [case["text"] for case in CASES["case"] + CASES["nothing"]]


def view(statement: Statement, text: str) -> dict[str, Any]:
    flags = [name for name in ("negated", "conditional") if getattr(statement, name)]
    flags += ["within"] if statement.within else []
    flags += ["continued"] if "continues" in statement.basis else []
    return {
        "who": statement.speaker.mention.text if statement.speaker else "",
        "to": statement.addressee.mention.text if statement.addressee else "",
        "cue": text[slice(*statement.cue)] if statement.cue else "",
        "what": [text[start:end] for start, end in statement.content],
        "act": statement.act,
        "kind": statement.kind,
        "flags": flags,
    }


def read(nlp: Language, text: str) -> tuple[Statement, ...]:
    spans, start = [], 0
    for paragraph in text.split("\n\n"):
        spans.append((start, start + len(paragraph)))
        start += len(paragraph) + 2
    article = Article(id="a-1", text=text, paragraphs=tuple(spans), published="2022-02-10T11:40", language="en")
    found: tuple[Statement, ...] = nlp(prepare(nlp, article))._.statements
    return found


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"][:60])
def test_who_said_what(grammar: Language, case: dict[str, Any]) -> None:
    text = case["text"]
    expected = [{"to": "", "flags": [], **one} for one in case["says"]]
    assert [view(statement, text) for statement in grammar(text)._.statements] == expected


@pytest.mark.parametrize("case", CASES["nothing"], ids=lambda case: case["text"][:60])
def test_nothing_is_said(grammar: Language, case: dict[str, Any]) -> None:
    assert [view(statement, case["text"]) for statement in grammar(case["text"])._.statements] == []


def test_a_continued_quotation_keeps_speaker_and_occasion(nlp: Language) -> None:
    text = (
        "Speaking in Paris on Monday, Angela Merkel said: “The bank will lend no more.” “We have lent enough of it.”"
    )
    first, second = read(nlp, text)
    assert second.basis["continues"] == first.id
    assert first.speaker is not None and second.speaker is not None
    assert first.speaker.actor is not None and first.speaker.actor == second.speaker.actor
    assert first.said_on == second.said_on == "2022-02-07"
    assert first.place is not None and first.place.name == "Paris"
    assert second.place == first.place


def test_what_is_said_does_not_date_the_saying(nlp: Language) -> None:
    (statement,) = read(nlp, "The minister said that the bridge collapsed in Paris on Monday.")
    assert statement.said_on is None
    assert statement.place is None


def test_a_statement_within_another_names_it(nlp: Language) -> None:
    outer, inner = read(nlp, "The minister said that Belgium had denied that the plane was hit.")
    assert inner.within == outer.id
    assert outer.within is None


def test_joint_speakers_are_named_whole_and_no_single_actor_is_chosen(nlp: Language) -> None:
    (statement,) = read(nlp, "Kenya and Uganda said the railway would open in June.")
    assert statement.speaker is not None
    assert statement.speaker.mention.text == "Kenya and Uganda"
    assert statement.speaker.actor is None


def test_each_statement_says_what_decided_it(grammar: Language) -> None:
    rules = {row["rule"] for row in table("statement_rules.tsv")}
    for text in SENTENCES[:40]:
        for statement in read(grammar, text):
            maker, _, rule = statement.made_by.partition(":")
            assert maker == "grammar"
            assert rule in rules
            assert 0 < statement.confidence < 1
            assert statement.basis["act"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.sampled_from([" ", "\n\n"]))
def test_records_fit_the_text_and_are_the_same_each_time(nlp: Language, sentences: list[str], between: str) -> None:
    text = between.join(sentences)
    found = read(nlp, text)
    assert found == read(nlp, text)
    assert len({statement.id for statement in found}) == len(found)
    assert [s.content[0][0] for s in found] == sorted(s.content[0][0] for s in found)
    for statement in found:
        assert statement.content_text == " ".join(text[start:end] for start, end in statement.content)
        for party in (statement.speaker, statement.addressee):
            assert party is None or text[party.mention.start : party.mention.end] == party.mention.text
        assert statement.within in {None, *(s.id for s in found)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="ab .,:“”‘’\"'«»\n", max_size=80))
def test_any_text_is_read_without_failing(nlp: Language, text: str) -> None:
    for statement in nlp(text)._.statements:
        assert all(0 <= start < end <= len(text) for start, end in statement.content)
