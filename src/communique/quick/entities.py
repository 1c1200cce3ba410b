"""Names by spaCy's own model and rules, decided for all words at once where spaCy goes word by word.

spaCy's recogniser (Lample et al. 2016, in spaCy's form) begins, continues, ends or leaves out a name at each word. Its
scores depend on the word, on the first word of the name that is open, and on the word before within a name. Outside
names they do not depend on what was decided before, so they can be had for all words by one product; only words within
names need what is open.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import islice

import numpy as np
import numpy.typing as npt
from spacy.attrs import IS_SPACE, SENT_START
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

Scores = npt.NDArray[np.float32]
# What a state of the model is made of: the word, the first of the open name, the word before within a name.
FEATURES = 3
NEVER = np.float32(-np.inf)


def is_greedy(recognizer: EntityRecognizer) -> bool:
    """Tell whether a recogniser is of the one kind that is known here: two layers, no beam, all labels taught."""
    model = recognizer.model
    return bool(
        recognizer.cfg.get("beam_width") == 1
        and model.attrs.get("has_upper")
        and not model.attrs.get("unseen_classes")
        and model.get_ref("lower").maybe_get_dim("nF") == FEATURES
        and model.get_ref("lower").maybe_get_dim("nP")
        and model.get_ref("upper").name == "linear"
        and not recognizer.cfg.get("incorrect_spans_key")
    )


class Entities:
    """Sets ``doc.ents`` as the recogniser that it is made of would."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        self.recognizer = recognizer
        model = recognizer.model
        self.words = model.get_ref("tok2vec")
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self.lower = lower
        self.pad, self.bias = lower.get_param("pad")[0], lower.get_param("b")
        self.weights, self.offsets = upper.get_param("W"), upper.get_param("b")
        moves = [recognizer.moves.get_class_name(i).partition("-")[::2] for i in range(upper.get_dim("nO"))]
        self.labels = [label for _, label in moves]
        self.begins = np.array([move == "B" for move, _ in moves])
        # What can be done outside names, at white space only to leave it out.
        self.outside = np.array([move == "O" or (move in "BU" and bool(label)) for move, label in moves])
        self.leaves = np.array([move == "O" for move, _ in moves])
        names = set(self.labels) - {""}
        self.inside = {label: (moves.index(("I", label)), moves.index(("L", label))) for label in names}

    def __call__(self, doc: Doc) -> Doc:
        """Find the names of one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Find the names of many Docs, ``batch_size`` at once."""
        stream = iter(stream)
        while docs := list(islice(stream, batch_size)):
            if any(doc.has_annotation("ENT_IOB") for doc in docs):
                yield from self.recognizer.pipe(docs, batch_size=batch_size)  # names set before are its own matter
                continue
            if filled := [doc for doc in docs if len(doc)]:
                self._read(filled)
            yield from docs

    def _read(self, docs: Sequence[Doc]) -> None:
        hidden = self.lower.predict(self.words.predict(docs))[1:]  # its first row is the padding
        start = 0
        for doc in docs:
            spans = [Span(doc, *found) for found in self._names(doc, hidden[start : start + len(doc)])]
            doc.set_ents(spans, default="outside")
            start += len(doc)

    def _names(self, doc: Doc, hidden: Scores) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and label of each name; ``hidden``, n × 3 × width × pieces, are the words as features."""
        scores = self._scores(hidden[:, 0] + self.pad[1] + self.pad[2])
        spaces = doc.to_array(IS_SPACE).astype(bool)
        # Where the next word starts a sentence, or there is none, no name goes on.
        last = np.append(doc.to_array(SENT_START)[1:] == 1, True)
        scores[:, ~self.outside] = NEVER
        scores[np.ix_(last, self.begins)] = NEVER
        scores[np.ix_(spaces, ~self.leaves)] = NEVER
        moves = scores.argmax(axis=1)
        end = 0
        for start in np.flatnonzero(~self.leaves[moves]).tolist():
            if start < end:
                continue  # within the name before
            move = moves[start]
            end = start + 1
            if self.begins[move]:
                end = self._end(start, self.labels[move], hidden, last)
            yield start, end, self.labels[move]

    def _end(self, start: int, label: str, hidden: Scores, last: npt.NDArray[np.bool_]) -> int:
        """Where the name that begins at a word ends."""
        both = list(self.inside[label])
        for word in range(start + 1, len(hidden)):
            if last[word]:
                return word + 1
            goes_on, ends = self._scores((hidden[word, 0] + hidden[start, 1] + hidden[word - 1, 2])[None])[0, both]
            # spaCy takes the first of two alike.
            if ends > goes_on or (ends == goes_on and both[1] < both[0]):
                return word + 1
        raise AssertionError("a name may not begin at the last word")

    def _scores(self, summed: Scores) -> Scores:
        pieces = np.moveaxis(summed + self.bias, 2, 0)
        # Not by max along that axis: it is so short that numpy takes five times as long.
        scores: Scores = reduce(np.maximum, pieces) @ self.weights.T + self.offsets
        return scores
