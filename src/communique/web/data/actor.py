"""What an actor's page tells: what they said, what they did, what was done to them, in which office, and with whom."""

from dataclasses import dataclass

from communique.archive import Archive
from communique.archive.dossiers import Counterpart, Dossiers, Term, Who
from communique.archive.entries import Entries, Hits
from communique.filters import EVENTS, STATEMENTS
from communique.web.data.listing import Row, rows

SHOWN = 10
PARTS = (
    ("said", "speaker", STATEMENTS, "What they said"),
    ("did", "source", EVENTS, "What they did"),
    ("suffered", "target", EVENTS, "What was done to them"),
    ("addressed", "addressee", STATEMENTS, "What was said to them"),
)
"""Of each part of the page its name, the role and kind of its records, and its heading."""


@dataclass(frozen=True, slots=True)
class Part:
    """The latest records in which the actor has a role, and how many there are; ``key`` is the role's filter."""

    name: str
    key: str
    kind: str
    heading: str
    rows: tuple[Row, ...]
    number: int


@dataclass(frozen=True, slots=True)
class ActorPage:
    """See the module."""

    who: Who
    terms: tuple[Term, ...]
    counterparts: tuple[Counterpart, ...]
    parts: tuple[Part, ...]


def actor_page(archive: Archive, actor: str) -> ActorPage:
    """Return the page of an actor. Raises RecordNotFound when no record has this id."""
    dossiers, entries = Dossiers(archive), Entries(archive)
    who, counts = dossiers.who(actor), dossiers.counts(actor)
    parts = []
    for name, key, kind, heading in PARTS:
        latest = entries.page(Hits(kind, {key: actor}), limit=SHOWN) if counts[key] else []
        parts.append(Part(name, key, kind, heading, tuple(rows(archive, latest)), counts[key]))
    return ActorPage(who, tuple(dossiers.terms(actor)), tuple(dossiers.counterparts(actor)), tuple(parts))
