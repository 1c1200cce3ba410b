"""Words as vectors before their neighbours are looked at, each kind of word worked out once.

That vector depends on nothing but a word's letters, and is a third of the work of reading a text.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from thinc.api import Model

from communique.quick.kinds import kinds

# A layer of spaCy's for the letters of words: what they are, as vectors, as one vector.
PARTS = ("extract_features", "list2ragged", "with_array(ints", "with_array(maxout", "ragged2list")
# What is remembered is forgotten when it is more, some 30 MB; a million words of news have half of that.
MOST_KINDS = 60_000


def is_by_word(embed: Model[Any, Any]) -> bool:
    """Tell whether a layer is of the one kind that is known here."""
    names = [layer.name for layer in embed.layers]
    return len(names) == len(PARTS) and all(map(str.startswith, names, PARTS))


def remembered(embed: Model[Any, Any]) -> Model[list[Doc], list[npt.NDArray[np.float32]]]:
    """Return a layer that gives what ``embed`` would, to the last bit.

    ``embed`` must have Thinc's own products of matrices, which give a row the same result in any company.
    """
    features, _, as_vectors, as_one, _ = embed.layers
    columns = features.attrs["columns"]
    rows: dict[bytes, int] = {}
    vectors = np.empty((MOST_KINDS, embed.get_dim("nO")), dtype=np.float32)

    def forward(
        model: Model[list[Doc], list[npt.NDArray[np.float32]]], docs: list[Doc], is_train: bool
    ) -> tuple[list[npt.NDArray[np.float32]], Any]:
        return [of(doc) for doc in docs], None

    def of(doc: Doc) -> npt.NDArray[np.float32]:
        nonlocal vectors
        asked = doc.to_array(columns).reshape(len(doc), len(columns))
        keys = kinds(asked)
        if len(rows) + len(keys) > len(vectors):
            rows.clear()
            vectors = np.empty((max(MOST_KINDS, len(keys)), vectors.shape[1]), dtype=np.float32)
        if new := {key: i for i, key in enumerate(keys) if key not in rows}:
            made = as_one.predict(as_vectors.predict(asked[list(new.values())]))
            vectors[len(rows) : len(rows) + len(new)] = made
            rows.update(zip(new, range(len(rows), len(rows) + len(new)), strict=True))
        return vectors[[rows[key] for key in keys]]

    return Model("remembered", forward, dims={"nO": embed.get_dim("nO")})
