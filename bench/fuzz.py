"""Damaged and hostile inputs against the readers: no crash, no hang, no memory beyond a bound, and a message for each.

    python bench/fuzz.py [--cases 20000] [--seed 1] [--seconds 20] [--megabytes 1024] [--case NUMBER] [--keep FOLDER]

Valid pages, texts, tables, WARC files, feeds, sitemaps, lists and robots.txt are truncated, spliced, overwritten with
random bytes, given huge heads and deep nesting, packed again and again, and turned into gzip and entity bombs. A child
process reads them, each within --seconds of processor time, all within --megabytes more than it has after start. A
case is made from seed and number alone: --case makes one again, --keep writes those that fail into a folder. Exit code
1 if any does.
"""

import argparse
import gzip
import io
import json
import random
import re
import resource
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from make_warc import TEMPLATES, html, pages, write

from communique.errors import InputError
from communique.ingest import Failure, read
from communique.watch import addresses, documents, robots

TEXTS = (
    "Kenya urged Somalia on Tuesday to return to the talks, an official said in Nairobi.\nThe two governments have "
    "argued over their sea border for years, and no date has been set for another round of talks between them.\n"
    "“We will not sign anything under pressure,” the minister told reporters, according to the agency.",
    "The harbour workers' union called a strike for Friday after talks about pay had failed, its chairman said. "
    "The port authority answered that ships would be unloaded by others, and that it had gone to court.",
)
MIN_BOMB = 60_000_000
"""Bytes that a gzip bomb unpacks to at least."""

Seeds = dict[str, list[bytes]]


def seeds() -> Seeds:
    """Return valid inputs by the suffix that tells their kind."""
    made = list(pages([{"text": text, "title": "Talks on the border"} for text in TEXTS], 8, 1))
    crawl = io.BytesIO()
    write(crawl, iter(made[:4]), 1)
    rows = [{"text": text, "title": "Talks", "date": "2024-03-05", "url": "https://daily.example/1"} for text in TEXTS]
    table = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows * 20), table, row_group_size=10)
    cells = "\n".join('"{text}","{title}","{date}"'.format_map(row).replace("“", '""') for row in rows)
    items = "".join(
        f"<item><title>Page {n}</title><link>https://daily.example/{n}</link><guid>https://daily.example/{n}</guid>"
        f"<description><![CDATA[<p>{TEXTS[1]}</p>]]></description>"
        "<pubDate>Wed, 06 Mar 2024 07:30:00 GMT</pubDate></item>"
        for n in range(5)
    )
    entries = "".join(
        f"<entry><title>Page {n}</title><link rel='alternate' href='/{n}.html'/>"
        "<updated>2024-03-06T07:30:00Z</updated>"
        f"<content type='html'>&lt;p&gt;{TEXTS[1]}&lt;/p&gt;</content></entry>"
        for n in range(5)
    )
    space = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    urls = "".join(
        f"<url><loc>https://daily.example/{n}</loc><n:news><n:publication_date>2024-03-06</n:publication_date></n:news></url>"
        for n in range(5)
    )
    maps = "".join(f"<sitemap><loc>https://daily.example/{n}.xml</loc></sitemap>" for n in range(5))
    text: dict[str, list[str]] = {
        ".html": [html(page, number) for number, page in enumerate(made[: len(TEMPLATES)])],
        ".txt": [f"{made[0].title}\n\nBy {made[0].author}\n5 March 2024\n\n{TEXTS[0]}\n\nRelated\n\nShare"],
        ".md": [f"# Talks\n\n*5 March 2024*\n\n{TEXTS[0]}\n\n- one\n- two\n\n[more](https://daily.example)"],
        ".jsonl": ["\n".join(json.dumps(row) for row in rows)],
        ".json": [json.dumps({"articles": rows})],
        ".csv": [f"text,title,date\n{cells}\n"],
        ".tsv": ["text\ttitle\n" + "\n".join(f"{row['text']!r}\t{row['title']}" for row in rows)],
        ".feed": [
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>World</title>{items}</channel></rss>',
            f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>World</title>{entries}</feed>',
            f"<?xml version='1.0'?><urlset {space}>{urls}</urlset>",
            f"<?xml version='1.0'?><sitemapindex {space}>{maps}</sitemapindex>",
        ],
        ".list": [
            "# feeds\nhttps://daily.example/feed.xml # one\nhttps://other.example/rss\n",
            '<opml version="2.0"><body><outline xmlUrl="https://daily.example/rss"/></body></opml>',
        ],
        ".robots": [
            "User-agent: *\nDisallow: /private/*.html$\nAllow: /\nCrawl-delay: 2\nSitemap: https://daily.example/x\n"
        ],
    }
    found = {suffix: [source.encode() for source in sources] for suffix, sources in text.items()}
    packed = crawl.getvalue()
    return found | {".warc.gz": [packed], ".warc": [gzip.decompress(packed)], ".parquet": [table.getvalue()]}


Mutation = Callable[[bytes, random.Random, Seeds], bytes]


