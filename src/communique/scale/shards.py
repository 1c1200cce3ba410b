"""What one worker codes in one go: some small files, or a part of a large one."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

import msgspec

from communique.errors import UsageError
from communique.ingest import Failure, Input, Options, inputs
from communique.ingest.formats import SUFFIXES, suffix_of
from communique.ingest.sources import Source, sources
from communique.records import content_id

BYTES, WARC_BYTES = 8_000_000, 64_000_000
"""Bytes of a shard: some thousand articles, minutes of one core; crawls hold far more than the articles."""

FILES = 500
"""Files of a shard at most."""
ENDS = 64
"""One small file in so many, by a hash of its name and size, is the last of its shard: so a file that comes in between
others changes the shard that it falls into, and seldom the one after it, instead of all."""


class Shard(msgspec.Struct, frozen=True):
    """Files, or of one file the inputs whose number leaves the rest ``part`` when divided by ``of``.

    Any format can be cut so, as reading a file takes far less time than coding what is in it. ``key`` depends on the
    files' paths, sizes and times and on how they are to be read: a shard that has it need not be coded again.
    """

    key: str
    files: tuple[str, ...]
    part: int = 0
    of: int = 1

    def inputs(self, options: Options) -> Iterator[tuple[int, Input | Failure]]:
        """Yield the shard's inputs with their numbers, which are the same each time."""
        for number, found in enumerate(inputs(self.files, options=options)):
            if number % self.of == self.part:
                yield number, found


def shards(paths: Iterable[str], options: Options, *, most: int | None = None) -> Iterator[Shard | Failure]:
    """Yield the shards of files, folders and patterns, in order; a Failure is a path that leads to none.

    ``most`` is how many bytes a shard has, about. Raises UsageError for standard input, which no cluster can read.
    """
    some: list[Path] = []
    size = 0
    for source in sources(paths):
        if isinstance(source, Failure):
            yield source
            continue
        path = _path(source)
        limit = most or (WARC_BYTES if _format(source, options) == "warc" else BYTES)
        bytes_here = path.stat().st_size
        parts = -(-bytes_here // limit)
        if some and (parts > 1 or size + bytes_here > limit or len(some) == FILES):
            yield _shard(some, options)
            some, size = [], 0
        if parts > 1:
            for part in range(parts):
                yield _shard([path], options, part=part, of=parts)
        else:
            some.append(path)
            size += bytes_here
            if _ends(path.name, bytes_here):
                yield _shard(some, options)
                some, size = [], 0
    if some:
        yield _shard(some, options)


def _ends(name: str, size: int) -> bool:
    return (
        int.from_bytes(blake2b(f"{name} {size}".encode(errors="surrogateescape"), digest_size=4).digest()) % ENDS == 0
    )


def _path(source: Source) -> Path:
    if source.path is None:
        raise UsageError("a cluster cannot read standard input", remedy="name files that all of its machines see")
    return source.path.absolute()


def _format(source: Source, options: Options) -> str | None:
    return options.format or SUFFIXES.get(suffix_of(source.where))


def _shard(files: list[Path], options: Options, *, part: int = 0, of: int = 1) -> Shard:
    stats = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    key = content_id("shard", stats, part, of, msgspec.to_builtins(options))
    return Shard(key, tuple(str(file) for file in files), part, of)
