"""Make the attribution tagger small and quick: fewer heads and neurons, taught by the network they are taken from.

    python training/shrink_attribution.py GOLD.jsonl[.gz] FOLDER [TEXTS.jsonl[.gz] …]

FOLDER holds ``attribution.pt`` as training/train_attribution.py makes it, the teacher; it gets
``attribution.onnx.gz`` with int8 weights and fixed scales (attribution_export), and ``attribution.small.pt``, the
weights in full. GOLD is what the teacher was trained on, TEXTS ({"text"} a line) are further news without gold.

In each layer, heads of attention and the neurons between its two last products are left out one by one, always the one
whose loss changes least what the layer gives once the others have taken its part by least squares (Hassibi and Stork,
1993, for groups of weights). The smaller network then learns what the teacher says of each window: its last vectors,
its chances of cues, and of the roles of words about what may be a cue (Hinton et al., 2015), and of GOLD also the
labels.

Needs the packages of the extra ``train``.
"""

import argparse
import copy
import gzip
import math
import random
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import spacy
import torch
from attribution_export import exported, ranges
from encoding import batches, own_tokenizer, padded
from event_rows import lines
from torch import Tensor, nn
from train_attribution import BASE, BATCH_PIECES, PAD, RANK, ROLES, Network, Window, loss_of, windows

LAYERS = 6
# What is added to the diagonal, as a share of its mean: neurons that always say the same could not be told apart.
RIDGE = 1e-4
# The teacher's chance of being in a cue from which on it is learned what it takes for source and content.
MAYBE = 0.1
RATE = 2e-4
LABELS = 0.5
CHANCES = 2.0


def slimmed(network: Network, data: Sequence[Tensor], *, heads: int, neurons: int) -> None:
    """Leave only so many heads and neurons in each layer, in place; each is measured behind those already slim."""
    network.eval()
    layers: Any = network.encoder.encoder.layer
    for number, layer in enumerate(layers, 1):
        attention, joined = layer.attention.self, layer.attention.output.dense
        size = attention.attention_head_size
        kept, weights, lost = _fewer(_alike(network, joined, data), joined, heads, size)
        for part in ("query", "key", "value"):
            before = getattr(attention, part)
            setattr(attention, part, _linear(before.weight[kept], before.bias[kept]))
        layer.attention.output.dense = _linear(weights, joined.bias)
        attention.num_attention_heads, attention.all_head_size = heads, heads * size
        first, second = layer.intermediate.dense, layer.output.dense
        kept, weights, lost_too = _fewer(_alike(network, second, data), second, neurons, 1)
        layer.intermediate.dense = _linear(first.weight[kept], first.bias[kept])
        layer.output.dense = _linear(weights, second.bias)
        print(f"layer {number}: of the energy lost {lost:.4f} by heads, {lost_too:.4f} by neurons", flush=True)


