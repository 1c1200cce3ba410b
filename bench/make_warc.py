"""A WARC file of made-up news pages around given texts, laid out as Common Crawl's news crawl lays out its own.

    python bench/make_warc.py OUT.warc.gz TEXTS.jsonl.gz … --pages 100000 [--seed 1]

TEXTS are JSON Lines, also gzipped, with a field "text" and, where they have them, "title" and "date"; short texts are
joined until a page has some length. The project's figures were made with these of ../shared/gold: the training half
of the attribution corpus, the synthetic documents of the event corpus and the texts of the two place corpora
(attribution/train.jsonl.gz, events/synthetic-docs.jsonl.gz, places/geovirus.jsonl.gz, places/gwn.jsonl.gz).
Sites, titles and names around the texts are invented; the same arguments make the same bytes.
"""

import argparse
import base64
import gzip
import hashlib
import json
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import BinaryIO

MIN_WORDS = 180
"""Words that a page has at least, if there are texts enough to join."""

FIRST_DAY = datetime(2017, 1, 1, tzinfo=UTC)
DAYS = 2_500
SITES = (
    ("The Harbour Courier", "harbourcourier.example"), ("Daily Meridian", "dailymeridian.example"),
    ("Northern Ledger", "northernledger.example"), ("The Valley Observer", "valleyobserver.example"),
    ("Cape Dispatch", "capedispatch.example"), ("Lakeside Tribune", "lakesidetribune.example"),
)  # fmt: skip
FIRST = "Amina Carla David Elif Farid Grace Henrik Ines Jonas Karima Lena Marco Nadia Omar Petra".split()
LAST = "Abara Bianchi Castell Dahl Eskola Fonseca Grant Hoxha Ivarsson Jansen Kimura Lopes Moreau".split()
TEASERS = (
    "Ministers meet again over the budget", "Storm closes roads along the coast", "What we know about the new tax",
    "Five charts on this week's markets", "Hospital opens after years of delay", "Voters go to the polls on Sunday",
    "Farmers ask for help after a dry spring", "Court hears appeal in harbour case", "In pictures: the spring fair",
)  # fmt: skip
SECTIONS = ("Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Opinion")


@dataclass(frozen=True)
class Page:
    """One made-up page, before it is set in HTML."""

    number: int
    site: str
    domain: str
    title: str
    author: str
    published: datetime
    paragraphs: Sequence[str]
    teasers: Sequence[str]

    @property
    def url(self) -> str:
        """The address, another for each page."""
        return f"https://www.{self.domain}/{self.published:%Y/%m/%d}/story-{self.number:07}.html"


def texts(paths: Sequence[Path]) -> list[dict[str, str]]:
    """Return the rows of the files that have a text."""
    rows = []
    for path in paths:
        data = path.read_bytes()
        for line in (gzip.decompress(data) if path.suffix == ".gz" else data).decode().splitlines():
            row = json.loads(line)
            if isinstance(row.get("text"), str) and row["text"].strip():
                rows.append({name: value for name, value in row.items() if isinstance(value, str)})
    return rows


def pages(rows: Sequence[dict[str, str]], count: int, seed: int) -> Iterator[Page]:
    """Yield as many pages, going through the texts in a mixed order as often as it takes."""
    chance = random.Random(seed)
    order: list[dict[str, str]] = []
    for number in range(count):
        paragraphs: list[str] = []
        first: dict[str, str] | None = None
        while sum(len(text.split()) for text in paragraphs) < MIN_WORDS and (first is None or len(paragraphs) < 40):
            if not order:
                order = chance.sample(rows, len(rows))
            row = order.pop()
            first = first or row
            paragraphs += [" ".join(part.split()) for part in row["text"].split("\n") if part.strip()]
        site, domain = chance.choice(SITES)
        yield Page(
            number=number,
            site=site,
            domain=domain,
            title=(first or {}).get("title") or " ".join(paragraphs[0].split()[:11]).rstrip(".,;:"),
            author=f"{chance.choice(FIRST)} {chance.choice(LAST)}",
            published=_day(first or {}) or FIRST_DAY + timedelta(minutes=chance.randrange(DAYS * 24 * 60)),
            paragraphs=paragraphs,
            teasers=chance.sample(TEASERS, 5),
        )


def _day(row: dict[str, str]) -> datetime | None:
    try:
        return datetime.fromisoformat(row.get("date", "")[:10]).replace(hour=9, tzinfo=UTC)
    except ValueError:
        return None


def html(page: Page, template: int) -> str:
    """Return a page in one of the templates, which differ in what they declare and how they mark it up."""
    e = {
        "site": escape(page.site), "title": escape(page.title), "author": escape(page.author),
        "iso": page.published.strftime("%Y-%m-%dT%H:%M:00Z"), "day": f"{page.published:%d %B %Y}",
        "time": f"{page.published:%H:%M} GMT", "url": page.url, "year": str(page.published.year),
    }  # fmt: skip
    e["paragraphs"] = "\n".join(f"<p>{escape(text)}</p>" for text in page.paragraphs)
    e["lines"] = "<br><br>\n".join(escape(text) for text in page.paragraphs)
    e["nav"] = "".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in SECTIONS)
    e["related"] = "".join(f'<li><a href="/r/{n}">{escape(text)}</a></li>' for n, text in enumerate(page.teasers))
    e["ld"] = json.dumps(
        {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": page.title,
            "datePublished": e["iso"], "author": {"@type": "Person", "name": page.author},
            "publisher": {"@type": "Organization", "name": page.site}, "mainEntityOfPage": page.url,
        }
    ).replace("</", "<\\/")  # fmt: skip
    return TEMPLATES[template % len(TEMPLATES)].format_map(e)


