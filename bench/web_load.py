"""Make an archive of any size without coding a page, and ask the web reader for pages of it, many at a time.

    python bench/web_load.py make big.db 100000       an archive of so many articles, with made-up records
    python bench/web_load.py pages big.db             the time on the server of one page of each kind
    python bench/web_load.py load big.db              50 readers at once while articles are added; p50, p95, errors

The texts are filled templates with the words at the places that the records name, so that pages look like any other.
"""

import argparse
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from communique.archive import Archive
from communique.ontology import ontology
from communique.records import (
    Actor,
    Article,
    Coding,
    Event,
    Mention,
    Outlet,
    Party,
    Place,
    Statement,
    article_id,
    content_id,
)

COUNTRIES = "USA GBR FRA DEU RUS UKR CHN IND PAK IRN IRQ SYR TUR ISR EGY KEN SOM ETH NGA ZAF BRA MEX JPN KOR".split()
SYLLABLES = "ka lo mi ra te no vi sa du ber gor lin mar sen tov ya zu el an dri".split()
SECTORS = ("GOV", "MIL", "LEG", "JUD", "OPP", "CVL", None)
ACTS = {
    "assert": "said", "deny": "denied", "accuse": "alleged", "demand": "demanded", "promise": "promised",
    "threaten": "threatened", "warn": "warned", "praise": "applauded",
}  # fmt: skip
VERBS = {
    "CONSULT": "met", "AGREE": "signed an agreement with", "AID": "sent aid to", "ACCUSE": "accused",
    "THREATEN": "threatened", "SANCTION": "imposed sanctions on", "ASSAULT": "shelled", "PROTEST": "marched against",
    "COERCE": "arrested members of", "MOBILIZE": "moved troops towards",
}  # fmt: skip
STATUSES = ("happened",) * 6 + ("ongoing", "planned", "demanded", "hypothetical", "alleged", "denied")
PLACES = (
    ("Nairobi", "KEN", -1.28, 36.82), ("Kyiv", "UKR", 50.45, 30.52), ("Geneva", "CHE", 46.2, 6.15),
    ("Ankara", "TUR", 39.92, 32.85), ("Tehran", "IRN", 35.69, 51.39), ("Beijing", "CHN", 39.9, 116.4),
)  # fmt: skip
WORDS = ("talks border ministry ceasefire trade port harvest budget river treaty convoy election court railway energy "
         "visit summit pipeline fishing visa grain delegation committee school hospital").split()  # fmt: skip
FIRST = date(2020, 1, 1)
CODER = "bench"


