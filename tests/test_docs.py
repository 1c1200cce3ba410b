"""The docs say what the code does: derived pages are up to date, commands are documented, examples run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from communique.cli import commands

ROOT = Path(__file__).parent.parent


def test_derived_pages_are_up_to_date() -> None:
    done = subprocess.run([sys.executable, "docs/make.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_option_is_in_the_reference() -> None:
    text = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    for name, command in commands.commands.items():
        assert f"## communique {name}" in text
        for option in command.params:
            assert option.param_type_name != "option" or option.opts[0] in text, (name, option.name)


def test_every_command_is_in_the_readme_or_the_guides() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *ROOT.glob("docs/**/*.md")))
    for name in commands.commands:
        assert f"communique {name}" in text


def test_links_between_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *ROOT.glob("docs/**/*.md")):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page}: {target}"


def test_the_example_in_the_readme_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(example, "README.md", "exec"), {})
    expected = [line[2:] for line in example.splitlines() if line.startswith("# ")]
    assert capsys.readouterr().out.splitlines() == expected


def test_the_worked_example_of_an_own_ontology(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its commands print what the page shows, its Python what the comments say, and its YAML is that of the file."""
    page = (ROOT / "docs/how-to/own-ontology.md").read_text(encoding="utf-8")
    monkeypatch.chdir(ROOT / "docs/how-to/own-ontology")
    for words, shown in re.findall(r"```console\n\$ communique (.*?)\n(.*?)```", page, re.DOTALL):
        commands.main(words.split(), standalone_mode=False)
        assert capsys.readouterr().out == shown
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(example, "own-ontology.md", "exec"), {})
    assert capsys.readouterr().out.splitlines() == [line[2:] for line in example.splitlines() if line.startswith("# ")]
    whole = Path("fisheries.yaml").read_text(encoding="utf-8")
    for line in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0].splitlines():
        assert re.sub(r" +#.*", "", line) in whole


def test_docstring_examples() -> None:
    files = [
        "records.py",
        "filters.py",
        "syntax.py",
        "coder.py",
        "knowledge/__init__.py",
        "ontology.py",
        "series.py",
        "stories",
        "extension",
        "statements",
        "actors",
    ]
    command = [sys.executable, "-m", "pytest", "--doctest-modules", *(f"src/communique/{file}" for file in files)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]
