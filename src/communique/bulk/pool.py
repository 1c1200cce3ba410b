"""Several processes that code, and the one that hands out and takes in: in order, bounded, whatever a page does.

A process that dies is replaced, and what it had before it is tried again one by one, so that only the input that it
dies of is lost; a batch that takes too long is treated alike.
"""

import multiprocessing
import os
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import TypeVar

from communique.bulk.worker import Answer, Outcome, Settings, work
from communique.errors import CodingError, CommuniqueError
from communique.ingest import Input

__all__ = ["Outcome", "Settings", "coded"]

T = TypeVar("T")

MOST_INPUTS, MOST_BYTES = 4, 1_000_000
"""Inputs and bytes of a batch; one input may have more bytes."""

AHEAD = 2
"""Batches that a process has before it, so that it need not wait for the next one."""

MOST_WAITING = 400
"""Inputs for each process that are read but not yet given back, as one before them is still being coded."""

MOST_HELD = 50_000_000
"""Bytes of all of them, from which no more are read."""

SECONDS, SECONDS_A_BYTE = 60.0, 1 / 1_000
"""How long a batch may take: so long, and so much more for its bytes, ten to a hundred times what news takes."""

SECONDS_TO_START = 300.0
"""How long a process may take to load the language model."""

STARTS = 3
"""How often in a row a process may end before it has loaded the language model."""

# A process has one core: libraries that would start threads for each core only get in the others' way.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")


@dataclass(slots=True)
class Task:
    """A batch with its inputs' numbers; ``alone``: tried again, as a process died of it or of its neighbours."""

    batch: list[tuple[int, Input]]
    alone: bool = False

    def allowed(self, seconds: float) -> float:
        """How many seconds it may take."""
        return seconds + SECONDS_A_BYTE * sum(one.size for _, one in self.batch)


@dataclass(slots=True)
class Worker:
    """A process, our end of its pipe, the tasks before it, and since when it has been at the first of them.

    It ``is_ready`` when the language model is loaded; that is the first thing that it is at.
    """

    process: SpawnProcess
    pipe: Connection
    tasks: deque[Task] = field(default_factory=deque)
    since: float = 0.0
    is_ready: bool = False
    sent: queue.SimpleQueue[list[Input] | None] = field(default_factory=queue.SimpleQueue)
    sender: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        # In a thread of its own: a process that hangs takes nothing in, and its time must end all the same.
        self.sender = threading.Thread(target=_send, args=(self.pipe, self.sent), daemon=True)
        self.sender.start()

    def end(self) -> None:
        """End the process and what belongs to it."""
        self.process.kill()
        self.process.join()
        self.sent.put(None)
        self.sender.join()
        self.pipe.close()


def coded(
    found: Iterable[Input | T], *, settings: Settings, workers: int, seconds: float = SECONDS
) -> Iterator[tuple[Input, Outcome] | T]:
    """Yield each input with what became of it, in order; anything else comes through in its place.

    ``workers`` processes start as there is work for them, each with a language model of its own. What is coded does
    not depend on how many they are. ``seconds`` is what a small page may take. Raises what keeps a process from
    starting, such as ModelError.
    """
    pool = _Pool(settings, workers, seconds)
    try:
        yield from pool.run(iter(found))
    finally:
        pool.close()


