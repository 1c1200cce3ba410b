"""Parts of speech by spaCy's table of rules, each kind of word looked up once.

The rules ask for a word's letters, tag and label, so that what they say of a word holds for every other word that has
the same. The few rules about two words in a row ("gon", "na") are tried each time.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, LEMMA, LOWER, MORPH, POS, TAG
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

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
        self.phrases = Matcher(ruler.vocab, validate=False)
        rules: Any = ruler.patterns
        if long := [words for rule in rules for words in rule["patterns"] if len(words) > 1]:
            self.phrases.add("phrases", long)

    def __call__(self, doc: Doc) -> Doc:
        """Set parts of speech and morphology of one Doc."""
        untouched = not any(map(doc.has_annotation, ("POS", "MORPH", "LEMMA")))
        if not len(doc) or not untouched or self.phrases(doc, allow_missing=True):
            return self.ruler(doc)
        asked = doc.to_array(KEY)
        keys = [row.tobytes() for row in asked]
        if len(self.known) > MOST_KINDS:
            self.known.clear()
        if new := {key: i for i, key in enumerate(keys) if key not in self.known}:
            self._learn(doc, new)
        return doc.from_array(SET, np.stack([self.known[key] for key in keys]))  # type: ignore[arg-type] # spaCy's alias

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Set those of many Docs."""
        return map(self, stream)

    def _learn(self, doc: Doc, new: dict[bytes, int]) -> None:
        """Apply the rules to one word of each new kind, as a text of them alone."""
        at = list(new.values())
        alone = Doc(doc.vocab, words=[doc[i].text for i in at])
        alone.from_array([TAG, DEP], doc.to_array([TAG, DEP])[at])  # type: ignore[arg-type] # spaCy's alias
        self.known.update(zip(new, self.ruler(alone).to_array(SET), strict=True))
