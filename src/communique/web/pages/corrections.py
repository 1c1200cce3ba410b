"""Corrections: the form for a record, what has been said of it, and all of them as gold data."""

from typing import Annotated, Any, get_args

import msgspec
from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from communique.archive.corrections import WHOLE, Corrections, fields_of, value_of
from communique.errors import RecordNotFound
from communique.records import Act, Article, Event, EventType, Record, Statement, Status
from communique.web.answers import attachment
from communique.web.auth import Editor, Next, Reader, Written
from communique.web.data.judgements import agreements, gold, scores
from communique.web.state import Shared
from communique.web.visits import own

router = APIRouter()
Key = Annotated[int, Path(ge=1, lt=2**63)]
Text = Annotated[str, Form(max_length=4000)]
CHOICES = {"act": get_args(Act), "type": get_args(EventType), "status": get_args(Status)}


def _judged(record: Record) -> Statement | Event:
    if isinstance(record, Article):
        raise RecordNotFound("an article cannot be corrected", remedy="name a statement or an event")
    return record


@router.get("/correct/{identity}")
def form(request: Request, state: Shared, user: Editor, identity: str) -> HTMLResponse:
    """Show a record with what the machine and people say of it."""
    with state.readings.open() as archive:
        record = _judged(archive.record(identity))
        article = archive.article_of(record)
    return state.renderer.page(
        request,
        "correct.html",
        record=record,
        article=article,
        fields={field: value_of(record, field) for field in fields_of(record) if field != WHOLE},
        choices=CHOICES,
        corrections=Corrections(state.people).of(record.id),
    )


@router.post("/correct/{identity}", dependencies=[Written])
def correct(
    state: Shared, user: Editor, identity: str, field: Text, after: Text, reason: Text = "", next: Next = ""
) -> Response:
    """Keep a correction. Of actors ``after`` holds one a line: an id, a name, or "id | name"; nothing is nobody."""
    with state.readings.open() as archive:
        record = _judged(archive.record(identity))
    Corrections(state.people).add(record, user, field=field, after=_value(field, after), reason=reason)
    return RedirectResponse(own(next or f"/correct/{record.id}"), status_code=303)


def _value(field: str, text: str) -> Any:
    if field == WHOLE:
        return {"true": True, "false": False}.get(text, text)
    if field not in {"speaker", "addressee", "source", "target"}:
        return text.strip()
    actors = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        identity, bar, name = (part.strip() for part in line.partition("|"))
        known = bool(bar) or (":" in identity and " " not in identity)
        actors.append({"id": identity if known else None, "name": name or identity})
    return actors


@router.post("/correction/{key}/withdraw", dependencies=[Written])
def withdraw(state: Shared, user: Editor, key: Key, next: Next = "/corrections") -> Response:
    """Take a correction back."""
    Corrections(state.people).withdraw(key, user)
    return RedirectResponse(own(next), status_code=303)


@router.get("/corrections")
def corrections(request: Request, state: Shared, user: Reader) -> HTMLResponse:
    """Show the latest corrections, how often the machine was right, and how far people agree."""
    found = list(Corrections(state.people).all())
    return state.renderer.page(
        request,
        "corrections.html",
        corrections=found[:-201:-1],
        total=len(found),
        scores=scores(gold(found)),
        agreements=agreements(found),
    )


@router.get("/corrections.{form}")
def download(state: Shared, user: Reader, form: str) -> Response:
    """Give the corrections: ``gold`` one line a judged record, ``jsonl`` one a correction, ``json`` the scores."""
    found = list(Corrections(state.people).all())
    if form == "json":
        told = {"scores": scores(gold(found)), "agreement": agreements(found)}
        return Response(msgspec.json.encode(told), media_type="application/json")
    if form not in {"gold", "jsonl"}:
        raise RecordNotFound("no such file")
    values = gold(found) if form == "gold" else found
    lines = b"".join(msgspec.json.encode(value) + b"\n" for value in values)
    name = "gold.jsonl" if form == "gold" else "corrections.jsonl"
    return Response(lines, media_type="application/jsonl", headers=attachment(name))
