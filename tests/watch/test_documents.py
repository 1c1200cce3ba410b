"""Feeds, sitemaps and addresses: what is read from them, whatever their form."""

from datetime import date
from pathlib import Path

import pytest

from communique.errors import InputError
from communique.ingest import Failure
from communique.watch import addresses, documents, guard, schedule
from communique.watch.links import Link

from ..ingest.warcs import page

TODAY = date(2024, 3, 6)
HERE = "https://daily.example/feeds/world.xml"


def links(body: str | bytes) -> list[Link]:
    data = body.encode() if isinstance(body, str) else body
    return list(documents.read(data, address=HERE, today=TODAY).links)


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>World</title>
<entry><title>One</title><link rel="self" href="/api/1"/><link rel="alternate" href="../2024/one.html#top"/>
<updated>2024-03-06T09:30:00+03:00</updated></entry>
<entry><title>No link</title></entry>
<entry><title>Bad link</title><link href="javascript:alert(1)"/></entry>
<entry><title>Two</title><link href="https://other.example/two?id=2&amp;utm_medium=rss"/></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>World</title></channel>
<item rdf:about="x"><title>One</title><link>https://daily.example/one</link><dc:date>2024-03-06</dc:date></item></rdf:RDF>"""

RSS = """<rss version="2.0"><channel><title>World</title>
<item><title>One</title><link> https://daily.example/one </link><pubDate>Wed, 06 Mar 2024 07:30:00 +0300</pubDate>
</item>
<item><title>Same</title><link>https://daily.example/one?utm_source=x</link></item>
<item><title>Only a guid</title><guid>https://daily.example/two</guid></item>
<item><title>Only an id</title><guid isPermaLink="false">1234</guid></item>"""  # cut on the way


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            ATOM,
            [("https://daily.example/2024/one.html", "2024-03-06T06:30Z"), ("https://other.example/two?id=2", None)],
        ),
        (RDF, [("https://daily.example/one", "2024-03-06")]),
        (RSS, [("https://daily.example/one", "2024-03-06T04:30Z"), ("https://daily.example/two", None)]),
        ("\ufeff \n" + RSS, [("https://daily.example/one", "2024-03-06T04:30Z"), ("https://daily.example/two", None)]),
        (
            f'<?xml version="1.0" encoding="utf-16"?>{RDF}'.encode("utf-16"),
            [("https://daily.example/one", "2024-03-06")],
        ),
        ('<rss version="2.0"><channel></channel></rss>', []),
    ],
    ids=["Atom", "RDF", "RSS, cut", "with a mark before it", "UTF-16", "empty"],
)
def test_feeds(body: str | bytes, found: list[tuple[str, str | None]]) -> None:
    assert [(link.address, link.seen) for link in links(body)] == found


def test_a_feed_names_a_thousand_pages_at_most() -> None:
    items = "".join(f"<item><link>https://daily.example/{n}</link></item>" for n in range(3_000))
    assert len(links(f'<rss version="2.0"><channel>{items}</channel></rss>')) == 1_000


@pytest.mark.parametrize("fill", ["<b><i>" * 30_000, "word " * 1_100_000])
def test_a_feed_is_bounded(fill: str) -> None:
    with pytest.raises(InputError, match=r"too (many|large) for a feed"):
        links(f'<rss version="2.0"><channel><item><link>{HERE}</link>{fill}</item></channel></rss>')


def test_a_feed_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *_: pytest.fail("fetched"))
    with pytest.raises(Exception, match="is neither"):
        links(b"https://daily.example/feed.xml")
    links(f'<rss version="2.0"><channel><link>{HERE}</link><item><link>{HERE}</link></item></channel></rss>')


def test_a_page_is_told_from_a_feed() -> None:
    assert documents.read(page(), address=HERE, today=TODAY).kind == "page"
    fragment = b"<p>Kenya urged Somalia.</p><p>It refused.</p><p>Talks go on.</p>"
    assert documents.read(fragment, address=HERE, today=TODAY).kind == "page"


