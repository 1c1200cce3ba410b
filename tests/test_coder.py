"""The coder: a page on which a stage fails costs only itself; the name tells what may make other records."""

import re
from pathlib import Path

import pytest
from spacy.tokens import Doc

from communique.coder import Coder
from communique.errors import CodingError
from communique.ingest import article_from_text
from communique.language import Sentences

ARTICLES = [
    article_from_text(f"{country} urged Somalia on Tuesday to talk to its neighbours.", title=f"{country} urges talks")
    for country in ("Kenya", "Ghana", "Nigeria")
]


@pytest.fixture
def coder(monkeypatch: pytest.MonkeyPatch) -> Coder:
    """A coder with a stage that fails on Ghana."""
    whole = Sentences.__call__

    def breaks(self: Sentences, doc: Doc) -> Doc:
        if doc.text.startswith("Ghana"):
            raise IndexError("no such token")
        return whole(self, doc)

    monkeypatch.setattr(Sentences, "__call__", breaks)
    return Coder()


def test_an_article_on_which_a_stage_fails_is_told_and_left_out(coder: Coder) -> None:
    failures: list[CodingError] = []
    codings = list(coder.code_many(ARTICLES, failed=failures.append))
    assert [coding.article for coding in codings] == [ARTICLES[0], ARTICLES[2]]
    assert all(coding.events for coding in codings)
    (failure,) = failures
    assert (failure.where, failure.message) == ("Ghana urges talks", "IndexError: no such token")


def test_without_a_receiver_the_failure_is_raised(coder: Coder) -> None:
    with pytest.raises(CodingError, match=r"Ghana urges talks.*please report"):
        list(coder.code_many(ARTICLES))
    with pytest.raises(CodingError):
        coder.code(ARTICLES[1])


def test_the_name_holds_the_versions_of_program_and_model(coder: Coder) -> None:
    name = r"communique \d+\.\d+\.\d+, en_core_web_\w+ \d+\.\d+\.\d+(, tagger)?(, judge)?"
    assert re.fullmatch(name, coder.name)


def test_the_name_holds_the_content_of_an_own_ontology(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    names = []
    for word in ("delist", "delist", "unlist"):
        own.write_text(f"types: {{SANCTION: {{verbs: [{word}]}}}}")
        names.append(Coder(ontology=own).name)
    assert re.search(r", own\.yaml [0-9a-f]{12}$", names[0])
    assert names[0] == names[1] != names[2]
