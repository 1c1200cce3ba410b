"""Every page as it looks: pictures drawn, nothing wider than its screen, and no barrier that axe finds."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Site

# Each picture of a page is kept where $READER_PICTURES says: those of docs/reader are made so.
KEPT = os.environ.get("READER_PICTURES")
PAGES = {
    "articles": "/articles",
    "article": "{article}",
    "statements": "/statements?sort=surest",
    "events": "/events",
    "search": "/search?q=crossing",
    "actors": "/actors?q=Kenya",
    "actor": "/actor/state:KEN",
    "dyad": "/dyad?one=state:KEN&other=state:TZA",
    "event": "/event/{event}",
    "positions": "/positions?one=NOR&other=SWE&about=herring",
    "explain": "/explain/{statement}",
    "timeline": "/picture/timeline",
    "goldstein": "/picture/goldstein",
    "map": "/picture/map",
    "network": "/picture/network",
    "stories": "/stories",
    "story": "/story/{story}",
    "upload": "/upload",
    "bookmarks": "/bookmarks",
    "notes": "/notes",
    "searches": "/searches",
    "correct": "/correct/{statement}",
    "corrections": "/corrections",
    "account": "/account",
    "missing": "/nothing",
}


def address(site: Site, name: str) -> str:
    """The address of a page, with records of the archive."""
    statement, event = site.statement("to cut the fees by half"), site.ids("events")[0]
    return site.url + PAGES[name].format(
        article=f"/record/{statement}", statement=statement, event=event, story=site.ids("articles")[0]
    )


def settle(page: Any) -> None:
    """Wait until a picture, if there is one, is drawn."""
    for figure in range(page.locator(".picture").count()):
        page.locator(".picture").nth(figure).and_(page.locator("[data-drawn]")).wait_for()


def keep(page: Any, name: str) -> None:
    """Keep a picture of the page, if asked to."""
    if KEPT:
        page.wait_for_timeout(300)  # until what moves has come to rest
        page.screenshot(path=Path(KEPT) / f"{name}.png")


def barriers(axe: Any, page: Any) -> list[tuple[str, str]]:
    """What axe finds that is serious or critical, with the first place of each."""
    found = axe.Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(site: Site, visit: Callable[..., Any], name: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    page = visit(address(site, name), color_scheme=scheme)
    settle(page)
    if scheme == "light" or name in {"article", "network"}:
        keep(page, name if scheme == "light" else f"{name}-dark")
    assert barriers(axe, page) == []


def test_somebody_signs_up_out_and_in(guarded: Site, visit: Callable[..., Any]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python")
    page = visit(guarded.url + "/statements")
    assert barriers(axe, page) == []
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill("a long password")
    page.get_by_label("Set-up code").fill(guarded.first_code)
    page.get_by_role("button", name="Sign up").click()
    page.locator(".rows").wait_for()
    assert page.url.endswith("/statements")  # where the reader wanted to go
    page.goto(guarded.url + "/users")
    assert barriers(axe, page) == []
    page.locator(".more summary").click()
    assert page.locator(".menu").bounding_box()["width"] < 400
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in").wait_for()
    form = page.locator("form.sign-in")
    form.get_by_label("Name").fill("ada")
    form.get_by_label("Password").fill("a wrong password")
    form.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()


@pytest.mark.parametrize("name", ["article", "events", "dyad", "positions", "map"])
def test_a_phone_shows_it(site: Site, visit: Callable[..., Any], name: str) -> None:
    page = visit(address(site, name), width=390, height=844)
    settle(page)
    keep(page, f"{name}-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("name", "drawn"),
    [("timeline", "rect.cooperation"), ("goldstein", "path.series"), ("map", "path.spot"), ("network", "circle.node")],
)
def test_a_picture_is_drawn_told_and_taken_away(site: Site, visit: Callable[..., Any], name: str, drawn: str) -> None:
    page = visit(address(site, name))
    settle(page)
    assert page.locator(f".picture svg {drawn}").count() >= 2
    assert page.locator(".picture svg").get_attribute("aria-label")
    page.get_by_text("Show as a table").click()
    assert page.locator(".as-table tbody tr").count() >= 2
    with page.expect_download() as waiting:
        page.get_by_role("button", name="SVG").click()
    drawing = waiting.value.path().read_text(encoding="utf-8")
    assert drawing.startswith("<svg") and "rgb(" in drawing and "class=" not in drawing
    with page.expect_download() as waiting:
        page.get_by_role("button", name="PNG").click()
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="csv").click()
    assert waiting.value.path().read_text(encoding="utf-8").count("\n") >= 3


def test_two_actors_answer_each_other(site: Site, visit: Callable[..., Any]) -> None:
    page = visit(address(site, "dyad"))
    settle(page)
    assert page.locator(".side svg rect.conflict").count() == 2
    assert page.locator(".together .row", has_text="AGREE").count() >= 1  # what both did stands apart
    kenya, tanzania = page.locator(".exchange .one"), page.locator(".exchange .other")
    assert kenya.first.bounding_box()["x"] < tanzania.first.bounding_box()["x"]


HOSTILE = (
    "/articles", "/statements", "/events", "/article/a-0000000000000001", "/article/a-0000000000000002",
    "/record/s-0000000000000001", "/event/e-0000000000000001", "/correct/s-0000000000000001", "/actors?q=window",
    "/picture/timeline", "/picture/map", "/picture/network",
    "/search?q=%3Cscript%3Ewindow.harmed%3D1%3C/script%3Esaid",
)  # fmt: skip


@pytest.mark.parametrize("width", [1280, 390])
def test_a_hostile_archive_harms_nothing(hostile: Site, visit: Callable[..., Any], width: int) -> None:
    page = visit(hostile.url + "/articles", width=width)
    for path in HOSTILE:
        page.goto(hostile.url + path)
        settle(page)
        assert page.evaluate("window.harmed") is None, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.locator("script:not([src])").count() == 0, path
        assert page.locator("a[href^='javascript']").count() == 0, path
        assert page.locator("h1").bounding_box()["height"] < 1200, path
    page.goto(hostile.url + "/article/a-0000000000000001")
    page.get_by_text("The whole title").click()
    assert len(page.locator("details[open] p").inner_text()) > 1000
