"""A person's habits: bookmarks, tags and notes on records, and lists of them; the language and saved searches."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from communique.archive import Archive
from communique.archive.entries import Entries
from communique.archive.notebook import Notebook
from communique.archive.searches import Searches
from communique.errors import RecordNotFound, UsageError
from communique.web.auth import Next, Reader, Written
from communique.web.chosen import hits_of
from communique.web.data.listing import Row, rows
from communique.web.state import Shared, State
from communique.web.visits import keep_language, own

router = APIRouter()
Text = Annotated[str, Form(max_length=400)]
Flag = Annotated[bool, Form()]
Key = Annotated[int, Path(ge=1, lt=2**63)]
LongText = Annotated[str, Form(max_length=40_000)]


def _back(next: str) -> RedirectResponse:
    return RedirectResponse(own(next), status_code=303)


def _known(state: State, identity: str) -> str:
    """Return the whole id of a record of the archive. Raises RecordNotFound."""
    with state.readings.open() as archive:
        return archive.record(identity).id


def _rows(archive: Archive, identities: list[str]) -> tuple[list[Row], list[str]]:
    """Return the records that the archive still has, and the ids of the others."""
    found, gone = [], []
    for identity in identities:
        try:
            found.append(archive.record(identity))
        except RecordNotFound:
            gone.append(identity)
    return list(rows(archive, found)), gone


@router.get("/bookmarks")
def bookmarks(request: Request, state: Shared, user: Reader) -> HTMLResponse:
    """Show the records that the person keeps; ``?tag=`` those with a tag."""
    notebook = Notebook(state.people, user)
    tag = request.query_params.get("tag", "")
    identities = notebook.tagged(tag) if tag else notebook.bookmarks()
    with state.readings.open() as archive:
        found, gone = _rows(archive, identities)
    return state.renderer.page(
        request,
        "bookmarks.html",
        rows=found,
        gone=gone,
        tag=tag,
        tags=notebook.tags(),
        bookmarked=notebook.marked(),
    )


@router.get("/kept/{identity}")
def kept(request: Request, state: Shared, user: Reader, identity: str) -> HTMLResponse:
    """Show what the person keeps of a record, without the page around it, to be put into another."""
    found = Notebook(state.people, user).of(_known(state, identity))
    return state.renderer.page(request, "kept.html", kept=found)


@router.get("/notes")
def notes(request: Request, state: Shared, user: Reader) -> HTMLResponse:
    """Show all notes."""
    return state.renderer.page(request, "notes.html", notes=Notebook(state.people, user).notes())


@router.post("/bookmarks/{identity}", dependencies=[Written])
def bookmark(state: Shared, user: Reader, identity: str, next: Next = "/bookmarks", drop: Flag = False) -> Response:
    """Keep a record, or, with ``drop``, no longer."""
    notebook = Notebook(state.people, user)
    if drop:
        notebook.unmark(identity)
    else:
        notebook.bookmark(_known(state, identity))
    return _back(next)


@router.post("/tags/{identity}", dependencies=[Written])
def tag(
    state: Shared, user: Reader, identity: str, tag: Text, next: Next = "/bookmarks", drop: Flag = False
) -> Response:
    """Put a tag on a record, or, with ``drop``, take it off."""
    notebook = Notebook(state.people, user)
    if drop:
        notebook.untag(identity, tag)
    else:
        notebook.tag(_known(state, identity), tag)
    return _back(next)


@router.post("/notes/{identity}", dependencies=[Written])
def note(state: Shared, user: Reader, identity: str, text: LongText, next: Next = "/notes") -> Response:
    """Write a note on a record."""
    Notebook(state.people, user).note(_known(state, identity), text)
    return _back(next)


@router.post("/note/{key}", dependencies=[Written])
def rewrite(
    state: Shared, user: Reader, key: Key, text: LongText = "", next: Next = "/notes", drop: Flag = False
) -> Response:
    """Change a note, or, with ``drop``, throw it away."""
    notebook = Notebook(state.people, user)
    if drop:
        notebook.drop(key)
    else:
        notebook.rewrite(key, text)
    return _back(next)


@router.get("/searches")
def searches(request: Request, state: Shared, user: Reader) -> HTMLResponse:
    """Show the saved searches."""
    return state.renderer.page(request, "searches.html", searches=Searches(state.people).of(user))


@router.post("/searches/{kind}", dependencies=[Written])
def save(request: Request, state: Shared, user: Reader, kind: str, name: Text, webhook: Text = "") -> Response:
    """Save the search that the query of the address tells."""
    hits = hits_of(kind, request.query_params)
    _checked(state, webhook)
    with state.readings.open() as archive:
        Entries(archive).count(hits, most=1)  # refuses what cannot be searched for
        told = str(Entries(archive).last_arrival())
    found = Searches(state.people)
    found.tell(found.add(user, name, hits, webhook=webhook.strip()).key, told)
    return _back("/searches")


@router.post("/search/{key}", dependencies=[Written])
def change(state: Shared, user: Reader, key: Key, webhook: Text = "", drop: Flag = False) -> Response:
    """Have another address told of new matches, or, with ``drop``, throw the search away."""
    found = Searches(state.people)
    if drop:
        found.drop(user, key)
        return _back("/searches")
    _checked(state, webhook)
    found.set_webhook(user, key, webhook.strip())
    with state.readings.open() as archive:
        found.tell(key, str(Entries(archive).last_arrival()))
    return _back("/searches")


def _checked(state: State, webhook: str) -> None:
    if webhook.strip():
        state.fetcher.check(webhook.strip())


@router.post("/language", dependencies=[Written])
def language(request: Request, state: Shared, code: Text, next: Next = "/") -> Response:
    """Choose the language of the interface."""
    if code not in state.renderer.known:
        raise UsageError(f"no language {code[:10]!r}", remedy=f"one of {', '.join(state.renderer.known)}")
    response = _back(next)
    keep_language(response, request, code)
    return response
