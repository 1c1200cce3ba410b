"""The web reader in a real browser: an archive of coded pages and a hostile one, served on this machine."""

import os
import shutil
import socket
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web reader's packages are not installed: pip install '.[web]'")

import uvicorn

from communique.archive import Archive
from communique.coder import Coder
from communique.records import Actor, Article, Coding, Event, Mention, Outlet, Party, Place, Statement
from communique.stories.comparing import bring_up_to_date
from communique.web import uploads
from communique.web.app import application
from communique.web.settings import Settings

HERE = Path(__file__).parent
PAGES: Sequence[Mapping[str, str]] = tomllib.loads((HERE / "pages.toml").read_text(encoding="utf-8"))["page"]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SCRIPT = "<script>window.harmed=1</script><img src=x onerror='window.harmed=1'>"


@dataclass(frozen=True)
class Site:
    """A reader that is being served: ``url`` without a slash at its end."""

    url: str
    archive: Path
    first_code: str

    def ids(self, kind: str) -> list[str]:
        """The ids of the records of a kind, in the order of the archive."""
        with Archive(self.archive) as archive:
            return [record.id for record in archive.records(kind)]

    def statement(self, words: str) -> str:
        """The id of the statement whose content holds the words."""
        with Archive(self.archive) as archive:
            return next(one.id for one in archive.records("statements") if words in one.content_text)


@contextmanager
def served(archive: Path, coder: Coder | None = None, *, auth: bool = False) -> Iterator[Site]:
    """Serve an archive on a free port."""
    app = application(Settings.of(archive, auth=auth), coder=(lambda: coder) if coder else None)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        ends = time.monotonic() + 60
        while not server.started and time.monotonic() < ends:
            time.sleep(0.02)
        yield Site(f"http://localhost:{port}", archive, app.state.communique.first_code)
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="package")
def site(browser: Any, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Site]:
    """The invented pages of pages.toml, coded."""
    coder: Coder = request.getfixturevalue("coder")  # only now: it takes seconds to load
    path = coded(PAGES, tmp_path_factory.mktemp("site") / "news.db", coder)
    with served(path, coder) as found:
        yield found


@pytest.fixture(scope="package")
def reprinted(
    browser: Any, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Site]:
    """The same pages, of which the first is printed again the next day, by another outlet."""
    coder: Coder = request.getfixturevalue("coder")
    again = {"title": "Border to open again", "url": "https://courier.example/2024/01/crossing", "date": "2024-01-16"}
    pages = [*PAGES, {**PAGES[0], **again}]
    with served(coded(pages, tmp_path_factory.mktemp("reprinted") / "news.db", coder), coder) as found:
        yield found


def coded(pages: Sequence[Mapping[str, str]], path: Path, coder: Coder) -> Path:
    """Make an archive of pages, compared with each other."""
    with Archive(path, create=True) as archive:
        for page in pages:
            for article in uploads.from_text(page["text"], title=page["title"], url=page["url"], date=page["date"]):
                archive.add(coder.code(article), coder=coder.name)
        bring_up_to_date(archive)
    return path


@pytest.fixture(scope="package")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An archive that means harm: markup everywhere, a title of a million signs, signs that turn the direction."""
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    with Archive(path, create=True) as archive:
        archive.add(harmful(1, title=SCRIPT + "A" * 1_000_000), coder="1")
        archive.add(harmful(2, title="‮evil‬ العنوان بالعربية"), coder="1")
    with served(path) as found:
        yield found


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Site]:
    """A reader with sign-in, of an archive of one page."""
    with Archive(tmp_path / "news.db", create=True) as archive:
        archive.add(harmful(1, title="A page"), coder="1")
    with served(tmp_path / "news.db", auth=True) as found:
        yield found


def harmful(number: int, *, title: str) -> Coding:
    """A page whose every field holds markup."""
    name = f"{SCRIPT}{'W' * 5000}"
    text = f"{name} said {SCRIPT} and ﷽ {'X' * 3000}."
    identity = f"{number:016x}"
    speaker = Mention(0, len(name), name)
    cue = (len(name) + 1, len(name) + 5)
    actor = Actor(f'x:"{SCRIPT}', name, "person", "KEN", "GOV", SCRIPT, speaker)
    article = Article(
        id=f"a-{identity}", text=text, paragraphs=((0, len(text)),), title=title, url="javascript:alert(1)",
        published="2024-01-02", language='en" onload="harmed=1', outlet=Outlet(SCRIPT, SCRIPT, "KEN"),
        byline=(name,), standfirst=name, warnings=(SCRIPT,),
    )  # fmt: skip
    statement = Statement(
        id=f"s-{identity}", article=article.id, kind="indirect", speaker=Party(speaker, actor),
        content=((cue[1] + 1, len(text) - 1),), content_text=text[cue[1] + 1 : -1], act="assert", made_by=SCRIPT,
        confidence=0.9, cue=cue,
    )  # fmt: skip
    event = Event(
        id=f"e-{identity}", article=article.id, type="ASSAULT", source=(actor,), target=(actor,), status="happened",
        trigger=cue, evidence=(0, len(text)), made_by=SCRIPT, confidence=0.9, quad=4, goldstein=-9.0,
        place=Place(name, "KEN", -1.0, 36.0), date="2024-01-02",
    )  # fmt: skip
    return Coding(article, (statement,), (event,))


# Not for the session: where it runs, tests of other packages in the same process could start no loop of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """A headless Chromium; where there is none, all tests that need it are skipped before anything is coded."""
    api = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install '.[browser]'")
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install Debian's package chromium, or name one in $CHROMIUM")
    with api.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page in a browser context of its own, and asserts at the end that nothing was asked of another host,
    nothing broke a policy, and no script failed.
    """
    contexts, asked, wrong = [], [], []

    def opened(address: str, **options: Any) -> Any:
        size = {"width": options.pop("width", 1280), "height": options.pop("height", 850)}
        context = browser.new_context(
            viewport=size, locale="en", permissions=["clipboard-read", "clipboard-write"], **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda told: wrong.append(told.text) if "Content Security Policy" in told.text else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("http://localhost:", "data:", "blob:"))] == []
    assert wrong == []
