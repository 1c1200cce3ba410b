"""``communique where``: what the gazetteer knows by a name."""

import json

from .test_commands import run


def test_it_prints_what_a_name_may_mean() -> None:
    done = run("where", "Tripoli")
    assert done.returncode == 0, done.stderr.decode()
    assert _first(done.stdout) == ["Tripoli", "LBY"]
    assert _first(run("where", "Tripoli", "--near", "Lebanon").stdout) == ["Tripoli", "LBN"]


def _first(printed: bytes) -> list[str]:
    """Name and country of the first row; a narrow terminal breaks other cells."""
    row = next(line.split() for line in printed.decode().splitlines() if line.startswith("Tripoli"))
    return [row[0], *(cell for cell in row if len(cell) == 3 and cell.isupper())]


def test_it_is_data_for_other_programs() -> None:
    (kyiv,) = (json.loads(line) for line in run("where", "Kiev", "--format", "jsonl").stdout.splitlines())
    assert (kyiv["name"], kyiv["country"], kyiv["gazetteer_id"]) == ("Kyiv", "UKR", "703448")
    assert set(kyiv) >= {"kind", "precision", "division", "lat", "lon", "population", "other_names"}


def test_an_unknown_name_is_told_in_a_line() -> None:
    done = run("where", "Xyzzyville")
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode().startswith("communique: no place is called 'Xyzzyville'")
    assert done.stderr.count(b"\n") == 1
