"""Learned judgement: which of PLOVER's types, if any, a sentence says that one side does to the other.

The grammar proposes an event, from words and their syntax; a small network that was trained on sentences with marked
actors and triggers reads the same sentence, and tells how likely the type is. An event of a most unlikely type is left
out; what is kept gets a confidence that is measured. training/train_events.py makes the network,
training/measure_events.py the figures; communique/trained/README.md tells on what, and how good they are.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from communique.judging.windows import window
from communique.ontology import ontology
from communique.records import Actor, Event, Span

if TYPE_CHECKING:
    from communique.networks import Network

__all__ = ["NAME", "Case", "Judge", "make_judge", "trained_judge"]

NAME = "events"
NO_EVENT = "NONE"
# What the judge may leave out. Few of the acts that it was taught on are told by a noun; what somebody refuses, or
# reproaches in a statement, is told by the whole of it; and what is denied by its status, which it does not know. Of
# six events that it doubted in 110 news articles, the three told by a verb were wrong, and those told by a noun right.
DOUBTED = frozenset({"verb"})
# Chances nearer to 0 or 1 than this tell no more.
LEAST = 0.001


class Scale(msgspec.Struct, frozen=True):
    """From what is known of an event to its confidence, by logistic regression (Platt, 1999).

    ``judged`` is what a unit of the log-odds of the type's chance adds, ``with_target`` what a target adds, ``rules``
    where each kind of the grammar's rules starts from.
    """

    judged: float
    with_target: float
    rules: dict[str, float]

    def confidence(self, rule: str, chance: float, *, with_target: bool) -> float:
        """Return how likely an event is right whose type has this chance."""
        chance = min(max(chance, LEAST), 1 - LEAST)
        odds = self.rules[rule] + self.judged * log(chance / (1 - chance)) + self.with_target * with_target
        return 1 / (1 + exp(-odds))


class Settings(msgspec.Struct, frozen=True):
    """The types in the order of the network's outputs, the last "NONE", and what training/measure_events.py found.

    An event in whose type there is less confidence than ``reject`` is left out.
    """

    types: tuple[str, ...]
    reject: float
    scale: Scale


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, and where in it, in code points, the words for source, target and act stand, as far as is known."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    trigger: tuple[Span, ...] = ()


@Language.factory("communique_judge", assigns=["doc._.events"], requires=["doc._.events"])
def make_judge(nlp: Language, name: str) -> "Judge":
    """Make the component that judges events. Raises ModelError when the trained files are missing or unfit."""
    return trained_judge()


def trained_judge() -> "Judge":
    """Return the judge of the trained files. Raises ModelError when they are missing or unfit."""
    # Not above: spaCy imports this module with every pipeline, ours or not, and the runtime takes its time.
    from communique.networks import Network, settings

    return Judge(Network(NAME), settings(NAME, Settings))


class Judge:
    """Judges ``doc._.events``."""

    def __init__(self, network: "Network", settings: Settings) -> None:
        self.network, self.settings = network, settings

    def __call__(self, doc: Doc) -> Doc:
        """Leave out the events of which the sentence tells otherwise, and set the others' confidence."""
        found: Sequence[Event] = doc._.events
        chances = self.chances(case_of(doc, event) for event in found)
        judged = (self._judged(event, one) for event, one in zip(found, chances, strict=True))
        doc._.events = tuple(event for event in judged if event is not None)
        return doc

    def chances(self, cases: Iterable[Case]) -> Iterator[dict[str, float]]:
        """Yield for each case how likely each type is, and "NONE"; they add up to 1."""
        windows = [window(case.text, case.source, case.target, case.trigger, self.network.tokenizer) for case in cases]
        outputs = self.network.read([one.pieces for one in windows], {"marks": [one.marks for one in windows]})
        for (scores,) in outputs:
            yield dict(zip(self.settings.types, map(float, scores), strict=True))

    def _judged(self, event: Event, chances: Mapping[str, float]) -> Event | None:
        """The event with its confidence, None where it is not believed; one of a user's own words as it is."""
        if event.type not in chances or event.made_by.endswith(")"):
            return event
        chance = chance_of(event, chances)
        confidence = self.settings.scale.confidence(
            rule_of(event), chance, with_target=bool(event.target or event.symmetric)
        )
        if confidence < self.settings.reject and rule_of(event) in DOUBTED and event.status != "denied":
            return None
        return msgspec.structs.replace(
            event, confidence=round(confidence, 2), basis={**event.basis, "judge": f"{chance:.2f}"}
        )


def rule_of(event: Event) -> str:
    """Return what kind of rule made an event: "verb", "noun", "statement" or "refusal"."""
    return event.made_by.removeprefix("grammar:").partition(":")[0]


def chance_of(event: Event, chances: Mapping[str, float]) -> float:
    """Return how likely an event's type is by the judge's chances.

    The network learned from the codebook, where an act that is only announced has another type: a planned meeting is
    an agreement. Both are then right.
    """
    announced = ontology().when_planned(event.type)
    both = {event.type, announced} if event.status == "planned" else {event.type}
    return sum(chances[kind] for kind in both)


def case_of(doc: Doc, event: Event) -> Case:
    """Return the sentence of the event's trigger, and its words and those of its actors as far as they stand in it."""
    words = doc.char_span(*event.trigger, alignment_mode="expand")
    assert words is not None  # a trigger lies in its Doc
    sentence = words[0].sent
    start, end = sentence.start_char, sentence.end_char

    def inside(actors: Sequence[Actor]) -> tuple[Span, ...]:
        mentions = [actor.mention for actor in actors if actor.mention is not None]
        return tuple((m.start - start, m.end - start) for m in mentions if start <= m.start and m.end <= end)

    source, target = inside(event.source), inside(event.target)
    first, last = event.trigger[0] - start, min(event.trigger[1], end) - start
    # 'Sent Peru tents': the words for the act end where an actor's begin.
    last = min([last, *(span[0] for span in (*source, *target) if first < span[0])])
    text = sentence.text.rstrip()
    return Case(text, source, target, ((first, first + len(text[first:last].rstrip())),))
