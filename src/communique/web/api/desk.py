"""Coding and explaining, for programs."""

from typing import Annotated

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from communique.errors import UsageError
from communique.records import Article, Coding, Span
from communique.web import uploads
from communique.web.answers import json_of
from communique.web.api.answers import ByProgram, Identity, answers
from communique.web.auth import Reader
from communique.web.coding import coded, slow_down
from communique.web.state import Shared

router = APIRouter(tags=["coding"])


class PageToCode(BaseModel):
    """A page: its text (plain, or HTML), or its address; ``keep`` adds it to the archive."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=1_000_000)] = ""
    url: Annotated[str, Field(max_length=2000)] = ""
    title: Annotated[str, Field(max_length=2000)] = ""
    date: Annotated[str, Field(max_length=40, description="The day of publication, YYYY-MM-DD")] = ""
    keep: bool = False


class Node(msgspec.Struct, frozen=True):
    """A word of the parse, how deep it hangs, and its role in the record."""

    depth: int
    text: str
    label: str
    role: str | None


class Why(msgspec.Struct, frozen=True):
    """Why a record is there: offsets of ``marks`` are into ``passage``; ``basis`` says what decided each field."""

    passage: str
    marks: list[tuple[Span, str]]
    parse: list[Node]
    rule: str
    basis: dict[str, str]


@router.post("/code", dependencies=[ByProgram], **answers(list[Coding]))
def code(state: Shared, user: Reader, page: PageToCode) -> Response:
    """Code a page and return its records."""
    if page.keep and not user.may("editor"):
        raise HTTPException(403, "only an editor may add to the archive")
    slow_down(state, user.name)
    if page.text.strip():
        articles = uploads.from_text(page.text, title=page.title, url=page.url, date=page.date)
    elif page.url.strip():
        articles = uploads.from_web(state.fetcher.fetch(page.url.strip()), date=page.date)
    else:
        raise UsageError("nothing to read", remedy="give text or url")
    return json_of(coded(state, articles, keep=page.keep))


@router.get("/explain/{identity}", **answers(Why))
def explain(state: Shared, identity: Identity) -> Response:
    """Return why a statement or event was recorded."""
    with state.readings.open() as archive:
        record = archive.record(identity)
        article = archive.article_of(record)
    if isinstance(record, Article):
        raise UsageError("an article has no explanation", remedy="name a statement or an event")
    found = state.desk.explain(record, article)
    parse = [Node(node.depth, node.text, node.label, node.role) for node in found.parse]
    return json_of(Why(found.passage, list(found.marks), parse, found.rule, dict(found.basis)))