def test_sitemaps_of_news_give_their_dates() -> None:
    body = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
    <url><loc>https://daily.example/a</loc><n:news><n:publication_date>2024-03-05T10:00:00+00:00</n:publication_date>
    </n:news></url>
    <url><loc>https://daily.example/b</loc><n:news><n:title>Undated</n:title></n:news></url>
    <url><loc>https://daily.example/c</loc></url>
    <url><loc>https://daily.example/d</loc><lastmod>2024-02-27</lastmod></url>
    <url><loc>https://daily.example/e</loc><lastmod>2024-02-28</lastmod></url>"""
    assert links(body) == [
        Link("https://daily.example/a", "2024-03-05T10:00Z"), Link("https://daily.example/e", "2024-02-28"),
        Link("https://daily.example/b", None),
    ]  # fmt: skip


def test_lists_and_outlines(tmp_path: Path) -> None:
    (tmp_path / "feeds.txt").write_text(
        "# Kenya\nhttps://daily.example/feed.xml  # the first\n\nhttps://daily.example/map#part\nnot an address\n"
        "file:///etc/passwd\n"
    )
    (tmp_path / "feeds.opml").write_text(
        '<opml version="2.0"><body><outline text="Africa"><outline type="rss" text="Daily" '
        'xmlUrl="https://daily.example/africa.xml"/></outline>\n<outline xmlUrl="ftp://x"/></body></opml>'
    )
    (tmp_path / "page.html").write_text("<html></html>")
    arguments = [
        str(tmp_path / "feeds.txt"), str(tmp_path / "feeds.opml"), "https://other.example/rss?b=1", "HTTP://x.example/Y",
        "gopher://x", str(tmp_path / "none.txt"), str(tmp_path / "page.html"),
    ]  # fmt: skip
    told = [
        str(found.error).replace(f"{tmp_path}/", "").split(" (")[0] if isinstance(found, Failure) else found
        for found in addresses.given(arguments)
    ]
    assert told == [
        "https://daily.example/feed.xml", "https://daily.example/map", "feeds.txt:5: no address: not an address",
        "feeds.txt:6: no address: file:///etc/passwd", "https://daily.example/africa.xml",
        "feeds.opml:2: no address: ftp://x", "https://other.example/rss?b=1", "http://x.example/Y",
        "gopher://x: no address: gopher://x", "none.txt: No such file or directory", "page.html: is XML, but not OPML",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    ["http://user:secret@daily.example/", "http://", "http://[::1", "http://daily.example:99999/", "//daily.example",
     "mailto:news@daily.example", "data:text/html,<p>", "http://daily.example/a b\nX: y",
     "http://daily.example/" + "a" * 3_000],
)  # fmt: skip
def test_what_is_no_address(address: str) -> None:
    assert addresses.cleaned(address) is None


@pytest.mark.parametrize("written", ["a=1&amp;b=2", "a=1&#038;b=2", "a=1&#x26;b=2", "a=1&b=2"])
def test_an_ampersand_may_be_escaped_too_often(written: str) -> None:
    assert addresses.cleaned(f"https://daily.example/?{written}") == "https://daily.example/?a=1&b=2"


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("172.16.0.1", False), ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
        ("0.0.0.0", False), ("255.255.255.255", False), ("224.0.0.1", False), ("::1", False), ("fe80::1%eth0", False),
        ("fd00::1", False), ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True), ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False), ("ff02::1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(ip: str, public: bool) -> None:
    assert guard.is_public(ip) is public


@pytest.mark.parametrize("text", ["", "15", "0m", "30s", "-5m", "1w", "1.5h", "15 minutes"])
def test_spans_that_are_none(text: str) -> None:
    with pytest.raises(Exception, match="no span of time"):
        schedule.seconds(text)
