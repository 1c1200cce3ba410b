"""Shards: every input is in one of them, and one that is done is known again."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import UsageError
from communique.ingest import Failure, Options, inputs
from communique.scale.shards import Shard, shards


def lines(path: Path, number: int) -> Path:
    text = "".join(json.dumps({"text": f"Line {line} was read."}) + "\n" for line in range(number))
    path.write_text(text, encoding="utf-8")
    return path


@given(st.integers(1, 40), st.integers(30, 2_000))
def test_the_parts_of_a_file_hold_each_of_its_inputs_once(
    tmp_path_factory: pytest.TempPathFactory, number: int, most: int
) -> None:
    path = lines(tmp_path_factory.mktemp("pages") / "a.jsonl", number)
    found = [shard for shard in shards([str(path)], Options(), most=most) if isinstance(shard, Shard)]
    assert len({shard.key for shard in found}) == len(found) == -(-path.stat().st_size // most)
    wheres = [one.where for shard in found for _, one in shard.inputs(Options())]
    assert sorted(wheres) == sorted(one.where for one in inputs([str(path)]))


def test_small_files_go_together_and_large_ones_alone(tmp_path: Path) -> None:
    for name, number in (("a", 1), ("b", 1), ("c", 50), ("d", 1)):
        lines(tmp_path / f"{name}.jsonl", number)
    found = [shard for shard in shards([str(tmp_path)], Options(), most=1_000) if isinstance(shard, Shard)]
    names = [("".join(Path(file).stem for file in shard.files), shard.part, shard.of) for shard in found]
    assert names == [("ab", 0, 1), ("c", 0, 2), ("c", 1, 2), ("d", 0, 1)]


def test_a_file_among_others_changes_few_shards(tmp_path: Path) -> None:
    def keys() -> set[str]:
        found = [shard for shard in shards([str(tmp_path)], Options(), most=450) if isinstance(shard, Shard)]
        assert len({file for shard in found for file in shard.files}) == sum(len(shard.files) for shard in found)
        return {shard.key for shard in found}

    for number in range(1_000):
        (tmp_path / f"page{number:04}.txt").write_text("It rains.")
    before = keys()
    (tmp_path / "page0100a.txt").write_text("It rains!")
    assert len(before) > 10
    assert len(before - keys()) <= 3


def test_a_shard_is_known_by_its_files_and_how_they_are_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 2)

    def key(options: Options = Options()) -> str:  # noqa: B008 - it is frozen
        (shard,) = shards([str(path)], options)
        assert isinstance(shard, Shard)
        return shard.key

    before = key()
    assert key() == before
    assert key(Options(date="2024-03-05")) != before
    lines(path, 3)
    assert key() != before


def test_what_cannot_be_a_shard_is_told(tmp_path: Path) -> None:
    (missing,) = shards([str(tmp_path / "none.jsonl")], Options())
    assert isinstance(missing, Failure)
    with pytest.raises(UsageError, match="standard input"):
        list(shards(["-"], Options()))
