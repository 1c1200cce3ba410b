"""How long the knowledge base takes to load, how much memory it needs, and what looking a page's names up costs.

    python bench/knowledge.py [PAGE …] [--rounds 5]

Loading is in processor seconds, memory is the growth of the process's peak; imports of libraries are not counted. The
stages that look up are timed beside the model's own components on the same pages, by default the bundled samples.
"""

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from communique import ingest, language
from communique.actors.lexicon import lexicon as actors
from communique.events.lexicon import lexicon as triggers
from communique.places import load as gazetteer
from communique.records import Article

LOOK_UPS = ("communique_actors", "communique_places", "communique_times")


def cost(load: Callable[[], object]) -> tuple[float, float]:
    """Return the processor seconds and the megabytes that loading takes."""
    before, start = peak(), time.process_time()
    load()
    return time.process_time() - start, peak() - before


def peak() -> float:
    """Return the largest resident set that the process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def shares(articles: Sequence[Article]) -> dict[str, float]:
    """Return what each look-up stage takes, as a share of the model's own components."""
    bare = set(language.load_model().pipe_names)
    nlp = language.load(trained=False)
    spent = dict.fromkeys(nlp.pipe_names, 0.0)
    for article in articles:
        doc = language.prepare(nlp, article)
        for name, component in nlp.pipeline:
            start = time.process_time()
            doc = component(doc)
            spent[name] += time.process_time() - start
    own = sum(seconds for name, seconds in spent.items() if name in bare)
    return {name: spent[name] / own for name in LOOK_UPS}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    seconds = megabytes = 0.0
    for name, load in (("actors", actors), ("places", gazetteer), ("triggers", triggers)):
        took, grown = cost(load)
        print(f"{name:<12}{took:6.2f} s {grown:6.0f} MB")
        seconds, megabytes = seconds + took, megabytes + grown
    print(f"{'together':<12}{seconds:6.2f} s {megabytes:6.0f} MB")
    pages = options.pages or sorted(
        str(page) for page in Path(str(files("communique") / "samples")).iterdir() if page.suffix != ".py"
    )
    articles = [page for page in ingest.read(pages) if isinstance(page, Article)]
    rounds = [shares(articles) for _ in range(options.rounds + 1)][1:]  # in the first the caches fill
    for name in LOOK_UPS:
        print(f"{name:<20}{statistics.median(turn[name] for turn in rounds):6.1%} of the model's own components")
    print(f"{'together':<20}{statistics.median(sum(turn.values()) for turn in rounds):6.1%}")


if __name__ == "__main__":
    main()