def _alike(network: Network, product: nn.Module, data: Sequence[Tensor]) -> Tensor:
    """How alike the inputs of a product are (inputs × inputs): the sums of their products over all pieces."""
    found: list[Tensor] = []

    def hook(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        given = inputs[0].flatten(0, 1)
        new = (given.T @ given).double()
        found[:] = [found[0] + new] if found else [new]

    watch = product.register_forward_pre_hook(hook)
    with torch.no_grad():
        for window in data:
            network.encoder(input_ids=window, attention_mask=torch.ones_like(window))
    watch.remove()
    return found[0] + torch.eye(len(found[0]), dtype=torch.float64) * found[0].diagonal().mean() * RIDGE


def _fewer(alike: Tensor, product: nn.Linear, most: int, size: int) -> tuple[Tensor, Tensor, float]:
    """Which inputs stay, in groups of ``size``; the weights with which they say most of it; the share that is lost."""
    before = product.weight.detach().double().T
    inverse, weights = torch.linalg.inv(alike), before.clone()
    groups = list(torch.arange(len(before)).split(size))
    while len(groups) > most:
        costs = []
        for group in groups:
            own = weights[group]
            costs.append(float((own * torch.linalg.solve(inverse[group][:, group], own)).sum()))
        gone = groups.pop(min(range(len(costs)), key=costs.__getitem__))
        share = inverse[:, gone] @ torch.linalg.inv(inverse[gone][:, gone])
        weights, inverse = weights - share @ weights[gone], inverse - share @ inverse[gone]
    kept = torch.cat(groups)
    after = torch.linalg.solve(alike[kept][:, kept], alike[kept] @ before)
    change = before.clone()
    change[kept] -= after
    lost = float((change.T @ alike @ change).trace() / (before.T @ alike @ before).trace())
    return kept, after.T.float(), lost


def _linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    layer = nn.Linear(weight.shape[1], weight.shape[0])
    layer.weight, layer.bias = nn.Parameter(weight.detach().clone()), nn.Parameter(bias.detach().clone())
    return layer


def unlike(network: Network, teacher: Network, batch: Sequence[Window]) -> Tensor:
    """Return how much a network says otherwise than its teacher, per piece and word."""
    pieces, mask = padded([window.pieces for window in batch], PAD)
    hidden, *own = _said(network, pieces, mask)
    with torch.no_grad():
        taught, *theirs = _said(teacher, pieces, mask)
    loss = ((hidden - taught) ** 2).mean(dim=-1)[mask == 1].mean()
    cues, roles, words = [], [], 0
    for i, window in enumerate(batch):
        firsts = torch.tensor(window.firsts)
        words += len(firsts)
        cues.append(_divergence(own[0][i, firsts], theirs[0][i, firsts]))
        chances = 1 - theirs[0][i, firsts].softmax(dim=-1)[:, 0]
        anchors = firsts[chances > MAYBE]
        if len(anchors):
            scores, right = (_roles(as_cue[i, anchors], as_word[i, firsts]) for _, as_cue, as_word in (own, theirs))
            roles.append((_divergence(scores, right) * chances[chances > MAYBE][:, None]).sum())
    loss = loss + CHANCES * torch.cat(cues).mean()
    return loss + CHANCES * torch.stack(roles).sum() / words if roles else loss


def _said(network: Network, pieces: Tensor, mask: Tensor) -> list[Tensor]:
    hidden = network.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
    word = network.as_word(hidden)
    as_word = torch.cat([word, torch.ones_like(word[..., :1])], dim=-1)
    return [one.float() for one in (hidden, network.cue(hidden), network.as_cue(hidden), as_word)]


def _roles(as_cue: Tensor, as_word: Tensor) -> Tensor:
    """The scores (cues × words × 3) of a word as none, source and content of a cue."""
    made = as_cue.view(len(as_cue), len(ROLES), RANK + 1)
    scores = torch.einsum("ark,tk->atr", made, as_word) / math.sqrt(RANK)
    return torch.cat([torch.zeros_like(scores[..., :1]), scores], dim=-1)


def _divergence(scores: Tensor, right: Tensor) -> Tensor:
    one, other = scores.log_softmax(dim=-1), right.log_softmax(dim=-1)
    return nn.functional.kl_div(one, other, reduction="none", log_target=True).sum(dim=-1)


def taught(
    network: Network, teacher: Network, labelled: Sequence[Window], further: Sequence[Window], *, minutes: float,
    seed: int,
) -> None:  # fmt: skip
    """Train in place, for so many minutes; the rate falls with the time that is left."""
    draw, start, step = random.Random(seed), time.time(), 0
    gold = set(map(id, labelled))
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    network.train()
    for module in network.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
    teacher.eval()
    while True:
        total = 0.0
        made = batches([*labelled, *further], lambda window: len(window.pieces), BATCH_PIECES, draw)
        for number, batch in enumerate(made, 1):
            passed = (time.time() - start) / 60
            if passed >= minutes:
                return
            step += 1
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, step / 150) * max(0.01, 1 - passed / minutes)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = unlike(network, teacher, batch)
                known = [window for window in batch if id(window) in gold]
                if known:
                    loss = loss + LABELS * loss_of(network, known)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
            if number % 100 == 0:
                print(f"{step} {total / number:.4f} {passed:.0f} of {minutes:.0f} minutes", flush=True)


def main() -> None:
    """Shrink, teach and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("--heads", type=int, default=8, help="of each layer")
    parser.add_argument("--neurons", type=int, default=512, help="of each layer")
    parser.add_argument("--measured", type=int, default=1000, help="windows that heads and scales are measured on")
    parser.add_argument("--minutes", type=float, default=75)
    parser.add_argument("--hold-out", type=int, default=84)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    tokenizer = own_tokenizer(BASE)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")

    def made(rows: Iterable[dict[str, Any]]) -> list[Window]:
        return [window for row in rows for window in windows({"attributions": [], **row}, nlp, tokenizer)]

    gold = list(lines(options.gold))
    labelled = made(gold[: len(gold) - options.hold_out])
    further = made(row for path in options.texts for row in lines(path))
    teacher = Network(LAYERS)
    teacher.load_state_dict(torch.load(options.folder / "attribution.pt", weights_only=True))
    chosen = random.Random(options.seed).sample(labelled, min(options.measured, len(labelled)))
    data = [torch.tensor([window.pieces]) for window in chosen]
    network = copy.deepcopy(teacher)
    slimmed(network, data, heads=options.heads, neurons=options.neurons)
    taught(network, teacher, labelled, further, minutes=options.minutes, seed=options.seed)
    torch.save(network.state_dict(), options.folder / "attribution.small.pt")
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    kept = exported(weights, ranges(network, data)).SerializeToString()
    (options.folder / "attribution.onnx.gz").write_bytes(gzip.compress(kept, 9, mtime=0))


if __name__ == "__main__":
    main()
