"""Measure how often each rule of the statements stage is right, for knowledge/statement_rules.tsv.

    python training/measure_statement_rules.py GOLD.jsonl[.gz] [--articles 300] > statement_rules.tsv

GOLD holds one article a line: {"id", "text", "date", "attributions": [{"content": [[start, end], …]}]}: the PolNeAR
corpus (Newell, Margolin and Ruths, LREC 2018) with character offsets. A statement is right when its content shares
half of its words (Dice) with a content of the gold that no better one has taken. Statements within another's content
are left out, as the corpus leaves them unannotated. Rules seen fewer than 20 times get the mean of all.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from communique.coder import Coder
from communique.records import Article, Statement

WORD = re.compile(r"\w+")
FEW = 20
HEADER = "# Share of a rule's statements whose content was right, and how many it made: {}.\nrule\tprecision\tn"


def starts(text: str, spans: list[list[int]] | tuple[tuple[int, int], ...]) -> frozenset[int]:
    """Return where the words of the spans start."""
    return frozenset(match.start() + start for start, end in spans for match in WORD.finditer(text[start:end]))


def joined(statements: list[Statement]) -> list[Statement]:
    """Return the statements, each with the contents of those that go on from it: the corpus takes them for one."""
    contents = {s.id: s.content for s in statements}
    origins: dict[str, str] = {}
    for statement in statements:
        origin = statement.basis.get("continues", "")
        origin = origins.get(origin, origin)
        if origin in contents:
            origins[statement.id] = origin
            contents[origin] = (*contents[origin], *statement.content)
    return [replace(s, content=contents[s.id]) for s in statements]


def right(statements: list[Statement], gold: list[frozenset[int]], text: str) -> list[bool]:
    """Return for each statement whether its content is one of the gold's."""
    found = [starts(text, s.content) for s in statements]
    scored = sorted(
        ((2 * len(a & b) / (len(a) + len(b)), i, j) for i, a in enumerate(found) for j, b in enumerate(gold) if a & b),
        reverse=True,
    )
    taken_found: set[int] = set()
    taken_gold: set[int] = set()
    for share, i, j in scored:
        if share >= 0.5 and i not in taken_found and j not in taken_gold:
            taken_found.add(i)
            taken_gold.add(j)
    return [i in taken_found for i in range(len(statements))]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    options = parser.parse_args()
    opener = gzip.open if options.gold.suffix == ".gz" else open
    with opener(options.gold, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line, _ in zip(lines, range(options.articles), strict=False)]
    articles = [
        Article(row["id"], row["text"], tuple(paragraphs(row["text"])), published=row.get("date"), language="en")
        for row in rows
    ]
    made: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for row, coding in zip(rows, Coder().code_many(articles), strict=True):
        outer = joined([s for s in coding.statements if s.within is None])
        gold = [starts(row["text"], a["content"]) for a in row["attributions"]]
        for statement, is_right in zip(outer, right(outer, gold, row["text"]), strict=True):
            rule = statement.made_by.partition(":")[2]
            made[rule] += 1
            # The corpus joins a quotation that goes on to the one before: it is right when it lies in a gold content.
            words = starts(row["text"], statement.content)
            within = any(2 * len(words & content) >= len(words) for content in gold)
            good[rule] += within if rule == "continued" else is_right
    mean = good.total() / made.total()
    print(HEADER.format(f"the first {len(rows)} training articles of PolNeAR, by training/measure_statement_rules.py"))
    for rule in sorted(made):
        print(f"{rule}\t{good[rule] / made[rule] if made[rule] >= FEW else mean:.2f}\t{made[rule]}")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the spans of the lines: the corpus sets each paragraph on one."""
    return [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]


if __name__ == "__main__":
    main()
