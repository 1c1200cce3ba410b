"""Make the sentences without labels from which the judge's student learns what its teacher says.

    python training/event_candidates.py OUT.jsonl TEXTS.jsonl[.gz] … [--texts 2500] [--characters 1500]

TEXTS hold an object a line with a "text" (NGEC's synthetic stories, PolNeAR's training part, GeoVirus, GeoWebNews).
OUT gets {"text", "source", "target"} a line, spans in code points: the sentences of the grammar's events with their
actors, and a third of the sentences with two actors, of whom two are drawn at random.
"""

import argparse
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from event_rows import lines
from spacy.tokens import Doc, Span

from communique import language
from communique.judging import case_of
from communique.records import Article

LONGEST = 500
SHARE = 0.35


def article(text: str) -> Article:
    """Return a text whose lines are paragraphs as an article."""
    return Article("a-0", text, tuple(line.span() for line in re.finditer(r"[^\n]+", text)), language="en")


def candidates(doc: Doc, draw: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the sentences of events, then those of pairs of actors."""
    for event in doc._.events:
        case = case_of(doc, event)
        if case.source or case.target:
            yield {"text": case.text, "source": case.source, "target": case.target}
    for sentence in doc.sents:
        present = [mention for mention in doc._.actors.within(sentence.start, sentence.end) if mention.actors]
        if len(present) > 1 and draw.random() < SHARE:
            one, other = (_inside(mention.record(doc), sentence) for mention in draw.sample(present, 2))
            yield {"text": sentence.text.rstrip(), "source": [one], "target": [other]}


def _inside(mention: Any, sentence: Span) -> tuple[int, int]:
    return mention.start - sentence.start_char, mention.end - sentence.start_char


def main() -> None:
    """Read the texts and write the candidates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=2500, help="texts of each file")
    parser.add_argument("--characters", type=int, default=1500, help="of each text")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    nlp = language.load(trained=False)
    with options.out.open("w", encoding="utf-8") as out:
        for path in options.texts:
            texts = [line["text"][: options.characters] for line in lines(path)]
            chosen = draw.sample(texts, min(options.most, len(texts)))
            for doc in nlp.pipe(language.prepare(nlp, article(text)) for text in chosen):
                for one in candidates(doc, draw):
                    if len(one["text"]) <= LONGEST:
                        out.write(json.dumps(one) + "\n")


if __name__ == "__main__":
    main()
