"""What a list holds in sum, remembered for a while: many readers look at the same few lists."""

import time
from collections import OrderedDict
from threading import Lock

from communique.archive import Archive
from communique.archive.entries import Entries, Hits, Summary

SECONDS = 60.0
KEPT = 500


class Summaries:
    """Remembers the sums of lists; they may be a minute old while somebody writes."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._kept: OrderedDict[object, tuple[float, Summary]] = OrderedDict()
        self._lock = Lock()

    def get(self, archive: Archive, hits: Hits) -> Summary:
        """Return the sums of a list. Raises UsageError for a wrong filter or value."""
        key = (hits.kind, tuple(sorted(hits.chosen.items())), hits.words)
        with self._lock:
            made, known = self._kept.get(key, (0.0, None))
        if known is not None and time.monotonic() - made < self._seconds:
            return known
        found = Entries(archive).summary(hits)
        with self._lock:
            self._kept[key] = (time.monotonic(), found)
            self._kept.move_to_end(key)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found
