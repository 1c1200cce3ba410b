"""Train the judge of positions: whether a sentence of one side contradicts one of another, and how.

    python training/train_positions.py OUT_FOLDER [NEWS.jsonl[.gz] …] [--teacher MODEL_FOLDER] [--go-on FOLDER]

It learns from position_pairs.jsonl, groups of sentences written for this purpose, one group a line:

- "one": a sentence of one side;
- "yes": sentences of the other side that contradict it, each with the kind of contradiction;
- "no": sentences of the other side on the same matter that do not;
- "others": further sentences of the first side, each with the number of the "no" that contradicts it. No "yes" does;
- "later", "still", of some groups: the first side again, which has changed its position, or has not.

So every answer stands both in a pair that is a contradiction and in one that is none: a network that looked at the
answers alone would learn nothing (Gururangan et al., NAACL 2018, on what such networks else learn). Pairs across
groups, and of one side, are none.

The student is MiniLM-L6 (Wang et al., 2020; weights of all-MiniLM-L6-v2, Apache-2.0), whose vector of the first piece
and mean are read by one layer of 8 outputs: none, and the kinds. With ``--teacher``, a larger encoder in the form of
the transformers library (all-mpnet-base-v2, Apache-2.0) learns first, and the student learns from its chances beside
the labels (Hinton et al., 2015), and from those alone of all other pairs within a group. ``--go-on`` names the
OUT_FOLDER of an earlier run, whose teacher and student learn on. OUT_FOLDER gets ``positions.onnx.gz`` (int8 weights,
only the pieces of words that are frequent), ``positions.tokenizer.json``, and the weights in full, to go on from.

Needs the packages of the extra ``train``.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from pathlib import Path
from typing import Any, get_args

import torch
from encoding import Reader, batches, leave_out_all_but, own_tokenizer, padded
from event_rows import lines
from exporting import keep
from tokenizers import Tokenizer
from torch import Tensor, nn
from train_events import BASE, FIRST_PIECES, of_pieces

from communique.positions.answers import Kind
from communique.positions.judging import NAME, window

PAIRS = Path(__file__).with_name("position_pairs.jsonl")
NEWS = Path(__file__).with_name("position_news.jsonl")
KINDS: tuple[str, ...] = ("NONE", *get_args(Kind))
BATCH_PIECES = 1800
# The vocabulary is in the order of how often its pieces occur.
MOST_FREQUENT = 7_000
LEAST_OFTEN = 3
# Pairs across groups for each group in each pass.
ACROSS = 2
SAME = 0.15
PAIR = 2
# How much of what the student is to learn of a labelled pair is the label, the rest what the teacher says.
LABEL = 0.5
# What of a contradiction of unknown kind is told by the label.
SOME = "SOME"


@dataclass(frozen=True, slots=True)
class Group:
    """A line of the pairs."""

    one: str
    yes: tuple[tuple[str, str], ...]
    no: tuple[str, ...]
    others: tuple[tuple[int, str], ...]
    later: str = ""
    still: str = ""

    @property
    def sentences(self) -> list[str]:
        """All sentences."""
        own = [self.one, *(text for _, text in self.others), *filter(None, (self.later, self.still))]
        return [*own, *(answer for _, answer in self.yes), *self.no]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences; ``kind`` is a kind, "NONE", SOME or, where nothing is known, "".

    ``taught`` are the teacher's chances by kind.
    """

    one: str
    other: str
    kind: str
    taught: tuple[float, ...] = ()


def groups(path: Path, articles: Mapping[str, str]) -> list[Group]:
    """Return the groups of a file whose articles are among ``articles`` (texts by id)."""

    def told(sentence: str | list[Any]) -> str:
        if isinstance(sentence, str):
            return sentence
        article, start, end = sentence
        return " ".join(articles[article][start:end].split())

    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        try:
            found.append(
                Group(
                    told(one["one"]),
                    tuple((kind, told(answer)) for kind, answer in one["yes"]),
                    tuple(map(told, one["no"])),
                    tuple((number, told(text)) for number, text in one["others"]),
                    one.get("later", ""),
                    one.get("still", ""),
                )
            )
        except KeyError:
            continue  # its article is not given
    return found


