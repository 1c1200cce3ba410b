"""The judge: events that the sentence does not tell are left out, the others get a measured confidence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from communique.judging import Case, Scale, trained_judge
from communique.language import prepare
from communique.ontology import ontology
from communique.records import Article, Event
from communique.trained import is_trained

trained = pytest.mark.skipif(not is_trained("events"), reason="the judge's trained files are not installed")

SCALE = Scale(0.9, 0.4, {"verb": 0.5, "noun": -0.5})


def read(nlp: Language, text: str) -> tuple[Event, ...]:
    article = Article(id="a-1", text=text, paragraphs=((0, len(text)),), published="2022-02-10", language="en")
    found: tuple[Event, ...] = nlp(prepare(nlp, article))._.events
    return found


@given(st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_likelier_type_is_never_less_sure(one: float, other: float, with_target: bool) -> None:
    low, high = sorted((one, other))
    less, more = (SCALE.confidence("verb", chance, with_target=with_target) for chance in (low, high))
    assert 0 < less <= more < 1
    assert SCALE.confidence("noun", low, with_target=with_target) < less


@trained
@pytest.mark.parametrize(
    ("text", "source", "target", "kind"),
    [
        ("Kenya urged Somalia on Tuesday to talk.", "Kenya", "Somalia", "REQUEST"),
        ("Chile sent Peru tents and blankets after the flood.", "Chile", "Peru", "AID"),
        ("Warships of Norway shelled a port in Sweden.", "Norway", "Sweden", "ASSAULT"),
        ("Ghana beat Togo 3-0 in the final of the tournament.", "Ghana", "Togo", "NONE"),
    ],
)
def test_the_likeliest_type(text: str, source: str, target: str, kind: str) -> None:
    spans = (((text.index(side), text.index(side) + len(side)),) for side in (source, target))
    (chances,) = trained_judge().chances([Case(text, *spans)])
    assert set(chances) == {*ontology().types, "NONE"} and sum(chances.values()) == pytest.approx(1)
    assert max(chances, key=lambda kind: chances[kind]) == kind


@trained
def test_an_event_tells_what_the_judge_thought(nlp: Language) -> None:
    (event,) = read(nlp, "The Kenyan government urged Somalia on Tuesday to talk.")
    assert event.type == "REQUEST" and float(event.basis["judge"]) > 0.8 and event.confidence > 0.8


@trained
def test_pages_make_the_same_records_alone_and_among_others(nlp: Language) -> None:
    texts = ["Kenya urged Somalia to talk.", "Chile sent Peru tents. Norway condemned Sweden.", "Rain fell on Bergen."]
    alone = [nlp(text)._.events for text in texts]
    assert [doc._.events for doc in nlp.pipe(texts)] == alone
    assert [len(events) for events in alone] == [1, 2, 0]
