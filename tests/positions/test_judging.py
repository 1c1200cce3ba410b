"""The judge of pairs: which pairs it is asked about, what is shown of its verdicts, and what the trained one says."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from communique.coder import Coder
from communique.positions.account import Account
from communique.positions.judging import MOST_PIECES, Judge, Settings, Verdict, trained_judge, window
from communique.trained import is_trained
from tests.positions.material import between, pairs

trained = pytest.mark.skipif(not is_trained("positions"), reason="the judge's trained files are not installed")

CLAIM = "ANKARA — Turkey said on Monday that Greek jets had crossed into its airspace over the Aegean."
ANSWER = (
    "ATHENS — Our jets kept to the agreed corridor over Turkish airspace, the Greek defence minister said on Monday."
)
LATER = "ATHENS — Our jets kept to the agreed corridor, the Greek defence minister said on Monday."


class Sure(Judge):
    """A judge of whom it is known what it says of any pair, and which pairs it was asked about."""

    def __init__(self, chance: float) -> None:
        self.settings = Settings(("contrary claims",), 0.8)
        self.chance = chance
        self.asked: list[tuple[str, str]] = []

    def verdicts(self, pairs: Sequence[tuple[str, str]]) -> Iterator[Verdict]:
        self.asked += pairs
        return (Verdict(self.chance, "contrary claims") for _ in pairs)


def compared(folder: Path, coder: Coder, judge: Judge, *texts: str | tuple[str, str]) -> Account:
    return between(folder, coder, "TUR", "GRC", None, *texts, judge=judge)


def test_what_is_judged_likely_is_shown_with_its_chance(coder: Coder, tmp_path: Path) -> None:
    (found,) = compared(tmp_path, coder, Sure(0.85), ("2020-03-06", ANSWER), ("2020-03-05", CLAIM)).contradictions
    assert (found.kind, found.one.side, found.other.side) == ("contrary claims", "TUR", "GRC")
    assert found.score == 0.85 and found.reasons == ("judged likely: 0.85",)


def test_what_is_judged_unlikely_is_not(coder: Coder, tmp_path: Path) -> None:
    judge = Sure(0.79)
    assert not compared(tmp_path, coder, judge, CLAIM, ANSWER).contradictions
    assert len(judge.asked) == 1


def test_what_the_grammar_sees_is_not_judged_otherwise(coder: Coder, tmp_path: Path) -> None:
    denial = "ATHENS — Greece denied on Monday that its jets had crossed into Turkish airspace."
    found = compared(tmp_path, coder, Sure(0.99), CLAIM, denial)
    assert pairs(found) == [("accusation and denial", "TUR", "GRC")]


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        ([("2020-03-05", CLAIM), ("2020-03-07", ANSWER)], 1),
        # Some weeks later more than one word must be the same, half a year later no two are compared.
        ([("2020-03-05", CLAIM), ("2020-03-25", LATER)], 0),
        ([("2020-03-05", CLAIM), ("2020-09-05", ANSWER)], 0),
        # Within one report the two may have nothing in common but the matter.
        ([f"{CLAIM}\n\n{LATER.partition('— ')[2]}"], 1),
        # Nobody of the other side speaks.
        ([CLAIM, CLAIM.replace("Greek jets", "two ships")], 0),
        ([], 0),
    ],
)
def test_only_pairs_that_may_answer_each_other_are_judged(
    texts: list[str | tuple[str, str]], asked: int, coder: Coder, tmp_path: Path
) -> None:
    judge = Sure(0.0)
    compared(tmp_path, coder, judge, *texts)
    assert len(judge.asked) == asked


CONTRARY = [
    ("Riga accused the Russian fleet of cutting the cable on purpose.",
     "“No ship of ours was within forty miles of that cable,” the Russian navy's spokesman said."),
    ("Nairobi urged Addis Ababa to release the two reporters at once.",
     "The Ethiopian justice minister said the reporters would stay in custody until their trial."),
    ("The rebels said that they had taken the airport on Sunday night.",
     "“The airport is in our hands and flights go on as planned,” an army spokesman told state television."),
    ("Peru's government offered the miners' union talks under a bishop's chairmanship.",
     "The union turned the offer down, saying that there was nothing left to talk about."),
]  # fmt: skip
NOT_CONTRARY = [
    # The same matter, and both may be so.
    ("Riga accused the Russian fleet of cutting the cable on purpose.",
     "The Russian navy said that it had sent a ship to help with the repair of the cable."),
    ("Nairobi urged Addis Ababa to release the two reporters at once.",
     "The Ethiopian justice minister said the reporters had been visited by their lawyers on Friday."),
    # Both say the same.
    ("The rebels said that they had taken the airport on Sunday night.",
     "The army admitted on Monday that it had lost the airport."),
    # Each finds fault with something else.
    ("The senator called the governor's plan for the schools a disgrace.",
     "The governor said that the senator had missed every second vote since January."),
    # Two matters.
    ("Peru's government offered the miners' union talks under a bishop's chairmanship.",
     "“She has run a brilliant campaign,” the candidate's sister said in Lima."),
    ("The foreign minister said that the talks on fishing would go on in Bergen.",
     "“I like this city very much,” the visiting prime minister told reporters."),
]  # fmt: skip


@pytest.fixture(scope="module")
def judge() -> Judge:
    found = trained_judge()
    assert found is not None
    return found


@trained
def test_answers_in_words_of_their_own_are_seen_and_what_may_hold_as_well_is_not_shown(judge: Judge) -> None:
    seen, shown = (
        [pair for pair, said in zip(pairs, judge.verdicts(pairs), strict=True) if said.chance >= least]
        for pairs, least in ((CONTRARY, 0.5), (NOT_CONTRARY, judge.settings.least))
    )
    assert (seen, shown) == (CONTRARY, [])


@trained
def test_the_order_of_two_does_not_matter(judge: Judge) -> None:
    for one, other in CONTRARY:
        (there,), (back,) = judge.verdicts([(one, other)]), judge.verdicts([(other, one)])
        assert there.kind == back.kind and there.chance == pytest.approx(back.chance, abs=1e-4)


@trained
def test_long_and_empty_sentences_are_read(judge: Judge) -> None:
    long = "The minister said that " + "the bridge and " * 5_000 + "the road were closed."
    assert len(window(long, long, judge.network.tokenizer)) == 2 * MOST_PIECES + 3
    assert [0 <= verdict.chance <= 1 for verdict in judge.verdicts([(long, ""), ("", "")])] == [True, True]
    assert list(judge.verdicts([])) == []
