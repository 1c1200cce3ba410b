"""Every language of the interface has every word, and its plurals are right."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

pytest.importorskip("jinja2", reason="the web reader's packages are not installed: pip install '.[web]'")

from fastapi.testclient import TestClient

import communique
import communique.web
from communique.archive.accounts import ROLES
from communique.archive.entries import ORDERS
from communique.archive.store import REMEDIES
from communique.errors import InputError
from communique.filters import FILTERS, KINDS
from communique.positions.answers import Kind
from communique.records import Act, EventType, StatementKind, Status
from communique.web.data.actor import PARTS
from communique.web.languages import Language, category, languages, read
from communique.web.names import names

from .conftest import post

TEMPLATES = sorted((Path(communique.web.__file__).parent / "templates").glob("*.html"))
TOGETHER = re.compile(r"""_\(\s*(?:"([^"]+)"|'([^']+)')""")
COUNTED = re.compile(r'_\.count\([^"]*"[^"]*", "([^"]+)"')
# Labels stand in lists: ("/notes", "Notes", "note")
LISTED = re.compile(r'\("/[a-z/]+", "([A-Z][^"]+)"|\("(?:[a-z/?] ?[a-z]?|Esc)", "([^"]+)"\)')
KNOWN = [language for language in languages().values() if language.code != "en"]


PACKAGE = Path(communique.__file__).parent
# What may say something to a reader of a page: the reader itself, what it asks, and what reads uploaded pages.
SPEAKING = [
    *sorted(PACKAGE.glob("web/**/*.py")), *sorted(PACKAGE.glob("ingest/*.py")), PACKAGE / "filters.py",
    PACKAGE / "stories" / "accounts.py", PACKAGE / "explain.py",
    *(PACKAGE / "archive" / f"{name}.py" for name in (
        "accounts", "corrections", "dossiers", "entries", "notebook", "people", "reading", "searches", "store", "sums",
    )),
]  # fmt: skip
ERRORS = {"InputError", "UsageError", "CodingError", "ModelError", "ArchiveError", "RecordNotFound", "Busy"}


def messages() -> Iterator[str]:
    """All that SPEAKING may say of errors and warnings, with ``{}`` for the words of the case."""
    for path in SPEAKING:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ERRORS:
                for said in (*node.args[:1], *(word.value for word in node.keywords if word.arg == "remedy")):
                    yield from literal(said)
            elif name == "HTTPException":
                for said in node.args[1:2]:
                    yield from literal(said)
            elif name == "append" and "warnings" in ast.unparse(node.func):
                yield from literal(node.args[0])


def literal(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be; none of one that is computed elsewhere."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        said = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        if re.search(r"[a-z]", said):
            yield said
    elif isinstance(node, ast.Subscript):
        yield from literal(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*literal(node.body), *literal(node.orelse))


def words() -> Iterator[str]:
    """All that the templates may ask for: literal texts, and the words of the records and filters."""
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for pattern in (TOGETHER, LISTED):
            for groups in pattern.findall(text):
                yield next(filter(None, groups))
    yield from (*get_args(Act), *get_args(Kind), *get_args(StatementKind), *get_args(Status), *get_args(EventType))
    yield from (*FILTERS, *KINDS_SHOWN, *ORDERS, *ROLES, "day", "record", *(heading for *_, heading in PARTS))
    for key in ("country", "sector"):
        yield from names()[key].values()
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


def test_messages_are_found() -> None:
    found = set(messages())
    assert {"no actor {}", "cannot be fetched: {}", "no such archive", "this token is not valid"} <= found
    assert "date '{}' {}: give it with --date" in found
    assert len(found) > 120


@pytest.mark.parametrize("language", KNOWN, ids=lambda one: one.code)
def test_a_language_tells_all_errors_and_warnings(language: Language) -> None:
    untold = [said for said in sorted({*messages(), *(each for pair in REMEDIES.values() for each in pair)})
              if said and language.told(said) == said]  # fmt: skip
    assert untold == []


def test_a_message_is_told_with_its_words_and_what_is_not_known_as_it_is() -> None:
    told = languages()["ru"].told
    assert told("no actor 'state:XXX {}'") == "нет участника 'state:XXX {}'"
    assert told("date '2 May' has no year: give it with --date") == "дата «2 May» без года: укажите её"
    assert told("agent: minister; with between") == "деятель: minister; with between"
    assert told("only an editor may do this") == "это может только редактор"
    assert told("nobody knows this") == "nobody knows this"
    assert languages()["en"].told("no actor 'x'") == "no actor 'x'"


def test_the_order_of_words_may_change_and_places_are_counted(tmp_path: Path) -> None:
    (tmp_path / "xx.toml").write_text('name = "X"\n[words]\n[messages]\n"{} of {}" = "{1}: {0}"\n', encoding="utf-8")
    assert languages([tmp_path / "xx.toml"])["xx"].told("two of ten") == "ten: two"
    (tmp_path / "yy.toml").write_text('name = "Y"\n[words]\n[messages]\n"{} of ten" = "{1}"\n', encoding="utf-8")
    with pytest.raises(InputError, match="no file of translations"):
        read(tmp_path / "yy.toml")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/events?type=WARX", "неизвестно"),
        ("/actor/state:XXX", "нет участника"),
        ("/article/a-ffffffffffff", "нет записи"),
        ("/events?since=soon", "не дата"),
        ("/nothing", "такой страницы нет"),
        ("/nothing/at/all", "не найдено"),
        ("/picture/timeline.json?by=week", "нет периода"),
        ("/article/a-0000000000000001", "the day is a guess"),  # no warning of ours
    ],
)
def test_pages_tell_errors_in_the_readers_language(client: TestClient, address: str, said: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "ru"})
    assert said in answer.text
    assert said not in client.get(address).text or "guess" in said


def test_programs_are_told_in_english(client: TestClient) -> None:
    answer = client.get("/api/actor?id=state:XXX", headers={"Accept-Language": "ru"})
    assert answer.json()["detail"] == "no actor 'state:XXX'"


def test_reasons_of_records_are_told(coding_client: TestClient) -> None:
    text = "Kenya accused Somalia on Tuesday of closing the road. The Kenyan foreign minister said talks would go on."
    post(coding_client, "/upload", text=text, date="2024-03-05", keep="true", title="Kenya accuses Somalia of closing")
    events = coding_client.get("/api/events?type=ACCUSE").json()["records"]
    page = coding_client.get(f"/explain/{events[0]['id']}", headers={"Accept-Language": "ru"}).text
    assert "деятель: Kenya" in page
    assert "сказано как о сделанном" in page
