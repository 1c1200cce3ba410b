"""The dataset: each article once, whole, whatever happens on the way; any reader of Parquet opens it."""

from pathlib import Path

import pyarrow.dataset as ds
import pytest

from communique.archive import Archive
from communique.errors import UsageError
from communique.records import Coding
from communique.scale import Dataset, added
from communique.scale.dataset import UNDATED, Done, day_of
from tests.stories.material import AGENCY, OTHER, article, event


def coding(outlet: str, text: str = AGENCY, day: str | None = "2022-02-10") -> Coding:
    home = article(text, day=day, outlet=outlet)
    words, trigger = (text[:40], text[:40].split()[1])
    return Coding(home, (), (event(home, words, trigger), event(home, text[41:80], text[41:80].split()[0])))


def keep(dataset: Dataset, key: str, *codings: Coding) -> None:
    days = tuple(sorted({day_of(one.article) for one in codings}))
    dataset.keep(Done(key, len(codings), 0, 0, 0.0, days), codings, [])


def settled(dataset: Dataset) -> None:
    for day, keys in dataset.unsettled().items():
        dataset.settle(day, keys)


def held(dataset: Dataset) -> list[Coding]:
    return sorted((one for day in dataset.days() for one in dataset.codings(day)), key=lambda one: one.article.id)


ONE, TWO, LATER, UNKNOWN = coding("One"), coding("Two", OTHER), coding("One", day="2022-02-11"), coding("X", day=None)


def expected(*codings: Coding) -> list[Coding]:
    return sorted(codings, key=lambda one: one.article.id)


def test_what_is_kept_comes_back_once(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path / "news")
    dataset.begin("coder 1")
    keep(dataset, "shard-1", ONE, LATER, UNKNOWN)
    keep(dataset, "shard-2", TWO, ONE)
    assert set(dataset.unsettled()) == {"2022-02-10", "2022-02-11", UNDATED}
    settled(dataset)
    assert held(dataset) == expected(ONE, TWO, LATER, UNKNOWN)
    settled(dataset)  # killed before it was noted
    assert held(dataset) == expected(ONE, TWO, LATER, UNKNOWN)
    dataset.forget_coded(["shard-1", "shard-2"])
    assert dataset.unsettled() == {}


def test_more_shards_add_to_a_day(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path / "news")
    keep(dataset, "shard-1", ONE)
    settled(dataset)
    dataset.forget_coded(["shard-1"])
    keep(dataset, "shard-2", TWO, ONE)
    settled(dataset)
    assert held(dataset) == expected(ONE, TWO)


def test_a_day_that_was_half_written_is_mended(tmp_path: Path) -> None:
    """Killed when the events of a new article are in place, but not yet the article."""
    dataset = Dataset(tmp_path / "news")
    keep(dataset, "shard-1", ONE)
    settled(dataset)
    before = dataset.part("articles", "2022-02-10").read_bytes()
    keep(dataset, "shard-2", TWO)
    settled(dataset)
    dataset.part("articles", "2022-02-10").write_bytes(before)
    settled(dataset)
    assert held(dataset) == expected(ONE, TWO)


def test_a_shard_whose_mark_is_missing_is_not_taken(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path / "news")
    keep(dataset, "shard-1", ONE)
    (tmp_path / "news/_done/shard-1.json").unlink()
    assert dataset.unsettled() == {}


def test_readers_of_parquet_open_it(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path / "news")
    keep(dataset, "shard-1", ONE, LATER, UNKNOWN)
    settled(dataset)
    table = ds.dataset(tmp_path / "news/events", partitioning="hive").to_table()
    assert (
        sorted(str(day) for day in table["day"].to_pylist()) == ["2022-02-10"] * 2 + ["2022-02-11"] * 2 + ["None"] * 2
    )
    assert table["type"].to_pylist() == ["ACCUSE"] * 6
    chosen = ds.dataset(tmp_path / "news/articles", partitioning="hive").to_table(
        filter=ds.field("day") == "2022-02-11"
    )
    assert chosen["id"].to_pylist() == [LATER.article.id]


def test_an_archive_is_made_of_it_without_coding(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path / "news")
    dataset.begin("coder 1")
    keep(dataset, "shard-1", ONE, TWO)
    settled(dataset)
    assert added(dataset, tmp_path / "news.db") == 2
    assert added(dataset, tmp_path / "news.db") == 0
    with Archive(tmp_path / "news.db") as archive:
        assert sorted(archive.codings(), key=lambda one: one.article.id) == expected(ONE, TWO)
        assert archive.coder_of(ONE.article.id) == "coder 1"


def test_one_folder_is_of_one_coder(tmp_path: Path) -> None:
    Dataset(tmp_path / "news").begin("coder 1")
    Dataset(tmp_path / "news").begin("coder 1")
    with pytest.raises(UsageError, match="another coder"):
        Dataset(tmp_path / "news").begin("coder 2")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/file").touch()
    with pytest.raises(UsageError, match="no empty folder"):
        Dataset(tmp_path / "other").begin("coder 1")