def labelled(group: Group) -> Iterator[Pair]:
    """Yield the pairs of a group of which something is known."""
    for kind, answer in group.yes:
        yield Pair(group.one, answer, kind)
    for answer in group.no:
        yield Pair(group.one, answer, "NONE")
    for number, text in group.others:
        yield Pair(text, group.no[number], SOME)
        yield from (Pair(text, answer, "NONE") for _, answer in group.yes)
    if group.later:
        yield Pair(group.one, group.later, SOME)
    if group.still:
        yield Pair(group.one, group.still, "NONE")


def across(all_groups: Sequence[Group], draw: random.Random) -> Iterator[Pair]:
    """Yield pairs of sentences of two groups, and a few of a sentence with itself.

    Only of groups of several sentences: the others are pairs of unrelated sentences as they are.
    """
    for group in all_groups:
        if len(group.sentences) == PAIR:
            continue
        for other in draw.sample(all_groups, ACROSS):
            if other is not group:
                yield Pair(draw.choice(group.sentences), draw.choice(other.sentences), "NONE")
        if draw.random() < SAME:
            sentence = draw.choice(group.sentences)
            yield Pair(sentence, sentence, "NONE")


def unlabelled(group: Group) -> Iterator[Pair]:
    """Yield the pairs of a group of which nothing is known, one in two."""
    known = {frozenset((pair.one, pair.other)) for pair in labelled(group)}
    pairs = (pair for pair in combinations(group.sentences, 2) if frozenset(pair) not in known)
    for one, other in islice(pairs, 0, None, 2):
        yield Pair(one, other, "")


