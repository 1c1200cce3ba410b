"""The pool: the same records by any number of processes, and nothing but the page that is to blame is lost."""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from communique.archive import Archive
from communique.bulk import Settings, added, coded, total
from communique.bulk.adding import Step
from communique.coder import Coder
from communique.errors import CodingError, CommuniqueError, ModelError
from communique.ingest import Failure, Input, Options, article_from_text, inputs
from communique.records import Article, Coding

SETTINGS = Settings(Options(date="2024-03-05"), trained=False)


def page(data: bytes, *, where: str, options: Options) -> Article | None:
    """The article of some words; some words do to a process what bad pages do."""
    words = data.decode()
    if words == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if words == "endless":
        time.sleep(600)
    if words.startswith("stuck"):
        Path(words.split()[1]).touch()
        re.match("(a+)+$", "a" * 50 + "b")  # for years, and no other thread gets its turn
    if words == "unreadable":
        raise IndexError("no such line")
    if words == "inconsistent":
        return msgspec.structs.replace(article_from_text("It rains.", options=options), paragraphs=((0, 99),))
    return None if words.startswith("picture") else article_from_text(words, options=options)


def made(*texts: str) -> list[Input]:
    return [Input(f"page {number}", text.encode(), page) for number, text in enumerate(texts)]


TEXTS = [f"{one} urged {other} on Tuesday to talk." for one in ("Kenya", "Ghana", "Oslo", "Chad") for other in
         ("Somalia", "Peru", "Ukraine")]  # fmt: skip


@pytest.fixture(scope="module")
def alone() -> list[Coding]:
    coder = Coder(trained=False)
    found = [one.article(SETTINGS.options) for one in made(*TEXTS)]
    return list(coder.code_many(one for one in found if isinstance(one, Article)))


@pytest.mark.parametrize("workers", [1, 3])
def test_records_are_the_same_by_any_number_of_processes(alone: list[Coding], workers: int) -> None:
    results = list(coded(made(*TEXTS), settings=SETTINGS, workers=workers))
    assert [one.where for one, _ in results] == [f"page {number}" for number in range(len(TEXTS))]
    assert [outcome for _, outcome in results] == alone
    assert any(coding.events for coding in alone)


def test_what_is_no_input_comes_through_in_its_place() -> None:
    found: list[Input | str] = ["first", *made(TEXTS[0]), "second", "third", *made("picture"), "last"]
    results = list(coded(found, settings=SETTINGS, workers=1))
    assert [one if isinstance(one, str) else type(one[1]).__name__ for one in results] == [
        "first", "Coding", "second", "third", "NoneType", "last",
    ]  # fmt: skip


def test_only_the_page_that_a_process_dies_of_is_lost(alone: list[Coding]) -> None:
    texts = [*TEXTS[:2], "deadly", *TEXTS[2:]]
    outcomes = [outcome for _, outcome in coded(made(*texts), settings=SETTINGS, workers=2)]
    error = outcomes.pop(2)
    assert isinstance(error, CodingError)
    assert error.where == "page 2"
    assert "ended the process" in error.message
    assert outcomes == alone


def test_a_page_that_takes_too_long_is_given_up(alone: list[Coding]) -> None:
    texts = [TEXTS[0], "endless", TEXTS[1]]
    outcomes = [outcome for _, outcome in coded(made(*texts), settings=SETTINGS, workers=1, seconds=10)]
    assert [outcomes[0], outcomes[2]] == alone[:2]
    assert isinstance(outcomes[1], CodingError)
    assert "longer than" in outcomes[1].message


def test_a_process_that_takes_nothing_in_is_given_up(alone: list[Coding], tmp_path: Path) -> None:
    mark = tmp_path / "stuck"

    def found() -> Iterator[Input]:
        yield from made(*TEXTS[:4], f"stuck {mark}", *TEXTS[4:7])
        while not mark.exists():
            time.sleep(0.1)
        yield from made("picture" + " of rain" * 100_000)  # more than a pipe holds

    outcomes = [outcome for _, outcome in coded(found(), settings=SETTINGS, workers=1, seconds=10)]
    assert isinstance(outcomes.pop(4), CodingError)
    assert outcomes == [*alone[:7], None]


