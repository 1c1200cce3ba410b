"""Acts that are done by saying something: a demand, threat, accusation or rejection is an event of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from communique.events.roles import distinct
from communique.records import Act, Actor, EventType, Statement

# Which act makes which event, its mode and CAMEO code. A plain assertion, denial or feeling makes none.
EVENT_OF_ACT: dict[Act, tuple[EventType, str | None, str]] = {
    "demand": ("REQUEST", None, "100"),
    "appeal": ("REQUEST", None, "100"),
    "accuse": ("ACCUSE", "allege", "112"),
    "criticise": ("ACCUSE", "disapprove", "111"),
    "complain": ("ACCUSE", "disapprove", "111"),
    "threaten": ("THREATEN", None, "130"),
    "reject": ("REJECT", None, "120"),
    "praise": ("SUPPORT", None, "051"),
}
# Of these only the cue's own word is trusted; words of the content that sound so are not enough for an event.
BY_CUE_ONLY = frozenset({"criticise", "praise"})


@dataclass(frozen=True, slots=True)
class Performed:
    """The event that a statement performs."""

    type: EventType
    mode: str | None
    cameo: str
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    statement: Statement


def performed(statement: Statement, doc: Doc) -> Performed | None:
    """Return the event that a statement performs; None for a statement that only says something."""
    event = EVENT_OF_ACT.get(statement.act)
    speaker = statement.speaker.actor if statement.speaker is not None else None
    if event is None or speaker is None or statement.negated or statement.within is not None:
        return None
    by_cue = statement.basis.get("act", "").startswith("cue")
    if statement.act in BY_CUE_ONLY and not by_cue:
        return None
    if statement.act == "complain" and not (
        by_cue or statement.made_by == "grammar:object"
    ):
        return None
    kind, mode, cameo = event
    target = _addressed(statement, speaker) if kind == "REQUEST" else ()
    target = target or _blamed(statement, speaker, doc, demanding=kind == "REQUEST")
    return Performed(kind, mode, cameo, (speaker,), target, statement)


def _addressed(statement: Statement, speaker: Actor) -> tuple[Actor, ...]:
    party = statement.addressee
    if party is None or party.actor is None or party.actor.sector == "JRN":
        return ()
    return (party.actor,) if party.actor.id != speaker.id else ()


def _blamed(statement: Statement, speaker: Actor, doc: Doc, *, demanding: bool) -> tuple[Actor, ...]:
    """The first actors in the content who are not the speaker or of his own side."""
    named = []
    for start, end in statement.content:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            named += [doc[mention.head] for mention in doc._.actors.within(span.start, span.end)]
    subjects = [head for head in named if head.dep_ in {"nsubj", "nsubjpass"}]
    # Of those named the subjects come first: they do what is demanded, or did what is blamed.
    for head in subjects if demanding else (*subjects, *named):
        members = doc._.actors.parties(head)
        others = distinct(actor for m in members for actor in m.actors if _other_side(actor, speaker))
        if others:
            return others
    return ()


def _other_side(actor: Actor, speaker: Actor) -> bool:
    return actor.country is not None and actor.country != speaker.country and actor.id != speaker.id


def of_all(statements: Sequence[Statement], doc: Doc) -> list[Performed]:
    """Return what the statements perform, in their order."""
    return [event for statement in statements if (event := performed(statement, doc)) is not None]
