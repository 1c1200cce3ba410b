"""The guide to the exports: it names every format, with an example, and its Python runs; a mistake costs no output."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from communique.archive import Archive
from communique.cli.export import STANDARDS, export

from ..archive.test_archive import a_coding

GUIDE = (Path(__file__).parents[2] / "docs" / "how-to" / "exports.md").read_text(encoding="utf-8")


def test_every_format_has_a_line_and_an_example() -> None:
    (option,) = (one for one in export.params if one.name == "form")
    for form in option.type.choices:  # type: ignore[attr-defined]
        assert f"| `{form}` |" in GUIDE
        assert f"--format {form} " in GUIDE or form == "jsonl"


def test_the_python_example_writes_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with Archive("news.db", create=True) as archive:
        archive.add(a_coding(), coder="1")
    (example,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    exec(compile(example, "exports.md", "exec"), {})
    row, page = capsys.readouterr().out.splitlines()
    assert len(row.split("\t")) == 61
    assert '"@type":"NewsArticle"' in page


@pytest.mark.parametrize("form", STANDARDS)
def test_a_wrong_filter_leaves_the_output_alone(tmp_path: Path, form: str) -> None:
    news, output = tmp_path / "news.db", tmp_path / "out"
    with Archive(news, create=True) as archive:
        archive.add(a_coding(), coder="1")
    output.write_text("kept")
    done = CliRunner().invoke(export, [str(news), "--format", form, "--type", "NONSENSE", "--output", str(output)])
    assert done.exit_code != 0
    assert output.read_text() == "kept"
    done = CliRunner().invoke(export, [str(news), "--format", form, "--type", "REQUEST", "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert output.read_text().count("\n") == 1 + (form == "icews")
