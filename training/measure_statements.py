"""Measure how often statements are right, by what made them: knowledge/statement_rules.tsv and tagger_confidence.tsv.

    python training/measure_statements.py GOLD.jsonl[.gz] OUT_FOLDER [--hold-out 84]

GOLD is the training half of PolNeAR (Newell, Margolin and Ruths, LREC 2018), as communique.evaluate reads it. A
statement is right when it is a pair of a gold attribution that shares at least half of its content's words.
Statements within statements are left out, as the corpus leaves them unannotated.

statement_rules.tsv gets for each rule of the grammar its precision without the tagger on all articles ("precision")
and, on the articles that the tagger was not trained on (the last ``--hold-out``), that of the statements which the
tagger does not see ("unseen"). tagger_confidence.tsv gets, on the latter articles, the precision of the tagger's
statements by its score, for those that the grammar finds too ("both") and the others ("tagger"). Kinds seen fewer
than 20 times get the mean of all.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from communique.coder import Coder
from communique.evaluate import gold as files
from communique.evaluate.attribution import GoldArticle, attributed, right
from communique.records import Statement

FEW = 20
BANDS = 8


def judged(articles: Sequence[GoldArticle], *, tagger: bool) -> Iterator[tuple[Statement, bool]]:
    """Yield the outer statements of the articles, each with whether it is right.

    A quotation that goes on is part of the one before in the corpus: it is right when half of it lies in some content.
    """
    codings = Coder(trained=tagger).code_many(article.article() for article in articles)
    for article, coding in zip(articles, codings, strict=True):
        pairs = attributed(coding)
        begun = {s.id for s, _ in pairs}
        yield from zip((s for s, _ in pairs), right(article, [one for _, one in pairs]), strict=True)
        inside = {i for one in article.attributions for start, end in one.content for i in range(start, end)}
        for statement in coding.statements:
            if "continues" in statement.basis and statement.within is None and statement.id not in begun:
                words = [i for start, end in statement.content for i in range(start, end)]
                yield statement, 2 * len(inside.intersection(words)) >= len(words)


def rule(statement: Statement) -> str:
    """Return the rule that made a statement."""
    return statement.made_by.rpartition(":")[2]


def shares(found: Sequence[tuple[str, bool]]) -> dict[str, tuple[float, int]]:
    """Return for each kind the share of right ones and how many there are; the mean of all where there are few.

    Quotations that go on are right far more often than others and don't count for that mean.
    """
    others = [is_right for kind, is_right in found if kind != "continued"]
    mean = (sum(others) + 1) / (len(others) + 2)
    made, good = Counter(kind for kind, _ in found), Counter(kind for kind, is_right in found if is_right)
    return {kind: ((good[kind] + 1) / (n + 2) if n >= FEW else mean, n) for kind, n in made.items()}


def bands(found: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, int]]:
    """Yield bands of about as many statements each: least score, share of right ones, how many.

    The shares rise with the score: neighbouring bands that don't are one band (isotonic regression by pooling).
    """
    ordered = sorted(found)
    edges = [len(ordered) * i // BANDS for i in range(BANDS + 1)]
    made: list[list[tuple[float, bool]]] = []
    for start, end in pairwise(edges):
        made.append(ordered[start:end])
        while len(made) > 1 and share(made[-2]) >= share(made[-1]):
            made[-2:] = [made[-2] + made[-1]]
    for band in made:
        yield band[0][0], share(band), len(band)


def share(band: Sequence[tuple[object, bool]]) -> float:
    """Return the share of right ones, smoothed."""
    return (sum(is_right for _, is_right in band) + 1) / (len(band) + 2)


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hold-out", type=int, default=84)
    options = parser.parse_args()
    articles = list(files.rows(options.gold, GoldArticle))
    alone = shares([(rule(s), is_right) for s, is_right in judged(articles, tagger=False)])
    held_out = list(judged(articles[-options.hold_out :], tagger=True))
    unseen_by_tagger = [(rule(s), is_right) for s, is_right in held_out if "tagger" not in s.basis]
    unseen = shares(unseen_by_tagger)
    mean = share([judgement for judgement in unseen_by_tagger if judgement[0] != "continued"])
    with (options.out / "statement_rules.tsv").open("w", encoding="utf-8") as out:
        print(f"# training/measure_statements.py: {len(articles)} articles, {options.hold_out} held out.", file=out)
        print("rule\tprecision\tn\tunseen\tn_unseen", file=out)
        for name, (precision, n) in sorted(alone.items()):
            value, count = unseen.get(name, (mean, 0))
            print(f"{name}\t{precision:.2f}\t{n}\t{value:.2f}\t{count}", file=out)
    with (options.out / "tagger_confidence.tsv").open("w", encoding="utf-8") as out:
        print(f"# See training/measure_statements.py: {options.hold_out} articles held out of training.", file=out)
        print("found_by\tscore\tprecision\tn", file=out)
        for found_by in ("both", "tagger"):
            scored = [
                (float(s.basis["tagger"]), is_right)
                for s, is_right in held_out
                if "tagger" in s.basis and (rule(s) == "tagger") == (found_by == "tagger")
            ]
            for least, precision, n in bands(scored):
                print(f"{found_by}\t{least:.3f}\t{precision:.2f}\t{n}", file=out)


if __name__ == "__main__":
    main()
