"""``communique ontology``, and an ontology of one's own on the command line."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from communique.records import json_schema

from .test_commands import run

EXAMPLE = Path(__file__).parents[2] / "docs/how-to/own-ontology"
OWN, PAGE = EXAMPLE / "fisheries.yaml", EXAMPLE / "page.txt"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("SANCTION",), ["4 material conflict", "discontinue:", "1621"]),
        (("1621",), ["SANCTION", "cuts or stops economic aid", "-5.6"]),
        (("012",), ["comments without hope", "none"]),
        (("20",), ["ASSAULT", "2042"]),
        ((), ["AGREE", "human_security", "transnational armed groups", "028"]),
        (("FISHERY", "--ontology", OWN), ["Boards, stops", "seize: vessel or catch is taken"]),
    ],
)
def test_it_prints_types_codes_contexts_and_sectors(words: tuple[str | Path, ...], told: list[str]) -> None:
    done = run("ontology", *words)
    assert done.returncode == 0, done.stderr.decode()
    for piece in told:
        assert piece in done.stdout.decode()


def test_it_is_data_for_other_programs() -> None:
    whole = json.loads(run("ontology", "--format", "json").stdout)
    assert set(whole) == {"types", "cameo", "contexts", "sectors"}
    assert whole["types"]["CONSULT"]["modes"]["phone"]
    assert json.loads(run("ontology", "190", "--format", "json").stdout)["cameo"]["190"]["type"] == "ASSAULT"
    rows = list(csv.DictReader(io.StringIO(run("ontology", "--format", "csv").stdout.decode())))
    assert {row["cameo"]: row["type"] for row in rows} == {c: f["type"] or "" for c, f in whole["cameo"].items()}


def test_an_unknown_name_is_refused_with_what_there_is() -> None:
    done = run("ontology", "WAR")
    assert done.returncode == 2
    assert b"ASSAULT" in done.stderr
    assert b"Traceback" not in done.stderr


def test_the_worked_example_passes_its_own_check() -> None:
    done = run("ontology", "--check", OWN)
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert "7 of 7 sentences as they must be" in done.stdout.decode()
    assert "patrols.verbs.txt:15: a negation, modal verb or report before the verb" in done.stdout.decode()


def test_a_failing_example_is_told_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("types:\n  AID:\n    examples:\n      - The weather was fine.\n")
    done = run("ontology", "--check", own)
    assert done.returncode == 1
    assert "own.yaml:4: AID.examples[0]: expected AID, found no event: “The weather was fine.”" in done.stdout.decode()


def test_pages_are_coded_with_it() -> None:
    done = run("code", PAGE, "--ontology", OWN, "--format", "jsonl")
    assert done.returncode == 0, done.stderr.decode()
    assert b"patrols.verbs.txt: 1 of its entries are not used" in done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    validator = jsonschema.Draft202012Validator(json_schema())
    assert not [error for record in records for error in validator.iter_errors(record)]
    assert {"FISHERY", "MOBILIZE"} <= {record.get("type") for record in records}


def test_an_archive_keeps_its_records_and_codes_anew_when_it_changes(tmp_path: Path) -> None:
    for file in EXAMPLE.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    own, page, archive = tmp_path / OWN.name, tmp_path / PAGE.name, tmp_path / "news.db"
    assert b"1 added" in run("add", archive, page, "--ontology", own).stderr
    assert b"1 known before" in run("add", archive, page, "--ontology", own).stderr
    listed = run("list", archive, "events", "--type", "FISHERY", "--format", "jsonl")
    (event,) = map(json.loads, listed.stdout.splitlines())
    assert event["type"] == "FISHERY"
    assert run("list", archive, "events", "--mode", "stop", "--format", "jsonl").stdout == listed.stdout
    assert b"FISHERY" in run("export", archive, "--records", "events", "--type", "fishery", "--format", "csv").stdout
    explained = run("explain", archive, event["id"], "--ontology", own)
    assert b"fisheries.yaml" in explained.stdout
    assert b"warning" not in explained.stderr
    assert b"was made by" in run("explain", archive, event["id"]).stderr
    of_page = run("explain", page, event["id"], "--ontology", own)
    assert of_page.stdout == explained.stdout
    own.write_text(own.read_text(encoding="utf-8").replace("FISHERY", "FISHING"), encoding="utf-8")
    assert b"1 coded anew" in run("add", archive, page, "--ontology", own).stderr
    gone = run("list", archive, "events", "--type", "FISHERY")
    assert gone.returncode == 2
    assert b"ASSAULT" in gone.stderr
    assert b"FISHING" in gone.stderr


@pytest.mark.parametrize("command", [("code",), ("add", "news.db")])
def test_a_wrong_ontology_is_one_line_before_any_page_is_read(tmp_path: Path, command: tuple[str, ...]) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("types:\n  FISHERY:\n    quad: 4\n")
    words = [tmp_path / word if word.endswith(".db") else word for word in command]
    done = run(*words, tmp_path / "missing.html", "--ontology", own)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [f"communique: {own}:2: FISHERY has no definition"]
