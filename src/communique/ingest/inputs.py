"""Inputs: pages, lines, rows and records of crawls as they are read, before an article is made of them.

Making the article is most of the work on a page, and can be done in another process: an input can be sent there, and
has a fingerprint by which it is known again without that work.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from communique.errors import InputError, defects_as
from communique.ingest.options import Failure, Options
from communique.records import Article


@dataclass(frozen=True, slots=True)
class Input:
    """What one article is made of: ``data``, bytes or a row by column, and what else is ``known`` of it by its source.

    ``where`` names it in messages; ``make``, a function of a module, makes the article, or None of what is no page.
    """

    where: str
    data: bytes | Any
    make: Callable[..., Article | None]
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> bytes:
        """16 bytes that are the same for the same content, wherever it is read from."""
        known = msgspec.json.encode([self.make.__name__, sorted(self.known.items())])
        data = self.data if isinstance(self.data, bytes) else repr(self.data).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(data, digest_size=16, key=hashlib.sha256(known).digest()).digest()

    @property
    def size(self) -> int:
        """About how many bytes it has."""
        return len(self.data) if isinstance(self.data, bytes) else len(repr(self.data))

    def article(self, options: Options) -> Article | Failure | None:
        """Return the article, the Failure to make one, or None for what is no page. Raises UsageError."""
        try:
            with defects_as(InputError, where=self.where):
                return self.make(self.data, where=self.where, options=options, **self.known)
        except InputError as error:
            return Failure(self.where, error)
