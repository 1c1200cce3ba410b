"""Facets of lists, remembered for a while: many readers look at the same few lists."""

import time
from collections import OrderedDict
from threading import Lock

from communique.archive import Archive
from communique.archive.entries import Facet, Hits
from communique.web.data.listing import facets

SECONDS = 60.0
KEPT = 500


class Facets:
    """Remembers what narrows a list; counts may be a minute old while somebody writes."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, tuple[float, list[Facet]]] = OrderedDict()
        self._lock = Lock()

    def get(self, archive: Archive, hits: Hits) -> list[Facet]:
        """Return the facets of a list. Raises UsageError for a wrong filter or value."""
        key = (hits.kind, tuple(sorted(hits.chosen.items())), hits.words)
        with self._lock:
            made, known = self._kept.get(key, (0.0, []))
        if made and time.monotonic() - made < SECONDS:
            return known
        found = facets(archive, hits)
        with self._lock:
            self._kept[key] = (time.monotonic(), found)
            self._kept.move_to_end(key)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found
