"""When: times in sentences with hand-checked answers, and which of several is a clause's."""

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from communique.language import load_model
from communique.records import Article
from communique.syntax import clause_tokens
from communique.times import time_of, times
from communique.times.patterns import RULES
from communique.times.periods import Part, month, part_of, shifted, week, year

GROUPS = tomllib.loads((Path(__file__).parent / "cases" / "times.toml").read_text(encoding="utf-8"))["group"]
CASES = [(group["day"], text, wanted) for group in GROUPS for text, wanted in group["cases"]]

WORDS = (
    "on in May 10 2014 Monday the last week – since , 1990s to by ago two summer of first Easter after / 3 quarter"
).split()


@pytest.fixture(scope="module")
def nlp() -> Language:
    """The model with this stage alone: it needs no other."""
    model = load_model()
    model.add_pipe("communique_sentences", before="parser")
    model.add_pipe("communique_times")
    return model


@pytest.mark.parametrize(("day", "text", "wanted"), CASES, ids=lambda value: value or "none")
def test_times_named(day: str, text: str, wanted: str, nlp: Language) -> None:
    assert " ".join(mention.value for mention in times(nlp(text), on=day or None)) == wanted


def test_the_component_reads_the_day_of_the_article(nlp: Language) -> None:
    text = "The envoy resigned on Tuesday."
    doc = nlp.make_doc(text)
    doc._.article = Article(
        id="a-test", text=text, paragraphs=((0, len(text)),), published="2022-02-10T11:40", language="en"
    )
    assert [mention.value for mention in nlp(doc)._.times] == ["2022-02-08"]


def test_an_absurd_day_of_publication_is_no_day(nlp: Language) -> None:
    doc = nlp("It fell last year, on Monday, in 1991.")
    for day in ("0001-01-01", "9999-12-31"):
        assert [mention.value for mention in times(doc, on=day)] == ["1991-01-01/1991-12-31"]


def test_precision_and_words(nlp: Language) -> None:
    doc = nlp("On Tuesday, this week, in May 2021, in 1994, in the 1990s and since 2014 he fought.")
    found = {doc[m.start : m.end].text: m.precision for m in times(doc, on="2022-02-10")}
    assert found == {
        "Tuesday": "day",
        "this week": "week",
        "May 2021": "month",
        "1994": "year",
        "1990s": "decade",
        "since 2014": "interval",
    }


def head_and_time(nlp: Language, text: str, word: str) -> str | None:
    doc: Doc = nlp(text)
    verb = next(token for token in doc if token.text == word)
    tokens = {token.i for token in clause_tokens(verb)}
    mention = time_of(times(doc, on="2022-02-10"), tokens, head=verb.i)
    return mention.value if mention else None


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("The ministers met in Moscow on Thursday.", "met", "2022-02-10"),
        ("The ministers met on Wednesday to discuss the 1994 memorandum.", "met", "2022-02-09"),
        ("The ministers discussed the 1994 memorandum.", "discussed", None),
        ("Moscow condemned Tuesday's attack.", "condemned", None),
        ("Moscow condemned Tuesday's attack.", "attack", "2022-02-08"),
        ("The army attacked on Monday, the minister said on Tuesday.", "attacked", "2022-02-07"),
        ("The army attacked on Monday, the minister said on Tuesday.", "said", "2022-02-08"),
        ("The army attacked the town.", "attacked", None),
        ("In 2022, the army attacked on Monday.", "attacked", "2022-02-07"),
        ("Police arrested the mayor on Monday morning.", "arrested", "2022-02-07"),
    ],
)
def test_the_time_of_a_clause(text: str, word: str, wanted: str | None, nlp: Language) -> None:
    assert head_and_time(nlp, text, word) == wanted


def test_each_match_of_a_rule_holds_one_of_its_words() -> None:
    """What the words are for: a rule with words is tried only around these."""
    told = [rule for rule in RULES if rule.words]
    found = [(rule.words, match[0]) for rule in told for _, text, _ in CASES for match in rule.pattern.finditer(text)]
    assert len(found) > 50
    assert all(any(word in match for word in words) for words, match in found)


def test_a_long_text_has_the_times_of_its_sentences(nlp: Language) -> None:
    filler = "The harbour was quiet and the boats lay still at the quay. " * 3
    text = f"{filler}He left at the end of last summer. {filler}Two ministers resigned a fortnight ago. {filler}"
    found = [mention.value for mention in times(nlp(text), on="2022-02-10")]
    assert found == ["2021-08-01/2021-08-31", "2022-01-24/2022-01-30"]


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_periods_hold_their_day_and_their_parts(day: date) -> None:
    for period in (week(day), month(day.year, day.month), year(day.year)):
        assert period.start <= day <= period.end
        parts: tuple[Part, ...] = ("early", "mid", "late")
        for part in parts:
            inner = part_of(period, part)
            assert period.start <= inner.start <= inner.end <= period.end
    assert shifted(shifted(day, 3, "week"), -3, "week") == day
    assert shifted(day, -1, "month") < day < shifted(day, 1, "month")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS)))
def test_any_words_give_spans_in_order_or_nothing(words: list[str], nlp: Language) -> None:
    doc = nlp(" ".join(words))
    found = list(times(doc, on="2022-02-10"))
    assert all(0 <= m.start < m.end <= len(doc) for m in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
