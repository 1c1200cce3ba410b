"""An archive opened for reading alone, by many threads at a time: what a server needs beside ``Archive``."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from urllib.parse import quote

from communique.archive.store import Archive, told

# SQLite asks whether to go on each so many of its steps: about a millisecond.
STEPS = 20_000
KEPT = 16


class Reading(Archive):
    """An archive's file opened read-only; one thread at a time may use it, not always the same.

    The file must be of the newest schema, as opening an ``Archive`` makes it.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        with told(str(path)):
            address = f"file:{quote(str(self.path.resolve()))}?mode=ro"
            self._db = sqlite3.connect(address, uri=True, timeout=5, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA query_only = ON")
            # What is read from the file's pages lies in the system's memory, and is not copied.
            self._db.execute("PRAGMA mmap_size = 1073741824")

    def version(self) -> int:
        """Return a number that changes when another connection has written, as long as this one is open."""
        with told(str(self.path)):
            number: int = self._db.execute("PRAGMA data_version").fetchone()[0]
        return number

    def bound(self, seconds: float | None) -> None:
        """Let no query go on for longer than this from now; None lifts the bound."""
        if seconds is None:
            self._db.set_progress_handler(None, 0)
        else:
            end = time.monotonic() + seconds
            self._db.set_progress_handler(lambda: time.monotonic() > end, STEPS)


class Readings:
    """Connections that are opened when they are needed and kept for the next who needs one."""

    def __init__(self, path: str | Path, *, seconds: float | None = None) -> None:
        self.path, self.seconds = Path(path), seconds
        self._free: LifoQueue[Reading] = LifoQueue(KEPT)

    @contextmanager
    def open(self, *, seconds: float | None = None) -> Iterator[Reading]:
        """Lend a connection; its queries end after ``seconds``, or those given to the constructor."""
        try:
            reading = self._free.get_nowait()
        except Empty:
            reading = Reading(self.path)
        try:
            reading.bound(seconds or self.seconds)
            yield reading
        finally:
            reading.bound(None)
            try:
                self._free.put_nowait(reading)
            except Exception:
                reading.__exit__(None, None, None)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        while not self._free.empty():
            self._free.get_nowait().__exit__(None, None, None)
