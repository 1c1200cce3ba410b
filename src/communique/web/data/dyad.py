"""What the page of two actors tells: conflict and cooperation over time, and both sides' statements side by side."""

from dataclasses import dataclass

from communique.archive import Archive
from communique.archive.dossiers import Dossiers, Who
from communique.archive.entries import Entries, Hits
from communique.archive.sums import Sums, Tally
from communique.filters import EVENTS
from communique.web.data.listing import Row, rows

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: what it did to the other, over time and lately, and what it said where the other is, too."""

    who: Who
    tallies: tuple[Tally, ...]
    did: tuple[Row, ...]
    said: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DyadPage:
    """See the module; ``together`` are the latest events that both did, ``tallies`` what both did with each other over
    time, such as talks: each once, and on neither side.
    """

    one: Side
    other: Side
    together: tuple[Row, ...] = ()
    tallies: tuple[Tally, ...] = ()

    @property
    def exchange(self) -> tuple[tuple[str, Row], ...]:
        """What both said, the latest first, with "one" or "other": who answers whom."""
        said = [("one", row) for row in self.one.said] + [("other", row) for row in self.other.said]
        return tuple(sorted(said, key=lambda item: item[1].article.published or "", reverse=True))


def dyad_page(archive: Archive, one: str, other: str) -> DyadPage:
    """Return the page of two actors, by their ids. Raises RecordNotFound when no record has one of them."""
    together = rows(archive, Dossiers(archive).together(one, other, limit=SHOWN))
    tallies = Sums(Entries(archive)).between(one, other)
    return DyadPage(_side(archive, one, other), _side(archive, other, one), tuple(together), tuple(tallies))


def _side(archive: Archive, actor: str, towards: str) -> Side:
    dossiers, entries = Dossiers(archive), Entries(archive)
    hits = Hits(EVENTS, {"source": actor, "target": towards})
    return Side(
        who=dossiers.who(actor),
        tallies=tuple(Sums(entries).tallies(hits)),
        did=tuple(rows(archive, entries.page(hits, limit=SHOWN))),
        said=tuple(rows(archive, dossiers.beside(actor, towards, limit=SHOWN))),
    )