class _Pool:
    def __init__(self, settings: Settings, workers: int, seconds: float) -> None:
        self.settings, self.most, self.seconds = settings, workers, seconds
        self.workers: list[Worker] = []
        self.waiting: deque[Task] = deque()
        self.done: dict[int, Outcome] = {}
        self.futile = 0  # processes that ended, one after the other, before they were ready

    def run(self, found: Iterator[Input | T]) -> Iterator[tuple[Input, Outcome] | T]:
        inputs: deque[tuple[int, Input | T]] = deque()  # read, and not yet given back
        read, held, more = 0, 0, True
        while more or inputs:
            while (
                more and len(self.waiting) < self.most and len(inputs) < self.most * MOST_WAITING and held < MOST_HELD
            ):
                batch, more = _batch(found, read)
                read += len(batch)
                held += sum(one.size for _, one in batch if isinstance(one, Input))
                inputs += batch
                if real := [(number, one) for number, one in batch if isinstance(one, Input)]:
                    self.waiting.append(Task(real))
                elif batch:
                    break  # nothing to be coded: give it back before more is read
            self._hand_out()
            given_back = False
            while inputs and (not isinstance(inputs[0][1], Input) or inputs[0][0] in self.done):
                number, one = inputs.popleft()
                given_back = True
                if isinstance(one, Input):
                    held -= one.size
                    yield one, self.done.pop(number)
                else:
                    yield one
            if not given_back and self._busy():
                self._take_in()

    def close(self) -> None:
        for worker in self.workers:
            worker.end()
        self.workers.clear()

    def _busy(self) -> bool:
        return any(worker.tasks for worker in self.workers)

    def _hand_out(self) -> None:
        while self.waiting:
            task = self.waiting[0]
            free = [w for w in self.workers if len(w.tasks) < AHEAD and not any(one.alone for one in w.tasks)]
            idle = [w for w in free if not w.tasks]
            if not idle and len(self.workers) < self.most:
                idle = [self._start()]
            chosen = next(iter(idle), None if task.alone else min(free, key=lambda w: len(w.tasks), default=None))
            if chosen is None:
                return
            self.waiting.popleft()
            if not chosen.tasks:
                chosen.since = time.monotonic()
            chosen.tasks.append(task)
            chosen.sent.put([one for _, one in task.batch])

    def _start(self) -> Worker:
        ours, theirs = multiprocessing.Pipe()
        # Not forked: the libraries' threads and locks do not survive that.
        process = multiprocessing.get_context("spawn").Process(target=work, args=(theirs, self.settings), daemon=True)
        with _environment(ONE_THREAD), _uninterrupted():
            process.start()
        theirs.close()
        worker = Worker(process, ours)
        self.workers.append(worker)
        return worker

    def _take_in(self) -> None:
        """Wait for an answer, a death or the end of somebody's time, and deal with it."""
        busy = [worker for worker in self.workers if worker.tasks]
        ends = {id(w): w.since + self._allowed(w) for w in busy}
        ready = wait([w.pipe for w in busy], timeout=max(0.0, min(ends.values()) - time.monotonic()))
        for worker in busy:
            if worker.pipe in ready:
                self._hear(worker)
            elif time.monotonic() >= ends[id(worker)]:
                self._lose(worker, f"took longer than {self._allowed(worker):.0f} seconds")

    def _allowed(self, worker: Worker) -> float:
        """How many seconds a process may take for what it is at."""
        return worker.tasks[0].allowed(self.seconds) if worker.is_ready else SECONDS_TO_START

    def _hear(self, worker: Worker) -> None:
        try:
            said: Answer | CommuniqueError | None = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            self._lose(worker, f"ended the process that read it (exit code {worker.process.exitcode})")
            return
        if isinstance(said, CommuniqueError):
            raise said
        worker.since = time.monotonic()
        if said is None:
            worker.is_ready, self.futile = True, 0
            return
        task = worker.tasks.popleft()
        self.done.update(zip((number for number, _ in task.batch), said.outcomes, strict=True))
        if said.gives_way:
            self._drop(worker)

    def _lose(self, worker: Worker, problem: str) -> None:
        """Replace a process, and try again what it was at: its inputs one by one, or give up the only one."""
        if not worker.is_ready:
            self.futile += 1
            if self.futile == STARTS:
                raise CodingError("ends before it has begun", where="every process", remedy="try --workers 1")
            self._drop(worker)
            return
        task = worker.tasks.popleft()
        if task.alone:
            ((number, one),) = task.batch
            remedy = "it may need more memory than there is; --retry tries it again"
            self.done[number] = CodingError(problem, where=one.where, remedy=remedy)
        else:
            self.waiting.extendleft(Task([pair], alone=True) for pair in reversed(task.batch))
        self._drop(worker)

    def _drop(self, worker: Worker) -> None:
        self.waiting.extendleft(reversed(worker.tasks))
        worker.end()
        self.workers.remove(worker)


def _send(pipe: Connection, batches: "queue.SimpleQueue[list[Input] | None]") -> None:
    with suppress(OSError):  # the process has died, which whoever waits for its answers finds out
        while (batch := batches.get()) is not None:
            pipe.send(batch)


def _batch(found: Iterator[Input | T], number: int) -> tuple[Sequence[tuple[int, Input | T]], bool]:
    """Return the next batch, numbered, and whether there may be more."""
    batch: list[tuple[int, Input | T]] = []
    size = inputs = 0
    for one in found:
        batch.append((number + len(batch), one))
        if isinstance(one, Input):
            size, inputs = size + one.size, inputs + 1
        if inputs >= MOST_INPUTS or size >= MOST_BYTES or (not inputs and len(batch) >= MOST_INPUTS):
            return batch, True
    return batch, False


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C not reach what is started within the block: who writes hears it, and ends the others."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _environment(changes: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment for what is started within the block."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
