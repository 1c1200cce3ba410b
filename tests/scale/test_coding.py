"""A worker, without a cluster: an input that ends it again and again is given up, and the others are coded."""

import json
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from communique.bulk import Settings
from communique.coder import name_of
from communique.ingest import Options
from communique.scale.coding import DEATHS, Worker
from communique.scale.dataset import Dataset, Done
from communique.scale.running import Step, scaled
from communique.scale.shards import Shard, shards

SETTINGS = Settings(trained=False)
ROWS = ["Kenya urged Somalia on Tuesday to talk.", "Iran threatened Israel on Friday.", "Ghana criticised Togo."]


@pytest.fixture(scope="module")
def coder() -> str:
    return name_of(trained=False)


@pytest.fixture
def shard(tmp_path: Path) -> Shard:
    path = tmp_path / "pages.jsonl"
    path.write_text("".join(json.dumps({"text": text, "date": "2024-03-05"}) + "\n" for text in ROWS))
    (found,) = shards([str(path)], Options())
    assert isinstance(found, Shard)
    return found


def coded(folder: Path, shard: Shard, coder: str) -> tuple[Done, list[str], list[str]]:
    """What became of a shard, the texts of its articles and the problems of the others."""
    row = Worker(SETTINGS, str(folder), coder)({"shard": msgspec.json.encode(shard).decode()})
    assert row["problem"] == ""
    dataset = Dataset(folder)
    for day, keys in dataset.unsettled().items():
        dataset.settle(day, keys)
    texts = sorted(one.article.text for day in dataset.days() for one in dataset.codings(day))
    problems = [row["problem"] for path in folder.glob("failures/*") for row in pq.read_table(path).to_pylist()]
    return msgspec.json.decode(row["done"], type=Done), texts, problems


def note(folder: Path, shard: Shard, text: str) -> None:
    path = Dataset(folder).at(shard.key)
    path.parent.mkdir(parents=True)
    path.write_text(text)


def test_what_workers_died_of_is_given_up(tmp_path: Path, shard: Shard, coder: str) -> None:
    note(tmp_path / "news", shard, json.dumps({"process": "a:1", "number": 1, "deaths": {"1": DEATHS - 1}}))
    done, texts, problems = coded(tmp_path / "news", shard, coder)
    assert (done.articles, done.failures) == (2, 1)
    assert texts == sorted((ROWS[0], ROWS[2]))
    assert len(problems) == 1 and "pages.jsonl:2" in problems[0]


@pytest.mark.parametrize("before", ['{"process": "a:1", "number": 1, "deaths": {}}', '{"process": "a:1", "num', ""])
def test_one_death_gives_up_nothing(tmp_path: Path, shard: Shard, coder: str, before: str) -> None:
    note(tmp_path / "news", shard, before)
    done, texts, problems = coded(tmp_path / "news", shard, coder)
    assert (done.articles, done.failures, problems) == (3, 0, [])
    assert texts == sorted(ROWS)
    assert not Dataset(tmp_path / "news").at(shard.key).exists()


def test_a_shard_that_is_done_is_not_coded_again(tmp_path: Path, shard: Shard, coder: str) -> None:
    before, _, _ = coded(tmp_path / "news", shard, coder)
    again, texts, _ = coded(tmp_path / "news", shard, coder)
    assert again == before  # with the same seconds
    assert texts == sorted(ROWS)


def test_a_machine_with_another_coder_codes_nothing(tmp_path: Path, shard: Shard) -> None:
    row = Worker(SETTINGS, str(tmp_path / "news"), "another")({"shard": msgspec.json.encode(shard).decode()})
    assert "another coder" in row["problem"] and row["done"] == ""
    assert not (tmp_path / "news").exists()


def test_what_failed_in_a_file_is_not_told_when_it_is_mended(tmp_path: Path, coder: str) -> None:
    path, news = tmp_path / "pages.jsonl", tmp_path / "news"
    good = json.dumps({"text": ROWS[0], "date": "2024-03-05"}) + "\n"
    told = []
    for text in (good + "{no json\n", good):
        path.write_text(text)
        (found,) = shards([str(path)], Options())
        assert isinstance(found, Shard)
        Dataset(news).begin(coder)
        coded(news, found, coder)
        Dataset(news).forget_coded([found.key])
        (step,) = scaled([str(path)], news, settings=SETTINGS, workers=1, merge=False)
        assert isinstance(step, Step)
        told.append(step.failures)
    assert told == [1, 0]
