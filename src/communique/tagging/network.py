"""The trained network: pieces of words in, vectors of words out, without the library that it was trained with."""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec
import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from communique.errors import ModelError

Vectors = npt.NDArray[np.float32]

UNKNOWN = 100
# What is read at once: more gains no time, and a page may be of any size.
MOST_PIECES = 512
# The runtime's own fused form of this step is slower than the two that it fuses, by a sixth of the whole time. It
# changes no score of a paragraph read alone by more than rounding does.
SLOW = ["SkipLayerNormFusion"]
# More threads gain nothing on so small a network. How many there are changes no score.
MAX_THREADS = 4


class Settings(msgspec.Struct, frozen=True):
    """What was found best: the chance from which a word counts as one of a cue, and for a cue without a source."""

    threshold: float
    without_source: float


class Network:
    """The network with its vocabulary and settings. Raises ModelError when the trained files are missing or unfit."""

    def __init__(self) -> None:
        folder = files("communique").joinpath("trained")
        try:
            self.settings = msgspec.json.decode(folder.joinpath("attribution.json").read_bytes(), type=Settings)
            self.tokenizer = Tokenizer.from_buffer(folder.joinpath("attribution.tokenizer.json").read_bytes())
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = min(MAX_THREADS, _cores())
            self.session = onnxruntime.InferenceSession(
                folder.joinpath("attribution.onnx").read_bytes(),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=SLOW,
            )
        except Exception as error:  # the three libraries' errors have no base of their own
            raise ModelError(str(error), where="trained/attribution", remedy="reinstall communique") from error
        self.pieces = lru_cache(maxsize=50_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        return tuple(self.tokenizer.encode(word, add_special_tokens=False).ids) or (UNKNOWN,)

    def read(self, windows: Sequence[Sequence[int]]) -> Iterator[tuple[Vectors, Vectors, Vectors]]:
        """Yield scores and vectors, as tags.py takes them, of each piece of each window, in the windows' order.

        Windows of one length are read at once. Each then changes the others' scores a little, since the int8 network
        scales its numbers by the largest of all: what is to have the same scores at any time must be read in the same
        company. Windows of about one length are not filled up to be read at once: that costs half a point of F1.
        """
        alike: dict[int, list[int]] = {}
        for i, window in enumerate(windows):
            alike.setdefault(len(window), []).append(i)
        vectors: dict[int, tuple[Vectors, Vectors, Vectors]] = {}
        for batch in (part for length, same in alike.items() for part in _parts(same, MOST_PIECES // length or 1)):
            pieces = np.array([windows[i] for i in batch], dtype=np.int64)
            cue, as_cue, as_word = self.session.run(None, {"pieces": pieces, "mask": np.ones_like(pieces)})
            as_cue = as_cue.reshape(*pieces.shape, -1, as_word.shape[2])
            vectors.update(zip(batch, zip(cue, as_cue, as_word, strict=True), strict=True))
        return (vectors[i] for i in range(len(windows)))


def _parts(indices: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    return (indices[start : start + most] for start in range(0, len(indices), most))


def _cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
