"""Kill ``communique add`` at random moments, again and again, and compare what it has kept with an undisturbed run.

    python bench/kill.py INPUT [--kills 30] [--seed 1] [--workers 2] [-- OPTION …]

INPUT is a file or folder, such as a WARC of bench/make_warc.py; options after "--" go to ``communique add``. The
program that writes is killed with SIGKILL and started anew; the last start is left alone. The moments are drawn by the
seed: a number of articles that are there by then, and up to a second more. Both archives must hold
the same records: the hash of each is that of all its records, in the order of their ids.
"""

import argparse
import hashlib
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from communique.archive import Archive
from communique.errors import ArchiveError
from communique.filters import KINDS
from communique.records import to_json


def content_hash(path: Path) -> tuple[str, dict[str, int]]:
    """Return a hash of all records of an archive, whatever their order, and how many of each kind there are."""
    with Archive(path) as archive:
        counts = {kind: archive.count(kind) for kind in KINDS}
        digests = sorted(
            hashlib.sha256(to_json(record).encode()).digest() for kind in KINDS for record in archive.records(kind)
        )
    return hashlib.sha256(b"".join(digests)).hexdigest(), counts


def add(path: Path, source: str, options: list[str]) -> "subprocess.Popen[bytes]":
    """Start ``communique add``."""
    command = [sys.executable, "-m", "communique", "add", str(path), source, *options]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def articles(path: Path) -> int:
    """Return how many articles an archive has, 0 where there is none yet."""
    if not path.is_file():
        return 0
    with suppress(ArchiveError), Archive(path) as archive:  # it may just be made
        return archive.count("articles")
    return 0


def killed(path: Path, source: str, options: list[str], *, kills: int, total: int, seed: int) -> list[int]:
    """Fill an archive with that many kills on the way; return how many articles it had after each."""
    chance = random.Random(seed)
    kept = []
    for goal in sorted(chance.randrange(total) for _ in range(kills)):
        running = add(path, source, options)
        while running.poll() is None and articles(path) < goal:
            time.sleep(0.05)
        time.sleep(chance.uniform(0, 1))
        running.kill()
        running.wait()
        kept.append(articles(path))
    add(path, source, options).wait()
    return kept


def main() -> None:
    """Run, compare and print; the exit code is 1 when the archives differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", default="2")
    options, further = parser.parse_known_args()
    given = ["--workers", options.workers, *(one for one in further if one != "--")]
    with tempfile.TemporaryDirectory() as folder:
        whole, cut = Path(folder) / "whole.db", Path(folder) / "cut.db"
        start = time.monotonic()
        add(whole, options.source, given).wait()
        seconds = time.monotonic() - start
        start = time.monotonic()
        add(whole, options.source, given).wait()
        print(f"undisturbed: {seconds:.0f} s; again: {time.monotonic() - start:.1f} s", flush=True)
        kept = killed(cut, options.source, given, kills=options.kills, total=articles(whole), seed=options.seed)
        print(f"articles after each of {options.kills} kills: {kept}")
        (one, counts), (other, found) = content_hash(whole), content_hash(cut)
        print(f"undisturbed {counts} {one}\nkilled      {found} {other}")
    if one != other:
        sys.exit("the archives differ")
    print("the archives hold the same records")


if __name__ == "__main__":
    main()
