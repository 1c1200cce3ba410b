"""Mentions of actors in a Doc: the way in which later stages ask who a token is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique import syntax
from communique.records import Actor, Mention


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Words that name one or more actors.

    ``start`` and ``end`` are token indices, half open, ``head`` the index of the syntactic head. ``actors`` holds
    whom the words stand for, several for 'the two sides'; an actor that nobody knows has no id and the words as
    its name; it is empty for a pronoun without antecedent. ``basis`` says for people what decided it.
    """

    start: int
    end: int
    head: int
    actors: tuple[Actor, ...]
    basis: str

    def text(self, doc: Doc) -> str:
        """Return the words."""
        return self.record(doc).text

    def record(self, doc: Doc) -> Mention:
        """Return the mention with character offsets."""
        return syntax.mention(doc, self.start, self.end)


class Mentions:
    """The mentions of a Doc in text order, with look-up by token."""

    def __init__(self, mentions: Iterable[ActorMention] = ()) -> None:
        self._mentions = sorted(mentions, key=lambda m: (m.start, m.end))
        self._by_token: dict[int, ActorMention] = {}
        # Of two mentions that hold a token the shorter one is meant, save for the head of the longer.
        for mention in sorted(self._mentions, key=lambda m: m.start - m.end):
            self._by_token.update(dict.fromkeys(range(mention.start, mention.end), mention))
        for mention in self._mentions:
            self._by_token[mention.head] = mention

    def __iter__(self) -> Iterator[ActorMention]:
        """Yield the mentions in text order."""
        return iter(self._mentions)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._mentions)

    def at(self, token: Token) -> ActorMention | None:
        """Return the mention that the token heads or lies in, the innermost one."""
        return self._by_token.get(token.i)

    def parties(self, token: Token) -> tuple[ActorMention, ...]:
        """Return the mentions of the token and of all that is coordinated with it: 'the UK and US'."""
        found = []
        for member in syntax.coordinated(token):
            mention = self._by_token.get(member.i)
            if mention is not None and mention not in found:
                found.append(mention)
        return tuple(found)

    def within(self, start: int, end: int) -> tuple[ActorMention, ...]:
        """Return the mentions whose head is among the tokens [start, end)."""
        return tuple(m for m in self._mentions if start <= m.head < end)
