"""Texts in which nothing political happened: how often an event with status "happened" is recorded all the same."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from communique.evaluate.gold import as_article
from communique.evaluate.measures import Score
from communique.records import Article, Coding, Event


class NonEvent(msgspec.Struct, frozen=True):
    """A text without an event, and what it is about."""

    id: str
    text: str
    topic: str = ""
    date: str | None = None

    def article(self) -> Article:
        """Return the text as an article of its own."""
        return as_article(self.text, self.date)


class FalseEvents(msgspec.Struct, frozen=True):
    """The events that were recorded as happened in the text of this id."""

    id: str
    events: tuple[Event, ...]


def false_events(text: NonEvent, coding: Coding) -> FalseEvents:
    """Return what was recorded as happened."""
    return FalseEvents(text.id, tuple(event for event in coding.events if event.status == "happened"))


@dataclass(frozen=True)
class Figures:
    """By topic, in how many texts an event was recorded, of how many."""

    topics: dict[str, Score]

    def lines(self) -> list[str]:
        """Return the figures as lines, ready to print."""
        whole = sum(self.topics.values(), Score())
        rows = {"all": whole, **dict(sorted(self.topics.items()))}
        return [f"{name:<12}{score.right:>4} of {score.gold:<5}{score.recall:>7.3f}" for name, score in rows.items()]


def figures(compared: Iterable[tuple[NonEvent, FalseEvents]]) -> Figures:
    """Return the share of texts with an event, of all and of each topic."""
    topics: dict[str, Score] = {}
    for text, found in compared:
        count = int(bool(found.events))
        topics[text.topic] = topics.get(text.topic, Score()) + Score(count, count, 1)
    return Figures(topics)
