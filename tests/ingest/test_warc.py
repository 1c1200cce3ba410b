"""WARC files: which records are pages, how they are unpacked, and what damage costs."""

import gzip
import io
import time
import zlib
from pathlib import Path

import brotli
import pytest

from communique.ingest import Failure, Options, read
from communique.records import Article

from .warcs import answer, page, record

CHUNKED = "Transfer-Encoding: chunked\r\n"


def told(path: Path) -> list[str]:
    """Return what comes out of a file: titles of articles, messages of failures."""
    return [
        str(found.error).replace(f"{path}", "") if isinstance(found, Failure) else found.title or ""
        for found in read([path])
    ]


def chunks(body: bytes, size: int = 100) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_the_html_answers_of_status_200(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    records = [
        record(b"software: a crawler\r\n", kind="warcinfo", packed=packed),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request", packed=packed),
        record(answer(page("One")), url="https://daily.example/one", packed=packed),
        record(answer(page("Gone"), status="404 Not Found"), packed=packed),
        record(answer(page("Moved"), status="301 Moved"), packed=packed),
        record(answer(b"\x89PNG", kind="image/png"), packed=packed),
        record(answer(b""), kind="revisit", packed=packed),
        record(b"{}", kind="metadata", packed=packed),
        record(page("No answer"), url="file:///home/page.html", packed=packed),
        record(answer(page("Two"), kind="application/xhtml+xml"), url="<http://daily.example/two>", packed=packed),
    ]
    path.write_bytes(b"".join(records))
    one, two = read([path])
    assert isinstance(one, Article) and isinstance(two, Article)
    assert (one.title, one.url) == ("One", "https://daily.example/one")
    assert (two.title, two.url) == ("Two", "http://daily.example/two")
    assert one.paragraphs and "sea border" in one.text


def test_a_resource_is_a_page_as_such(tmp_path: Path) -> None:
    def resource(body: bytes, kind: str, **options: str) -> bytes:
        whole = record(body, kind="resource", packed=False, **options)  # type: ignore[arg-type]
        return whole.replace(b"application/http; msgtype=resource", kind.encode())

    words = page("Кения призвала Сомали").replace(b"og:", b"x:").decode()
    (tmp_path / "a.warc").write_bytes(
        resource(words.encode("koi8-r"), "text/html; charset=koi8-r", url="https://daily.example/ru")
        + resource(b"\x89PNG", "image/png")
        + resource(page("A record of a browser"), "text/html", url="urn:pageinfo:https://daily.example/1")
        + resource(page("Plain words"), "text/plain")
    )
    (found,) = read([tmp_path / "a.warc"])
    assert isinstance(found, Article)
    assert (found.title, found.url) == ("Кения призвала Сомали", "https://daily.example/ru")


def test_an_answer_that_does_not_say_what_it_is_is_a_page_if_it_looks_like_one(tmp_path: Path) -> None:
    bare = [answer(body).replace(b"Content-Type: text/html; charset=utf-8\r\n", b"") for body in (page(), b"{}")]
    (tmp_path / "a.warc").write_bytes(b"".join(record(one, packed=False) for one in bare))
    assert told(tmp_path / "a.warc") == ["Kenya urges Somalia to talk"]


def test_the_day_of_the_crawl_dates_a_page_without_a_date(tmp_path: Path) -> None:
    own = page("Dated").replace(
        b"</head>", b'<meta property="article:published_time" content="2024-03-05T10:00Z"></head>'
    )
    (tmp_path / "a.warc.gz").write_bytes(record(answer(page("Undated"))) + record(answer(own)))
    undated, dated = read([tmp_path])
    assert isinstance(undated, Article) and isinstance(dated, Article)
    assert undated.published == "2024-03-06"
    assert "no date of publication found: taken from when the page was seen" in undated.warnings
    assert dated.published == "2024-03-05T10:00Z" and not dated.warnings
    (given, _) = read([tmp_path], options=Options(date="2024-03-04"))
    assert isinstance(given, Article) and given.published == "2024-03-04"


@pytest.mark.parametrize(
    ("written", "published"),
    [("March 5", "2024-03-05"), ("Dec 31", "2023-12-31")],  # the last such day that was not after 6 March 2024
)
def test_a_dateline_without_a_year_gets_it_from_the_crawl(tmp_path: Path, written: str, published: str) -> None:
    body = page().replace(b"Kenya urged", f"NAIROBI, {written} (Agency) - Kenya urged".encode())
    (tmp_path / "a.warc.gz").write_bytes(record(answer(body)))
    (found,) = read([tmp_path])
    assert isinstance(found, Article) and found.published == published


@pytest.mark.parametrize(
    ("body", "heads"),
    [
        (gzip.compress(page()), "Content-Encoding: gzip\r\n"),
        (zlib.compress(page()), "Content-Encoding: deflate\r\n"),
        (zlib.compress(page(), wbits=-15), "Content-Encoding: deflate\r\n"),  # as some servers mean it
        (brotli.compress(page()), "Content-Encoding: br\r\n"),
        (brotli.compress(gzip.compress(page())), "Content-Encoding: gzip, br\r\n"),
        (chunks(page()), CHUNKED),
        (chunks(gzip.compress(page())), CHUNKED + "Content-Encoding: gzip\r\n"),
        (page(), CHUNKED + "Content-Encoding: gzip\r\n"),  # crawlers unpack, and leave the heads
        (page(), "Content-Encoding: br\r\n"),
        (page(), "Content-Encoding: deflate\r\n"),
    ],
)
def test_bodies_come_unpacked(tmp_path: Path, body: bytes, heads: str) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(record(answer(body, heads=heads)))
    assert told(path) == ["Kenya urges Somalia to talk"]


@pytest.mark.parametrize(
    ("body", "coding", "message"),
    [
        (gzip.compress(bytes(200_000_000), 1), "gzip", "unpacks to more than 10,000,000 bytes"),
        (brotli.compress(bytes(200_000_000), quality=1), "br", "unpacks to more than 10,000,000 bytes"),
        (gzip.compress(page())[:-60], "gzip", "is packed, and damaged or cut"),
        (brotli.compress(page())[:-60], "br", "is packed, and damaged"),
        (page(), "zstd", "is packed as zstd"),
    ],
    ids=["gzip bomb", "brotli bomb", "cut gzip", "cut brotli", "unknown"],
)
def test_what_cannot_be_unpacked_costs_one_page(tmp_path: Path, body: bytes, coding: str, message: str) -> None:
    path = tmp_path / "a.warc.gz"
    bad = record(answer(body, heads=f"Content-Encoding: {coding}\r\n"), url="https://daily.example/bad")
    path.write_bytes(bad + record(answer(page("Good"))))
    failure, good = told(path)
    assert failure.startswith("@0 https://daily.example/bad: ") and message in failure
    assert good == "Good"


def test_a_server_names_the_encoding(tmp_path: Path) -> None:
    text = "Кения призвала Сомали вернуться к переговорам, сообщил во вторник представитель властей в Найроби."
    body = f"<html><body><article><p>{text}</p><p>{text}</p></article></body></html>".encode("iso-8859-5")
    (tmp_path / "a.warc.gz").write_bytes(record(answer(body, kind="text/html; charset=ISO-8859-5")))
    (found,) = read([tmp_path])
    assert isinstance(found, Article) and text in found.text


def test_a_page_that_the_crawl_cut_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(record(answer(page()), heads="WARC-Truncated: length\r\n"))
    (found,) = read([tmp_path])
    assert isinstance(found, Article)
    assert "the crawl kept only a part of the page (length)" in found.warnings


THREE = [record(answer(page(f"Page {number}"))) for number in range(3)]
STARTS = [0, len(THREE[0]), len(THREE[0]) + len(THREE[1])]


def test_a_cut_file_keeps_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(THREE)[:-100])
    first, second, *rest = told(path)
    assert (first, second) == ("Page 0", "Page 1")
    assert len(rest) == 1 and rest[0].startswith(f"@{STARTS[2]}: ") and "bytes" in rest[0]


