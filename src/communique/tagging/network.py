"""The trained network: pieces of words in, vectors of words out. It runs on one core, without the training library."""

from collections.abc import Sequence
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


class Settings(msgspec.Struct, frozen=True):
    """What calibration found: the chance from which a word counts as one of a cue."""

    threshold: float


class Network:
    """The network with its vocabulary and settings. Raises ModelError when the trained files are missing or unfit."""

    def __init__(self) -> None:
        folder = files("communique").joinpath("trained")
        try:
            self.settings = msgspec.json.decode(folder.joinpath("attribution.json").read_bytes(), type=Settings)
            self.tokenizer = Tokenizer.from_buffer(folder.joinpath("attribution.tokenizer.json").read_bytes())
            options = onnxruntime.SessionOptions()
            # One core for one process, as spaCy has it: who wants more starts more processes.
            options.intra_op_num_threads = 1
            self.session = onnxruntime.InferenceSession(
                folder.joinpath("attribution.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the three libraries' errors have no base of their own
            raise ModelError(str(error), where="trained/attribution", remedy="reinstall communique") from error
        self.pieces = lru_cache(maxsize=50_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        return tuple(self.tokenizer.encode(word, add_special_tokens=False).ids) or (UNKNOWN,)

    def read(self, pieces: Sequence[int], capitals: Sequence[int]) -> tuple[Vectors, Vectors, Vectors]:
        """Return scores and vectors, as tags.py takes them, of each piece of a window."""
        window = {"pieces": np.array([pieces], dtype=np.int64), "capitals": np.array([capitals], dtype=np.int64)}
        cue, as_cue, as_word = self.session.run(None, window)
        return cue[0], as_cue[0].reshape(len(pieces), -1, as_word.shape[2]), as_word[0]
