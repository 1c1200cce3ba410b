"""Events in the making: a trigger with its roles and standing, before mentions of one event are merged."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from communique.records import Actor, Place, Span, Status


@dataclass(frozen=True, slots=True)
class Draft:
    """One mention of an event.

    ``partial`` marks a mention that names no parties of its own ('the talks'): it only adds to another. ``rule`` is
    the grammar rule that made it. ``evidence`` and ``trigger`` are character offsets.
    """

    type: str
    token: Token
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    status: Status
    trigger: Span
    evidence: Span
    rule: str
    symmetric: bool = False
    partial: bool = False
    mode: str | None = None
    context: tuple[str, ...] = ()
    cameo: str | None = None
    conditional: bool = False
    date: str | None = None
    place: Place | None = None
    attributed_to: Actor | None = None
    statement: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    also: tuple[Span, ...] = ()
    basis: dict[str, str] = field(default_factory=dict)
