"""Write what is coded of a gold file in the form that its scorer reads, so that anyone can check the figures.

    python bench/predictions.py attribution GOLD.jsonl[.gz] OUT.jsonl
    python bench/predictions.py events GOLD.jsonl OUT.jsonl [--planned]

attribution: GOLD has {"id", "text", "date"} a line (PolNeAR with character offsets); OUT has {"id", "attributions":
[{"source", "cue", "content"}]}, each a list of [start, end). A quotation that goes on is joined to the statement that
it goes on from, and speech within speech is left out, as the corpus does.

events: GOLD has {"id", "sentence"} a line (PLOVER's gold standard records), coded one by one, undated; OUT has {"id",
"events": [{"event", "source", "target"}]} with actors as {"code", "sector"}. The 2016 gold writes IGO for the UN and
the EU, and so does OUT. With --planned, announced acts take the type under which the codebook files them.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique.coder import Coder
from communique.ontology import ontology
from communique.records import Actor, Article, Coding, article_id

GOLD_CODES = {"UNO": "IGO", "EUR": "IGO"}


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a gold file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def article(text: str, published: str | None) -> Article:
    """Return a gold text as an article; each line is a paragraph."""
    identity = article_id(url=None, title=None, published=published, text=text)
    spans = tuple(match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text))
    return Article(identity, text, spans, published=published, language="en")


def attributions(coding: Coding) -> Iterator[dict[str, Any]]:
    """Yield the statements in the form of the attribution scorer."""
    joined: dict[str, dict[str, Any]] = {}
    for statement in coding.statements:
        before = joined.get(statement.basis.get("continues", ""))
        if statement.within is None and before is not None:
            before["content"] += [list(span) for span in statement.content]
            joined[statement.id] = before
        elif statement.within is None:
            who = statement.speaker.mention if statement.speaker is not None else None
            joined[statement.id] = {
                "source": [[who.start, who.end]] if who is not None else [],
                "cue": [list(statement.cue)] if statement.cue is not None else [],
                "content": [list(span) for span in statement.content],
            }
    yield from {id(made): made for made in joined.values()}.values()


def events(coding: Coding, *, planned: bool) -> Iterator[dict[str, Any]]:
    """Yield the events in the form of the event scorer."""
    for event in coding.events:
        kind = ontology().when_planned(event.type) if planned and event.status == "planned" else event.type
        yield {"event": kind, "source": side(event.source), "target": side(event.target)}


def side(actors: Sequence[Actor]) -> list[dict[str, str | None]]:
    """Return the actors whose country is known."""
    return [{"code": GOLD_CODES.get(a.country, a.country), "sector": a.sector} for a in actors if a.country]


def main() -> None:
    """Code the gold file and write the predictions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["attribution", "events"])
    parser.add_argument("gold", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--planned", action="store_true")
    options = parser.parse_args()
    gold = rows(options.gold)
    text = "text" if options.task == "attribution" else "sentence"
    codings = Coder().code_many(article(row[text], row.get("date")) for row in gold)
    with options.out.open("w", encoding="utf-8") as out:
        for row, coding in zip(gold, codings, strict=True):
            made = (
                {"attributions": list(attributions(coding))}
                if options.task == "attribution"
                else {"events": list(events(coding, planned=options.planned))}
            )
            out.write(json.dumps({"id": row["id"], **made}) + "\n")


if __name__ == "__main__":
    main()
