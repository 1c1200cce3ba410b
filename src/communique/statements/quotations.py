"""Quotations in a text, by their marks alone: every style of marks, continued over paragraphs, nested, unclosed."""

from collections.abc import Sequence
from dataclasses import dataclass

from communique.records import Span

# What closes what: by opening mark, the closing marks that news texts use for it.
CLOSINGS = {
    "“": ("”", "“", '"'),
    "„": ("“", "”", '"'),
    "«": ("»",),
    "‹": ("›",),
    '"': ('"',),
    "‘": ("’",),
    "'": ("'",),
    "``": ("''",),
    "''": ("''",),
}
SINGLE = frozenset({"‘", "'"})


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation. ``parts`` are its character spans with the marks, one for each paragraph that it runs through.

    ``closed`` is False when the page never closes it: then it ends with its paragraph. ``inner`` are the quotations
    within it.
    """

    parts: tuple[Span, ...]
    closed: bool = True
    inner: tuple[Span, ...] = ()

    @property
    def start(self) -> int:
        """Offset of the first opening mark."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Offset after the last closing mark."""
        return self.parts[-1][1]


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Return the outermost quotations of a text in order; ``paragraphs`` are character spans in order.

    A quotation that a paragraph leaves open goes on when the next paragraph opens with the same mark (the usual way of
    setting speech of several paragraphs); otherwise it ends with its paragraph, unclosed.

    >>> [q.parts for q in quotations("He said: “Go.” She didn’t.", [(0, 26)])]
    [((9, 14),)]
    """
    found: list[Quotation] = []
    pending: Quotation | None = None  # left open by the last paragraph, with its opening mark
    for number, (start, end) in enumerate(paragraphs):
        for quotation in _in_paragraph(text, start, end):
            if pending is not None and quotation.start == start and text[start] == text[pending.start]:
                quotation = Quotation(
                    (*pending.parts, *quotation.parts), quotation.closed, (*pending.inner, *quotation.inner)
                )
                found.pop()
            found.append(quotation)
            pending = None
        last = found[-1] if found else None
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else None
        is_open = last is not None and not last.closed and last.end == end
        goes_on = is_open and following is not None and last is not None and text[following] == text[last.start]
        pending = last if goes_on else None
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    stack: list[tuple[str, int]] = []
    inner: list[Span] = []
    i = start
    while i < end:
        mark = text[i : i + 2] if text[i : i + 2] in {"``", "''"} else text[i]
        after = i + len(mark)
        if stack and _closes(text, i, after, end, stack[-1][0], mark):
            _, opened = stack.pop()
            if stack:
                inner.append((opened, after))
            else:
                found.append(Quotation(((opened, after),), True, tuple(inner)))
                inner = []
        elif _opens(text, i, after, start, end, mark, depth=len(stack)):
            stack.append((mark, i))
        i = after
    if stack:
        found.append(Quotation(((stack[0][1], end),), False, tuple(inner)))
    return found


def _opens(text: str, i: int, after: int, start: int, end: int, mark: str, *, depth: int) -> bool:
    if mark not in CLOSINGS or after >= end or text[after].isspace():
        return False
    before = text[i - 1] if i > start else " "
    if mark in {"“", "«", "‹", "„", "``"}:
        return not (mark == "“" and before.isalnum())
    if before.isalnum() or before in ".,!?%)]":
        return False
    if mark in SINGLE:
        # A closing mark must follow, or it is an apostrophe: 'the ’90s', "rock 'n' roll".
        return text[after].isalnum() and _closing_ahead(text, after, end, mark)
    return depth < 4


def _closing_ahead(text: str, after: int, end: int, mark: str) -> bool:
    j = after
    while (j := _find_any(text, CLOSINGS[mark], j, end)) >= 0:
        if j - after >= 2 and _closes(text, j, j + 1, end, mark, text[j]):
            return True
        j += 1
    return False


def _find_any(text: str, marks: tuple[str, ...], start: int, end: int) -> int:
    places = [at for at in (text.find(mark, start, end) for mark in marks) if at >= 0]
    return min(places, default=-1)


def _closes(text: str, i: int, after: int, end: int, opening: str, mark: str) -> bool:
    if mark not in CLOSINGS[opening]:
        return False
    before = text[i - 1]
    if before.isspace():
        return False
    follows = text[after] if after < end else " "
    if opening in SINGLE:
        return not follows.isalnum() and not (
            before == "s" and follows == " " and _closes_later(text, after, end, mark)
        )
    return True if mark == "”" else not follows.isalnum()


def _closes_later(text: str, after: int, end: int, mark: str) -> bool:
    """A plural's apostrophe ("the allies' reply,'") is told from a closing mark by a mark after punctuation ahead."""
    at = text.find(mark, after, end)
    return at > 0 and text[at - 1] in ".,!?"
