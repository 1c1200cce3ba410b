"""What several do together counts once for each pair of them, in neither's direction."""

from pathlib import Path

import msgspec
import pytest

from communique.archive import Archive
from communique.archive.dossiers import Dossiers
from communique.archive.entries import Entries, Hits
from communique.archive.sums import Sums, Tally, Tie
from communique.records import Actor, Coding
from communique.web.data.dyad import dyad_page

from .conftest import KENYA, SOMALIA, coding

UGANDA = Actor("state:UGA", "Uganda", "state", "UGA", "GOV")
EVENTS = Hits("events", {})


def told(number: int, *actors: Actor, mutual: bool) -> Coding:
    """A page of 2024-03-05 whose one event several did together, or the first to the others."""
    page = coding(number)
    sides = {"source": actors, "target": ()} if mutual else {"source": actors[:1], "target": actors[1:]}
    event = msgspec.structs.replace(
        page.events[0], symmetric=mutual, type="CONSULT", quad=1, goldstein=2.0, date="2024-03-05", **sides
    )
    return msgspec.structs.replace(page, events=(event,))


@pytest.fixture
def together(tmp_path: Path) -> Path:
    """Talks of three, talks of two, and one visit."""
    path = tmp_path / "together.db"
    with Archive(path, create=True) as store:
        store.add(told(1, SOMALIA, KENYA, UGANDA, mutual=True), coder="1")
        store.add(told(2, KENYA, SOMALIA, mutual=True), coder="1")
        store.add(told(3, SOMALIA, KENYA, mutual=False), coder="1")
    return path


def test_ties_of_talks_are_between_the_two(together: Path) -> None:
    with Archive(together) as archive:
        network = Sums(Entries(archive)).network(EVENTS)
    assert set(network.ties) == {
        Tie("state:KEN", "state:SOM", True, 2, 2.0),
        Tie("state:KEN", "state:UGA", True, 1, 2.0),
        Tie("state:SOM", "state:UGA", True, 1, 2.0),
        Tie("state:SOM", "state:KEN", False, 1, 2.0),
    }
    assert {node.id for node in network.nodes} == {"state:KEN", "state:SOM", "state:UGA"}


def test_tones_of_talks_are_between_the_two(together: Path) -> None:
    with Archive(together) as archive:
        tones = Sums(Entries(archive)).tones(EVENTS, by="year")
    assert [(tone.source, tone.target, tone.mutual, tone.number) for tone in tones] == [
        ("KEN", "SOM", True, 2), ("KEN", "UGA", True, 1), ("SOM", "KEN", False, 1), ("SOM", "UGA", True, 1),
    ]  # fmt: skip


def test_two_sides_hold_what_each_did_and_the_middle_what_both_did(together: Path) -> None:
    with Archive(together) as archive:
        page = dyad_page(archive, "state:KEN", "state:SOM")
        sums = Sums(Entries(archive))
        assert sums.between("state:SOM", "state:KEN") == list(page.tallies)
        assert sums.between("state:KEN", "state:UGA") == [Tally("2024-03", 1, 1, 0, 2.0)]
        assert sums.between("state:KEN", "state:XXX") == []
    assert page.one.tallies == ()
    assert [tally.number for tally in page.other.tallies] == [1]
    assert [tally.number for tally in page.tallies] == [2]


def test_what_both_do_to_a_third_is_not_between_them(tmp_path: Path) -> None:
    with Archive(tmp_path / "third.db", create=True) as archive:
        page = told(1, KENYA, mutual=False)
        event = msgspec.structs.replace(page.events[0], source=(KENYA, SOMALIA), target=(UGANDA,))
        archive.add(msgspec.structs.replace(page, events=(event,)), coder="1")
        assert Sums(Entries(archive)).between("state:KEN", "state:SOM") == []
        assert {tie.target for tie in Sums(Entries(archive)).network(EVENTS).ties} == {"state:UGA"}
        assert len(Dossiers(archive).together("state:KEN", "state:SOM")) == 1


def test_with_whom_somebody_talks_is_a_counterpart(together: Path) -> None:
    with Archive(together) as archive:
        found = {one.id: (one.cooperation, one.number) for one in Dossiers(archive).counterparts("state:UGA")}
    assert found == {"state:KEN": (1, 1), "state:SOM": (1, 1)}
