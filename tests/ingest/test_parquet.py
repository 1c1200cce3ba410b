"""Parquet files: columns as in CSV, days and times as Parquet has them, and what damage costs."""

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from communique.errors import InputError
from communique.ingest import Failure, Options, read
from communique.records import Article

TEXT = "Kenya urged Somalia on Tuesday to return to the talks, an official said in Nairobi."


def write(path: Path, columns: dict[str, object], **options: object) -> Path:
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_columns_are_found_by_their_usual_names(tmp_path: Path) -> None:
    columns = {
        "Headline": ["Kenya urges talks"], "body": [TEXT], "published": [datetime(2024, 3, 5, 10, 0, tzinfo=UTC)],
        "link": ["https://daily.example/1"], "authors": [["Jane Doe", "Li Wei"]], "embedding": [[0.5] * 8],
    }  # fmt: skip
    (found,) = read([write(tmp_path / "a.parquet", columns)])
    assert isinstance(found, Article)
    assert (found.title, found.text, found.url) == ("Kenya urges talks", TEXT, "https://daily.example/1")
    assert found.published == "2024-03-05T10:00Z" and found.byline == ("Jane Doe", "Li Wei")


@pytest.mark.parametrize(
    ("day", "published"),
    [(date(2024, 3, 5), "2024-03-05"), (datetime(2024, 3, 5), "2024-03-05"), ("5 March 2024", "2024-03-05")],
)
def test_days(tmp_path: Path, day: object, published: str) -> None:
    (found,) = read([write(tmp_path / "a.parquet", {"text": [TEXT], "date": [day]})])
    assert isinstance(found, Article) and found.published == published


def test_columns_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pq", {"words": [TEXT], "text": ["Another text, which is not meant here."]})
    (found,) = read([path], options=Options(columns={"text": "words"}))
    assert isinstance(found, Article) and found.text == TEXT
    (failure,) = read([path], options=Options(columns={"text": "body"}))
    assert isinstance(failure, Failure)
    assert "has no column body (its columns are words, text)" in str(failure.error)


def test_a_bad_row_costs_only_itself(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": [TEXT, None, "x" * 11_000_000, TEXT + " Talks go on."]})
    first, empty, long, last = read([path])
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(empty, Failure) and "a.parquet#2: has no text" in str(empty.error)
    assert isinstance(long, Failure) and "a.parquet#3: is larger than 10,000,000 bytes" in str(long.error)


def test_words_that_repeat_do_not_fill_the_memory(tmp_path: Path) -> None:
    """Twenty thousand rows of one text of a million bytes: 20 GB, were they not read a few at a time."""
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["word " * 200_000]))
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": text}), path)
    assert path.stat().st_size < 1_000_000
    before = pa.total_allocated_bytes()
    found = read([path])
    next(found)
    assert pa.total_allocated_bytes() - before < 50_000_000


def test_damage_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": [f"{TEXT} Round {n}." for n in range(300)]}, row_group_size=100)
    whole = path.read_bytes()
    group = pq.ParquetFile(path).metadata.row_group(1).column(0)
    start = group.dictionary_page_offset or group.data_page_offset
    path.write_bytes(whole[:start] + b"\xff" * 40 + whole[start + 40 :])
    found = list(read([path]))
    assert isinstance(found[100], Failure) and "#101: is damaged" in str(found[100].error)
    assert len([article for article in found if isinstance(article, Article)]) == 200
    path.write_bytes(whole[:-20])
    (failure,) = read([path])
    assert isinstance(failure, Failure) and "is no Parquet file, or damaged" in str(failure.error)


def test_it_must_be_a_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", {"text": [TEXT]})
    (piped,) = read(["-"], stdin=io.BytesIO(path.read_bytes()))
    assert isinstance(piped, Failure) and "cannot come by a pipe" in str(piped.error)
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(path.read_bytes()))
    (packed,) = read([tmp_path / "b.parquet.gz"])
    assert isinstance(packed, Failure) and isinstance(packed.error, InputError)
    assert "gunzip it first" in str(packed.error)
    by_content = tmp_path / "data"
    path.rename(by_content)
    (found,) = read([by_content])
    assert isinstance(found, Article)
