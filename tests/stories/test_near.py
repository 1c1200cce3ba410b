"""Near-duplicates: what is one report, whatever outlets do to it, and what only looks like one."""

import pytest

from communique.stories.near import AKIN, CANDIDATE, SAME, Text, agreement

from .material import AGENCY, OTHER

SENTENCES = AGENCY.split(". ")
PINNED = [56649094954807, 143526657274730]


def share(one: str, other: str) -> float:
    found = agreement(Text(one), Text(other))
    return found.share if found is not None else 0.0


def compared(one: str, other: str) -> bool:
    mine, theirs = set(Text(one).sketch()), set(Text(other).sketch())
    return len(mine & theirs) >= CANDIDATE * min(len(mine), len(theirs))


@pytest.mark.parametrize(
    "reprint",
    [
        AGENCY,
        f"ATHENS, Feb 10 (Reuters) - {AGENCY} (Reporting by our staff; editing by the desk)",
        ". ".join(SENTENCES[:3]) + ".",  # cut from the end, as papers cut
        ". ".join([*SENTENCES[:2], *SENTENCES[3:]]),  # a sentence taken out
        AGENCY.replace("survey vessel", "research ship")
        .replace("four decades", "forty years")
        .replace("Athens", "it"),
        AGENCY.upper(),
        AGENCY.replace(" ", "  ").replace("two frigates", "2 frigates"),
    ],
)
def test_a_reprint_is_the_same_report(reprint: str) -> None:
    assert compared(AGENCY, reprint)
    assert share(AGENCY, reprint) >= SAME


@pytest.mark.parametrize(
    "other",
    [
        OTHER,  # of the same dispute on the same day
        SENTENCES[1] + ". " + OTHER,  # quotes a sentence of it
        " ".join(reversed(AGENCY.split())),  # its words alone are no report
        "The minister spoke.",
        "",
    ],
)
def test_another_report_is_not(other: str) -> None:
    assert share(AGENCY, other) < SAME


def test_a_brief_in_a_round_up_is_not_the_round_up() -> None:
    brief = (
        "Fishermen on the island of Kastellorizo saw the frigates pass at noon, the harbour master said on Thursday."
    )
    assert share(brief, brief + " " + " ".join(f"Then word {n} of others came." for n in range(40))) == 0.0


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ("The air force said that it had shot down 12 drones over the coast on Monday night and lost none.", True),
        ("The air force said that it had shot down 15 drones over the coast on Tuesday night and lost none.", False),
    ],
)
def test_a_short_text_must_be_just_the_same(other: str, is_same: bool) -> None:
    brief = "The air force said that it had shot down 12 drones over the coast on Monday night and lost none."
    found = agreement(Text(brief), Text(other))
    assert found is not None and found.is_same is is_same


def test_the_passages_are_where_they_are_said_to_be() -> None:
    reprint = f"(AP) - {SENTENCES[1]}. {SENTENCES[0]}. Nothing else was known."
    found = agreement(Text(AGENCY), Text(reprint))
    assert found is not None
    assert found.share >= SAME
    for (start, end), (first, last) in found.passages:
        assert AGENCY[start:end] == reprint[first:last]
        assert len(AGENCY[start:end].split()) >= 4
    assert found.longest() == sorted(found.longest())


def test_it_is_the_same_from_either_side() -> None:
    one, other = Text(AGENCY), Text(". ".join(SENTENCES[:4]))
    here, there = agreement(one, other), agreement(other, one)
    assert here is not None and there is not None
    assert here.share == there.share
    assert [(b, a) for a, b in here.passages] == list(there.passages)


def test_sketches_are_the_same_in_every_run() -> None:
    # Pinned: they are kept in archives. Whoever changes how they are made has to have archives compared anew.
    assert Text("Kenya urged Somalia on Tuesday to talk about the border.").sketch() == PINNED


def test_small_words_alone_are_in_no_sketch() -> None:
    plain = "It was one of the things that they would have said to us at the end of the day. "
    rare = Text(plain + "Kastellorizo fishermen watched frigates.").sketch()
    assert not set(rare) & set(Text(plain + "Nairobi students blocked ministry gates.").sketch())


def test_texts_of_one_report_need_not_share_all() -> None:
    assert AKIN < SAME
