"""Measure how far events can be trusted, on sentences that the judge was not trained on.

    python training/measure_events.py PLV.jsonl TRAINED_FOLDER

TRAINED_FOLDER holds ``events.onnx`` and its tokenizer, made by train_events.py --measured. Read are the fifth of PLV
and of event_sentences.tsv that this leaves out. An event of the grammar's that has an actor in common with the marked
ones is right when its type is one that the gold gives to them. ``events.json`` gets the types, the scale from which
confidence is computed (Platt, 1999), and the chance of "NONE" from which an event is left out.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import torch
from train_events import MEASURED_ON, OWN, TYPES, Row, fifth, of_own, of_plv

from communique import language
from communique.evaluate.measures import Bands
from communique.judging import LEAST, NAME, NO_EVENT, Judge, Scale, Settings, case_of, chance_of, rule_of
from communique.networks import Network
from communique.records import Article, Event

# An event is left out when it is this unlikely that its sentence tells of any between its actors.
REJECT = 0.9


@dataclass(frozen=True)
class Measured:
    """An event of the grammar's: what kind of rule made it, how likely are its type and none, whether it is right."""

    rule: str
    chance: float
    none: float
    with_target: bool
    is_right: bool


def measured(rows: Sequence[Row], judge: Judge) -> Iterator[Measured]:
    """Yield the grammar's events between the marked actors of each row."""
    nlp = language.load(trained=False)
    articles = [Article("a-0", row.text, ((0, len(row.text)),), language="en") for row in rows]
    for row, doc in zip(rows, nlp.pipe(language.prepare(nlp, article) for article in articles), strict=True):
        right = {kind for kind, chance in zip(TYPES, row.chances, strict=True) if chance}
        events = [event for event in doc._.events if shares_actor(event, row)]
        for event, chances in zip(events, judge.chances(case_of(doc, event) for event in events), strict=True):
            with_target = bool(event.target or event.symmetric)
            yield Measured(
                rule_of(event), chance_of(event, chances), chances[NO_EVENT], with_target, event.type in right
            )


def shares_actor(event: Event, row: Row) -> bool:
    """Tell whether one of the event's actors is one of the marked ones."""
    mentions = [actor.mention for actor in (*event.source, *event.target) if actor.mention is not None]
    return any(m.start < end and start < m.end for m in mentions for start, end in (*row.source, *row.target))


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
    start = Settings(tuple(TYPES), REJECT, Scale(1.0, 0.0, {}))
    found = list(measured(rows, Judge(Network(NAME, options.trained), start)))
    scale = fitted(found)
    settings = msgspec.json.encode(Settings(start.types, REJECT, scale))
    (options.trained / f"{NAME}.json").write_bytes(msgspec.json.format(settings) + b"\n")
    bands = Bands()
    for one in found:
        bands.add(scale.confidence(one.rule, one.chance, with_target=one.with_target), one.is_right)
    print(f"{len(found)} events of {len(rows)} sentences, {sum(one.is_right for one in found)} right")
    print("\n".join(bands.lines()))
    for bound in (0.5, 0.7, 0.8, 0.9, 0.95, 0.98):
        out = [one for one in found if one.none > bound]
        print(f"NONE above {bound}: {len(out)} events, {sum(one.is_right for one in out)} of them right")
    print(scale)


if __name__ == "__main__":
    main()
