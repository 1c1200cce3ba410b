"""What takes long to sum up, remembered for a while: many readers look at the same few lists and pictures."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
SECONDS = 60.0
KEPT = 500


class Memory:
    """Remembers values by key; they may be a minute old while somebody writes. Threads may share it."""

    def __init__(self, *, seconds: float = SECONDS, kept: int = KEPT) -> None:
        self._seconds, self._most = seconds, kept
        self._kept: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value of a key, made if it is not known; whoever asks while it is made waits for it.

        What ``make`` raises goes through, and is not remembered.
        """
        with self._lock:
            making = self._making.setdefault(key, Lock())
        try:
            with making:
                entry = self._kept.get(key)
                if entry is not None and time.monotonic() - entry[0] < self._seconds:
                    known: T = entry[1]
                    return known
                value = make()
                with self._lock:
                    self._kept[key] = (time.monotonic(), value)
                    self._kept.move_to_end(key)
                    if len(self._kept) > self._most:
                        self._kept.popitem(last=False)
                return value
        finally:
            with self._lock:
                self._making.pop(key, None)
