"""Rounds of the watch, against a site that answers as sites do, and as they should not."""

import gzip
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from email.utils import formatdate

import pytest

from communique.archive import Archive, Watched
from communique.records import Article, Coding
from communique.watch import Report

from ..ingest.warcs import page
from .conftest import START, Clock, Rounds, titles
from .site import Heads, Reply, Site

MINUTE, HOUR = 60, 3600


def problems(report: Report) -> list[tuple[str, str, float | None]]:
    """Return the problems as path, reason and minutes to the next try."""
    return [
        (p.address.split("/", 3)[-1], p.problem, None if p.due is None else (p.due - START) / MINUTE)
        for p in report.problems
    ]


def test_a_feed_brings_its_pages_once(site: Site, archive: Archive, rounds: Rounds, clock: Clock) -> None:
    site.pages("one", "two", "three")
    feed = site.feed("one", "two", "three")
    report = rounds(feed)
    assert str(report) == "sources: 1 read, 0 unchanged; pages: 3 new, 3 kept; problems: 0"
    assert titles(archive) == ["Page one", "Page three", "Page two"]
    assert site.paths() == ["/feed.xml", "/one", "/two", "/three"]
    article = next(iter(archive.records("articles")))
    assert isinstance(article, Article)
    assert article.published == "2024-03-06T07:30Z"  # the pages have none: it is the feed's
    assert article.url is not None and article.url.startswith(site.address)

    rounds(feed)
    assert site.paths() == [], "not due yet"
    clock.now += 15 * MINUTE
    site.pages("four")
    site.feed("four", "one", "two", "three")
    assert rounds(feed).counts["kept"] == 1
    assert site.paths() == ["/feed.xml", "/four"]


def test_who_asks_says_who_it_is(site: Site, rounds: Rounds) -> None:
    site.pages("one")
    rounds(site.feed("one"))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/feed.xml", "/one"]
    for _, heads in site.asked:
        assert heads["User-Agent"].startswith("communique/") and "(+news@example.org)" in heads["User-Agent"]


def test_what_has_not_changed_is_not_sent_again(site: Site, rounds: Rounds, clock: Clock) -> None:
    def reply(heads: Heads) -> Reply:
        if heads.get("If-None-Match") == '"v1"' and heads.get("If-Modified-Since") == "Wed, 06 Mar 2024 07:00:00 GMT":
            return Reply(status=304)
        return Reply(feed.body, kind=feed.kind, heads=marks)

    marks = {"ETag": '"v1"', "Last-Modified": "Wed, 06 Mar 2024 07:00:00 GMT"}
    site.pages("one")
    address = site.feed("one")
    feed = site.replies["/feed.xml"]
    assert isinstance(feed, Reply)
    site.replies["/feed.xml"] = reply
    assert rounds(address).counts["kept"] == 1
    for _ in range(2):
        clock.now += 15 * MINUTE
        assert rounds(address).counts == Counter(unchanged=1)


def test_a_page_of_the_list_is_read_once(site: Site, archive: Archive, rounds: Rounds, clock: Clock) -> None:
    site.pages("one")
    assert rounds(f"{site.address}/one").counts == Counter(read=1, new=1, kept=1)
    clock.now += 24 * HOUR
    site.asked.clear()
    assert rounds(f"{site.address}/one").counts == Counter()
    assert site.asked == []
    assert titles(archive) == ["Page one"]


def test_robots_txt_is_obeyed_and_kept_for_a_day(site: Site, archive: Archive, rounds: Rounds, clock: Clock) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private\nCrawl-delay: 7\n", kind="text/plain")
    site.pages("one", "private/two", "three")
    feed = site.feed("one", "private/two", "three")
    report = rounds(feed)
    assert titles(archive) == ["Page one", "Page three"]
    assert problems(report) == [("private/two", "robots.txt does not allow it", None)]
    assert site.paths(but="") == ["/robots.txt", "/feed.xml", "/one", "/three"]
    assert clock.slept == [7.0, 7.0, 7.0]
    clock.now += 23 * HOUR
    rounds(feed)
    assert site.paths(but="") == ["/feed.xml"]
    clock.now += HOUR
    rounds(feed)
    assert site.paths(but="") == ["/robots.txt", "/feed.xml"]


