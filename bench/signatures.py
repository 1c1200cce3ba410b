"""How fast articles are compared: seconds for archives of growing size, on one core, storing included.

    OMP_NUM_THREADS=1 taskset -c 0 python bench/signatures.py articles.jsonl [--sizes 25000 50000 100000]

Articles of about 500 words are made of the words of real ones (JSONL, optionally gzipped, with ``text``), by their
frequency, a thousand a day; each outlet adds lines of its own under all its articles, and one article in five is a
reprint of another one of that day, cut and under other lines. They are put into an archive without records, as coding is
measured elsewhere, and what is timed is ``communique stories ARCHIVE --update``: signatures, near-duplicates, stories.
"""

import argparse
import gzip
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from communique.archive import Archive
from communique.archive.sameness import REPORT, Sameness
from communique.records import Article, Coding, article_id
from communique.stories.comparing import bring_up_to_date

A_DAY = 1000
OUTLETS = 50
REPRINTED = 0.2
WORDS = (200, 800)
FIRST = date(2022, 1, 1)


def made(size: int, path: Path, dice: random.Random) -> Iterator[Article]:
    """Yield articles."""
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as file:
        counted = Counter(word for line in file for word in json.loads(line)["text"].split())
    vocabulary = sorted(counted)
    weights = list(accumulate(counted[word] for word in vocabulary))

    def words(number: int) -> list[str]:
        return dice.choices(vocabulary, cum_weights=weights, k=number)

    lines = [" ".join(words(40)) for _ in range(OUTLETS)]
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
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            with Archive(path, create=True) as archive:
                for article in made(size, options.articles, random.Random(1)):
                    archive.add(Coding(article), coder="bench")
            before = path.stat().st_size
            started, used, compared = time.perf_counter(), time.process_time(), 0.0

            def progress(done: int, of: int) -> None:
                nonlocal compared
                if done == of:
                    compared = time.process_time() - used  # noqa: B023 - called within this turn

            with Archive(path) as archive:
                bring_up_to_date(archive, progress=progress)
                reports = len(set(Sameness(archive).groups_of(REPORT).values()))
            print(
                f"{size} articles: signatures {compared:.0f} s of one core, {1000 * compared / size:.2f} ms each; with "
                f"groups and stories {time.process_time() - used:.0f} s ({time.perf_counter() - started:.0f} s on the "
                f"clock); {reports} reports printed more than once; "
                f"{(path.stat().st_size - before) / size / 1000:.1f} kB each",
                flush=True,
            )


if __name__ == "__main__":
    main()