class Writer:
    """Makes codings from a seed; the same seed gives the same."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.types = ontology().types
        names = ["".join(self.chance.choices(SYLLABLES, k=3)).title() for _ in range(6000)]
        self.actors = [Actor(f"state:{c}", f"State of {c}", "state", c, "GOV") for c in COUNTRIES]
        for number in range(3000):
            first, last = names[2 * number], names[2 * number + 1]
            country, sector = self.chance.choice(COUNTRIES), self.chance.choice(SECTORS)
            self.actors.append(
                Actor(f"person:{first}-{last}-{number}".lower(), f"{first} {last}", "person", country, sector,
                      "Minister" if sector == "GOV" else None)
            )  # fmt: skip
        # A few, the states, are in most of the news.
        self.weights = [1 / (rank + 5) for rank in range(len(self.actors))]
        self.outlets = [
            Outlet(f"The {name} Post", f"{name.lower()}.example", self.chance.choice(COUNTRIES))
            for name in names[:200]
        ]

    def codings(self, count: int, *, start: int = 0) -> Iterator[Coding]:
        """Yield so many codings; ``start`` numbers them apart from others of the seed."""
        for number in range(start, start + count):
            yield self._coding(number)

    def _coding(self, number: int) -> Coding:
        chance = self.chance
        day = (FIRST + timedelta(days=chance.randrange(2000))).isoformat()
        records = chance.randrange(4, 14)
        actors = iter(chance.choices(self.actors, self.weights, k=2 * records))
        sentences: list[tuple[str, Actor, Actor, str, str]] = []
        for _ in range(records):
            told = chance.random() < 0.6
            label = chance.choice(list(ACTS if told else VERBS))
            content = " ".join(chance.choices(WORDS, k=8))
            sentences.append((label, next(actors), next(actors), ACTS[label] if told else VERBS[label], content))
        return _assembled(number, day, sentences, chance, self)


def _assembled(
    number: int, day: str, sentences: list[tuple[str, Actor, Actor, str, str]], chance: random.Random, writer: Writer
) -> Coding:
    parts: list[str] = []
    spots: list[tuple[int, int, int, int, int, int]] = []
    at = 0
    for label, source, target, verb, content in sentences:
        linked = f"{source.name} {verb} {'that ' if label in ACTS else ''}{target.name} {content}."
        verb_at = at + len(source.name) + 1
        target_at = linked.index(target.name, verb_at - at + len(verb)) + at
        spots.append((at, verb_at, verb_at + len(verb), target_at, target_at + len(target.name), at + len(linked)))
        filler = " ".join(chance.choices(WORDS, k=25)).capitalize() + "."
        parts.append(f"{linked} {filler}")
        at += len(parts[-1]) + 2
    text = "\n\n".join(parts)
    title = f"{sentences[0][1].name} and the {' '.join(chance.choices(WORDS, k=4))} {number}"
    identity = article_id(url=f"https://bench.example/{number}", title=title, published=day, text=text)
    bounds, start = [], 0
    for part in parts:
        bounds.append((start, start + len(part)))
        start += len(part) + 2
    article = Article(
        id=identity, text=text, paragraphs=tuple(bounds), url=f"https://bench.example/{number}",
        outlet=chance.choice(writer.outlets), title=title, published=day, language="en",
    )  # fmt: skip
    statements, events = [], []
    for (label, source, target, _, _), (s0, v0, v1, t0, t1, end) in zip(sentences, spots, strict=True):
        confidence = round(chance.random(), 3)
        who = Mention(s0, s0 + len(source.name), source.name)
        whom = Mention(t0, t1, target.name)
        if label in ACTS:
            statements.append(
                Statement(
                    id=content_id("s", identity, s0), article=identity, kind=chance.choice(("direct", "indirect")),
                    speaker=Party(who, source), content=((v1 + 1, end - 1),), content_text=text[v1 + 1 : end - 1],
                    act=label, made_by="bench", confidence=confidence, cue=(v0, v1), said_on=day,
                )  # type: ignore[arg-type]
            )  # fmt: skip
        else:
            facts = writer.types[label]
            name, country, lat, lon = chance.choice(PLACES)
            events.append(
                Event(
                    id=content_id("e", identity, s0), article=identity, type=label,
                    source=(_at(source, who),), target=(_at(target, whom),),
                    status=chance.choice(STATUSES), trigger=(v0, v1), evidence=(s0, end), made_by="bench",
                    confidence=confidence, quad=facts.quad, goldstein=facts.score, date=day,
                    place=Place(name, country, lat, lon) if chance.random() < 0.5 else None,
                )  # type: ignore[arg-type]
            )  # fmt: skip
    return Coding(article, tuple(statements), tuple(events))


def _at(actor: Actor, mention: Mention) -> Actor:
    return Actor(actor.id, actor.name, actor.kind, actor.country, actor.sector, actor.office, mention)


def make(path: Path, count: int) -> None:
    """Make an archive of so many articles."""
    began = time.perf_counter()
    with Archive(path, create=True) as archive:
        for coding in Writer().codings(count):
            archive.add(coding, coder=CODER)
        kinds = ", ".join(f"{archive.count(kind)} {kind}" for kind in ("articles", "statements", "events"))
    print(f"{path}: {kinds}, {time.perf_counter() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make",))
    parser.add_argument("archive", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    asked = parser.parse_args()
    make(asked.archive, asked.count)


if __name__ == "__main__":
    main()
