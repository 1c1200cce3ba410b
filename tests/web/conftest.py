"""A small archive about invented events, open in the web reader."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web reader's packages are not installed: pip install '.[web]'")

from fastapi.testclient import TestClient

from communique.archive import Archive
from communique.coder import Coder
from communique.records import Actor, Article, Coding, Event, Mention, Outlet, Party, Place, Statement
from communique.web.app import application
from communique.web.settings import Settings

TEXT = "Kenya urged Somalia to talk.\n\nThe border stayed open on Tuesday."
KENYA = Actor("state:KEN", "Kenya", "state", "KEN", "GOV")
SOMALIA = Actor("state:SOM", "Somalia", "state", "SOM", "GOV")


def coding(number: int, *, text: str = TEXT, title: str = "Kenya urges talks", country: str = "KEN") -> Coding:
    """A page that says one thing: day, type and outlet go by its number."""
    identity = f"{number:016x}"
    kenya, somalia = Mention(0, 5, "Kenya"), Mention(12, 19, "Somalia")
    article = Article(
        id=f"a-{identity}", text=text, paragraphs=((0, 28), (30, len(text))), title=f"{title} {number}",
        url=f"https://daily.example/{number}", published=f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
        language="en", outlet=Outlet(f"The Daily {number % 3}", f"daily{number % 3}.example", country),
        warnings=("the day is a guess",) if number == 1 else (),
    )  # fmt: skip
    statement = Statement(
        id=f"s-{identity}", article=article.id, kind="indirect", speaker=Party(kenya, KENYA),
        content=((20, 27),), content_text="to talk", act="appeal", made_by="grammar:clause", confidence=0.8,
        addressee=Party(somalia, SOMALIA), cue=(6, 11),
    )  # fmt: skip
    event = Event(
        id=f"e-{identity}", article=article.id, type=("REQUEST", "CONSULT", "ASSAULT")[number % 3],
        source=(Actor(KENYA.id, "Kenya", "state", "KEN", "GOV", "Head of State", kenya),),
        target=(Actor(SOMALIA.id, "Somalia", "state", "SOM", "GOV", None, somalia),),
        status="happened", trigger=(6, 11), evidence=(0, 28), made_by="grammar:verb urge",
        confidence=number % 10 / 10, quad=(3, 1, 4)[number % 3], goldstein=(-1.0, 2.0, -9.0)[number % 3],
        place=Place("Nairobi", "KEN", -1.28, 36.82) if number % 2 else None, date=article.published,
    )  # fmt: skip
    return Coding(article, (statement,), (event,))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of sixty pages."""
    path = tmp_path / "news.db"
    with Archive(path, create=True) as store:
        for number in range(60):
            store.add(coding(number), coder="1")
    return path


@pytest.fixture
def client(archive: Path) -> Iterator[TestClient]:
    """The reader of the archive, without sign-in."""
    with TestClient(application(Settings.of(archive)), base_url="http://localhost", follow_redirects=False) as found:
        yield found


@pytest.fixture
def guarded(archive: Path) -> Iterator[Callable[[], TestClient]]:
    """Makes browsers of a reader with sign-in, each with cookies of its own."""
    app = application(Settings.of(archive, auth=True))
    with TestClient(app, base_url="http://localhost", follow_redirects=False):
        yield lambda: TestClient(app, base_url="http://localhost", follow_redirects=False)


@pytest.fixture
def coding_client(archive: Path, coder: Coder) -> Iterator[TestClient]:
    """The reader with the tests' own coder."""
    app = application(Settings.of(archive), coder=lambda: coder)
    with TestClient(app, base_url="http://localhost", follow_redirects=False) as found:
        yield found


def word(client: TestClient, path: str = "/account") -> str:
    """The word that a form sends back, as a page holds it."""
    (found,) = re.findall(r'<meta name="csrf" content="(\w+)">', client.get(path).text)
    return str(found)


def first_code(client: TestClient) -> str:
    """The code that who starts a reader is told, for signing up first."""
    return str(client.app.state.communique.first_code)  # type: ignore[attr-defined] # the application's own


def post(client: TestClient, path: str, **values: str):  # type: ignore[no-untyped-def] # the answer of the test client
    """Send a form as its page does."""
    page = "/sign-in" if path in {"/sign-in", "/sign-up"} else "/account"
    return client.post(path, data={"csrf": word(client, page), **values})
