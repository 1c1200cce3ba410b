"""Parts of speech by spaCy's table of rules, each kind of word looked up once.

The rules ask for a word's letters, tag and label, so that what they say of a word holds for every other word that has
the same. The few rules about two words in a row ("gon", "na") are tried where a word can be the first of them, and
all rules are then applied to those words anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from communique.quick.kinds import kinds

# What the rules may ask for, and what they may set, as columns of an array.
ASKED = {"LOWER", "TAG", "DEP", "IS_SPACE"}
KEY = [LOWER, TAG, DEP]
SET = [TAG, POS, MORPH, DEP, LEMMA]
NAMES = {"TAG", "POS", "MORPH", "DEP", "LEMMA"}
# What is remembered is forgotten when it is more; a million words of news make a tenth of that.
MOST_KINDS = 200_000


def is_plain(ruler: AttributeRuler) -> bool:
    """Tell whether the rules ask and set only what is known here, and have no counted or repeated words."""
    rules: Any = ruler.patterns
    asked = {name for rule in rules for words in rule["patterns"] for word in words for name in word}
    sets = {name for rule in rules for name in rule["attrs"]}
    return asked <= ASKED and sets <= NAMES


class Attributes:
    """Sets what the ruler that it is made of would."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.ruler = ruler
        self.known: dict[bytes, npt.NDArray[np.uint64]] = {}
        self.first: set[bytes] = set()  # kinds of words with which a phrase can begin
        self.phrases, self.beginnings = (Matcher(ruler.vocab, validate=False) for _ in range(2))
        rules: Any = ruler.patterns
        long = [words for rule in rules for words in rule["patterns"] if len(words) > 1]
        self.longest = max(map(len, long), default=0)
        if long:
            self.phrases.add("phrases", long)
            self.beginnings.add("beginnings", [words[:1] for words in long])

    def __call__(self, doc: Doc) -> Doc:
        """Set parts of speech and morphology of one Doc."""
        untouched = not any(map(doc.has_annotation, ("POS", "MORPH", "LEMMA")))
        if not len(doc) or not untouched:
            return self.ruler(doc)
        keys = kinds(doc.to_array(KEY))
        if len(self.known) > MOST_KINDS:
            self.known.clear()
            self.first.clear()
        if new := {key: i for i, key in enumerate(keys) if key not in self.known}:
            self._learn(doc, new)
        found = np.stack([self.known[key] for key in keys])
        for start, end in self._phrases(doc, keys):
            found[start:end] = self._ruled(doc, range(start, end))
        return doc.from_array(SET, found)  # type: ignore[arg-type] # spaCy's alias

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Set those of many Docs."""
        return map(self, stream)

    def _learn(self, doc: Doc, new: dict[bytes, int]) -> None:
        """Apply the rules to one word of each new kind, as a text of them alone, in which no two make a phrase."""
        keys, words = list(new), list(new.values())
        beginnings = {start for _, start, _ in self.beginnings(_alone(doc, words), allow_missing=True)}
        self.first.update(keys[i] for i in beginnings)
        others = [i for i in range(len(words)) if i not in beginnings]
        for part in ([others] if others else []) + [[i] for i in beginnings]:
            self.known.update(zip([keys[i] for i in part], self._ruled(doc, [words[i] for i in part]), strict=True))

    def _phrases(self, doc: Doc, keys: Sequence[bytes]) -> Iterator[tuple[int, int]]:
        """Yield the stretches of words that rules about several words in a row match; none overlaps another."""
        start = end = 0
        for i in (i for i, key in enumerate(keys) if key in self.first):
            ends = [
                i + last for _, first, last in self.phrases(doc[i : i + self.longest], allow_missing=True) if not first
            ]
            if ends and i >= end:
                if end:
                    yield start, end
                start = i
            end = max([end, *ends])
        if end:
            yield start, end

    def _ruled(self, doc: Doc, words: Sequence[int]) -> npt.NDArray[np.uint64]:
        """Return what the rules set of some words in a row, as a text of them alone."""
        return np.asarray(self.ruler(_alone(doc, words)).to_array(SET), dtype=np.uint64)


def _alone(doc: Doc, words: Sequence[int]) -> Doc:
    """Return a text of some words of a Doc, with what the rules ask of them."""
    alone = Doc(doc.vocab, words=[doc[i].text for i in words])
    return alone.from_array([TAG, DEP], doc.to_array([TAG, DEP])[list(words)])  # type: ignore[arg-type] # spaCy's alias
