"""The quicker language model annotates as spaCy's own does; what it does not know it leaves as it is."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from communique import samples
from communique.language import load_model
from communique.quick import quicken
from communique.quick.attributes import Attributes
from communique.quick.entities import Entities

TEXTS = [
    "",
    " ",
    "Norway",
    "Oslo said on Tuesday 12 March 2024 that New York City's Mr. Smith is gonna pay $5 million to the Red Cross",
    "The U.N. Security Council met.\n\nThe European\n\nUnion and  the  African Union ain't there, I dunno why.",
    "The plan, is it old? There was a plan. There is none, and the old one is gone; let's go, y'all gotta see.",
    "He'd lent 3,000 euros to Mary Ann O'Brien of Bank of America, i'm told — 'cause she's from Los Angeles.",
]


@pytest.fixture(scope="module")
def bare() -> Language:
    return load_model()


@pytest.fixture(scope="module")
def quick() -> Language:
    return quicken(load_model())


def annotations(doc: Doc) -> list[tuple[object, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.i, t.ent_iob_, t.ent_type_, t.is_sent_start)
        for t in doc
    ]


def test_both_parts_are_replaced(quick: Language) -> None:
    kinds = {type(component) for _, component in quick.pipeline}
    assert {Attributes, Entities} <= kinds


def test_pages_are_annotated_as_by_the_bare_model(bare: Language, quick: Language) -> None:
    texts = [*TEXTS, *(path.read_text(encoding="utf-8", errors="replace") for path in samples.paths())]
    for one, other in zip(bare.pipe(texts), quick.pipe(texts), strict=True):
        assert annotations(one) == annotations(other)
    assert [annotations(quick(text)) for text in TEXTS] == [annotations(bare(text)) for text in TEXTS]


words = st.sampled_from(
    "Oslo the said New York 5 million . , “ ” ain't gonna \n\n Mr. Bank of America on Monday ’s there is let's".split(
        " "
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=30))
def test_any_row_of_words_is_annotated_as_by_the_bare_model(bare: Language, quick: Language, row: list[str]) -> None:
    text = " ".join(row)
    assert annotations(quick(text)) == annotations(bare(text))


def test_new_words_with_known_ones_between_make_no_phrase(bare: Language) -> None:
    # In the second text only "There" and "is" are new; no rule about "There is" is meant.
    quick = quicken(load_model())
    for text in ("Here exists a plan which was old. She has a plan.", "There exists a plan which is old."):
        assert annotations(quick(text)) == annotations(bare(text))


def test_names_set_before_are_kept_as_by_the_bare_model(bare: Language, quick: Language) -> None:
    made = []
    for nlp in (bare, quick):
        doc = nlp.make_doc("The harbour master met Mary in Bergen.")
        doc.set_ents([doc.char_span(4, 18, label="PERSON")], default="missing")
        made.append(annotations(nlp(doc)))
    assert made[0] == made[1]
    assert made[0][1][-2] == "PERSON"


def test_other_pipelines_stay_as_they_are() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("attribute_ruler").add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})  # type: ignore[attr-defined]
    before = dict(nlp.pipeline)
    assert dict(quicken(nlp).pipeline) == before
