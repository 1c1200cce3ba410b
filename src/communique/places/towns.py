"""Which names alone may be taken for a town's."""

from collections.abc import Collection
from functools import cache

from communique.knowledge import table
from communique.places.gazetteer import folded, load
from communique.places.resolution import TOWNS

FEWEST = 5_000
"""People of a town that news name without its country."""


def is_town(name: str) -> bool:
    """Tell whether a name is that of a town, and not above all a word or a person's. Raises as ``gazetteer.load``."""
    key = folded(name)
    return not is_word(key) and any(e.kind in TOWNS and e.population >= FEWEST for e in load().named(key))


def is_word(key: str) -> bool:
    """Tell whether the folded name is above all a word or a person's: 'Police' in Poland, 'Warren' in Michigan."""
    return key in _words()


@cache
def _words() -> Collection[str]:
    words = {row["word"] for name in ("gazetteer_words.tsv", "gazetteer_nouns.tsv") for row in table(name)}
    return frozenset(words | {folded(row["name"]) for row in table("given_names.tsv")})
