"""Positions in an archive: prints of one statement, changes, sides, how near the issue is, filters."""

from pathlib import Path

import pytest

from communique.actors.lexicon import lexicon
from communique.archive import Archive
from communique.archive.sameness import STORY, Sameness
from communique.coder import Coder
from communique.errors import UsageError
from communique.positions.account import account
from communique.positions.sides import Side
from tests.positions.material import archived, between

REFUSES = "TEHRAN — Iran will not negotiate with the United States, President Hassan Rouhani said on Monday."
IS_READY = "TEHRAN — Iran is ready to negotiate with the United States, President Hassan Rouhani said on Monday."
ACCUSED = "LONDON — Britain accused Russia on Tuesday of poisoning a former spy in Salisbury."
DENIED = "MOSCOW — “Russia did not poison anybody in Salisbury,” Foreign Minister Sergei Lavrov said."
REPRINT = "“Russia did not poison anybody in Salisbury,” Russian Foreign Minister Sergei Lavrov said in Moscow."


def test_a_change_is_told_with_both_days(coder: Coder, tmp_path: Path) -> None:
    found = between(
        tmp_path, coder, "IRN", "USA", "talks, negotiate", ("2018-03-05", REFUSES), ("2018-06-04", IS_READY)
    )
    assert [(c.side, c.before.day, c.after.day) for c in found.changes] == [("IRN", "2018-03-05", "2018-06-04")]
    assert not found.contradictions


def test_saying_the_same_again_is_no_change(coder: Coder, tmp_path: Path) -> None:
    found = between(
        tmp_path, coder, "IRN", "USA", "talks, negotiate", ("2018-03-05", REFUSES), ("2018-06-04", REFUSES)
    )
    assert len(found.positions) == 2
    assert not found.changes


def test_a_reprint_counts_once(coder: Coder, tmp_path: Path) -> None:
    found = between(tmp_path, coder, "GBR", "RUS", "poison", ACCUSED, DENIED, REPRINT)
    denial = next(p for p in found.positions if p.side == "RUS")
    assert [p.side for p in found.positions].count("RUS") == 1
    assert (len(denial.prints), denial.spread.articles, len(denial.spread.outlets)) == (2, 2, 2)
    assert [c.kind for c in found.contradictions] == ["accusation and denial"]


def test_claim_and_answer_may_be_of_two_articles_in_any_order(coder: Coder, tmp_path: Path) -> None:
    one = between(tmp_path, coder, "GBR", "RUS", "poison", ("2018-03-06", ACCUSED), ("2018-03-09", DENIED))
    assert [(c.one.side, c.other.side) for c in one.contradictions] == [("GBR", "RUS")]


def test_what_is_about_something_else_is_left_out(coder: Coder, tmp_path: Path) -> None:
    other = "LONDON — Britain said on Tuesday that it would lower the tax on cider."
    found = between(tmp_path, coder, "GBR", "RUS", "poison", ACCUSED, other)
    assert [p.told for p in found.positions] == ["Russia of poisoning a former spy in Salisbury"]
    assert [p.about for p in found.positions] == ["words"]


def test_filters_narrow_what_is_read(coder: Coder, tmp_path: Path) -> None:
    path = archived(tmp_path, coder, ("2018-03-05", REFUSES), ("2018-06-04", IS_READY))
    side = Side.named("IRN", lexicon())
    with Archive(path) as archive:
        assert [p.day for p in account(archive, [side], None, {"since": "2018-04"}).positions] == ["2018-06-04"]
        assert account(archive, [side], None, {"act": "threaten"}).positions == ()
        with pytest.raises(UsageError):
            account(archive, [side], None, {"type": "ASSAULT"})
        with pytest.raises(UsageError, match="no word"):
            account(archive, [side], "…")


def test_a_side_is_officials_a_person_or_an_organisation(coder: Coder, tmp_path: Path) -> None:
    press = "TEHRAN — Iran’s opposition said that it would not negotiate. “We will go on,” a student in Tehran said."
    path = archived(tmp_path, coder, REFUSES, press)
    with Archive(path) as archive:

        def told(name: str, *, anyone: bool = False) -> int:
            return len(account(archive, [Side.named(name, lexicon(), anyone=anyone)], None).positions)

        assert told("IRN") == told("Rouhani") == told("person:hassan-rouhani") == 1
        assert told("IRN", anyone=True) > 1
        assert told("Lavrov") == 0
    with pytest.raises(UsageError, match="no side"):
        Side.named("!", lexicon())


