"""How fast articles are compared: seconds of one core as an archive grows, storing included.

    OMP_NUM_THREADS=1 python bench/signatures.py articles.jsonl [--sizes 25000 50000 100000]

Articles of about 500 words are made of the words of real ones (JSONL, optionally gzipped, with ``text``), by their
frequency, a thousand a day; each outlet adds lines of its own under all its articles, and one article in five is a
reprint of another one of that day, cut and under other lines. They are put into an archive without records, as coding
is measured elsewhere. What is timed, each time the archive has grown to the next size, is ``communique stories ARCHIVE
--update``: signatures, near-duplicates, then groups and stories. Time is that of the processor, so that other programs
on the machine do not count.
"""

import argparse
import gzip
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path

from communique.archive import Archive
from communique.archive.rows import rows
from communique.archive.sameness import REPORT, Sameness
from communique.records import Article, Coding, article_id
from communique.stories.comparing import bring_up_to_date

A_DAY = 1000
OUTLETS = 50
LINE = 20
"""Words of an outlet's line."""
REPRINTED = 0.2
WORDS = (200, 800)
FIRST = date(2022, 1, 1)


def made(size: int, path: Path, dice: random.Random) -> Iterator[Article]:
    """Yield articles."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        counted = Counter(word for line in file for word in json.loads(line)["text"].split())
    vocabulary = sorted(counted)
    weights = list(accumulate(counted[word] for word in vocabulary))

    def words(number: int) -> list[str]:
        return dice.choices(vocabulary, cum_weights=weights, k=number)

    lines = [" ".join(words(LINE)) for _ in range(OUTLETS)]
    today: list[list[str]] = []
    for number in range(size):
        if number % A_DAY == 0:
            today = []
        if today and dice.random() < REPRINTED:
            body = dice.choice(today)
            body = body[: int(len(body) * dice.uniform(0.5, 1))]
        else:
            body = words(dice.randint(*WORDS))
            today.append(body)
        day = (FIRST + timedelta(days=number // A_DAY)).isoformat()
        text = f"{' '.join(body)}\n\n{dice.choice(lines)}"
        title = " ".join(words(8))
        identity = article_id(url=str(number), title=title, published=day, text=text)
        yield Article(identity, text, ((0, len(text)),), url=str(number), title=title, published=day, language="en")


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[25_000, 50_000, 100_000])
    options = parser.parse_args()
    articles = made(max(options.sizes), options.articles, random.Random(1))
    signatures = everything = 0.0
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "bench.db", create=True) as archive:
        before = 0
        for size in sorted(options.sizes):
            add(archive, islice(articles, size - before))
            compared, whole = update(archive)
            signatures, everything = signatures + compared, everything + whole
            each = 1000 * compared / (size - before)
            print(f"{before} to {size} articles: signatures {compared:.0f} s, {each:.2f} ms each; all {whole:.0f} s")
            print(f"  all {size}: signatures {signatures:.0f} s; with groups and stories {everything:.0f} s", end="; ")
            print(f"{Sameness(archive).count(REPORT)} reports printed more than once", flush=True)
            before = size


def add(archive: Archive, articles: Iterable[Article]) -> None:
    """Put articles into an archive, without the index for searches, which takes long and is not measured here."""
    with archive._db as db:
        db.execute("BEGIN")
        for article in articles:
            _, values = next(rows(Coding(article), coder="bench"))
            db.execute(f"INSERT INTO articles VALUES ({', '.join('?' * len(values))})", values)


def update(archive: Archive) -> tuple[float, float]:
    """Compare what is new; return the seconds of the processor for signatures, and for all."""
    started = compared = time.process_time()

    def progress(done: int, of: int) -> None:
        nonlocal compared
        compared = time.process_time()

    bring_up_to_date(archive, progress=progress)
    return compared - started, time.process_time() - started


if __name__ == "__main__":
    main()
