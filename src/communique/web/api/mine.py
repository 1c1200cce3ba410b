"""What people add, for programs: bookmarks, tags, notes, corrections, saved searches."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from communique.archive.accounts import User
from communique.archive.corrections import Correction, Corrections
from communique.archive.entries import Entries
from communique.archive.notebook import Kept, Note, Notebook
from communique.archive.searches import Search, Searches
from communique.errors import RecordNotFound
from communique.records import Article
from communique.web.answers import json_of
from communique.web.api.answers import ByProgram, Identity, Key, answers
from communique.web.auth import Editor, Reader
from communique.web.chosen import hits_of
from communique.web.data.judgements import Agreement, Gold, Score, agreements, gold, scores
from communique.web.state import Shared, State

router = APIRouter()
Label = Annotated[str, Query(min_length=1, max_length=60)]
DONE: dict[str, Any] = {"response_model": None, "status_code": 204}


class Strict(BaseModel):
    """A body without other fields than those described."""

    model_config = ConfigDict(extra="forbid")


class NewNote(Strict):
    """A note."""

    text: Annotated[str, Field(min_length=1, max_length=20_000)]


class NewCorrection(Strict):
    """A correction: ``after`` is the value of the field; for actors a list of {"id", "name"}; for "record" a flag."""

    record: Annotated[str, Field(max_length=100)]
    field: Annotated[str, Field(max_length=40)]
    after: bool | str | list[dict[str, str | None]]
    reason: Annotated[str, Field(max_length=2000)] = ""


class NewSearch(Strict):
    """A search to save: ``query`` holds the filters, and "q" for words."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    kind: Annotated[str, Field(max_length=20)]
    query: dict[str, str] = {}
    webhook: Annotated[str, Field(max_length=400)] = ""


class Tag(msgspec.Struct, frozen=True):
    """A tag, and how many records have it."""

    tag: str
    number: int


class Scores(msgspec.Struct, frozen=True):
    """How often the machine was right where people judged it, and how far people agree."""

    scores: list[Score]
    agreement: list[Agreement]


def _known(state: State, identity: str) -> str:
    with state.readings.open() as archive:
        return archive.record(identity).id


@router.get("/me", tags=["mine"], **answers(User))
def me(user: Reader) -> Response:
    """Return who asks."""
    return json_of(user)


@router.get("/mine/{identity}", tags=["mine"], **answers(Kept))
def kept(state: Shared, user: Reader, identity: Identity) -> Response:
    """Return one's bookmark, tags and notes on a record."""
    return json_of(Notebook(state.people, user).of(_known(state, identity)))


@router.get("/bookmarks", tags=["mine"], **answers(list[str]))
def bookmarks(state: Shared, user: Reader) -> Response:
    """Return the ids of the records that one keeps, the newest first."""
    return json_of(Notebook(state.people, user).bookmarks())


@router.put("/bookmarks/{identity}", tags=["mine"], dependencies=[ByProgram], **DONE)
def bookmark(state: Shared, user: Reader, identity: Identity) -> Response:
    """Keep a record."""
    Notebook(state.people, user).bookmark(_known(state, identity))
    return Response(status_code=204)


@router.delete("/bookmarks/{identity}", tags=["mine"], dependencies=[ByProgram], **DONE)
def unmark(state: Shared, user: Reader, identity: Identity) -> Response:
    """Keep a record no longer."""
    Notebook(state.people, user).unmark(identity)
    return Response(status_code=204)


@router.get("/tags", tags=["mine"], **answers(list[Tag]))
def tags(state: Shared, user: Reader) -> Response:
    """Return one's tags, each with how many records have it."""
    return json_of([Tag(*one) for one in Notebook(state.people, user).tags()])


@router.put("/tags/{identity}", tags=["mine"], dependencies=[ByProgram], **DONE)
def tag(state: Shared, user: Reader, identity: Identity, tag: Label) -> Response:
    """Put a tag on a record."""
    Notebook(state.people, user).tag(_known(state, identity), tag)
    return Response(status_code=204)


@router.delete("/tags/{identity}", tags=["mine"], dependencies=[ByProgram], **DONE)
def untag(state: Shared, user: Reader, identity: Identity, tag: Label) -> Response:
    """Take a tag off a record."""
    Notebook(state.people, user).untag(identity, tag)
    return Response(status_code=204)


