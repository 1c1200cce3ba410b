"""``communique who``: whom a name can mean on a day."""

import json

import pytest

from .test_commands import run


def asked(*words: str) -> list[dict[str, object]]:
    done = run("who", *words, "--format", "jsonl")
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


def told(reading: dict[str, object]) -> tuple[object, object, object]:
    actor = reading["actor"]
    assert isinstance(actor, dict)
    return actor["name"], actor["office"], reading["taken"]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (("David Cameron", "--on", "2008-01-01"), ("David Cameron", "Opposition leader", True)),
        (("Cameron", "--on", "2011-05-05"), ("David Cameron", "Prime Minister", True)),
        (("David Cameron", "--on", "2024-01-15"), ("David Cameron", "Foreign Secretary", True)),
        # Between two terms no office is claimed.
        (("Vladimir Putin", "--on", "1999-01-15"), ("Vladimir Putin", "Director of the FSB", True)),
        (("Mario Draghi", "--on", "2020-06-01"), ("Mario Draghi", None, True)),
        # Capitals, accents and 'the' do not count.
        (("erdogan", "--on", "2010"), ("Recep Tayyip Erdogan", "Prime Minister", True)),
        (("Angela", "MERKEL", "--on", "2010-06"), ("Angela Merkel", "Chancellor", True)),
        (("the Kremlin",), ("Government of Russia", None, True)),
        (("Jordan",), ("Jordan", None, True)),
        (("foreign minister", "--country", "deu", "--on", "2015-01-01"), ("Frank-Walter Steinmeier", None, True)),
    ],
)
def test_the_first_reading_is_the_program_s(words: tuple[str, ...], first: tuple[object, object, object]) -> None:
    found = told(asked(*words)[0])
    assert found[0] == first[0]
    assert found[2] == first[2]
    if first[1] is not None or "Draghi" in words[0]:
        assert found[1] == first[1]


def test_of_two_in_office_none_is_taken_without_a_country() -> None:
    found = [told(reading) for reading in asked("Rice", "--on", "2003-06-01")]
    assert ("Condoleezza Rice", "National Security Adviser", False) in found
    ivanov = asked("Ivanov", "--on", "2001-06-01")
    assert {told(r)[0] for r in ivanov if r["held"]} >= {"Igor Ivanov", "Sergei Ivanov"}
    assert not any(r["taken"] for r in ivanov)


def test_a_country_leaves_only_what_belongs_to_it() -> None:
    found = asked("Ivanov", "--on", "2012-06-01", "--country", "MKD")
    assert [told(reading) for reading in found] == [("Gjorge Ivanov", "President", True)]


def test_terms_are_told_with_their_days() -> None:
    (found,) = asked("Jens Stoltenberg", "--on", "2018-07-11")
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
    assert "Chancellor, DEU, 2005-11-22 to 2021-12-08" in " ".join(done.stdout.decode().split())
    assert "Nobody" not in run("who", "Angela Merkel", "--on", "2015").stdout.decode()


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("Zyxwv",), 1, "no table knows 'Zyxwv'"),
        (("Merkel", "--country", "FRA"), 1, "no table knows 'Merkel' in FRA"),
        (("Merkel", "--on", "2001-13"), 2, "'2001-13' is no date"),
        (("Merkel", "--on", "yesterday"), 2, "write YYYY, YYYY-MM or YYYY-MM-DD"),
        (("Merkel", "--country", "Germany"), 2, "is no code of a country"),
    ],
)
def test_wrong_input_is_told(words: tuple[str, ...], code: int, message: str) -> None:
    done = run("who", *words)
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