def test_rules_for_us_by_name(site: Site, rounds: Rounds) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nAllow: /\n\nUser-agent: Communique\nDisallow: /\n", kind=None)
    report = rounds(site.feed("one"))
    assert problems(report) == [("feed.xml", "robots.txt does not allow it", 15)]
    assert site.paths(but="") == ["/robots.txt"]


def test_rules_that_are_withheld_allow_nothing(site: Site, rounds: Rounds, clock: Clock) -> None:
    site.replies["/robots.txt"] = Reply(status=500)
    site.pages("one")
    feed = site.feed("one")
    ((_, problem, due),) = problems(rounds(feed))
    assert problem == "robots.txt cannot be read: the server answers 500 Internal Server Error" and due == 15
    assert site.paths(but="") == ["/robots.txt"]
    del site.replies["/robots.txt"]  # 404: there are none
    clock.now += 15 * MINUTE
    assert rounds(feed).counts["kept"] == 1


def test_hosts_have_a_pause_between_two_fetches(site: Site, rounds: Rounds, clock: Clock) -> None:
    site.pages("one", "two")
    rounds(site.feed("one", "two"), delay=1.5)
    assert clock.slept == [1.5] * 3


def test_a_page_that_fails_is_tried_again_some_times(
    site: Site, archive: Archive, rounds: Rounds, clock: Clock
) -> None:
    feed = site.feed("late")
    tries = []
    for _ in range(200):
        if found := problems(rounds(feed)):
            tries.append(((clock.now - START) / MINUTE, *found[0]))
        clock.now += 15 * MINUTE
    assert tries == [
        (0, "late", "the server answers 404 Not Found", 15),
        (15, "late", "the server answers 404 Not Found", 75),
        (75, "late", "the server answers 404 Not Found", 315),
        (315, "late", "the server answers 404 Not Found", 1275),
        (1275, "late", "the server answers 404 Not Found", None),
    ]
    assert site.paths().count("/late") == 5
    ((kept),) = Watched(archive).problems()
    assert (kept.kind, kept.problem, kept.due) == ("page", "the server answers 404 Not Found", None)


def test_a_page_that_comes_late_is_kept(site: Site, archive: Archive, rounds: Rounds, clock: Clock) -> None:
    feed = site.feed("late")
    rounds(feed)
    site.pages("late")
    clock.now += 15 * MINUTE
    assert rounds(feed).counts["kept"] == 1
    assert list(Watched(archive).problems()) == []


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(status=410), "the server answers 410 Gone"),
        (Reply(b"%PDF-1.7", kind="application/pdf"), "is application/pdf, not a page"),
        (Reply(b"<html><body><nav>Home</nav></body></html>"), "has no body text"),
        (Reply(b""), "has no body text"),
        (Reply(b"\x89PNG\0\1\2" * 99, kind=None), "is a PNG image, not text"),
        (Reply(page("Defect")), "a defect"),
        (Reply(gzip.compress(bytes(200_000_000), 1), heads={"Content-Encoding": "gzip"}),
         "unpacks to more than 10,000,000 bytes, too large for one page"),
        (Reply(gzip.compress(page())[:-30], heads={"Content-Encoding": "gzip"}), "is packed, and damaged or cut"),
        (Reply(bytes(11_000_000)), "is larger than 10,000,000 bytes, too large for one page"),
        (Reply(status=302, heads={"Location": "ftp://example.org/page"}),
         "leads to what is no address: ftp://example.org/page"),
    ],
    ids=["gone", "PDF", "no text", "empty", "picture", "defect", "gzip bomb", "cut", "huge", "other scheme"],
)  # fmt: skip
def test_a_page_that_is_none_is_given_up_and_costs_only_itself(
    site: Site, archive: Archive, rounds: Rounds, reply: Reply, problem: str
) -> None:
    site.pages("good")
    site.replies["/bad"] = reply
    assert problems(rounds(site.feed("bad", "good"))) == [("bad", problem, None)]
    assert titles(archive) == ["Page good"]


def test_packed_answers_are_read(site: Site, archive: Archive, rounds: Rounds) -> None:
    site.replies["/one"] = Reply(gzip.compress(page("Page one")), heads={"Content-Encoding": "gzip"})
    rounds(site.feed("one"))
    assert titles(archive) == ["Page one"]


def forever(write: Callable[[bytes], object]) -> None:
    while True:
        write(b"<p>word " * 10_000)


