"""What trained networks share in training: tokenizer, batches of windows, an encoder with a layer, fewer pieces."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

T = TypeVar("T")


class Reader(nn.Module):
    """An encoder, and one layer that reads so many of its vectors, joined."""

    def __init__(self, base: Path, vectors: int, outputs: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(base), add_pooling_layer=False, attn_implementation="eager")
        self.dropout = nn.Dropout(0.1)
        self.out = nn.Linear(vectors * self.encoder.config.hidden_size, outputs)


def own_tokenizer(base: Path) -> Tokenizer:
    """Return the tokenizer of an encoder, which neither cuts nor fills up."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def batches(rows: Sequence[T], length: Callable[[T], int], most: int, draw: random.Random) -> list[list[T]]:
    """Return the rows in batches of about the same length and at most so many pieces, in random order."""
    made: list[list[T]] = [[]]
    for row in sorted(rows, key=lambda row: length(row) + draw.random() * 8):
        if made[-1] and (len(made[-1]) + 1) * length(row) > most:
            made.append([])
        made[-1].append(row)
    draw.shuffle(made)
    return made


def padded(windows: Sequence[Sequence[int]], pad: int) -> tuple[Tensor, Tensor]:
    """Return the pieces of windows, filled up to one length, and the mask of what is no filling."""
    width = max(map(len, windows))
    pieces = torch.full((len(windows), width), pad, dtype=torch.long)
    mask = torch.zeros(len(windows), width, dtype=torch.long)
    for i, window in enumerate(windows):
        pieces[i, : len(window)] = torch.tensor(window)
        mask[i, : len(window)] = 1
    return pieces, mask


def leave_out_all_but(encoder: Any, pieces: Sequence[int]) -> None:
    """Leave out what an encoder knows of all other pieces; the kept ones are numbered anew."""
    known = encoder.embeddings.word_embeddings.weight.data
    encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(
        known[list(pieces)].clone(), freeze=False, padding_idx=0
    )
    encoder.config.vocab_size = len(pieces)
