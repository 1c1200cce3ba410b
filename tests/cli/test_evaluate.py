"""``communique evaluate``: figures on stdout, predictions that can be scored again, clear errors."""

import gzip
import json

import pytest
from click.testing import CliRunner

from communique.cli import commands
from communique.errors import InputError

ARTICLE = {
    "id": "one",
    "text": "The mayor of Bergen said on Monday that the bridge was safe.",
    "attributions": [{"source": [[0, 19]], "cue": [[20, 24]], "content": [[35, 59]]}],
}


def run(*arguments):
    return CliRunner().invoke(commands, ["evaluate", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.write(json.dumps(ARTICLE) + "\n\n")
    return path


@pytest.mark.parametrize("options", [[], ["--grammar-only"], ["--tagger-only"], ["--direct"]])
def test_attribution_prints_figures_and_writes_what_was_found(gold, tmp_path, options):
    out = tmp_path / "out.jsonl"
    result = run("attribution", gold, "--predictions", out, *options)
    assert result.exit_code == 0
    assert result.output.startswith("0 gold" if options == ["--direct"] else "1 gold, 1 predicted")
    (row,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    (found,) = row["attributions"]
    assert row["id"] == "one" and [ARTICLE["text"][a:b] for a, b in found["source"]] == ["The mayor of Bergen"]


def test_events_triples_prints_figures(tmp_path):
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    side = {"code": "NOR", "sector": "GOV"}
    row = {"id": "1", "sentence": "Norway condemned the attack.", "event": "ACCUSE", "source": [side], "target": None}
    gold.write_text(json.dumps(row), encoding="utf-8")
    result = run("events-triples", gold, "--predictions", out)
    assert result.exit_code == 0 and result.output.splitlines()[2].split() == ["type", "1.000", "1.000", "1.000"]
    assert json.loads(out.read_text(encoding="utf-8"))["events"][0]["event"] == "ACCUSE"


def test_events_triples_draw_how_far_confidence_can_be_trusted(tmp_path):
    gold, picture = tmp_path / "gold.jsonl", tmp_path / "picture.svg"
    gold.write_text('{"id": "1", "sentence": "Norway condemned Sweden.", "event": "ACCUSE"}', encoding="utf-8")
    assert run("events-triples", gold, "--grammar-only", "--reliability", picture).exit_code == 0
    assert "1 records, confidence 0.85, right 1.00" in picture.read_text(encoding="utf-8")


def test_events_roots_prints_figures_and_writes_the_types(tmp_path):
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    row = {"id": "1", "sentence": "Norway condemned Sweden.", "event": "ACCUSE"}
    gold.write_text(json.dumps({**row, "source": [[0, 6]], "target": [{"text": "Sweden"}]}), encoding="utf-8")
    result = run("events-roots", gold, "--grammar-only", "--predictions", out)
    assert result.exit_code == 0 and result.output.splitlines()[0] == "1 pairs, right 1.000"
    assert json.loads(out.read_text(encoding="utf-8")) == {"id": "1", "event": "ACCUSE"}


def test_non_events_counts_the_texts_with_an_event(tmp_path):
    texts, out = tmp_path / "texts.jsonl", tmp_path / "out.jsonl"
    rows = [{"id": "1", "text": "Norway condemned Sweden."}, {"id": "2", "text": "Rain fell on Bergen."}]
    texts.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    result = run("non-events", texts, "--predictions", out)
    assert result.exit_code == 0 and result.output.splitlines()[0].split() == ["all", "1", "of", "2", "0.500"]
    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [[event["type"] for event in row["events"]] for row in found] == [["ACCUSE"], []]


def test_places_prints_figures_and_writes_what_was_found(tmp_path):
    gold, out = tmp_path / "gold.jsonl", tmp_path / "out.jsonl"
    toponym = {"start": 13, "end": 17, "lat": 59.91, "lon": 10.75, "country": "NOR", "type": "Literal"}
    gold.write_text(json.dumps({"id": "1", "text": "Rain fell in Oslo.", "toponyms": [toponym]}), encoding="utf-8")
    result = run("places", gold, "--types", "Literal,Mixed", "--predictions", out)
    assert result.exit_code == 0 and result.output.splitlines()[4] == "placed within 161 km 1.000 of 1"
    (found,) = json.loads(out.read_text(encoding="utf-8"))["toponyms"]
    assert (found["start"], found["end"], found["country"]) == (13, 17, "NOR")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"id": "1", "text": 5}\n', "gold.jsonl:1"),
        (b'{"id": "1", "text": "a", "attributions": []}\n{"id": \n', "gold.jsonl:2"),
        (b"\xff\xfe\n", "gold.jsonl:1"),
        (b'{"id": "1", "text": "a", "attributions": [{"source": [[1]]}]}\n', "gold.jsonl:1"),
    ],
)
def test_a_bad_line_is_named(tmp_path, content, place):
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=place):
        run("attribution", path)


def test_a_truncated_file_is_named(gold):
    gold.write_bytes(gold.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"gold\.jsonl\.gz"):
        run("attribution", gold)
