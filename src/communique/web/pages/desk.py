"""What the desk does for readers: why a record is there; and a page of their own, coded at once."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from communique.errors import RecordNotFound, UsageError
from communique.records import Article
from communique.web import coding, uploads
from communique.web.auth import Reader, Written
from communique.web.data.article import page_of
from communique.web.state import Shared

router = APIRouter()
Text = Annotated[str, Form(max_length=2000)]


@router.get("/explain/{identity}")
def explain(request: Request, state: Shared, identity: str) -> HTMLResponse:
    """Show why a record is there; ``?part`` gives it without the page around it, to be put into another."""
    with state.readings.open() as archive:
        record = archive.record(identity)
        article = archive.article_of(record)
        coder = archive.coder_of(article.id)
    if isinstance(record, Article):
        raise RecordNotFound("an article explains itself", remedy="name a statement or an event")
    found = state.desk.explain(record, article)
    template = "explanation.html" if "part" in request.query_params else "explain.html"
    now = state.desk.coder_name
    return state.renderer.page(request, template, found=found, article=article, other=None if coder == now else coder)


@router.get("/upload")
def form(request: Request, state: Shared) -> HTMLResponse:
    """Show the form; the model is loaded meanwhile."""
    state.desk.warm()
    return state.renderer.page(request, "upload.html", problem=None)


@router.post("/upload", dependencies=[Written])
def upload(
    request: Request,
    state: Shared,
    user: Reader,
    text: Annotated[str, Form(max_length=1_000_000)] = "",
    url: Text = "",
    file: Annotated[UploadFile | None, File()] = None,
    title: Text = "",
    date: Text = "",
    keep: Annotated[bool, Form()] = False,
) -> Response:
    """Code a page and show it; an editor may keep it in the archive."""
    if keep and not user.may("editor"):
        raise HTTPException(403, "only an editor may add to the archive")
    coding.slow_down(state, user.name)
    if text.strip():
        articles = uploads.from_text(text, title=title, url=url, date=date)
    elif file is not None and file.size:
        articles = uploads.from_file(file.file.read(), date=date)
    elif url.strip():
        articles = uploads.from_web(state.fetcher.fetch(url.strip()), date=date)
    else:
        raise UsageError("nothing to read", remedy="paste a text, choose a file, or give an address")
    codings = coding.coded(state, articles, keep=keep)
    if keep and len(codings) == 1:
        return RedirectResponse(f"/article/{codings[0].article.id}", status_code=303)
    shown = [page_of(one, coder=state.desk.coder_name) for one in codings]
    return state.renderer.page(request, "uploaded.html", pages=shown, kept=keep)
