"""From the tagger's scores to attributions: cue spans first, then which words are source and content of each cue."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Part = tuple[int, int]
"""Word indices, half open."""
Scores = npt.NDArray[np.float32]

OUTSIDE, BEGIN = 0, 1
SOURCE, CONTENT = 1, 2


@dataclass(frozen=True, slots=True)
class Tagged:
    """An attribution as the tagger sees it, in word indices; ``score`` is how likely its cue is one, 0 to 1."""

    cue: Part
    source: tuple[Part, ...]
    content: tuple[Part, ...]
    score: float


def tagged(cue: Scores, as_cue: Scores, as_word: Scores, *, threshold: float) -> list[Tagged]:
    """Return the attributions of n words in the order of their cues.

    ``cue`` (n × 3) are the scores of being outside, beginning or inside a cue, ``as_cue`` (n × 2 × k) and ``as_word``
    (n × k) the vectors whose products are the scores of a word as source and content of a cue (a biaffine classifier,
    Dozat and Manning 2017). A word is content of one cue at most: no content lies within another.
    """
    chances = _softmax(cue)
    spans = list(_cues(chances, threshold))
    if not spans:
        return []
    roles = np.stack([_roles(as_cue[start:end], as_word) for start, end in spans])
    for start, end in spans:
        roles[:, start:end, OUTSIDE] = np.inf
    # Each word goes to the cue of which it is likeliest the content.
    best = roles[:, :, CONTENT] - roles[:, :, OUTSIDE]
    roles[:, :, CONTENT][best < best.max(axis=0)] = -np.inf
    labels = roles.argmax(axis=2)
    found = []
    for (start, end), label in zip(spans, labels, strict=True):
        content = _runs(label == CONTENT)
        if content:
            score = float(1 - chances[start:end, OUTSIDE].min())
            found.append(Tagged((start, end), _runs(label == SOURCE), content, score))
    return found


def _cues(chances: Scores, threshold: float) -> Iterator[Part]:
    """The spans of words that are likelier than the threshold in a cue; a span ends where another cue begins."""
    start: int | None = None
    for i, (outside, begin, inside) in enumerate(chances.tolist()):
        within = 1 - outside > threshold
        if start is not None and (not within or begin > inside):
            yield start, i
            start = None
        if within and start is None:
            start = i
    if start is not None:
        yield start, len(chances)


def _roles(as_cue: Scores, as_word: Scores) -> Scores:
    """The scores (n × 3) of no role, source and content about one cue of several words."""
    scores = (as_cue.mean(axis=0) @ as_word.T).T / np.sqrt(as_word.shape[1] - 1)
    return np.concatenate([np.zeros_like(scores[:, :1]), scores], axis=1)


def _softmax(scores: Scores) -> Scores:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Scores = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _runs(chosen: npt.NDArray[np.bool_]) -> tuple[Part, ...]:
    """The runs of chosen words."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]]).astype(np.int8)))
    return tuple(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