def slowly(write: Callable[[bytes], object]) -> None:
    for _ in range(100):
        write(b"<")
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("stream", "problem"),
    [
        (forever, "is larger than 10,000,000 bytes, too large for one page"),
        (slowly, "no whole answer within 2 seconds"),
    ],
)
def test_endless_answers_are_bounded(
    site: Site, rounds: Rounds, stream: Callable[[Callable[[bytes], object]], None], problem: str
) -> None:
    site.replies["/bad"] = Reply(stream=stream)
    start = time.monotonic()
    ((_, told, _),) = problems(rounds(site.feed("bad")))
    assert told == problem
    assert time.monotonic() - start < 10


def test_heads_are_bounded(site: Site, archive: Archive, rounds: Rounds) -> None:
    site.pages("good")
    site.replies["/bad"] = Reply(page(), heads={"X-Long": "a" * 1_000_000})
    ((path, problem, _),) = problems(rounds(site.feed("good", "bad")))
    assert path == "bad" and problem.startswith("cannot be fetched (")
    assert titles(archive) == ["Page good"]


def test_a_server_that_asks_for_rest_gets_it(site: Site, archive: Archive, rounds: Rounds, clock: Clock) -> None:
    site.pages("two", "three")
    site.replies["/one"] = Reply(status=429, heads={"Retry-After": "3000"})
    feed = site.feed("one", "two", "three")
    assert problems(rounds(feed)) == [("one", "the server answers 429 Too Many Requests", 15)]
    assert site.paths() == ["/feed.xml", "/one"], "no other page of the host is asked for"
    clock.now += 15 * MINUTE
    assert rounds(feed).counts == Counter() and site.paths() == []
    clock.now = START + 3000
    site.pages("one")
    assert rounds(feed).counts["kept"] == 3


@pytest.mark.parametrize(
    ("asked", "minutes"),
    [(None, 15), ("nonsense", 15), (formatdate(START + 2 * HOUR, usegmt=True), 120), ("99999999", 24 * 60)],
)
def test_rest_may_be_a_date_or_nothing(
    site: Site, archive: Archive, rounds: Rounds, clock: Clock, asked: str | None, minutes: int
) -> None:
    site.replies["/feed.xml"] = Reply(status=503, heads={"Retry-After": asked} if asked else {})
    rounds(f"{site.address}/feed.xml")
    assert Watched(archive).rest("127.0.0.1")[0] == START + minutes * MINUTE


def test_sources_that_fail_are_asked_less_and_less_often(site: Site, rounds: Rounds, clock: Clock) -> None:
    site.replies["/feed.xml"] = Reply(status=500)
    tried = []
    for _ in range(70):
        if rounds(f"{site.address}/feed.xml").problems:
            tried.append((clock.now - START) / MINUTE)
        clock.now += 15 * MINUTE
    assert tried == [0, 15, 45, 105, 225, 465, 705, 945]  # four hours at most
    site.pages("one")
    site.feed("one")
    clock.now += 24 * HOUR
    assert rounds(f"{site.address}/feed.xml").counts["kept"] == 1


def test_a_host_that_does_not_answer_is_left_alone(rounds: Rounds) -> None:
    ((_, problem, due),) = problems(rounds("http://127.0.0.1:9/feed.xml", "http://127.0.0.1:9/other.xml"))
    assert problem.startswith("robots.txt cannot be read: cannot be fetched (") and due == 15


def test_redirects_are_followed_as_visits(site: Site, archive: Archive, rounds: Rounds, clock: Clock) -> None:
    site.pages("new")
    site.feed("old", path="/real.xml")
    site.replies["/feed.xml"] = Reply(status=301, heads={"Location": "/real.xml"})
    site.replies["/old"] = Reply(status=302, heads={"Location": "new?utm_source=rss"})
    feed = f"{site.address}/feed.xml"
    assert rounds(feed, delay=1.0).counts["kept"] == 1
    assert site.paths() == ["/feed.xml", "/real.xml", "/old", "/new"]
    assert clock.slept == [1.0] * 4
    (article,) = archive.records("articles")
    assert isinstance(article, Article) and article.url == f"{site.address}/new"
    clock.now += 15 * MINUTE
    assert rounds(feed).counts == Counter(read=1)


def test_redirects_end(site: Site, rounds: Rounds) -> None:
    site.replies["/a"] = Reply(status=302, heads={"Location": "/b"})
    site.replies["/b"] = Reply(status=302, heads={"Location": "/a"})
    assert problems(rounds(site.feed("a"))) == [("a", "leads from one address to the next, more than 5 times", 15)]
    assert site.paths() == ["/feed.xml", "/a", "/b", "/a", "/b", "/a", "/b"]