@router.get("/notes", tags=["mine"], **answers(list[Note]))
def notes(state: Shared, user: Reader) -> Response:
    """Return one's notes, the newest first."""
    return json_of(Notebook(state.people, user).notes())


@router.post("/notes/{identity}", tags=["mine"], dependencies=[ByProgram], **answers(Note, status=201))
def note(state: Shared, user: Reader, identity: Identity, new: NewNote) -> Response:
    """Write a note on a record."""
    return json_of(Notebook(state.people, user).note(_known(state, identity), new.text), status=201)


@router.put("/note/{key}", tags=["mine"], dependencies=[ByProgram], **DONE)
def rewrite(state: Shared, user: Reader, key: Key, new: NewNote) -> Response:
    """Change a note."""
    Notebook(state.people, user).rewrite(key, new.text)
    return Response(status_code=204)


@router.delete("/note/{key}", tags=["mine"], dependencies=[ByProgram], **DONE)
def drop_note(state: Shared, user: Reader, key: Key) -> Response:
    """Throw a note away."""
    Notebook(state.people, user).drop(key)
    return Response(status_code=204)


@router.get("/corrections", tags=["corrections"], **answers(list[Correction]))
def corrections(state: Shared, user: Reader, record: Annotated[str | None, Query(max_length=100)] = None) -> Response:
    """Return the corrections that stand, or all of one record, the earliest first."""
    found = Corrections(state.people)
    return json_of(list(found.all()) if record is None else found.of(record))


@router.post("/corrections", tags=["corrections"], dependencies=[ByProgram], **answers(Correction, status=201))
def correct(state: Shared, user: Editor, new: NewCorrection) -> Response:
    """Correct a record: beside what the machine says, not over it."""
    with state.readings.open() as archive:
        record = archive.record(new.record)
    if isinstance(record, Article):
        raise RecordNotFound("an article cannot be corrected", remedy="name a statement or an event")
    after: Any = new.after
    found = Corrections(state.people).add(record, user, field=new.field, after=after, reason=new.reason)
    return json_of(found, status=201)


@router.delete("/corrections/{key}", tags=["corrections"], dependencies=[ByProgram], **DONE)
def withdraw(state: Shared, user: Editor, key: Key) -> Response:
    """Take a correction back."""
    Corrections(state.people).withdraw(key, user)
    return Response(status_code=204)


@router.get("/corrections/scores", tags=["corrections"], **answers(Scores))
def scored(state: Shared, user: Reader) -> Response:
    """Return how often the machine was right, and how far people agree."""
    found = list(Corrections(state.people).all())
    return json_of(Scores(scores(gold(found)), agreements(found)))


@router.get("/corrections/gold", tags=["corrections"], **answers(list[Gold]))
def judged(state: Shared, user: Reader) -> Response:
    """Return the judged records as gold data: the machine's, the verdict, and the fields that are to be otherwise."""
    return json_of(list(gold(Corrections(state.people).all())))


@router.get("/searches", tags=["searches"], **answers(list[Search]))
def searches(state: Shared, user: Reader) -> Response:
    """Return one's saved searches."""
    return json_of(Searches(state.people).of(user))


@router.post("/searches", tags=["searches"], dependencies=[ByProgram], **answers(Search, status=201))
def save(state: Shared, user: Reader, new: NewSearch) -> Response:
    """Save a search."""
    hits = hits_of(new.kind, new.query)
    if new.webhook:
        state.fetcher.check(new.webhook)
    with state.readings.open() as archive:
        entries = Entries(archive)
        entries.count(hits, most=1)  # refuses what cannot be searched for
        told = str(entries.last_arrival())
    found = Searches(state.people)
    search = found.add(user, new.name, hits, webhook=new.webhook)
    found.tell(search.key, told)
    return json_of(found.one(user, search.key), status=201)


@router.delete("/searches/{key}", tags=["searches"], dependencies=[ByProgram], **DONE)
def drop_search(state: Shared, user: Reader, key: Key) -> Response:
    """Throw a saved search away."""
    Searches(state.people).drop(user, key)
    return Response(status_code=204)
