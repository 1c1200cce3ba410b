"""``communique who``: whom a name can mean on a day."""

import json

import pytest

from .test_commands import run


def asked(*words: str) -> list[dict[str, object]]:
    done = run("who", *words, "--format", "jsonl")
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_reading_that_the_program_takes_comes_first_with_all_terms() -> None:
    found = asked("stoltenberg", "--on", "2018-07-11")[0]
    assert found["taken"] is True
    assert found["actor"] == {
        "id": "person:jens-stoltenberg",
        "name": "Jens Stoltenberg",
        "kind": "person",
        "country": "IGO",
        "sector": "IGO",
        "office": "Secretary-General",
    }
    assert found["held"] == [
        {"office": "Secretary-General", "sector": "IGO", "country": "IGO", "from": "2014-10-01", "to": "2024-10-01"}
    ]
    others = found["others"]
    assert isinstance(others, list)
    assert {(term["office"], term["from"]) for term in others} >= {("Prime Minister", "2005-10-17")}


def test_nobody_in_office_is_said_plainly() -> None:
    done = run("who", "Angela Merkel", "--on", "2023-01-01")
    assert done.returncode == 0
    assert "Nobody is in office under this name on 2023-01-01." in done.stdout.decode()
    assert "Chancellor, DEU" in " ".join(done.stdout.decode().split())


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("Zyxwv",), 1, "no table knows 'Zyxwv'"),
        (("Merkel", "--country", "FRA"), 1, "no table knows 'Merkel' in FRA"),
        (("Merkel", "--on", "2001-13"), 2, "'2001-13' is no date"),
        (("Merkel", "--country", "Germany"), 2, "is no code of a country"),
    ],
)
def test_wrong_input_is_told(words: tuple[str, ...], code: int, message: str) -> None:
    done = run("who", *words)
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
