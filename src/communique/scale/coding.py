"""A worker of the cluster: it holds one coder, loaded once, and codes one shard after the other."""

import os
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from communique.bulk.pool import SECONDS, SECONDS_A_BYTE
from communique.bulk.worker import MOST_MEMORY, Settings
from communique.coder import Coder
from communique.errors import CodingError, CommuniqueError
from communique.ingest import Failure, Input
from communique.records import Article, Coding
from communique.scale.dataset import Dataset, Done, day_of, write
from communique.scale.shards import Shard

DEATHS = 3
"""Workers that an input may end before it is given up: one may have been ended by whatever else."""


class _At(msgspec.Struct):
    """At which input of a shard a worker is, and how many workers ended at which; ``process`` is "machine:number"."""

    process: str
    number: int | None = None
    deaths: dict[int, int] = {}


class Worker:
    """Codes shards; a row of Ray Data is a shard's JSON, and comes back as what became of it, or a problem."""

    def __init__(self, settings: Settings, folder: str, coder: str) -> None:
        self.settings, self.dataset, self.problem = settings, Dataset(folder), ""
        self.memory = _memory()
        try:
            self.coder = Coder(settings.model, trained=settings.trained, ontology=settings.ontology)
            if self.coder.name != coder:
                self.problem = f"{os.uname().nodename} has another coder: {self.coder.name} instead of {coder}"
        except CommuniqueError as error:
            self.problem = f"{os.uname().nodename}: {error}"

    def __call__(self, row: dict[str, Any]) -> dict[str, str]:
        """Code a shard, unless it is done."""
        if self.problem:
            return {"done": "", "problem": self.problem}
        if _memory() - self.memory > MOST_MEMORY:
            # The language model remembers each new word. Ray starts another process, and gives it this shard.
            os.kill(os.getpid(), signal.SIGKILL)
        shard = msgspec.json.decode(row["shard"], type=Shard)
        done = self.dataset.done(shard.key) or self._code(shard)
        return {"done": msgspec.json.encode(done).decode(), "problem": ""}

    def _code(self, shard: Shard) -> Done:
        start = time.process_time()
        note = self.dataset.at(shard.key)
        at = _noted(note)
        codings: list[Coding] = []
        failures: list[tuple[str, str]] = []
        passed_over = 0
        for number, found in shard.inputs(self.settings.options):
            at.number = number
            if at.deaths.get(number, 0) >= DEATHS:
                problem = f"ended {DEATHS} processes that read it, or took too long"
                outcome: Coding | CommuniqueError | None = CodingError(problem, where=found.where)
            else:
                write(note, msgspec.json.encode(at))
                outcome = self._outcome(found)
            if isinstance(outcome, Coding):
                codings.append(outcome)
            elif outcome is None:
                passed_over += 1
            else:
                failures.append((found.where, str(outcome)))
        days = sorted({day_of(coding.article) for coding in codings})
        seconds = round(time.process_time() - start, 3)
        done = Done(shard.key, len(codings), len(failures), passed_over, seconds, tuple(days))
        self.dataset.keep(done, codings, failures)
        return done

    def _outcome(self, found: Input | Failure) -> Coding | CommuniqueError | None:
        if isinstance(found, Failure):
            return found.error
        # Nobody hears this alarm: it ends the process, which then counts as ended by the input.
        signal.setitimer(signal.ITIMER_REAL, SECONDS + SECONDS_A_BYTE * found.size)
        try:
            article = found.article(self.settings.options)
            if isinstance(article, Failure):
                return article.error
            return self.coder.attempt(article) if isinstance(article, Article) else None
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _noted(note: Path) -> _At:
    """Return where the worker before this one ended, counted as a death."""
    process = f"{os.uname().nodename}:{os.getpid()}"
    try:
        at = msgspec.json.decode(note.read_bytes(), type=_At)
    except (FileNotFoundError, msgspec.MsgspecError):
        return _At(process)
    at.process = process
    if at.number is not None:
        at.deaths[at.number] = at.deaths.get(at.number, 0) + 1
    return at


def _memory() -> int:
    """The most bytes of memory that this process has had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
