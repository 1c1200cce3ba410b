"""Trained networks: what they read at once, and in which order they answer."""

from pathlib import Path

import numpy as np
import pytest

from communique.errors import ModelError
from communique.networks import MOST_PIECES, Network, Vectors, settings
from communique.trained import is_trained

pytestmark = pytest.mark.skipif(not is_trained("attribution"), reason="the tagger's trained files are not installed")

SENTENCES = [
    "The mayor said the bridge was safe .",
    "Rain fell .",
    "A judge told reporters the trial would start .",
    "Snow fell .",
    "Oslo denied that the ship had sunk .",
]


@pytest.fixture(scope="module")
def network() -> Network:
    return Network("attribution")


def window(network: Network, sentence: str) -> list[int]:
    return [101, *(piece for word in sentence.split() for piece in network.pieces(word)), 102]


def read(network: Network, windows: list[list[int]]) -> list[tuple[Vectors, ...]]:
    return list(network.read(windows))


def test_windows_are_answered_in_their_order_each_with_its_own_scores(network: Network) -> None:
    windows = [window(network, sentence) for sentence in SENTENCES]
    assert len({len(one) for one in windows}) < len(windows)  # some are read together
    together = read(network, windows)
    for pieces, (cue, as_cue, as_word) in zip(windows, together, strict=True):
        assert cue.shape == (len(pieces), 3)
        assert as_cue.shape == (len(pieces), 2 * as_word.shape[1]) and len(as_word) == len(pieces)
        ((alone, _, _),) = read(network, [pieces])
        assert np.abs(cue - alone).max() < 1e-4


def test_any_number_of_windows_of_one_length_is_read(network: Network) -> None:
    one = window(network, SENTENCES[0])
    many = MOST_PIECES // len(one) * 2 + 1
    cues = [cue for cue, _, _ in read(network, [one] * many)]
    assert len(cues) == many and all(np.allclose(cue, cues[0], atol=1e-4) for cue in cues)
    assert read(network, []) == []


def test_what_is_missing_or_unfit_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"trained/nobody: .*reinstall communique"):
        settings("nobody", dict)
    with pytest.raises(ModelError, match="trained/attribution"):
        settings("attribution", list)
    (tmp_path / "attribution.tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match="trained/attribution"):
        Network("attribution", tmp_path)
