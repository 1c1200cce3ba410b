"""Input that cannot be read as news: a clear message with its place, and the rest is still read."""

import gzip
import io
import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from communique.errors import InputError, UsageError
from communique.ingest import Failure, Options, article_from_html, article_from_text, read
from communique.records import Article

GOOD = b"The ministers met in Oslo on Friday, officials said."


def only(path: Path | str, options: Options = Options(), stdin: bytes = b"") -> Failure:  # noqa: B008
    [failure] = read([path], options=options, stdin=io.BytesIO(stdin))
    assert isinstance(failure, Failure), failure
    return failure


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\r\n\t", "is empty"),
        ("bom.txt", b"\xef\xbb\xbf\n", "is empty"),
        ("empty.jsonl", b"", "is empty"),
        ("page.pdf", b"%PDF-1.7 \x00\x01", "is a PDF"),
        ("page.txt", bytes(range(256)) * 40, "is binary"),
        ("zip.html", b"PK\x03\x04" + bytes(100), "zip archive"),
        ("cut.txt.gz", gzip.compress(GOOD * 50, mtime=0)[:-20], "truncated gzip"),
        ("broken.txt.gz", b"\x1f\x8b\x08\x00" + b"nonsense" * 9, "gzip"),
        ("labels.txt", b"Home\nNews\nSport\nSign in\nShare\n", "has no body text"),
        ("nobody.html", b"<html><head><title>A page</title></head><body><nav>Home</nav></body>", "no body text"),
        ("nothing.html", b"<html></html>", "has no body text"),
        ("array.json", b"[1, 2", "is not JSON"),
        ("number.json", b"17", "no article"),
        ("deep.json", b"[" * 100_000, "is JSON nested too deep"),
        ("none.json", b'{"title": "No text here"}', "has no text"),
        ("head.csv", b"a,b\n1,2\n", "has no text"),
        ("long.txt", b"word " * 300_000, "characters of text"),
        ("long.html", b"<p>" + b"A word in a sentence. " * 60_000 + b"</p>", "characters of text"),
    ],
)  # fmt: skip
def test_message(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    failure = only(path)
    assert message in str(failure.error)
    assert name in str(failure.error)


def test_missing_file(tmp_path: Path) -> None:
    assert "does not exist" in str(only(tmp_path / "no.txt").error)


def test_words_instead_of_a_path(tmp_path: Path) -> None:
    failure = only(f"{tmp_path}/{'Kenya urged Somalia on Tuesday to talk. ' * 10}")
    assert "does not exist" in str(failure.error)


def test_a_closed_folder_is_told_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("closed", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(GOOD)
    whole = os.scandir

    def closed(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return whole(path)

    monkeypatch.setattr(os, "scandir", closed)
    article, failure = read([tmp_path])
    assert isinstance(article, Article)
    assert isinstance(failure, Failure)
    assert str(failure.error) == f"{tmp_path}/closed: Permission denied"


def test_folder_without_pages(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert "folder without pages" in str(only(tmp_path).error)


def test_fifty_megabytes_of_one_line_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"word " * 10_000_000)
    start = time.monotonic()
    assert "too large for one page" in str(only(path).error)
    assert time.monotonic() - start < 20


def test_long_line_of_jsonl_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"text": "%s"}\n{"text": "%s"}\n' % (b"word " * 3_000_000, GOOD))
    failure, article = read([path])
    assert isinstance(failure, Failure) and "longer than" in str(failure.error) and failure.where.endswith(":1")
    assert isinstance(article, Article)


@pytest.mark.parametrize("tag", ["div", "b", "table", "ul", "p", "x-y", "font"])
def test_nested_tags_neither_crash_nor_hang(tag: str) -> None:
    text = "The ministers met in Oslo on Friday and agreed to meet again, officials said."
    page = f"<html><body>{f'<{tag}>' * 100_000}{text}</body></html>"
    start = time.monotonic()
    try:
        assert "ministers met" in article_from_html(page).text
    except InputError as error:
        assert "no body text" in str(error)
    assert time.monotonic() - start < 20


def test_deep_page_keeps_its_text() -> None:
    text = "The ministers met in Oslo on Friday and agreed to meet again in May, officials said."
    page = f"<html><body>{'<div>' * 100_000}<p>{text}</p>{'</div>' * 100_000}<p>Talks go on.</p></body></html>"
    assert text in article_from_html(page).text


@pytest.mark.parametrize(
    "text",
    ["a" * 900_000, "word " * 190_000, "\n".join(["Read more"] * 90_000), "“" * 900_000, "1. " * 300_000,
     "A, " * 300_000,
     "\n".join(f"Line {i} of the page says nothing." for i in range(25_000)), "10 Feb " * 120_000, "<a \"" * 200_000,
     "<!-- -->" * 10_000 + "A word."],
)  # fmt: skip
def test_odd_text_is_read_in_bounded_time(text: str) -> None:
    start = time.monotonic()
    for reader in (article_from_text, article_from_html):
        with suppress(InputError):
            reader(text)
    assert time.monotonic() - start < 20


def test_wrong_encoding_given(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("The café closed on Monday.".encode("latin-1"))
    failure = only(path, Options(encoding="utf-8"))
    assert "byte 7 is not utf-8" in str(failure.error)
    with pytest.raises(UsageError, match="no such encoding"):
        only(path, Options(encoding="latin-99"))


def test_the_rest_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(GOOD)
    (tmp_path / "c.html").write_bytes(bytes(5_000))
    (tmp_path / "d.jsonl").write_bytes(b'{"text": "%s"}\nnot json\n\n["x"]\n{"text": "%s"}\n' % (GOOD, GOOD))
    kinds = [
        (type(found).__name__, getattr(found, "where", "")[len(str(tmp_path)) + 1 :]) for found in read([tmp_path])
    ]
    assert kinds == [
        ("Failure", "a.txt"), ("Article", ""), ("Failure", "c.html"),
        ("Article", ""), ("Failure", "d.jsonl:2"), ("Failure", "d.jsonl:4"), ("Article", ""),
    ]  # fmt: skip


@pytest.mark.parametrize("date", ["10.02.2022", "2022-13-01", "2022-02-30", "tomorrow", "1822-01-01", "9999-01-01"])
def test_wrong_date_given(date: str) -> None:
    with pytest.raises(UsageError, match="not a possible date"):
        article_from_text(GOOD.decode(), options=Options(date=date))
    with pytest.raises(UsageError):
        list(read([], options=Options(date=date)))


def test_unknown_format_and_field() -> None:
    with pytest.raises(UsageError, match="no such format"):
        list(read([], options=Options(format="docx")))
    with pytest.raises(UsageError, match="no such field"):
        list(read(["-"], options=Options(format="jsonl", columns={"body": "x"}), stdin=io.BytesIO(b'{"x": "y"}')))


def test_comments_before_anything_else_do_not_hang(tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(b"<!-- -->" * 10_000 + GOOD)
    start = time.monotonic()
    assert list(read([path]))
    assert time.monotonic() - start < 20


def test_a_broken_header_of_a_table_is_told(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"text,title\rdate\n" + GOOD)
    assert "has no header of CSV" in str(only(path).error)


@pytest.mark.parametrize(
    ("name", "start", "fill", "message"),
    [
        ("rows.csv.gz", b'text\n"%s"\n' % GOOD, b"\n", "goes on with 100,000 empty lines"),
        ("rows.jsonl.gz", b'{"text": "%s"}\n' % GOOD, b"\n", "goes on with 100,000 empty lines"),
        ("rows.csv.gz", b'text,title\n"%s",\n' % GOOD, b",x\n", "gave no article 10,000 times in a row"),
        ("rows.jsonl.gz", b'{"text": "%s"}\n' % GOOD, b"0\n", "gave no article 10,000 times in a row"),
    ],
)
def test_small_files_that_unpack_to_very_many_rows_end(
    tmp_path: Path, name: str, start: bytes, fill: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(start + fill * (20_000_000 // len(fill)), 1))
    begin = time.monotonic()
    first, *_, last = read([path])
    assert isinstance(first, Article)
    assert isinstance(last, Failure) and message in str(last.error)
    assert time.monotonic() - begin < 20
