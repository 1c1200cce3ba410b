"""Trained networks: pieces of words in, scores out, without the library that they were trained with."""

import gzip
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from communique.errors import ModelError

T = TypeVar("T")
Vectors = npt.NDArray[np.float32]

UNKNOWN = 100
# What is read at once: more gains no time, and a page may be of any size.
MOST_PIECES = 512
# The runtime's own fused form of this step is slower than the two that it fuses, by a sixth of the whole time. It
# changes no score of a window read alone by more than rounding does.
SLOW = ["SkipLayerNormFusion"]
# More threads gain nothing on so small a network. How many there are changes no score.
MAX_THREADS = 4


def settings(name: str, kind: type[T]) -> T:
    """Return the settings of the package's network ``name``. Raises ModelError when they are missing or unfit."""
    file = files("communique").joinpath("trained", f"{name}.json")
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelError(str(error), where=f"trained/{name}", remedy="reinstall communique") from error


class Network:
    """The network ``name`` with its vocabulary, of a folder of trained files; without one, those of the package.

    Raises ModelError when the trained files are missing or unfit.
    """

    def __init__(self, name: str, folder: Traversable | None = None) -> None:
        folder = folder or files("communique").joinpath("trained")
        try:
            self.tokenizer = Tokenizer.from_buffer(folder.joinpath(f"{name}.tokenizer.json").read_bytes())
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = min(MAX_THREADS, _cores())
            self.session = onnxruntime.InferenceSession(
                gzip.decompress(folder.joinpath(f"{name}.onnx.gz").read_bytes()),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=SLOW,
            )
        except Exception as error:  # the two libraries' errors have no base of their own
            raise ModelError(str(error), where=f"trained/{name}", remedy="reinstall communique") from error
        self.pieces = lru_cache(maxsize=50_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        return tuple(self.tokenizer.encode(word, add_special_tokens=False).ids) or (UNKNOWN,)

    def read(
        self, windows: Sequence[Sequence[int]], further: Mapping[str, Sequence[Sequence[int]]] | None = None
    ) -> Iterator[tuple[Vectors, ...]]:
        """Yield the network's outputs for each window of pieces, in the windows' order.

        ``further`` are inputs beside the pieces, by name, a row for each window. Windows of one length are read at
        once. Where a network's scales are not fixed, as the judges' are not, each then changes the others' scores a
        little, by the largest number of all: what is to have the same scores at any time must be read in the same
        company.
        """
        alike: dict[int, list[int]] = {}
        for i, window in enumerate(windows):
            alike.setdefault(len(window), []).append(i)
        outputs: dict[int, tuple[Vectors, ...]] = {}
        for batch in (part for length, same in alike.items() for part in _parts(same, MOST_PIECES // length or 1)):
            inputs = {"pieces": [windows[i] for i in batch]}
            inputs |= {name: [rows[i] for i in batch] for name, rows in (further or {}).items()}
            found = self.session.run(None, {name: np.array(rows, dtype=np.int64) for name, rows in inputs.items()})
            outputs.update(zip(batch, zip(*found, strict=True), strict=True))
        return (outputs[i] for i in range(len(windows)))


def _parts(indices: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    return (indices[start : start + most] for start in range(0, len(indices), most))


def _cores() -> int:
    """How many processor cores this process may use; who codes with several processes gives one to each."""
    if (given := os.environ.get("OMP_NUM_THREADS", "")).isdecimal():
        return max(1, int(given))
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
