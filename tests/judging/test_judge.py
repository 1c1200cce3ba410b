"""The judge: events that the sentence does not tell are left out, the others get a measured confidence."""

from collections.abc import Iterable, Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from communique.judging import Case, Judge, Scale, Settings, trained_judge
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
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Malian soldiers killed three rebels in Gao on Sunday.", "ASSAULT"),
        ("The Chilean parliament ratified the treaty with Peru.", "SUPPORT"),
    ],
)
def test_what_the_sentence_surely_tells_stays(nlp: Language, text: str, kind: str) -> None:
    assert [(event.type, event.made_by.partition(":")[0]) for event in read(nlp, text)] == [(kind, "grammar")]


def judge_that_says(chances: dict[str, float]) -> Judge:
    """A judge of whom it is known what it thinks of any sentence."""

    class Sure(Judge):
        def chances(self, cases: Iterable[Case]) -> Iterator[dict[str, float]]:
            return (dict.fromkeys(ontology().types, 0.0) | {"NONE": 0.0} | chances for _ in cases)

    settings = Settings((*ontology().types, "NONE"), 0.25, Scale(0.5, 0.0, {"verb": 0.0, "statement": 0.0}))
    return Sure(None, settings)  # type: ignore[arg-type] # no network is asked


@pytest.mark.parametrize(
    ("text", "chances", "confidence"),
    [
        ("Kenya urged Somalia on Tuesday to talk.", {"REQUEST": 0.9}, 0.75),
        ("Kenya urged Somalia on Tuesday to talk.", {"REQUEST": 0.04, "AID": 0.96}, None),
        ("Kenya urged Somalia on Tuesday to talk.", {"NONE": 1.0}, None),
        # The codebook files what is only announced under another type: both are right.
        ("The Kenyan president will visit Somalia on Friday.", {"AGREE": 0.9}, 0.75),
        # Of what is denied, and of what the whole of a statement tells, a trigger says little.
        ("Kenya denied that its soldiers had attacked Somalia.", {"REJECT": 1.0}, 0.03),
        ("“Somalia breaks its word,” Kenyan President William Ruto complained.", {"NONE": 1.0}, 0.03),
    ],
)
def test_what_is_doubted_is_left_out(
    grammar: Language, text: str, chances: dict[str, float], confidence: float | None
) -> None:
    events = judge_that_says(chances)(grammar(text))._.events
    assert [event.confidence for event in events] == ([] if confidence is None else [confidence])


def test_acts_of_a_users_own_words_are_not_judged(grammar: Language) -> None:
    doc = grammar("Kenya urged Somalia on Tuesday to talk.")
    (event,) = doc._.events
    doc._.events = (msgspec.structs.replace(event, made_by="grammar:verb:urge (own.yaml)"),)
    assert judge_that_says({"NONE": 1.0})(doc)._.events[0].confidence == event.confidence


@trained
def test_pages_make_the_same_records_alone_and_among_others(nlp: Language) -> None:
    texts = ["Kenya urged Somalia to talk.", "Chile sent Peru tents. Norway condemned Sweden.", "Rain fell on Bergen."]
    alone = [nlp(text)._.events for text in texts]
    assert [doc._.events for doc in nlp.pipe(texts)] == alone
    assert [len(events) for events in alone] == [1, 2, 0]
