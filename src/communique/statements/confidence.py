"""How likely a statement is right: the share of those made like it that were, on texts that annotators marked."""

from bisect import bisect_right
from functools import cache

from communique.knowledge import table
from communique.statements.attribution import Attribution


def confidence(one: Attribution, *, beside_tagger: bool) -> float:
    """Return the share of right statements among those with the same rule or, from the tagger, about the same score.

    The tables are measured on articles that the tagger was not trained on (training/measure_statements.py).
    ``beside_tagger`` tells whether a tagger read the text: what it does not see is right less often.
    """
    if one.score is not None:
        scores, shares = _bands("tagger" if one.rule == "tagger" else "both")
        return shares[max(0, bisect_right(scores, one.score) - 1)]
    return _rules()[one.rule][beside_tagger]


@cache
def _rules() -> dict[str, tuple[float, float]]:
    return {row["rule"]: (float(row["precision"]), float(row["unseen"])) for row in table("statement_rules.tsv")}


@cache
def _bands(found_by: str) -> tuple[list[float], list[float]]:
    rows = [row for row in table("tagger_confidence.tsv") if row["found_by"] == found_by]
    return [float(row["score"]) for row in rows], [float(row["precision"]) for row in rows]
