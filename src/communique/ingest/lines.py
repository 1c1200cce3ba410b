"""Text → blocks: the paragraphs, headings and labels of a flattened page, with hard-wrapped lines joined again."""

import re
from dataclasses import dataclass
from itertools import pairwise

from communique.ingest import furniture

MAX_WRAP = 100
"""Longest line, in code points, of text wrapped by hand or by a mail program; wire services wrap at 65-80."""

_SENTENCE_CLOSED = re.compile(r"""[.!?…:。！？؟।۔]["'”’“»«›)\]]*$""")
_CONTINUES = re.compile(r"""^(?:[a-zà-öø-ÿа-яё]|[,;.)\]](?:\s|$)|['’]s\b)""")
_LEFT_OPEN = re.compile(r"(?:,|\b(?:the|a|an|of|to|in|and|or|by|with|from|for|at|on|that|who|said|told))$")


def blocks(text: str) -> list[str]:
    """Return the blocks of clean ``text``, in order, each on one line with single spaces; empty lines separate.

    Lines of a hard-wrapped text are joined into paragraphs. Otherwise each line is a block of its own, except that a
    paragraph which markup has broken ("The minister,", "Hakan Fidan", ", said …") is put together again.
    """
    groups = [[line for line in group.split("\n") if line.strip()] for group in re.split(r"\n[ \t]*\n", text)]
    groups = [group for group in groups if group]
    wrap = _wrap(groups)
    found: list[str] = []
    for group in groups:
        found += _unwrap(group, wrap) if wrap else _mend(group)
    return [block for block in (_single_spaced(block) for block in found) if block]


def _single_spaced(line: str) -> str:
    return " ".join(line.split())


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How a text is wrapped: up to ``width``; a line with more than ``slack`` code points of room ends on purpose."""

    width: int
    slack: int


def _wrap(groups: list[list[str]]) -> _Wrap | None:
    """Return how the text is wrapped, or None if its lines are whole paragraphs.

    Lines wrapped at a width share what no other text has: hardly one would have had room for the next line's first
    word, and most break inside a sentence.
    """
    inner = [(a.rstrip(), b.strip()) for group in groups for a, b in pairwise(group)]
    if not inner:
        return None
    long = [line for line, _ in inner if len(line) > 45]
    if len(long) < 3 or len(long) < 0.5 * len(inner):
        return None
    lengths = sorted(len(line) for line in long if len(line) <= MAX_WRAP)
    if len(lengths) < 0.9 * len(long):
        return None
    width = lengths[-1]
    broken = [not _SENTENCE_CLOSED.search(line) for line in long]
    rooms = [(width - len(line) - 1 - len(later.split(" ", 1)[0]), line, later) for line, later in inner]
    full = [room < 4 for room, _, _ in rooms]
    if sum(broken) < 0.6 * len(broken) or sum(full) < 0.6 * len(full):
        return None
    # A program leaves no room for another word but where a paragraph ends; people leave some anywhere.
    by_hand = any(
        room >= 0 and not _SENTENCE_CLOSED.search(line) and later[:1].islower() for room, line, later in rooms
    )
    return _Wrap(width, 12 if by_hand else -1)


def _unwrap(group: list[str], wrap: _Wrap) -> list[str]:
    """Join the lines of one group; a line that had room for the next word, or an indent, ends a paragraph."""
    found = [group[0]]
    last = group[0].rstrip()
    indented = len({len(line) - len(line.lstrip()) for line in group}) > 1
    for line in group[1:]:
        room = wrap.width - len(last) - 1 - len(line.split()[0])
        begins = not line.lstrip()[:1].islower()
        fresh = (room > wrap.slack and (begins or _SENTENCE_CLOSED.search(last))) or (
            last.endswith(")") and line.lstrip()[0] == "("
        )
        if fresh or room > 30 or (indented and line[:2].isspace()) or furniture.is_list_item(line.strip()):
            found.append(line)
        else:
            glue = "" if re.search(r"\w-$", last) else " "
            found[-1] = found[-1].rstrip() + glue + line.strip()
        last = line.rstrip()
    return found


def _mend(group: list[str]) -> list[str]:
    found = [group[0].strip()]
    for raw in group[1:]:
        line, last = raw.strip(), found[-1]
        prose = not _SENTENCE_CLOSED.search(last) and len(furniture.words(last)) >= 2
        if prose and (_LEFT_OPEN.search(last) or (_CONTINUES.match(line) and _could_go_on(last, line))):
            found[-1] = last + ("" if line[0] in ",;.)]" or line.startswith(("'s", "’s")) else " ") + line
        else:
            found.append(line)
    return found


def _could_go_on(last: str, line: str) -> bool:
    return not (
        furniture.is_label(last) or furniture.is_label(line) or furniture.is_date_line(last) or line.startswith("by ")
    )
