"""Measure how far events can be trusted, on sentences that the judge was not trained on.

    python training/measure_events.py PLV.jsonl TRAINED_FOLDER

TRAINED_FOLDER holds ``events.onnx.gz`` and its tokenizer, made by train_events.py --measured. Read are the fifth of
PLV and of event_sentences.tsv that this leaves out. An event of the grammar's that has an actor in common with the
marked ones is right when its type is one that the gold gives to them. ``events.json`` gets the types, the scale from
which confidence is computed (Platt, 1999), and the confidence below which an event is left out.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import torch
from event_rows import MEASURED_ON, OWN, TYPES, Row, fifth, of_own, of_plv, shares_actor

from communique import language
from communique.evaluate.measures import Bands
from communique.judging import LEAST, NAME, Judge, Scale, Settings, case_of, chance_of, rule_of
from communique.networks import Network
from communique.records import Article

# Below this confidence one event of nine was right.
REJECT = 0.2


@dataclass(frozen=True)
class Measured:
    """An event of the grammar's: what kind of rule made it, how likely its type is, and whether it is right."""

    rule: str
    chance: float
    with_target: bool
    is_right: bool

    def confidence(self, scale: Scale) -> float:
        """Return the confidence in the grammar's type."""
        return scale.confidence(self.rule, self.chance, with_target=self.with_target)


def measured(rows: Sequence[Row], judge: Judge) -> Iterator[Measured]:
    """Yield the grammar's events between the marked actors of each row."""
    nlp = language.load(trained=False)
    articles = [Article("a-0", row.text, ((0, len(row.text)),), language="en") for row in rows]
    for row, doc in zip(rows, nlp.pipe(language.prepare(nlp, article) for article in articles), strict=True):
        right = {kind for kind, chance in zip(TYPES, row.chances, strict=True) if chance}
        events = [event for event in doc._.events if shares_actor(event, row)]
        for event, chances in zip(events, judge.chances(case_of(doc, event) for event in events), strict=True):
            with_target = bool(event.target or event.symmetric)
            yield Measured(rule_of(event), chance_of(event, chances), with_target, event.type in right)


def fitted(found: Sequence[Measured]) -> Scale:
    """Return the scale by logistic regression, drawn a little towards none of it mattering."""
    rules = sorted({one.rule for one in found})
    chances = torch.tensor([one.chance for one in found]).clamp(LEAST, 1 - LEAST)
    features = torch.stack(
        [
            torch.logit(chances),
            torch.tensor([float(one.with_target) for one in found]),
            torch.ones(len(found)),
            *(torch.tensor([float(one.rule == rule) for one in found]) for rule in rules),
        ],
        dim=1,
    )
    wanted = torch.tensor([float(one.is_right) for one in found])
    weights = torch.zeros(features.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(features @ weights, wanted, reduction="sum")
        loss = loss + 0.5 * (weights[3:] ** 2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    judged, with_target, start, *further = (round(weight, 3) for weight in weights.tolist())
    return Scale(
        judged, with_target, {rule: round(start + more, 3) for rule, more in zip(rules, further, strict=True)}
    )


def main() -> None:
    """Measure, write the settings, and print what they give."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plv", type=Path)
    parser.add_argument("trained", type=Path)
    options = parser.parse_args()
    rows = [*of_plv(options.plv, parts=[MEASURED_ON]), *(row for row in of_own(OWN) if fifth(row.text) == MEASURED_ON)]
    judge = Judge(Network(NAME, options.trained), Settings(tuple(TYPES), REJECT, Scale(1.0, 0.0, {})))
    found = list(measured(rows, judge))
    scale = fitted(found)
    doubted = [one for one in found if one.confidence(scale) < REJECT]
    settings = msgspec.json.encode(Settings(tuple(TYPES), REJECT, scale))
    (options.trained / f"{NAME}.json").write_bytes(msgspec.json.format(settings) + b"\n")
    bands = Bands()
    for one in found:
        bands.add(one.confidence(scale), one.is_right)
    print(f"{len(found)} events of {len(rows)} sentences, {sum(one.is_right for one in found)} right")
    print("\n".join(bands.lines()))
    print(f"not believed: {len(doubted)}, {sum(one.is_right for one in doubted)} of them right")
    print(scale)


if __name__ == "__main__":
    main()