COOKIES = '<div class="cookie-banner">We use cookies to improve your visit. <button>Accept all</button></div>'
SHARE = (
    '<div class="share"><a href="#">Share</a> <a href="#">Tweet</a> <a href="#">Email</a> <a href="#">Print</a></div>'
)
FOOTER = (
    "<footer><p>© {year} {site}. All rights reserved.</p><a href='/terms'>Terms</a> "
    "<a href='/about'>About us</a></footer>"
)
LETTER = (
    '<form class="newsletter"><p>Sign up for our newsletter</p><input name="mail"><button>Subscribe</button></form>'
)
TEMPLATES = (
    f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{title}} | {{site}}</title>
<link rel="canonical" href="{{url}}"><meta property="og:site_name" content="{{site}}">
<script type="application/ld+json">{{ld}}</script></head><body>{COOKIES}<header><nav><ul>{{nav}}</ul></nav></header>
<main><article><h1>{{title}}</h1><p class="byline">By {{author}}</p><time datetime="{{iso}}">{{day}}</time>{SHARE}
{{paragraphs}}</article>
<aside><h2>Related stories</h2><ul>{{related}}</ul></aside></main>{LETTER}{FOOTER}</body></html>""",
    f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{{title}}</title>
<meta property="og:title" content="{{title}}"><meta property="og:url" content="{{url}}"><meta property="og:type"
content="article"><meta property="og:site_name" content="{{site}}"><meta property="article:published_time"
content="{{iso}}"><meta name="author" content="{{author}}"></head>
<body><div id="top"><ul class="menu">{{nav}}</ul></div>
<div id="wrap"><div class="col-main"><div class="headline"><h1>{{title}}</h1></div><div class="meta">{{author}} |
{{day}}, {{time}}</div><div class="story-body">{{paragraphs}}</div>{SHARE}<div class="more"><h3>Read more</h3>
<ul>{{related}}</ul></div></div><div class="col-side">{LETTER}</div></div>{FOOTER}{COOKIES}</body></html>""",
    f"""<html><head><title>{{site}}: {{title}}</title></head><body><table><tr><td>{{site}}</td></tr></table>
<ul>{{nav}}</ul><h2>{{title}}</h2><i>{{author}}, {{day}}</i><div class="text">{{lines}}</div><hr><b>More news</b>
<ul>{{related}}</ul>{FOOTER}</body></html>""",
    f"""<!DOCTYPE html><html lang="en" itemscope itemtype="https://schema.org/NewsArticle"><head><meta charset="utf-8">
<title>{{title}} - {{site}}</title><meta name="date" content="{{iso}}"><meta name="twitter:card" content="summary">
</head><body><nav>{{nav}}</nav><section class="article" itemprop="articleBody"><h1 itemprop="headline">{{title}}</h1>
<span itemprop="author">{{author}}</span> <span class="updated">Published {{day}} {{time}}</span>{SHARE}<figure><img
src="/a.jpg" alt=""><figcaption>Photo: {{site}}</figcaption></figure>{{paragraphs}}</section><section class="related">
<h4>You may also like</h4>{{related}}</section><section class="comments"><h4>Comments</h4><p>Sign in to comment</p>
</section>{FOOTER}</body></html>""",
)


def write(out: BinaryIO, made: Iterator[Page], seed: int) -> int:
    """Write the pages as records, each packed by itself; return how many bytes of HTML they are."""
    chance = random.Random(seed)
    total = 0
    _record(out, chance, "warcinfo", b"software: bench/make_warc.py\r\nformat: WARC File Format 1.0\r\n", FIRST_DAY)
    for page in made:
        body = html(page, chance.randrange(len(TEMPLATES))).encode()
        fetched = page.published + timedelta(minutes=chance.randrange(5, 300))
        path = page.url.split(".example", 1)[1]
        asked = f"GET {path} HTTP/1.1\r\nHost: www.{page.domain}\r\nUser-Agent: CCBot/2.0\r\n\r\n".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        _record(out, chance, "request", asked, fetched, page.url)
        _record(out, chance, "response", head.encode() + body, fetched, page.url, payload=body)
        total += len(body)
    return total


def _record(
    out: BinaryIO,
    chance: random.Random,
    kind: str,
    block: bytes,
    when: datetime,
    url: str | None = None,
    payload: bytes | None = None,
) -> None:
    heads = {
        "WARC-Type": kind, "WARC-Date": when.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Record-ID": f"<urn:uuid:{uuid.UUID(int=chance.getrandbits(128), version=4)}>",
        "Content-Length": str(len(block)), "WARC-Block-Digest": _digest(block),
        "Content-Type": f"application/http; msgtype={kind}" if url else "application/warc-fields",
    }  # fmt: skip
    if url:
        heads["WARC-Target-URI"] = url
    if payload is not None:
        heads["WARC-Payload-Digest"] = _digest(payload)
    lines = "".join(f"{name}: {value}\r\n" for name, value in heads.items())
    out.write(gzip.compress(f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n", 6, mtime=0))


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def main() -> None:
    """Make the file and tell its size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = texts(options.texts)
    if not rows:
        parser.error("no row of the files has a text")
    with options.out.open("wb") as out:
        size = write(out, pages(rows, options.pages, options.seed), options.seed)
    packed = options.out.stat().st_size
    print(f"{options.pages:,} pages from {len(rows):,} texts, {size:,} bytes of HTML, {packed:,} packed")


if __name__ == "__main__":
    main()
