"""Make an archive of any size without coding a page, and ask the web reader for pages of it, many at a time.

    python bench/web_load.py make big.db 100000       an archive of so many articles, with made-up records
    python bench/web_load.py pages big.db             the time on the server of one page of each kind
    python bench/web_load.py load big.db              50 readers at once while articles are added; p50, p95, errors

The texts are filled templates with the words at the places that the records name, so that pages look like any other.
"""

import argparse
import random
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

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
        rare = ["".join(self.chance.choices(SYLLABLES, k=4)) for _ in range(8000)]
        self.vocabulary = WORDS + rare
        self.frequencies = [1 / (rank + 10) for rank in range(len(self.vocabulary))]
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

    def words(self, count: int) -> list[str]:
        """Return so many words, some frequent, most rare."""
        return self.chance.choices(self.vocabulary, self.frequencies, k=count)

    def _coding(self, number: int) -> Coding:
        chance = self.chance
        day = (FIRST + timedelta(days=chance.randrange(2000))).isoformat()
        records = chance.randrange(4, 14)
        actors = iter(chance.choices(self.actors, self.weights, k=2 * records))
        sentences: list[tuple[str, Actor, Actor, str, str]] = []
        for _ in range(records):
            told = chance.random() < 0.6
            label = chance.choice(list(ACTS if told else VERBS))
            content = " ".join(self.words(8))
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
        filler = " ".join(writer.words(25)).capitalize() + "."
        parts.append(f"{linked} {filler}")
        at += len(parts[-1]) + 2
    text = "\n\n".join(parts)
    title = f"{sentences[0][1].name} and the {' '.join(writer.words(4))} {number}"
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


@contextmanager
def served(path: Path, port: int) -> Iterator[str]:
    """Serve an archive by the command, in a process of its own, and give its address."""
    command = [sys.executable, "-m", "communique", "serve", str(path), "--port", str(port)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            with suppress(OSError):
                urllib.request.urlopen(f"{address}/static/style.css", timeout=1).close()
                break
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def asked(address: str) -> tuple[float, bool]:
    """Return how many seconds an answer took, and whether it was one."""
    began = time.perf_counter()
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            answer.read()
            good = answer.status == 200
    except OSError:
        good = False
    return time.perf_counter() - began, good


def addresses(path: Path) -> list[str]:
    """Return pages as readers look at them: lists, searches, articles, actors, pairs, pictures."""
    with Archive(path) as archive:
        articles = [article.id for article in archive.records("articles", limit=200)]
        events = [event for event in archive.records("events", limit=50) if isinstance(event, Event)]
    actors = [event.source[0].id or "" for event in events]
    lists = [
        "/articles", "/events", "/statements", "/events?country=KEN&type=ASSAULT", "/statements?act=deny&since=2023",
        "/events?status=denied&sector=MIL", "/events?min-confidence=0.9&sort=surest", "/events?outlet=nobody",
        "/statements?q=ceasefire", "/articles?q=treaty+river", "/search?q=%22border+ministry%22",
        f"/events?actor={quote(actors[0])}", f"/statements?speaker={quote(actors[1])}", "/events?page=150",
        "/picture/timeline.json", "/picture/goldstein.json", "/picture/map.json", "/picture/network.json",
    ]  # fmt: skip
    lists += [f"/actor/{quote(actor)}" for actor in actors[:10]]
    lists += [f"/dyad?one={quote(a)}&other={quote(b)}" for a, b in pairwise(actors[:6])]
    lists += [f"/event/{event.id}" for event in events[:10]]
    return lists + [f"/article/{article}" for article in articles]


def pages(path: Path) -> None:
    """Print how long pages of each kind take on the server, without the network: time, and time of the processor."""
    from fastapi.testclient import TestClient

    from communique.web.app import application
    from communique.web.settings import Settings

    seen = set()
    with TestClient(application(Settings.of(path)), base_url="http://localhost") as client:
        for address in addresses(path):
            kind = address.split("/e-")[0] if address.startswith(("/event/", "/picture", "/search")) else address
            kind = "/article" if address.startswith("/article/") else kind
            if kind in seen:
                continue
            seen.add(kind)
            told = []
            for _ in range(2):
                wall, work = time.perf_counter(), time.process_time()
                status = client.get(address).status_code
                told.append((1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - work)))
            (wall, work), (again, work_again) = told
            times = f"first {wall:5.0f} ms ({work:4.0f} of work), again {again:5.0f} ms ({work_again:4.0f})"
            print(f"{times}  {status} {address}")


def add(path: Path, seconds: float) -> None:
    """Add articles as fast as they are made, and print how many."""
    ends, number = time.monotonic() + seconds, 0
    with Archive(path) as archive:
        for coding in Writer(seed=int(time.time())).codings(10**9, start=10**9):
            archive.add(coding, coder=CODER)
            number += 1
            if time.monotonic() > ends:
                break
    print(number)


def load(path: Path, port: int, *, readers: int = 50, seconds: float = 60, rest: float = 1.0) -> None:
    """Have readers look at pages, resting a while after each, while articles are added; print how long they wait."""
    wanted = addresses(path)

    def read(number: int) -> list[tuple[float, bool]]:
        chance, found = random.Random(number), []
        time.sleep(chance.uniform(0, 2 * rest))
        while time.monotonic() < ends:
            found.append(asked(base + chance.choice(wanted)))
            time.sleep(chance.uniform(0, 2 * rest))
        return found

    with served(path, port) as base, ThreadPoolExecutor(readers) as pool:
        time.sleep(10)  # the server loads the language model when it starts, once
        asked(base + "/articles")
        ends = time.monotonic() + seconds
        # In a process of its own, as a bulk add is.
        command = [sys.executable, __file__, "add", str(path), "--seconds", str(seconds)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writing:
            found = [one for part in pool.map(read, range(readers)) for one in part]
            added = int(writing.communicate()[0])
    times = sorted(taken for taken, _ in found)
    p50, p95, p99 = (1000 * times[int(share * len(times))] for share in (0.5, 0.95, 0.99))
    errors = sum(not good for _, good in found)
    print(
        f"{readers} readers, {len(times)} pages in {seconds:.0f} s while {added} articles were added: "
        f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {p99:.0f} ms, {errors} errors"
    )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("make", "pages", "load", "add"))
    parser.add_argument("archive", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--port", type=int, default=8765)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rest", type=float, default=1.0, help="seconds that a reader rests after a page, on average")
    given = parser.parse_args()
    if given.what == "make":
        make(given.archive, given.count)
    elif given.what == "pages":
        pages(given.archive)
    elif given.what == "add":
        add(given.archive, given.seconds)
    else:
        load(given.archive, given.port, seconds=given.seconds, rest=given.rest)


if __name__ == "__main__":
    main()