def truncated(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Cut somewhere."""
    return data[: chance.randrange(len(data) + 1)]


def overwritten(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Put random bytes over some."""
    changed = bytearray(data)
    for _n in range(chance.choice((1, 3, 30))):
        at, size = chance.randrange(len(data) + 1), chance.choice((1, 2, 8, 100))
        changed[at : at + size] = chance.randbytes(size)
    return bytes(changed)


def spliced(data: bytes, chance: random.Random, others: Seeds) -> bytes:
    """Put a part of another input into this one."""
    other = chance.choice(chance.choice(list(others.values())))
    start, at = chance.randrange(len(other)), chance.randrange(len(data) + 1)
    return data[:at] + other[start : start + chance.choice((10, 500, 100_000))] + data[at + chance.choice((0, 300)) :]


def lengthened(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Repeat a part, or one byte, very often: huge heads, names, cells and lines."""
    at = chance.randrange(len(data) + 1)
    part = data[at : at + chance.choice((1, 2, 5, 40, 400))] or b"a"
    return data[:at] + part * (chance.choice((1_000, 100_000, 3_000_000)) // len(part)) + data[at:]


def nested(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Open something over and over."""
    opened = chance.choice(
        (b"<div>", b"<b><i>", b"<table><tr><td>", b"[", b'{"a":', b"<item>", b"<!--", b"<![CDATA[", b"((", b'"', b"> ",
         b"<script>", b"<svg><p>", b"<a href='", b"&amp;", b"<urlset>", b"<outline>")
    )  # fmt: skip
    at = chance.randrange(len(data) + 1)
    return data[:at] + opened * chance.choice((100, 10_000, 300_000)) + data[at:]


def renumbered(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Change numbers: lengths, dates, versions."""
    numbers = (b"0", b"-1", b"99999999999999999999", b"4294967296", b"1e999", b"2147483647", b"NaN")
    rare = chance.choice((0.05, 0.5))
    return re.sub(rb"\d+", lambda m: chance.choice(numbers) if chance.random() < rare else m[0], data)


def gzipped(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Pack once or several times."""
    for _n in range(chance.choice((1, 2, 5))):
        data = gzip.compress(data, 1)
    return data


def bomb(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Pack so that it unpacks to very much more: as a file, in a record's body, or once more."""
    fill = chance.choice((b"\0", b"a", b" ", b"<p>", b"\n", b"WARC/1.0\r\n"))
    size = chance.choice((1, 3)) * MIN_BOMB
    packed = gzip.compress(data[: chance.randrange(len(data) + 1)] + fill * (size // len(fill)), 1)
    form = chance.randrange(3)
    if form == 0:
        return packed
    if form == 1:
        return gzip.compress(packed, 1)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://daily.example/\r\n"
        b"WARC-Date: 2024-03-06T08:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:0a0a0a0a-0000-4000-8000-000000000001>\r\nContent-Type: application/http\r\n"
        b"Content-Length: %d\r\n\r\n" % (len(head) + len(packed)) + head + packed + b"\r\n\r\n" + data
    )


def entities(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Define entities by entities, so that a few letters stand for very many."""
    kind = chance.choice(("&x{0};" * 10, "%x{0};" * 10, "&x{0};" * 50_000))
    lines = "".join(f'<!ENTITY x{n + 1} "{kind.format(n)}">' for n in range(chance.choice((1, 9))))
    pad = "<!-- -->" * chance.choice((0, 0, 10_000))
    head = f'<?xml version="1.0"?>{pad}<!DOCTYPE a [<!ENTITY x0 "aaaaaaaaaa">{lines}]>'.encode()
    cut = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    return head + data[cut:].replace(b"Page", b"&x1;&x9;")


def wide(data: bytes, chance: random.Random, _: Seeds) -> bytes:
    """Set it in another encoding, or none."""
    name = chance.choice(("utf-16", "utf-32", "utf-16-be", "utf-7", "shift_jis", "iso2022_jp", "cp037"))
    return data.decode("utf-8", errors="replace").encode(name, errors="replace")


MUTATIONS: Sequence[Mutation] = (
    truncated, overwritten, spliced, lengthened, nested, renumbered, gzipped, wide, truncated, overwritten, spliced,
)  # fmt: skip
RARE: Sequence[Mutation] = (bomb, entities)
"""Those that take seconds by their nature: one case in twelve."""


def case(number: int, seed: int, known: Seeds) -> tuple[str, bytes, str]:
    """Return suffix, bytes and the names of the mutations of a case."""
    chance = random.Random(f"{seed}:{number}")
    suffix = chance.choice(sorted(known))
    data = chance.choice(known[suffix])
    chosen = [chance.choice(MUTATIONS) for _ in range(chance.choice((1, 1, 2, 3)))]
    if chance.random() < 1 / 12:
        chosen[-1] = chance.choice(RARE)
    for mutation in chosen:
        data = mutation(data, chance, known)[:50_000_000]
    return suffix, data, "+".join(mutation.__name__ for mutation in chosen)


def outcome(suffix: str, data: bytes, folder: Path) -> str:
    """Read an input as the program would; return what came of it: "read", "refused", or the defect."""
    path = folder / f"case{suffix}"
    try:
        if suffix == ".robots":
            robots.Robots(data[: robots.MAX_BYTES].decode("utf-8", errors="replace")).allows("https://daily.example/a")
            return "read"
        path.write_bytes(data)
        if suffix == ".feed":
            # More than that is not fetched.
            documents.read(data[:10_000_000], address="https://daily.example/x", today=date(2024, 3, 6))
            return "read"
        found = addresses.given([str(path)]) if suffix == ".list" else read([path])
        problems, articles = [], 0
        for one in found:
            if isinstance(one, Failure):
                problems.append(str(one.error))
            else:
                articles += 1
        defect = next((problem for problem in problems if "a defect of the program" in problem), None)
        return defect or ("read" if articles else "refused")
    except InputError:
        return "refused"
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def child(start: int, end: int, seed: int, megabytes: int) -> None:
    """Read cases and print a line for each, and what the memory came to."""
    known = seeds()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suffix, sources in known.items():
            outcome(suffix, sources[0], folder)  # everything is loaded before memory is bounded
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + megabytes * 2**20, resource.RLIM_INFINITY))
        for number in range(start, end):
            # Cases are made without a bound, as bombs are made of what they unpack to.
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            suffix, data, names = case(number, seed, known)
            resource.setrlimit(resource.RLIMIT_AS, (now + megabytes * 2**20, resource.RLIM_INFINITY))
            print(json.dumps({"number": number, "begun": f"{suffix} {names} {len(data):,} bytes"}), flush=True)
            begin = time.process_time()
            came = outcome(suffix, data, folder)
            print(json.dumps({"number": number, "came": came, "seconds": time.process_time() - begin}), flush=True)


def run(cases: range, seed: int, seconds: float, megabytes: int) -> tuple[Counter[str], dict[int, str], float]:
    """Run the cases in children; return the counts of what came, the failures by number, and the longest time."""
    counts: Counter[str] = Counter()
    failures: dict[int, str] = {}
    longest, number = 0.0, cases.start
    while number < cases.stop:
        command = [sys.executable, __file__, "--child", str(number), str(cases.stop), str(seed), str(megabytes)]
        begun = "starting"
        with subprocess.Popen(command, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None and process.stderr is not None
            # Of the clock, as a shared machine may be slow: enough to tell that something hangs, or does not start.
            bound = max(120.0, 6 * seconds)
            while True:
                ready, _, _ = select.select([process.stdout], [], [], bound)
                line = process.stdout.readline() if ready else b""
                if not line:
                    process.kill()
                    if number < cases.stop:
                        words = f"hangs beyond {bound:g} s" if not ready else f"dies ({process.wait()})"
                        told = process.stderr.read().decode(errors="replace").strip().splitlines()[-1:]
                        failures[number] = f"{words}: {begun} {' '.join(told)}"
                        print(f"case {number} {failures[number]}", flush=True)
                        number += 1
                    break
                told_line = json.loads(line)
                if "begun" in told_line:
                    begun = told_line["begun"]
                    continue
                number = told_line["number"] + 1
                longest = max(longest, told_line["seconds"])
                if told_line["seconds"] > seconds:
                    failures[told_line["number"]] = f"takes {told_line['seconds']:.1f} s: {begun}"
                elif told_line["came"] in {"read", "refused"}:
                    counts[told_line["came"]] += 1
                else:
                    failures[told_line["number"]] = f"{told_line['came']}: {begun}"
                if told_line["number"] in failures or told_line["seconds"] > seconds / 4:
                    took = f"{told_line['seconds']:.1f} s"
                    print(f"case {told_line['number']}: {told_line['came']}, {took}: {begun}", flush=True)
                if number % 1_000 == 0:
                    print(f"{number:,} cases, {len(failures):,} failures", flush=True)
    return counts, failures, longest


def main() -> None:
    """Run the cases and tell what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--megabytes", type=int, default=1_024)
    parser.add_argument("--case", type=int, help="only this one")
    parser.add_argument("--keep", type=Path, help="a folder for the cases that fail")
    options = parser.parse_args()
    cases = range(options.cases) if options.case is None else range(options.case, options.case + 1)
    start = time.monotonic()
    counts, failures, longest = run(cases, options.seed, options.seconds, options.megabytes)
    known = seeds()
    for number, told in failures.items():
        print(f"failed: case {number}: {told}")
        if options.keep:
            suffix, data, _ = case(number, options.seed, known)
            options.keep.mkdir(exist_ok=True)
            (options.keep / f"{number}{suffix}").write_bytes(data)
    print(
        f"{len(cases):,} cases of seed {options.seed} in {time.monotonic() - start:,.0f} s: {counts['read']:,} read, "
        f"{counts['refused']:,} refused with a message, {len(failures):,} failures; the longest took {longest:.1f} s; "
        f"memory bound {options.megabytes:,} MB"
    )
    sys.exit(bool(failures))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(*map(int, sys.argv[2:]))
    else:
        main()