class Net(Reader):
    """Reads the vector of the first piece and the mean of all."""

    def __init__(self, base: Path) -> None:
        super().__init__(base, 2, len(KINDS))

    def forward(self, pieces: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the scores (rows × kinds) of pieces (rows × pieces)."""
        if mask is None:
            mask = torch.ones_like(pieces)
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        counted = mask[:, :, None].to(hidden.dtype)
        mean = (hidden * counted).sum(1) / counted.sum(1)
        scores: Tensor = self.out(self.dropout(torch.cat([hidden[:, 0], mean], dim=1)))
        return scores


class Chances(nn.Module):
    """What is exported: chances in place of scores."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, pieces: Tensor) -> Tensor:
        """Return the chances (rows × kinds)."""
        chances: Tensor = self.net(pieces).softmax(1)
        return chances


Row = tuple[list[int], Pair]


def loss_of(scores: Tensor, batch: Sequence[Row]) -> Tensor:
    """Return the mean loss: by the labels, of a contradiction of unknown kind that it is some, and by the teacher."""
    logs = scores.float().log_softmax(1)
    some = torch.logsumexp(logs[:, 1:], 1)
    losses = []
    for i, (_, pair) in enumerate(batch):
        told = some[i] if pair.kind == SOME else logs[i, KINDS.index(pair.kind)] if pair.kind else None
        taught = (torch.tensor(pair.taught) * logs[i]).sum() if pair.taught else None
        both = [one for one in (told, taught) if one is not None]
        weights = [LABEL, 1 - LABEL] if len(both) > 1 else [1.0]
        losses.append(-sum(w * one for w, one in zip(weights, both, strict=True)))
    return torch.stack([torch.as_tensor(one) for one in losses]).mean()


def train(
    net: Net, pairs: Sequence[Pair], all_groups: Sequence[Group], tokenizer: Tokenizer, *, epochs: float, rate: float,
    seed: int,
) -> None:  # fmt: skip
    """Train in place; each pass has other pairs across groups, and each pair in one of its two orders."""
    draw = random.Random(seed)
    pad = net.encoder.config.pad_token_id or 0
    optimiser = torch.optim.AdamW(
        [{"params": net.encoder.parameters(), "lr": rate}, {"params": net.out.parameters(), "lr": 1e-3}],
        weight_decay=0.01,
    )

    def drawn() -> list[list[Row]]:
        rows = []
        for pair in [*pairs, *across(all_groups, draw)]:
            a, b = (pair.one, pair.other) if draw.random() < 0.5 else (pair.other, pair.one)
            rows.append((window(a, b, tokenizer), pair))
        return batches(rows, lambda row: len(row[0]), BATCH_PIECES, draw)

    steps = int(epochs * len(drawn()))
    step, start = 0, time.time()
    net.train()
    while step < steps:
        total, counted = 0.0, 0
        for batch in drawn():
            if step >= steps:
                break
            factor = min(1.0, (step + 1) / (0.08 * steps)) * max(0.02, 1 - step / steps)
            for group, own in zip(optimiser.param_groups, (rate, 1e-3), strict=True):
                group["lr"] = own * factor
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = net(*padded([pieces for pieces, _ in batch], pad))
            loss = loss_of(scores, batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            step, total, counted = step + 1, total + loss.item(), counted + 1
            if step % 100 == 0:
                print(f"step {step}/{steps} {total / counted:.4f} {time.time() - start:.0f} s", flush=True)
                total, counted = 0.0, 0


@torch.no_grad()
def chances(net: Net, pairs: Sequence[Pair], tokenizer: Tokenizer) -> Tensor:
    """Return the chances (pairs × kinds), the mean of both orders."""
    net.eval()
    pad = net.encoder.config.pad_token_id or 0
    made = torch.zeros(len(pairs), len(KINDS))
    for turned in (False, True):
        windows = [window(*((p.other, p.one) if turned else (p.one, p.other)), tokenizer) for p in pairs]
        order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
        for begin in range(0, len(order), 24):
            part = order[begin : begin + 24]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                made[part] += net(*padded([windows[i] for i in part], pad)).float().softmax(1) / 2
    return made


def frequent(tokenizer: Tokenizer, texts: Iterable[str]) -> list[int]:
    """Return the pieces to keep: the most frequent of English and of the texts, and single characters."""
    counts = Counter(i for text in texts for i in tokenizer.encode(text, add_special_tokens=False).ids)
    found = {i for i, count in counts.items() if count >= LEAST_OFTEN}
    alone = {i for word, i in tokenizer.get_vocab().items() if len(word.removeprefix("##")) == 1}
    return sorted({*range(MOST_FREQUENT), *found, *alone})


def save(net: Net, tokenizer: Tokenizer, folder: Path) -> None:
    """Write the network with int8 weights, and its tokenizer."""
    tokenizer.save(str(folder / f"{NAME}.tokenizer.json"), pretty=False)
    net.eval()
    plain = folder / f"{NAME}.float.onnx"
    torch.onnx.export(
        Chances(net),
        (torch.randint(FIRST_PIECES, 2000, (2, 16)),),
        str(plain),
        input_names=["pieces"],
        output_names=["chances"],
        dynamic_axes={"pieces": {0: "window", 1: "piece"}, "chances": {0: "window"}},
        opset_version=17,
        dynamo=False,
    )
    keep(plain, folder / f"{NAME}.onnx.gz")


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("news", type=Path, nargs="*")
    parser.add_argument("--teacher", type=Path, help="folder of an encoder's weights")
    parser.add_argument("--go-on", type=Path, help="folder of an earlier run")
    parser.add_argument("--teacher-epochs", type=float, default=1.5)
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    articles = {row["id"]: row["text"] for path in options.news for row in lines(path)}
    known = [*groups(PAIRS, articles), *groups(NEWS, articles)]
    pairs = [pair for group in known for pair in labelled(group)]
    print(f"{len(known)} groups, {len(pairs)} pairs", flush=True)
    if options.teacher:
        wide = own_tokenizer(options.teacher)
        teacher = Net(options.teacher)
        weights = options.out / "teacher.pt"
        if weights.exists():
            teacher.load_state_dict(torch.load(weights))
        else:
            if options.go_on:
                teacher.load_state_dict(torch.load(options.go_on / "teacher.pt"))
            train(teacher, pairs, known, wide, epochs=options.teacher_epochs, rate=3e-5, seed=options.seed)
            torch.save(teacher.state_dict(), weights)
        pairs += [pair for group in known for pair in unlabelled(group)]
        said = chances(teacher, pairs, wide).tolist()
        pairs = [replace(pair, taught=tuple(one)) for pair, one in zip(pairs, said, strict=True)]
    whole = own_tokenizer(BASE)
    if options.go_on:
        words = json.loads((options.go_on / f"{NAME}.tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        vocabulary = whole.get_vocab()
        kept = [vocabulary[word] for word in words]
    else:
        kept = frequent(whole, (text for group in known for text in group.sentences))
    tokenizer = of_pieces(whole, kept)
    student = Net(BASE)
    print(f"{len(kept)} pieces", flush=True)
    leave_out_all_but(student.encoder, kept)
    if options.go_on:
        student.load_state_dict(torch.load(options.go_on / f"{NAME}.pt"))
    train(student, pairs, known, tokenizer, epochs=options.epochs, rate=1.2e-4, seed=options.seed)
    torch.save(student.state_dict(), options.out / f"{NAME}.pt")
    save(student, tokenizer, options.out)


if __name__ == "__main__":
    main()