def test_a_defect_on_a_page_is_recorded_and_the_others_are_kept(tmp_path: Path) -> None:
    told = steps(tmp_path / "news.db", *made(TEXTS[0], "unreadable", "inconsistent", TEXTS[1]))
    assert [step.what for step in told] == ["added", "failed", "failed", "added"]
    for step in told[1:3]:
        assert "IndexError" in step.problem
        assert "a defect of the program: please report it with the page" in step.problem
    # It stands in the archive, and is told again without work.
    again = steps(tmp_path / "news.db", *made("unreadable", "inconsistent"))
    assert [step.problem for step in again] == [step.problem for step in told[1:3]]


def test_what_keeps_every_process_from_starting_is_raised() -> None:
    with pytest.raises(ModelError, match="not installed"):
        list(coded(made(TEXTS[0]), settings=Settings(model="no_such_model"), workers=1))


def test_inputs_are_not_read_far_ahead() -> None:
    read = 0

    def endless() -> Iterator[Input]:
        nonlocal read
        while True:
            read += 1
            yield from made("picture")

    results = coded(endless(), settings=SETTINGS, workers=1)
    for _ in range(20):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert read < 200


def steps(path: Path, *found: Input | Failure, settings: Settings = SETTINGS, retry: bool = False) -> list[Step]:
    with Archive(path, create=True) as store:
        return list(added(found, store, settings=settings, workers=1, retry=retry))


def test_inputs_are_known_again_by_content_options_and_coder(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    empty = Failure("page 9", CommuniqueError("is empty", where="page 9"))  # type: ignore[arg-type]
    found = made(TEXTS[0], "picture", "deadly", " ")
    first = steps(path, *found, empty)
    assert [step.what for step in first] == ["added", "passed over", "failed", "failed", "failed"]
    # None of it needs a process: a failure is told again as it was.
    again = steps(path, *found, empty)
    assert [step.what for step in again] == ["known", "known", "failed", "failed", "failed"]
    assert [step.problem for step in again] == [step.problem for step in first]
    retried = steps(path, *found, empty, retry=True)
    assert [step.what for step in retried] == ["known", "known", "failed", "failed", "failed"]
    moved = [Input("elsewhere", one.data, one.make) for one in found[:1]]
    assert [step.what for step in steps(path, *moved)] == ["known"]
    other = Settings(Options(date="2024-03-06"), trained=False)
    assert [step.what for step in steps(path, *found[:1], settings=other)] == ["added"]


def test_another_coder_reads_all_anew(tmp_path: Path) -> None:
    path, found = tmp_path / "news.db", made(TEXTS[0])
    assert [step.what for step in steps(path, *found)] == ["added"]
    own = tmp_path / "own.yaml"
    own.write_text("types: {SANCTION: {verbs: [delist]}}")
    settings = Settings(SETTINGS.options, trained=False, ontology=str(own))
    assert [step.what for step in steps(path, *found, settings=settings)] == ["recoded"]
    assert [step.what for step in steps(path, *found, settings=settings)] == ["known"]
    # The first coder's records are no longer there: its turn again.
    assert [step.what for step in steps(path, *found)] == ["recoded"]


def test_how_many_inputs_there_are_is_told_where_each_file_is_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c/d.txt.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert total([tmp_path], Options()) == 3
    assert total([tmp_path, "missing.txt"], Options()) == 4
    assert total([tmp_path, "-"], Options()) is None
    (tmp_path / "e.jsonl").touch()
    assert total([tmp_path], Options()) is None


def test_inputs_have_one_fingerprint_wherever_they_stand(tmp_path: Path) -> None:
    for name, text in (("a.txt", "One."), ("b.txt", "One."), ("c.txt", "Two."), ("d.html", "One.")):
        (tmp_path / name).write_text(text)
    marks = [one.fingerprint for one in inputs([tmp_path]) if isinstance(one, Input)]
    assert marks[0] == marks[1]
    assert len(set(marks)) == 3