def test_a_page_that_has_moved_to_a_known_one_is_not_read_again(site: Site, archive: Archive, rounds: Rounds) -> None:
    site.pages("one")
    rounds(site.feed("one"))
    site.paths()
    site.replies["/again"] = Reply(status=301, heads={"Location": "/one"})
    rounds(site.feed("again", path="/other.xml"))
    assert site.paths() == ["/other.xml", "/again"]
    assert titles(archive) == ["Page one"]


def test_redirects_do_not_get_round_robots_txt(site: Site, rounds: Rounds) -> None:
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /private\n", kind=None)
    site.replies["/open"] = Reply(status=302, heads={"Location": "/private"})
    assert problems(rounds(site.feed("open"))) == [("open", "robots.txt does not allow it", None)]
    assert site.paths() == ["/feed.xml", "/open"]


def test_robots_txt_may_have_moved(site: Site, rounds: Rounds, clock: Clock) -> None:
    site.replies["/robots.txt"] = Reply(status=301, heads={"Location": "/rules"})
    site.replies["/rules"] = Reply(b"User-agent: *\nDisallow: /private\n", kind=None)
    site.pages("one", "private")
    report = rounds(site.feed("one", "private"), delay=1.0)
    assert problems(report) == [("private", "robots.txt does not allow it", None)]
    assert site.paths(but="") == ["/robots.txt", "/rules", "/feed.xml", "/one"]


def test_robots_txt_that_moves_for_ever_allows_nothing(site: Site, rounds: Rounds) -> None:
    site.replies["/robots.txt"] = Reply(status=301, heads={"Location": "/robots.txt"})
    ((_, problem, due),) = problems(rounds(site.feed("one")))
    assert problem == "robots.txt cannot be read: leads from one address to the next, more than 5 times" and due == 15
    assert site.paths(but="") == ["/robots.txt"] * 6


def test_redirects_to_another_host_wait_for_its_turn(
    site: Site, archive: Archive, rounds: Rounds, clock: Clock
) -> None:
    other = site.address.replace("127.0.0.1", "localhost")
    site.pages("new", "two")
    site.replies["/one"] = Reply(status=302, heads={"Location": f"{other}/new"})
    rounds(site.feed("one", "two"), delay=5.0)
    assert titles(archive) == ["Page new", "Page two"]
    assert [path for path, heads in site.asked if heads["Host"].startswith("localhost")] == ["/robots.txt", "/new"]
    assert clock.slept == [5.0] * len(clock.slept) and len(clock.slept) <= 5


def test_a_page_that_the_archive_has_from_elsewhere_is_not_fetched(
    site: Site, archive: Archive, rounds: Rounds
) -> None:
    article = Article(id="a-0000000000000001", text="Hi.", paragraphs=((0, 3),), url=f"{site.address}/one")
    archive.add(Coding(article), coder="plain 1")
    report = rounds(site.feed("one"))
    assert report.counts == Counter(read=1)
    assert site.paths() == ["/feed.xml"]


def test_a_round_takes_so_many_pages_of_a_host(site: Site, rounds: Rounds, clock: Clock) -> None:
    names = [f"page{number}" for number in range(5)]
    site.pages(*names)
    feed = site.feed(*names)
    kept = []
    for _ in range(4):
        kept.append(rounds(feed, limit_per_host=2).counts["kept"])
        clock.now += 15 * MINUTE
    assert kept == [2, 2, 1, 0]


def test_a_round_ends_when_the_next_is_due(site: Site, rounds: Rounds, clock: Clock) -> None:
    names = [f"page{number}" for number in range(9)]
    site.pages(*names)
    report = rounds(site.feed(*names), delay=200.0)
    assert report.counts["kept"] == 3  # after robots.txt and the feed
    assert clock.now < START + 15 * MINUTE
    clock.now = START + 15 * MINUTE
    assert rounds(site.address + "/feed.xml", delay=0.0).counts["kept"] == 6


def sitemap(*entries: str, root: str = "urlset") -> Reply:
    head = f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/x">'
    return Reply(f"<?xml version='1.0'?>{head}{''.join(entries)}</{root}>".encode(), kind="application/xml")


