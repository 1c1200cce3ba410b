"""What the judge reads: a sentence with marks around its source, trigger and target, as pieces of words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.records import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SOURCE, TARGET, TRIGGER = "*", "#", "^"
# As in training, with the marks of the window's start and end.
MAX_PIECES = 128
# Of a sentence that is too long, so many pieces before the first mark are kept.
BEFORE = 32


@dataclass(frozen=True, slots=True)
class Window:
    """The pieces of a sentence, and at which source, target and trigger are marked; 0 where one is not."""

    pieces: list[int]
    marks: tuple[int, int, int]


def window(
    text: str, source: Sequence[Span], target: Sequence[Span], trigger: Sequence[Span], tokenizer: "Tokenizer"
) -> Window:
    """Return what the judge reads of a sentence: each of the spans, in code points, is set between two marks."""
    roles = ((source, SOURCE), (target, TARGET), (trigger, TRIGGER))
    made, end = "", 0
    places: dict[str, int] = {}
    for span, mark in sorted((span, mark) for spans, mark in roles for span in spans):
        if span[0] < end:
            continue  # within another
        made += f"{text[end : span[0]]} {mark} "
        places.setdefault(mark, len(made) - 2)
        made += f"{text[span[0] : span[1]]} {mark} "
        end = span[1]
    read = tokenizer.encode(made + text[end:])
    at = [read.char_to_token(places[mark]) or 0 if mark in places else 0 for _, mark in roles]
    first, *inner, last = read.ids
    room = MAX_PIECES - 2
    cut = 0
    if len(inner) > room:
        cut = max(0, min((i - 1 for i in at if i), default=0) - BEFORE)
        cut = min(cut, len(inner) - room)
    pieces = [first, *inner[cut : cut + room], last]
    source_at, target_at, trigger_at = (i - cut if 0 < i - cut < len(pieces) - 1 else 0 for i in at)
    return Window(pieces, (source_at, target_at, trigger_at))
