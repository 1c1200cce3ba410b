"""Every language of the interface has every word, and its plurals are right."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

pytest.importorskip("jinja2", reason="the web reader's packages are not installed: pip install '.[web]'")

import communique.web
from communique.archive.accounts import ROLES
from communique.archive.entries import ORDERS
from communique.errors import InputError
from communique.filters import FILTERS, KINDS
from communique.positions.answers import Kind
from communique.records import Act, EventType, StatementKind, Status
from communique.web.data.actor import PARTS
from communique.web.languages import category, languages, read

TEMPLATES = sorted((Path(communique.web.__file__).parent / "templates").glob("*.html"))
TOGETHER = re.compile(r"""_\(\s*(?:"([^"]+)"|'([^']+)')""")
COUNTED = re.compile(r'_\.count\([^"]*"[^"]*", "([^"]+)"')
# Labels stand in lists: ("/notes", "Notes", "note")
LISTED = re.compile(r'\("/[a-z/]+", "([A-Z][^"]+)"|\("(?:[a-z/?] ?[a-z]?|Esc)", "([^"]+)"\)')
KNOWN = [language for language in languages().values() if language.code != "en"]


def words() -> Iterator[str]:
    """All that the templates may ask for: literal texts, and the words of the records and filters."""
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for pattern in (TOGETHER, LISTED):
            for groups in pattern.findall(text):
                yield next(filter(None, groups))
    yield from (*get_args(Act), *get_args(Kind), *get_args(StatementKind), *get_args(Status), *get_args(EventType))
    yield from (*FILTERS, *KINDS_SHOWN, *ORDERS, *ROLES, "day", "record", *(heading for *_, heading in PARTS))
    yield from ("Timeline", "Goldstein", "Map", "Network", "cue", "content", "trigger", "evidence", "Language")


KINDS_SHOWN = tuple(kind.capitalize() for kind in KINDS)


def test_there_is_another_language_and_words_are_found():
    assert "ru" in [language.code for language in KNOWN]
    found = set(words())
    assert {"Bookmark", "Skip to the text", "Copy the link", "Next record", "ASSAULT", "Notes"} <= found


@pytest.mark.parametrize("language", KNOWN, ids=lambda one: one.code)
def test_a_language_has_all_words(language):
    assert sorted(set(words()) - set(language.words)) == []


@pytest.mark.parametrize("language", KNOWN, ids=lambda one: one.code)
def test_a_language_keeps_what_is_filled_in(language):
    for text, told in language.words.items():
        assert re.findall(r"{\w+}", text) == re.findall(r"{\w+}", told), text


@pytest.mark.parametrize("language", KNOWN, ids=lambda one: one.code)
def test_a_language_has_all_plurals(language):
    counted = {found for path in TEMPLATES for found in COUNTED.findall(path.read_text(encoding="utf-8"))}
    assert len(counted) >= 5
    for text in counted:
        forms = language.numbers[text]
        assert {category(language.code, number) for number in range(200)} <= {*forms, *({"other"} & set(forms))}
        assert all("{n}" in form for form in forms.values())


def test_russian_counts():
    russian = languages()["ru"]
    told = [russian.count(number, "{n} event", "{n} events") for number in (1, 2, 5, 11, 21, 22, 112)]
    assert told == ["1 событие", "2 события", "5 событий", "11 событий", "21 событие", "22 события", "112 событий"]
    assert russian.count(10_000, "{n} event", "{n} events", more=True) == "10\N{NO-BREAK SPACE}000+ событий"


def test_a_file_of_ones_own(tmp_path):
    (tmp_path / "uk.toml").write_text('name = "Українська"\n[words]\n"Search" = "Пошук"\n', encoding="utf-8")
    found = languages([tmp_path / "uk.toml"])["uk"]
    assert (found("Search"), found("Notes")) == ("Пошук", "Notes")
    (tmp_path / "xx.toml").write_text('name = "X"\n[words]\n"Search" = 1\n', encoding="utf-8")
    with pytest.raises(InputError, match="no file of translations"):
        read(tmp_path / "xx.toml")
