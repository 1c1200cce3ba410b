"""Articles a second by one and by two processes, beside bare ``nlp.pipe`` of the same model on the same texts.

    python bench/throughput.py INPUT … [--rounds 5] [--most 400] [--workers 1 2] [--model NAME] [--grammar-only]

INPUT are files or folders as for ``communique add``. Each round times them all one after the other, in changing order:
bare ``nlp.pipe`` over the texts in one process with one thread, and ``communique.bulk.added`` over the inputs, which
makes articles of them, codes them and writes them to a new archive. Loading the model is not counted: the clock runs
from when the pool has given back WARM inputs. The ratios are taken round by round and their medians reported, since
shared machines are noisy; on a busy one the ratio of processor times, of the processes that code to bare ``nlp.pipe``,
tells more. Last, how long adding the same inputs again takes.
"""

import os

# Before numpy is loaded: one process is to have one thread, as a worker has.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")

import argparse
import multiprocessing
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from communique import language
from communique.archive import Archive
from communique.bulk import Settings, added
from communique.ingest import Input, inputs
from communique.records import Article

BATCH = 16
WARM = 48


@dataclass(frozen=True)
class Time:
    """Articles a second by the clock and by the processors' time, and the most memory of a process, in MB."""

    clock: float
    processor: float
    memory: float = 0.0


def bare(nlp: language.Language, texts: Sequence[str]) -> Time:
    """Time bare ``nlp.pipe``."""
    clock, processor = time.perf_counter(), time.process_time()
    for _ in nlp.pipe(texts, batch_size=BATCH):
        pass
    return Time(len(texts) / (time.perf_counter() - clock), len(texts) / (time.process_time() - processor))


def pool(found: Sequence[Input], path: Path, settings: Settings, workers: int) -> Time:
    """Time so many processes."""
    clock = processor = end = spent = memory = 0.0
    with Archive(path, create=True) as store:
        for number, _ in enumerate(added(found, store, settings=settings, workers=workers), 1):
            if number == WARM:
                clock, processor = time.perf_counter(), _processor_time()
            if number == len(found):
                end, spent, memory = time.perf_counter(), _processor_time(), _most_memory()
    return Time((len(found) - WARM) / (end - clock), (len(found) - WARM) / (spent - processor), memory)


def _processor_time() -> float:
    """Seconds that the processes that code have worked so far."""
    ticks = 0
    for child in multiprocessing.active_children():
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _most_memory() -> float:
    peaks = []
    for child in multiprocessing.active_children():
        status = Path(f"/proc/{child.pid}/status").read_text()
        peaks += [int(size) / 1000 for size in re.findall(r"VmHWM:\s+(\d+) kB", status)]
    return max(peaks)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", nargs="+")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=400, help="how many inputs are read at most")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--model")
    parser.add_argument("--grammar-only", action="store_true")
    given = parser.parse_args()
    settings = Settings(model=given.model, trained=not given.grammar_only)
    found, texts = [], []
    for one in islice(inputs(given.source), given.most):
        article = one.article(settings.options) if isinstance(one, Input) else None
        if isinstance(one, Input) and isinstance(article, Article):
            found.append(one)
            texts.append(article.text)
    print(
        f"{len(texts)} articles, {sum(len(text.split()) for text in texts)} words, {given.rounds} rounds", flush=True
    )
    nlp = language.load_model(given.model)
    bare(nlp, texts[:WARM])
    times: dict[str, list[Time]] = {}
    names = ["bare", *map(str, given.workers)]
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(given.rounds):
            for name in names if turn % 2 == 0 else reversed(names):
                path = Path(folder) / f"{turn}-{name}.db"
                one = bare(nlp, texts) if name == "bare" else pool(found, path, settings, int(name))
                times.setdefault(name, []).append(one)
        start = time.perf_counter()
        with Archive(path if name != "bare" else Path(folder) / f"{turn}-{names[1]}.db") as store:
            number = sum(1 for _ in added(found, store, settings=settings, workers=1))
        again = time.perf_counter() - start
    for name in names:
        clock = statistics.median(one.clock for one in times[name])
        ratios = [one.clock / base.clock for one, base in zip(times[name], times["bare"], strict=True)]
        spent = [one.processor / base.processor for one, base in zip(times[name], times["bare"], strict=True)]
        print(
            f"{'nlp.pipe' if name == 'bare' else name + ' workers':<10}{clock:7.1f} a second; to nlp.pipe "
            f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}), by processor time "
            f"{statistics.median(spent):.2f} ({min(spent):.2f} to {max(spent):.2f})"
            + (f"; most memory {max(one.memory for one in times[name]):.0f} MB" if name != "bare" else "")
        )
    print(f"the same {number} again: {again:.2f} s, {number / again:.0f} a second")


if __name__ == "__main__":
    main()
