"""What takes long is made once for all who ask at the same time, and again after a while."""

import threading
import time

import pytest

from communique.web.memory import Memory


def test_a_value_is_made_once_and_anew_when_it_is_old() -> None:
    memory, made = Memory(seconds=0.05), []
    for _ in range(3):
        assert memory.get("list", lambda: made.append(1) or len(made)) == 1
    time.sleep(0.06)
    assert memory.get("list", lambda: made.append(1) or len(made)) == 2
    assert memory.get("other", lambda: 7) == 7


def test_many_who_ask_at_once_wait_for_one() -> None:
    memory, made, found = Memory(), [], []

    def make() -> int:
        made.append(1)
        time.sleep(0.1)
        return 5

    threads = [threading.Thread(target=lambda: found.append(memory.get("list", make))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [5] * 20
    assert len(made) == 1


def test_an_error_is_told_and_not_remembered() -> None:
    memory = Memory()

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        memory.get("list", fail)
    assert memory.get("list", lambda: 1) == 1


def test_the_oldest_are_forgotten() -> None:
    memory = Memory(kept=2)
    for number in range(4):
        memory.get(number, lambda number=number: number)
    assert memory.get(3, lambda: -1) == 3
    assert memory.get(0, lambda: -1) == -1
