"""What a statement does: the act of its cue, refined by its content where the cue only says that something was said.

The acts are illocutionary forces in Searle's sense (1976), in the words of DESIGN's list: assert, deny, accuse …
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import get_args

from communique.errors import KnowledgeError
from communique.knowledge import table
from communique.records import Act

CONDITION = re.compile(
    r"(^|[“\"(,;]\s*|\bthat\s+|\band\s+|\bbut\s+)(if|unless|in the event (of|that)|provided that)\b"
    r"|(^|[“\"(,;]\s*|\bthat\s+|\band\s+|\bbut\s+)(should \w+ \w+|were \w+ to)\b"
    r"|\b(only if|even if|unless|in the event (of|that)|on condition that)\b",
    re.IGNORECASE,
)
SELF = re.compile(r"^[\s“\"'‘]*(that\s+)?[“\"]?\s*(we|i|our|my|us)\b|\b(we|i|our)\b", re.IGNORECASE)
# Acts that a content can sharpen; an accusation or a denial by the cue's own word stays what it is.
PLAIN = frozenset({"assert", "express"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that show an act in a plain statement."""

    act: Act
    about: str
    expression: re.Pattern[str]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the packaged patterns, in order. Raises KnowledgeError when one is no regular expression or no act."""
    found = []
    for row in table("acts.tsv"):
        if row["act"] not in get_args(Act):
            raise KnowledgeError(f"unknown act {row['act']!r}", where="acts.tsv")
        act: Act = row["act"]  # type: ignore[assignment] # checked above
        try:
            found.append(Pattern(act, row["about"], re.compile(row["pattern"], re.IGNORECASE)))
        except re.error as error:
            raise KnowledgeError(f"{error} in {row['pattern']!r}", where="acts.tsv") from error
    return tuple(found)


def is_conditional(content: str) -> bool:
    """Tell whether what is said hangs on a condition.

    >>> is_conditional("that were Moscow to order an offensive, the response would follow")
    True
    >>> is_conditional("he asked if anybody knew")
    False
    """
    return CONDITION.search(content) is not None


def act_of(content: str, *, by_cue: Act, plain: bool) -> tuple[Act, str]:
    """Return the act of a statement and what decided it; ``plain`` tells that the cue leaves the act open.

    >>> act_of("“We will not forget,” ", by_cue="assert", plain=True)[0]
    'promise'
    >>> act_of("that the talks were useful", by_cue="assert", plain=True)
    ('assert', 'cue')
    """
    if not plain or by_cue not in PLAIN:
        return by_cue, "cue"
    about_self = SELF.search(content) is not None
    for pattern in patterns():
        match = pattern.expression.search(content)
        if match is None or (pattern.about == "self" and not about_self and pattern.act != "deny"):
            continue
        if pattern.about == "other" and re.match(r"^[\s“\"'‘]*(that\s+)?[“\"]?\s*(we|i)\b", content, re.IGNORECASE):
            continue
        return pattern.act, f"words: {' '.join(match.group().split()[:6])}"
    return by_cue, "cue"
