"""How well the judge of positions tells contradictions in pairs of sentences that it was not taught.

    python bench/position_pairs.py bench/position_pairs.jsonl [--folder FOLDER] [--show]

The groups are those of training/position_pairs.jsonl in form, written by somebody else. ``--folder`` holds other
trained files. Printed are, of the pairs of which something is known, precision and recall by the least chance that is
shown; the area under the curve; how often of a group's contradictions the kind is right; and, as what is read in a
news archive are mostly sentences that have nothing to do with each other, how many pairs across groups are taken for
one.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from communique.networks import Network, settings
from communique.positions.judging import NAME, Judge, Settings


def pairs(group: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """Return a group's pairs, each with its kind of contradiction: "" of none, None of one of unknown kind."""
    one, no = group["one"], group["no"]
    known: list[tuple[str, str, str | None]] = [(one, answer, kind) for kind, answer in group["yes"]]
    known += [(one, answer, "") for answer in no]
    for number, text in group["others"]:
        known += [(text, no[number], None), *((text, answer, "") for _, answer in group["yes"])]
    return known


def main() -> None:
    """Print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("groups", type=Path)
    asked.add_argument("--folder", type=Path)
    asked.add_argument("--show", action="store_true")
    given = asked.parse_args()
    judge = Judge(Network(NAME, given.folder), settings(NAME, Settings))
    groups = [json.loads(line) for line in given.groups.read_text(encoding="utf-8").splitlines()]
    known = [pair for group in groups for pair in pairs(group)]
    verdicts = list(judge.verdicts([(one, other) for one, other, _ in known]))
    right = [verdict.chance for verdict, (*_, kind) in zip(verdicts, known, strict=True) if kind != ""]
    wrong = [verdict.chance for verdict, (*_, kind) in zip(verdicts, known, strict=True) if kind == ""]
    curve = sum((a > b) + (a == b) / 2 for a in right for b in wrong) / (len(right) * len(wrong))
    print(f"{len(right)} contradictions, {len(wrong)} others; area under the curve {curve:.3f}")
    far = [(a["one"], b["yes"][0][1]) for a, b in pairwise(groups)] + [
        (a["one"], b["no"][0]) for a, b in pairwise(groups)
    ]
    across = [verdict.chance for verdict in judge.verdicts(far)]
    for least in (0.5, 0.7, 0.8, 0.9, 0.95, judge.settings.least):
        shown, false, distant = (sum(chance >= least for chance in chances) for chances in (right, wrong, across))
        print(
            f"least {least:.3f}: P {shown / max(shown + false, 1):.3f} R {shown / len(right):.3f}, "
            f"across groups {distant} of {len(across)}"
        )
    kinds = [v.kind == kind for v, (*_, kind) in zip(verdicts, known, strict=True) if kind]
    print(f"kinds: {sum(kinds)} of {len(kinds)} right")
    if given.show:
        for verdict, (one, other, kind) in sorted(zip(verdicts, known, strict=True), key=lambda pair: -pair[0].chance):
            print(f"{verdict.chance:.3f} {kind!r}\n   {one}\n   {other}")


if __name__ == "__main__":
    main()
