"""Coding time beside bare ``nlp.pipe`` of the same model on the same texts, interleaved in one run.

    python bench/speed.py [PAGE …] [--rounds 5] [--copies 10] [--model NAME] [--grammar-only]

Without pages the bundled samples are read. Each round times both, one after the other, in changing order; the ratio
is taken round by round and its median reported, since shared machines are noisy. Loading the model is not counted.
Last, what each of our stages adds to the time of the model's own components, the tagger among them.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from communique import ingest, language
from communique.coder import Coder
from communique.records import Article

BATCH = 16


def seconds(work: Callable[[], object]) -> float:
    """Return how long the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def stage_shares(coder: Coder, articles: Sequence[Article]) -> dict[str, float]:
    """Return the seconds that each pipeline component takes, one article at a time."""
    spent = dict.fromkeys(coder.nlp.pipe_names, 0.0)
    for article in articles:
        doc = language.prepare(coder.nlp, article)
        for name, component in coder.nlp.pipeline:
            start = time.perf_counter()
            doc = component(doc)
            spent[name] += time.perf_counter() - start
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--copies", type=int, default=10, help="how often the pages are read in a round")
    parser.add_argument("--model")
    parser.add_argument("--grammar-only", action="store_true", help="without the trained tagger")
    options = parser.parse_args()
    samples = sorted(
        str(page) for page in Path(str(files("communique") / "samples")).iterdir() if page.suffix != ".py"
    )
    read = [page for page in ingest.read(options.pages or samples) if isinstance(page, Article)]
    articles = read * options.copies
    bare, coder = language.load_model(options.model), Coder(options.model, trained=not options.grammar_only)

    def parse() -> None:
        for _ in bare.pipe((article.text for article in articles), batch_size=BATCH):
            pass

    def code() -> None:
        for _ in coder.code_many(articles):
            pass

    parse(), code()  # both once before counting: caches fill
    ratios, times = [], []
    for turn in range(options.rounds):
        if turn % 2:
            coded, parsed = seconds(code), seconds(parse)
        else:
            parsed, coded = seconds(parse), seconds(code)
        ratios.append(coded / parsed)
        times.append(coded / len(articles))
    print(f"{len(read)} pages, {sum(len(article.text.split()) for article in read)} words, {options.rounds} rounds")
    print(f"coding / bare nlp.pipe: median {statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}")
    print(f"an article: median {1000 * statistics.median(times):.0f} ms on this machine")
    spent = stage_shares(coder, read)
    own = sum(spent[name] for name in bare.pipe_names)
    for name in coder.nlp.pipe_names:
        if name not in bare.pipe_names:
            print(f"  {name:<24}adds {100 * spent[name] / own:5.1f} %")


if __name__ == "__main__":
    main()