def test_damage_costs_the_records_it_is_in(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    damaged = THREE[1][:40] + bytes(60) + THREE[1][100:]
    path.write_bytes(THREE[0] + damaged + THREE[2])
    first, *failures, last = told(path)
    assert (first, last) == ("Page 0", "Page 2")
    assert failures and all("damaged" in failure for failure in failures)
    path.write_bytes(THREE[0] + b"not a record" * 1_000 + THREE[2])
    assert [title for title in told(path) if "damaged" not in title] == ["Page 0", "Page 2"]


@pytest.mark.parametrize("room", [2, 8, 20])
def test_a_record_is_found_wherever_it_begins(tmp_path: Path, room: int) -> None:
    path = tmp_path / "a.warc.gz"
    # What is looked through at a time, a megabyte, ends so many bytes after the record's beginning.
    path.write_bytes((THREE[0] + b"not a record").ljust(1_048_576 + 1 - room, b".") + THREE[1])
    assert [title for title in told(path) if "damaged" not in title] == ["Page 0", "Page 1"]


def test_changed_bytes_are_found_by_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    plain = [record(answer(page(f"Page {number}")), packed=False) for number in range(2)]
    path.write_bytes(plain[0].replace(b"urged Somalia", b"urges Ethiopi") + plain[1])
    failure, good = told(path)
    assert "https://daily.example/1 is damaged: not the bytes that were written" in failure
    assert good == "Page 1"


def test_a_record_above_the_bound_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(record(answer(bytes(50_000_000))) + THREE[0])
    start = time.monotonic()
    failure, good = told(path)
    assert "larger than 10,000,000 bytes" in failure and good == "Page 0"
    assert time.monotonic() - start < 5


def test_other_ways_of_packing(tmp_path: Path) -> None:
    plain = b"".join(record(answer(page(f"Page {number}")), packed=False) for number in range(3))
    (tmp_path / "whole.warc.gz").write_bytes(gzip.compress(plain))
    assert told(tmp_path / "whole.warc.gz") == ["Page 0", "Page 1", "Page 2"]
    for data in (plain, b"".join(THREE)):  # by its content, from a pipe
        found = list(read(["-"], stdin=io.BytesIO(data)))
        assert [article.title for article in found if isinstance(article, Article)] == ["Page 0", "Page 1", "Page 2"]


def test_folders_and_patterns_hold_warc_files(tmp_path: Path) -> None:
    for name in ("CC-NEWS-1.warc.gz", "deep/CC-NEWS-2.warc.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(THREE[0])
    assert len(list(read([tmp_path]))) == 2
    assert len(list(read([tmp_path / "*.warc.gz"]))) == 1
    assert len(list(read([tmp_path / "**" / "*.warc.gz"]))) == 2
    (failure,) = read([tmp_path / "*.warc.xz"])
    assert isinstance(failure, Failure) and "does not exist" in str(failure.error)


def test_articles_come_one_at_a_time() -> None:
    stream = io.BytesIO(b"".join(THREE) * 1_000)
    first = next(read(["-"], stdin=stream, options=Options(format="warc")))
    assert isinstance(first, Article) and first.title == "Page 0"
    assert stream.tell() < 200_000 < len(stream.getvalue())
