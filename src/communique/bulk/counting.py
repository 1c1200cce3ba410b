"""How many inputs there are, as far as that can be told without reading them."""

from collections.abc import Iterable
from pathlib import Path

from communique.ingest import Failure, Options
from communique.ingest.formats import SUFFIXES, suffix_of
from communique.ingest.sources import sources

SINGLE = frozenset({"html", "text", "markdown"})
"""The formats that hold one page a file."""


def total(paths: Iterable[str | Path], options: Options) -> int | None:
    """Return how many inputs are behind the paths, None when files may hold several, or standard input is read."""
    number = 0
    for source in sources(paths):
        if not isinstance(source, Failure):
            kind = options.format or SUFFIXES.get(suffix_of(source.where))
            if source.path is None or kind not in SINGLE:
                return None
        number += 1
    return number
