"""The type of one attribution: which words report which content of which source, before anybody is resolved."""

from collections import defaultdict
from dataclasses import dataclass

from spacy.tokens import Token

from communique.statements.contents import Part
from communique.statements.cues import Cue

FIRST_PERSON = frozenset({"i", "we", "me", "us"})


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as tokens. ``verb`` is the reporting word, None where no word reports.

    ``continues`` is the attribution that a quotation without a cue of its own goes on from. ``named`` are the words
    that name the source where the tagger drew their bounds, ``score`` how sure it is; both None where it did not.
    """

    source: Token | None
    cue: Part | None
    content: tuple[Part, ...]
    rule: str
    addressee: Token | None = None
    reporting: Cue | None = None
    verb: Token | None = None
    continues: "Attribution | None" = None
    named: Part | None = None
    score: float | None = None

    @property
    def start(self) -> int:
        """Token index where the content begins."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Token index after the content's end."""
        return self.content[-1][1]

    @property
    def thinks(self) -> bool:
        """Whether a thought or feeling is reported, not speech."""
        return self.reporting is not None and "mind" in self.reporting.takes

    def inside(self, other: "Attribution") -> bool:
        """Tell whether this content lies within the other's."""
        return self != other and all(any(s <= a and b <= e for s, e in other.content) for a, b in self.content)

    def tokens(self) -> set[int]:
        """Return the indices of the content's tokens."""
        return {i for start, end in self.content for i in range(start, end)}


class ByToken:
    """Attributions by the tokens of their contents, so that those about one place are found without a search."""

    def __init__(self) -> None:
        self._at: dict[int, list[Attribution]] = defaultdict(list)

    def add(self, one: Attribution) -> None:
        """Add an attribution."""
        for i in one.tokens():
            self._at[i].append(one)

    def at(self, i: int) -> list[Attribution]:
        """Return the attributions whose content holds a token, in the order in which they were added."""
        return self._at.get(i, [])
