"""An archive opened for reading alone: it cannot be written, sees what others write, and gives up in time."""

import threading
from pathlib import Path

import pytest

from communique.archive import Archive
from communique.archive.entries import Entries, Hits
from communique.archive.reading import Reading, Readings
from communique.errors import ArchiveError

from .test_archive import a_coding


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a.db", create=True) as archive:
        for number in range(50):
            archive.add(a_coding(number), coder="1")
    return tmp_path / "a.db"


def test_it_cannot_be_written(path: Path) -> None:
    with Reading(path) as reading, pytest.raises(ArchiveError, match="cannot be written"):
        reading.add(a_coding(99), coder="1")


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError):
        Reading(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


def test_it_sees_what_another_writes(path: Path) -> None:
    readings = Readings(path)
    with readings.open() as reading:
        before = reading.version()
        assert Entries(reading).count(Hits("events", {})).number == 50
        with Archive(path) as archive:
            archive.add(a_coding(99), coder="1")
        assert Entries(reading).count(Hits("events", {})).number == 51
        assert reading.version() != before
    readings.close()


def test_many_threads_read_at_once(path: Path) -> None:
    readings, found = Readings(path), []

    def read() -> None:
        for _ in range(20):
            with readings.open() as reading:
                found.append(len(list(reading.records("events"))))

    threads = [threading.Thread(target=read) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [50] * 600
    readings.close()


def test_a_query_that_takes_too_long_is_given_up(path: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    readings = Readings(path, seconds=0.1)
    with readings.open() as reading, pytest.raises(ArchiveError, match="too long"):
        list(reading._read(endless, {}))
        # The next is not cut short by the time that this one took.
    with readings.open() as reading:
        assert reading.count("events") == 50
    readings.close()
