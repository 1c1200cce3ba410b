"""How well contradictions and changes are found in small made-up archives, whose positions people have marked.

    python bench/positions.py bench/positions.jsonl [--anything] [--grammar-only] [--show]

A case is {"id", "articles": [{"published", "outlet", "text"}], "between": [SIDE, SIDE], "about", "contradictions":
[{"one", "other", "kind"}], "changes": [{"side", "before", "after"}]}, where one, other, before and after are words of
the statements. A contradiction is found when both of its statements hold the words of the two, in either order. One
that pairs a marked statement with another answer to it (the accusation is denied, then "we did not do it") is the same
one: it counts as found if the marked pair is not, and is not counted as too much. Kinds are counted of those that are
found. ``--anything`` leaves the issue out, ``--grammar-only`` the judge, ``--show`` prints what is missed and what is
too much.
"""

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language

from communique.actors.lexicon import lexicon
from communique.archive import Archive
from communique.coder import Coder
from communique.ingest import Options, article_from_text
from communique.positions.account import Account, Position, account
from communique.positions.judging import Judge, trained_judge
from communique.positions.reading import parser
from communique.positions.sides import Side
from communique.stories.comparing import bring_up_to_date


def main() -> None:
    """Print precision, recall and the share of right kinds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("cases", type=Path)
    asked.add_argument("--anything", action="store_true")
    asked.add_argument("--grammar-only", action="store_true")
    asked.add_argument("--show", action="store_true")
    given = asked.parse_args()
    coder, nlp = Coder(), parser()
    judge = None if given.grammar_only else trained_judge()
    counts: Counter[str] = Counter()
    for line in given.cases.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        told = compare(case, read(case, None if given.anything else case["about"], coder, nlp, judge), counts)
        if given.show and told:
            print(f"{case['id']} {case['between']} about {case['about']}", *told, sep="\n  ")
    for name in ("contradictions", "changes"):
        found, gold, right = (counts[f"{name} {what}"] for what in ("found", "gold", "right"))
        precision, recall = right / max(found, 1), right / max(gold, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{name}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} ({right} of {found} found, of {gold} marked)")
    print(f"kinds: {counts['kinds']} of {counts['contradictions right']} right")


def read(case: dict[str, Any], about: str | None, coder: Coder, nlp: Language, judge: Judge | None) -> Account:
    """Return the positions in the archive that a case's articles make."""
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "case.db", create=True) as archive:
        for number, one in enumerate(case["articles"]):
            article = article_from_text(
                one["text"], url=f"https://{number}.example.org/", options=Options(date=one["published"])
            )
            archive.add(coder.code(article), coder=coder.name)
        bring_up_to_date(archive)
        sides = [Side.named(name, lexicon()) for name in case["between"]]
        return account(archive, sides, about, nlp=nlp, judge=judge)


def compare(case: dict[str, Any], found: Account, counts: Counter[str]) -> list[str]:
    """Count what is found, marked and right, and return what is not right, in words."""
    told: list[str] = []
    pairs = [(c.one, c.other, c.kind) for c in found.contradictions]
    marked = [(c["one"], c["other"], c["kind"]) for c in case["contradictions"]]
    told += _count("contradictions", pairs, marked, counts)
    told += _count(
        "changes",
        [(c.before, c.after, "change") for c in found.changes],
        [(c["before"], c["after"], "change") for c in case["changes"]],
        counts,
    )
    return told


def _count(
    name: str,
    found: Iterable[tuple[Position, Position, str]],
    marked: list[tuple[str, str, str]],
    counts: Counter[str],
) -> list[str]:
    left, told = list(marked), []
    counts[f"{name} gold"] += len(marked)
    hits = [
        (pair, next((m for m in marked if _are(*pair[:2], m) or _are(pair[1], pair[0], m)), None)) for pair in found
    ]
    exact = {hit: pair for pair, hit in hits if hit is not None}
    for (one, other, kind), hit in hits:
        hit = hit or next(
            (m for m in marked if any(_holds(p.told, words) for p in (one, other) for words in m[:2])), None
        )
        if hit is not None and hit not in left:
            continue  # another answer in a pair that is found already, or will be
        if hit is not None and hit in exact and exact[hit] != (one, other, kind):
            continue
        counts[f"{name} found"] += 1
        if hit is None:
            told.append(f"too much, {name}: {kind}: {one.side}: {one.told} / {other.side}: {other.told}")
            continue
        left.remove(hit)
        counts[f"{name} right"] += 1
        if name == "contradictions":
            counts["kinds"] += kind == hit[2]
            told += [f"kind {kind}, marked {hit[2]}: {hit[0]} / {hit[1]}"] if kind != hit[2] else []
    return [*told, *(f"missed, {name}: {m[2]}: {m[0]} / {m[1]}" for m in left)]


def _are(one: Position, other: Position, marked: tuple[str, str, str]) -> bool:
    return _holds(one.told, marked[0]) and _holds(other.told, marked[1])


def _holds(told: str, words: str) -> bool:
    """Tell whether half of the words that were marked stand in what is told, or the other way round."""
    a, b = (set(re.findall(r"\w+", text.lower())) for text in (told, words))
    return 2 * len(a & b) >= min(len(a), len(b))


if __name__ == "__main__":
    main()
