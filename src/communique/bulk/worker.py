"""A process that makes articles of inputs and codes them; it has the language model, loaded once, to itself.

It gets batches through its end of a pipe and answers each with its outcomes, in order. When nobody is at the other end
any more it ends at once: it holds nothing that could be lost.
"""

import gc
import os
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import CommuniqueError
from communique.ingest import Failure, Input, Options
from communique.records import Article, Coding

if TYPE_CHECKING:
    from communique.coder import Coder

MOST_MEMORY = 1_000_000_000
"""Bytes from which a process gives way to a new one: the language model remembers each new word that it meets."""

FEW_COLLECTIONS = (50_000, 20, 20)
"""Parsed words come and go by the thousand without a cycle among them: Python need not look for one so often."""

Outcome = Coding | CommuniqueError | None
"""What becomes of an input: its coding, why there is none, or None for what is no page."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How inputs are read and coded: what ``ingest.read`` and ``Coder`` take."""

    options: Options = field(default_factory=Options)
    model: str | None = None
    trained: bool = True
    ontology: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcomes of a batch; ``gives_way``: the process ends after it, and a new one is to take its place."""

    outcomes: list[Outcome]
    gives_way: bool


def work(pipe: Connection, settings: Settings) -> None:
    """Code what comes through the pipe until it is closed.

    None goes back when all is loaded, then an Answer for each batch; an error that is no input's goes back as itself.
    """
    batches: queue.SimpleQueue[list[Input]] = queue.SimpleQueue()
    # Read at once, so that who sends never waits for a batch to be coded.
    threading.Thread(target=_receive, args=(pipe, batches), daemon=True).start()
    try:
        from communique.coder import Coder

        coder = Coder(settings.model, trained=settings.trained, ontology=settings.ontology)
        # What is loaded stays: the collector need not look at it again.
        gc.freeze()
        gc.set_threshold(*FEW_COLLECTIONS)
        pipe.send(None)
        while True:
            outcomes = _outcomes(batches.get(), coder, settings.options)
            gives_way = _memory() > MOST_MEMORY
            pipe.send(Answer(outcomes, gives_way))
            if gives_way:
                return
    except CommuniqueError as error:
        pipe.send(error)
    except BrokenPipeError:
        pass


def _receive(pipe: Connection, batches: "queue.SimpleQueue[list[Input]]") -> None:
    try:
        while True:
            batches.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(0)


def _outcomes(batch: Sequence[Input], coder: "Coder", options: Options) -> list[Outcome]:
    return [_outcome(one.article(options), coder) for one in batch]


def _outcome(found: Article | Failure | None, coder: "Coder") -> Outcome:
    if isinstance(found, Failure):
        return found.error
    return None if found is None else coder.attempt(found)


def _memory() -> int:
    """Bytes of memory that this process has; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
