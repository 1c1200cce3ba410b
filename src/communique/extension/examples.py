"""Example sentences of a user's ontology: do they make the events that they must, and none that they must not?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.coder import Coder
from communique.extension.form import Example, Form, Words, listed
from communique.records import Actor, Article, Event


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that is not coded as the ontology says. ``where`` is file, line and key."""

    where: str
    text: str
    wanted: str
    found: tuple[str, ...]

    def __str__(self) -> str:
        found = "; ".join(self.found) or "no event"
        return f"{self.where}: {self.wanted}, found {found}: “{self.text}”"


def count(form: Form) -> int:
    """Return how many sentences the ontology gives."""
    return sum(len(entry.examples) + len(entry.counterexamples) for entry in form.types.values())


def failures(form: Form, coder: Coder) -> Iterator[Failure]:
    """Yield the sentences that ``coder``, made with this ontology, does not code as they must be, in the file's order.

    An example must make an event of its type with the parties, mode and status that it names; a counterexample must
    make none of its type.
    """
    for name, entry in form.types.items():
        for i, example in enumerate(entry.examples):
            wanted = Example(example) if isinstance(example, str) else example
            events = _events(wanted.text, coder)
            if not any(_is_as_wanted(event, name, wanted) for event in events):
                yield _failure(form, (name, "examples", i), wanted.text, _told(name, wanted), events)
        for i, text in enumerate(entry.counterexamples):
            events = _events(text, coder)
            if any(event.type == name for event in events):
                yield _failure(form, (name, "counterexamples", i), text, f"no {name}", events)


def _events(text: str, coder: Coder) -> Sequence[Event]:
    article = Article(id="a-example", text=text, paragraphs=((0, len(text)),), language="en")
    return coder.code(article).events


def _failure(form: Form, keys: tuple[str, str, int], text: str, wanted: str, events: Sequence[Event]) -> Failure:
    name, part, i = keys
    where = f"{form.where('types', *keys)}: {name}.{part}[{i}]"
    return Failure(where, text, wanted, tuple(_summary(event) for event in events))


def _is_as_wanted(event: Event, name: str, wanted: Example) -> bool:
    return (
        event.type == name
        and _are(event.source, wanted.source)
        and _are(event.target, wanted.target)
        and wanted.mode in {None, event.mode}
        and wanted.status in {None, event.status}
    )


def _are(actors: Sequence[Actor], wanted: Words) -> bool:
    """Tell whether each of the wanted is among the actors: a country's code, an id, or a part of the name."""
    return all(
        any(word in {actor.country, actor.id} or word.lower() in actor.name.lower() for actor in actors)
        for word in listed(wanted)
    )


def _told(name: str, wanted: Example) -> str:
    parts = [f"{key} {', '.join(listed(value))}" for key in ("source", "target") if (value := getattr(wanted, key))]
    parts += [f"{key} {value}" for key in ("mode", "status") if (value := getattr(wanted, key))]
    return f"expected {name}" + (f" ({'; '.join(parts)})" if parts else "")


def _summary(event: Event) -> str:
    source, target = (", ".join(a.country or a.name for a in side) for side in (event.source, event.target))
    sides = " → ".join(side for side in (source, target) if side)
    return " ".join(part for part in (event.type, event.mode, event.status, sides) if part)
