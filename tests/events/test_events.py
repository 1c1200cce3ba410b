"""Who did what to whom: the events stage on sentences with hand-checked answers."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from communique.ontology import ontology
from communique.records import Actor, Article, Event

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "events.toml").read_text(encoding="utf-8"))["case"]
DAY = "2022-02-10"


def read(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    spans, start = [], 0
    for part in text.split("\n\n"):
        spans.append((start, start + len(part)))
        start += len(part) + 2
    doc._.article = Article(id="a-test", text=text, paragraphs=tuple(spans), published=DAY, language="en")
    return nlp(doc)


def countries(actors: tuple[Actor, ...]) -> str:
    return " ".join(sorted(actor.country or "?" for actor in actors))


def facts(event: Event) -> tuple[str, str, str, str]:
    return event.type, event.status, countries(event.source), countries(event.target)


def wanted(case: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    for event in case.get("events", []):
        sides = (" ".join(sorted(event[side].split())) for side in ("source", "target"))
        yield event["type"], event["status"], *sides  # type: ignore[misc] # two sides


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_who_did_what_to_whom(case: dict[str, Any], grammar: Language) -> None:
    found = read(grammar, case["text"])._.events
    assert sorted(facts(event) for event in found) == sorted(wanted(case))
    by_facts = {facts(event): event for event in found}
    for event, key in zip(case.get("events", []), wanted(case), strict=True):
        record = by_facts[key]
        for name in {"date", "mode"} & set(event):
            assert getattr(record, name) == event[name]
        if "place" in event:
            assert record.place is not None
            assert record.place.name == event["place"]


def test_the_tagger_and_the_judge_agree_but_for_a_few(nlp: Language) -> None:
    """The cases are the grammar's; what is trained may err, and a collapse must show."""
    agreed = [sorted(map(facts, read(nlp, case["text"])._.events)) == sorted(wanted(case)) for case in CASES]
    assert sum(agreed) >= 0.95 * len(CASES)


PAGE = """\
The Kenyan president met his Ugandan counterpart in Nairobi on Monday.

After the talks, the Kenyan president said Uganda had agreed to open the border. “Rwanda must withdraw its soldiers,” \
he said.

In 1999, Ugandan troops attacked Rwandan villages and killed 20 people. Chad urged Rwanda to return to the talks."""


def test_mentions_of_one_event_are_one_record(nlp: Language) -> None:
    consultations = [event for event in read(nlp, PAGE)._.events if event.type == "CONSULT"]
    assert [facts(event) for event in consultations] == [("CONSULT", "happened", "KEN UGA", "")]
    assert consultations[0].date == "2022-02-07"
    assert consultations[0].place is not None
    assert consultations[0].place.name == "Nairobi"
    assert len(consultations[0].also) == 1


def test_what_somebody_tells_of_others_is_alleged_and_his(nlp: Language) -> None:
    event = next(event for event in read(nlp, PAGE)._.events if event.type == "AGREE")
    assert (event.status, event.source[0].country) == ("alleged", "UGA")
    assert event.attributed_to is not None
    assert event.attributed_to.country == "KEN"
    assert event.statement is not None


def test_a_demand_in_quotation_marks_is_an_event_of_its_own(nlp: Language) -> None:
    doc = read(nlp, PAGE)
    event = next(event for event in doc._.events if event.type == "REQUEST" and event.statement)
    assert facts(event) == ("REQUEST", "happened", "KEN", "RWA")
    assert event.statement in {statement.id for statement in doc._.statements}
    assert not any(event.type == "RETREAT" for event in doc._.events)


def test_background_has_its_own_date_and_counts(nlp: Language) -> None:
    event = next(event for event in read(nlp, PAGE)._.events if event.type == "ASSAULT" and event.target)
    assert event.date == "1999-01-01/1999-12-31"
    assert any(event.counts.get("killed") == 20 for event in read(nlp, PAGE)._.events)


def test_records_are_sound(nlp: Language) -> None:
    doc, known = read(nlp, PAGE), ontology()
    assert len({event.id for event in doc._.events}) == len(doc._.events)
    for event in doc._.events:
        assert event.article == "a-test"
        start, end = event.evidence
        assert 0 <= start <= event.trigger[0] < event.trigger[1] <= end <= len(doc.text)
        assert event.mode is None or event.mode in known.types[event.type].modes
        assert event.cameo in known.codes
        assert event.quad == known.types[event.type].quad
        assert event.goldstein == known.goldstein(event.cameo)
        assert set(event.context) <= set(known.contexts)
        assert 0 < event.confidence < 1
        assert event.source or event.target
        for actor in (*event.source, *event.target):
            assert actor.mention is None or doc.text[actor.mention.start : actor.mention.end] == actor.mention.text


def test_the_same_text_gives_the_same_events(nlp: Language) -> None:
    assert read(nlp, PAGE)._.events == read(nlp, PAGE)._.events


def test_no_day_no_article_no_failure(nlp: Language) -> None:
    doc = nlp("Chile recalled its ambassador from Peru on Monday.")
    assert [event.type for event in doc._.events] == ["SANCTION"]
    assert nlp("")._.events == ()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rebels attacked a Kenyan village, killing at least 14 people and wounding dozens.", {"killed": 14}),
        ("Some 20,000 people marched against the president in Lima.", {"protesters": 20_000}),
        ("Kenyan troops killed three of the five Somali soldiers.", {"killed": 3}),
        ("Kenyan troops killed a dozen Somali rebels.", {"killed": 12}),
        ("Kenyan troops killed two dozen Somali rebels.", {"killed": 24}),
        ("Somali gunmen killed nine Kenyan policemen and wounded four.", {"killed": 9, "injured": 4}),
        ("Nine Kenyan soldiers were killed and 12 wounded by Somali rebels.", {"killed": 9, "injured": 12}),
        ("The Somali attack left 30 Kenyan soldiers dead and 12 wounded.", {"killed": 30, "injured": 12}),
        ("Kenyan soldiers shot dead six Somali protesters.", {"killed": 6}),
        ("Twenty-one Kenyan soldiers died in the attack by Somali rebels.", {"killed": 21}),
        ("Kenyan police detained nearly 2 000 Somalis.", {"arrested": 2_000}),
        ("Between 200 and 300 Kenyan farmers marched against the government.", {}),
        ("Several hundred Thai activists marched against the army.", {}),
        ("Somali rebels killed Kenyan soldiers 40 kilometres from Garissa.", {}),
        ("Russia withdrew half of its 6,000 troops from Syria.", {}),
    ],
)
def test_people_are_counted(text: str, wanted: dict[str, int], nlp: Language) -> None:
    assert [event.counts for event in read(nlp, text)._.events] == [wanted]