def test_an_index_of_sitemaps(site: Site, archive: Archive, rounds: Rounds, clock: Clock) -> None:
    def child(name: str, changed: str) -> str:
        return f"<sitemap><loc>{site.address}/{name}</loc>{changed and f'<lastmod>{changed}</lastmod>'}</sitemap>"

    def entry(name: str, changed: str, news: str = "") -> str:
        told = changed and f"<lastmod>{changed}</lastmod>"
        news = news and f"<news:news><news:publication_date>{news}</news:publication_date></news:news>"
        return f"<url><loc>{site.address}/{name}</loc>{told}{news}</url>"

    site.pages("fresh", "news", "old", "undated", "later")
    site.replies["/index.xml"] = sitemap(
        child("new.xml", "2024-03-06T06:00:00Z"), child("old.xml", "2019-01-01"), root="sitemapindex"
    )
    site.replies["/new.xml"] = Reply(
        gzip.compress(
            sitemap(
                entry("fresh", "2024-03-05"), entry("news", "2024-03-06", "2024-03-06T05:00Z"),
                entry("old", "2020-01-01"), entry("undated", ""),
            ).body
        ),
        kind="application/x-gzip",
    )  # fmt: skip
    index = f"{site.address}/index.xml"
    rounds(index)
    assert site.paths() == ["/index.xml", "/new.xml", "/news", "/fresh"]
    assert titles(archive) == ["Page fresh", "Page news"]
    clock.now += 15 * MINUTE
    rounds(index)
    assert site.paths() == ["/index.xml"], "the index says that the sitemap has not changed"
    clock.now += 15 * MINUTE
    site.replies["/index.xml"] = sitemap(child("new.xml", "2024-03-06T08:20:00Z"), root="sitemapindex")
    site.replies["/new.xml"] = sitemap(entry("later", "2024-03-06"))
    rounds(index)
    assert site.paths() == ["/index.xml", "/new.xml", "/later"]


def test_a_sitemap_of_an_index_that_has_not_changed_has_rest_for_a_day(
    site: Site, rounds: Rounds, clock: Clock
) -> None:
    def reply(heads: Heads) -> Reply:
        return Reply(status=304) if heads.get("If-None-Match") == '"v1"' else replace(body, heads={"ETag": '"v1"'})

    entry = f"<sitemap><loc>{site.address}/a.xml</loc><lastmod>2024-03-06</lastmod></sitemap>"
    site.replies["/index.xml"] = sitemap(entry, root="sitemapindex")
    body, site.replies["/a.xml"] = sitemap(), reply
    index = f"{site.address}/index.xml"
    rounds(index)
    assert site.paths() == ["/index.xml", "/a.xml"]
    clock.now += 24 * HOUR
    rounds(index)
    assert site.paths() == ["/index.xml", "/a.xml"]
    clock.now += 15 * MINUTE
    rounds(index)
    assert site.paths() == ["/index.xml"]


def test_indexes_that_name_themselves_end(site: Site, rounds: Rounds) -> None:
    for name, other in (("a", "b"), ("b", "a")):
        entries = "".join(f"<sitemap><loc>{site.address}/{to}.xml</loc></sitemap>" for to in (name, other))
        site.replies[f"/{name}.xml"] = sitemap(entries, root="sitemapindex")
    rounds(f"{site.address}/a.xml")
    assert sorted(site.paths()) == ["/a.xml", "/b.xml"]


def test_indexes_within_indexes_end(site: Site, rounds: Rounds) -> None:
    for depth in range(9):
        entry = f"<sitemap><loc>{site.address}/{depth + 1}.xml</loc></sitemap>"
        site.replies[f"/{depth}.xml"] = sitemap(entry, root="sitemapindex")
    rounds(f"{site.address}/0.xml")
    assert site.paths() == ["/0.xml", "/1.xml", "/2.xml", "/3.xml"]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "is neither a feed nor a sitemap nor a page"),
        (b"just words", "is neither a feed nor a sitemap nor a page"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><urlset>&a;</urlset>', "is XML that defines entities, which is refused"),
        (b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rss>&a;</rss>', "is XML that defines entities, which is refused"),
        (b"<urlset" + bytes(200), "is no XML"),
    ],
)
def test_a_source_that_is_none_says_so(site: Site, rounds: Rounds, body: bytes, problem: str) -> None:
    site.replies["/x"] = Reply(body, kind="text/xml")
    ((_, told, due),) = problems(rounds(f"{site.address}/x"))
    assert told.startswith(problem) and due == 15