def test_an_organisation_is_found_by_all_its_names(coder: Coder, tmp_path: Path) -> None:
    text = "VIENNA — The International Atomic Energy Agency said on Monday that Iran had removed two of its cameras."
    found = between(tmp_path, coder, "IAEA", "IRN", "cameras", text)
    assert [p.side for p in found.positions] == ["IAEA"]


def test_an_issue_none_of_whose_articles_has_all_words_is_that_of_any_word(coder: Coder, tmp_path: Path) -> None:
    path = archived(
        tmp_path, coder, REFUSES, "TEHRAN — Iran will build a dam, President Hassan Rouhani said on Monday."
    )
    side = Side.named("IRN", lexicon())
    with Archive(path) as archive:
        found = account(archive, [side], "talks negotiate centrifuges")
        assert (len(found.positions), found.of_any_word) == (1, True)
        assert not account(archive, [side], "negotiate").of_any_word
        assert account(archive, [side], "centrifuges").positions == ()


def test_an_empty_archive_has_no_positions(coder: Coder, tmp_path: Path) -> None:
    found = between(tmp_path, coder, "GBR", "RUS", "poison")
    assert (found.positions, found.contradictions, found.changes) == ((), (), ())


def test_an_answer_in_another_report_of_the_story_need_not_name_the_issue(coder: Coder, tmp_path: Path) -> None:
    named = "LONDON — Britain accused Russia on Tuesday of poisoning a former spy. It was Novichok, the police said."
    path = archived(tmp_path, coder, named, DENIED)
    sides = [Side.named(name, lexicon()) for name in ("GBR", "RUS")]
    with Archive(path) as archive:
        assert not account(archive, sides, "novichok").contradictions
        same = Sameness(archive)
        articles = [record.id for record in archive.records("articles")]
        with same.writing():
            same.regroup(STORY, articles, [articles])
        found = account(archive, sides, "novichok")
    assert [(c.kind, c.other.about) for c in found.contradictions] == [("accusation and denial", "elsewhere")]


def test_of_too_many_articles_the_latest_are_read_also_of_a_story(coder: Coder, tmp_path: Path) -> None:
    named = "LONDON — Britain accused Russia on Tuesday of poisoning a former spy. It was Novichok, witnesses said."
    path = archived(tmp_path, coder, ("2018-03-02", DENIED), ("2018-03-06", named))
    sides = [Side.named(name, lexicon()) for name in ("GBR", "RUS")]
    with Archive(path) as archive:
        same = Sameness(archive)
        articles = [record.id for record in archive.records("articles")]
        with same.writing():
            same.regroup(STORY, articles, [articles])
        found = account(archive, sides, "novichok", most=1)
    assert ([p.side for p in found.positions], found.passed_over) == (["GBR"], 1)


APPLE = (
    "LONDON — Apple chief executive Tim Cook wrote on Tuesday that the claim had no basis in law.\n\n"
    "“We never asked for any special deals,” Cook said."
)


@pytest.mark.parametrize(
    ("side", "text", "told"),
    [
        # Who is once called the body's is it where he has only a name.
        ("Apple", APPLE, 2),
        ("Apple", APPLE.replace("Apple chief executive", "Apple critic"), 0),
        ("Apple", APPLE.replace("Apple chief executive", "Former Apple engineer"), 0),
        # Nobody becomes a person by speaking for one, and a son is not his father.
        ("Tim Cook", "LONDON — Tim Cook Jr. said on Tuesday that the claim had no basis in law.", 0),
        ("Tim Cook", "LONDON — Former engineer Tim Cook said on Tuesday that the claim had no basis in law.", 1),
    ],
)
def test_who_speaks_for_a_side(side: str, text: str, told: int, coder: Coder, tmp_path: Path) -> None:
    with Archive(archived(tmp_path, coder, text)) as archive:
        assert len(account(archive, [Side.named(side, lexicon())], None).positions) == told
