"""How surely reprints are found: precision and recall on reprints made from real articles.

    python bench/near_duplicates.py articles.jsonl [--seed 1] [--limit 500] [--show]

Of each article (JSONL, optionally gzipped, with ``text``, and ``date`` and ``title`` if there are any) a reprint is
made as outlets make them: cut to between all and two fifths of its paragraphs, under another heading, one word in ten
changed, left out, added or put before its neighbour, and with an agency's dateline, tags and credits; on the same day
or up to two later. Articles and reprints go into an archive together, in random order, and are compared through the
public interface. A pair found is right when both are prints of one article. All other pairs count as wrong, those of
different articles of one day and topic, which are the hard ones, included; ``--hard`` tells how many of these there
are.

A pair of two originals is told with ``--show``: corpora hold reprints themselves, which only a reader can tell.
"""

import argparse
import gzip
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from math import log, sqrt
from pathlib import Path

from communique.archive import Archive
from communique.archive.sameness import REPORT, Sameness
from communique.records import Article, Coding, article_id
from communique.stories.comparing import SAME, bring_up_to_date
from communique.stories.terms import stems

AGENCIES = ("Reuters", "AP", "AFP", "dpa", "TASS", "ANSA", "EFE", "PTI")
CITIES = ("GENEVA", "NAIROBI", "ANKARA", "LIMA", "WASHINGTON", "VIENNA")
HEADS = ("World news in brief", "Latest from abroad", "What we know so far", "Update", "News agency report")
CREDITS = ("Reporting by our correspondents; editing by the desk", "With inputs from agencies", "(Agencies)")
CHANGED = 0.1
CUT = (0.4, 1.0)
HARD = 0.25
"""Cosine of tf-idf vectors from which two different articles within two days are told as hard to keep apart."""


def articles(path: Path, limit: int | None) -> list[Article]:
    """Return the articles of the file; those without a day get one in turn, so that they stand among others."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [_article(row["text"], row.get("date") or "2020-01-01", row.get("title")) for row in rows[:limit]]


def _article(text: str, day: str, title: str | None) -> Article:
    identity = article_id(url=None, title=title, published=day, text=text)
    return Article(identity, text, ((0, len(text)),), title=title, published=day, language="en")


def reprint(original: Article, vocabulary: Sequence[str], dice: random.Random) -> Article:
    """Return the article as another outlet might print it."""
    paragraphs = [part for part in original.text.split("\n") if part.strip()]
    if len(paragraphs) < 3:
        paragraphs = re.split(r"(?<=[.!?]) ", original.text)
    kept = paragraphs[: max(1, round(len(paragraphs) * dice.uniform(*CUT)))]
    body = "\n\n".join(" ".join(_reworded(part.split(), vocabulary, dice)) for part in kept)
    agency, day = dice.choice(AGENCIES), date.fromisoformat(str(original.day)) + timedelta(days=dice.randrange(3))
    lead = dice.choice((f"{dice.choice(CITIES)}, {day:%b} {day.day} ({agency}) - ", f"({agency}) — ", ""))
    tail = dice.choice((f"\n\n{dice.choice(CREDITS)}", f"\n\n© {day.year} {agency}. All rights reserved.", ""))
    return _article(lead + body + tail, day.isoformat(), dice.choice(HEADS))


def _reworded(words: Sequence[str], vocabulary: Sequence[str], dice: random.Random) -> Iterator[str]:
    held: str | None = None
    for word in words:
        change = dice.choice(("other", "none", "more", "turn")) if dice.random() < CHANGED else ""
        if change == "turn" and held is None:
            held = word
            continue
        if change in {"other", "more"}:
            yield dice.choice(vocabulary)
        if change not in {"other", "none"}:
            yield word
        if held is not None:
            yield held
            held = None
    if held is not None:
        yield held


def hard_pairs(originals: Sequence[Article]) -> int:
    """Return how many pairs of different articles within two days share a topic by their words."""
    counted = [Counter(stems(article.text)) for article in originals]
    frequency = Counter(stem for counts in counted for stem in counts)
    vectors = []
    for counts in counted:
        vector = {s: (1 + log(n)) * log(len(originals) / frequency[s]) for s, n in counts.items()}
        length = sqrt(sum(v * v for v in vector.values())) or 1.0
        vectors.append({s: v / length for s, v in vector.items()})
    days = [date.fromisoformat(str(article.day)) for article in originals]
    return sum(
        abs((days[i] - days[j]).days) <= 2 and sum(v * vectors[j].get(s, 0.0) for s, v in vectors[i].items()) >= HARD
        for i, j in combinations(range(len(originals)), 2)
    )


def main() -> None:
    """Make the set, compare it, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--show", action="store_true", help="tell the pairs that are wrong or missed")
    parser.add_argument("--hard", action="store_true", help="count the pairs of different articles of one topic")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    originals = articles(options.articles, options.limit)
    vocabulary = sorted({word for article in originals for word in article.text.split()})
    prints = {article.id: article for article in originals}
    origin = {article.id: article.id for article in originals}
    for article in originals:
        made = reprint(article, vocabulary, dice)
        prints[made.id], origin[made.id] = made, article.id
    order = sorted(prints)
    dice.shuffle(order)
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "bench.db", create=True) as archive:
        for identity in order:
            archive.add(Coding(prints[identity]), coder="bench")
        bring_up_to_date(archive)
        links = Sameness(archive).links_of(REPORT, order)
    # Of texts that the corpus holds twice, each reprint is one of both.
    found = {(link.one, link.other) for link in links if link.kind == SAME}
    wanted = {(min(a, b), max(a, b)) for a, b in origin.items() if a != b}
    twins = {pair for pair in found - wanted if {pair[0], pair[1]} <= set(origin.values())}
    of_twins = {tuple(sorted((origin[a], origin[b]))) for a, b in found} & twins
    others = {pair for pair in found - wanted if tuple(sorted((origin[pair[0]], origin[pair[1]]))) not in of_twins}
    right = len(found & wanted)
    print(f"articles {len(originals)}, reprints {len(wanted)}")
    if options.hard:
        print(f"pairs of different articles of one topic within two days: {hard_pairs(originals)}")
    shares = sorted(link.score for link in links if (link.one, link.other) in wanted)
    lowest, hundredth, tenth = (shares[int(part * len(shares))] for part in (0, 0.01, 0.1))
    print(f"words in common of reprints: lowest {lowest:.2f}, one in 100 {hundredth:.2f}, one in ten {tenth:.2f}")
    print(f"recall {right / len(wanted):.4f} ({right} of {len(wanted)})")
    print(f"precision {right / max(1, right + len(found - wanted)):.4f} (all {len(found - wanted)} other pairs wrong)")
    print(f"pairs of two originals, to be read: {len(twins)}; other pairs, not of prints of these: {len(others)}")
    print(f"precision {right / max(1, right + len(others)):.4f} if what is to be read is one report")
    if options.show:
        scores = {(link.one, link.other): link for link in links}
        for kind, pairs in (("originals", twins), ("other", others), ("missed", wanted - found)):
            for pair in sorted(pairs):
                print(kind, scores[pair].reasons[0] if pair in scores else "not compared", sep="\t")
                for end in pair:
                    print(
                        "",
                        end,
                        prints[end].day,
                        len(prints[end].text),
                        " ".join(prints[end].text.split())[:150],
                        sep="\t",
                    )


if __name__ == "__main__":
    main()
