"""Words of one kind: those that are alike in all that is asked of them."""

from typing import Any

import numpy as np
import numpy.typing as npt


def kinds(asked: npt.NDArray[Any]) -> list[bytes]:
    """Return what names the kind of each word, of a row of attributes for each (n × attributes)."""
    rows = np.ascontiguousarray(asked)
    as_bytes: Any = rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize)))
    found: list[bytes] = as_bytes.ravel().tolist()
    return found
