"""Records for programs: lists with the same filters as the pages, single records, codings, searches."""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, create_model

from communique.archive.entries import COUNTED, ORDERS, Count, Entries, Facet, Hits
from communique.errors import UsageError
from communique.filters import FILTERS, KINDS
from communique.records import Article, Coding, Record
from communique.web.answers import json_of
from communique.web.api.answers import Identity, answers
from communique.web.chosen import LONGEST, hits_of, order_of
from communique.web.state import Shared
from communique.web.streaming import streamed

router = APIRouter(tags=["records"])
MOST = 1000


class Page(msgspec.Struct, frozen=True):
    """A part of a list. ``next`` is the value of ``after`` with which the list goes on, None at its end."""

    records: list[Record]
    total: Count
    next: str | None


class Hit(msgspec.Struct, frozen=True):
    """A record that a search found; pieces of its text, those marked true were searched for."""

    record: Record
    snippet: list[tuple[str, bool]]


def _optional(told: str) -> Any:
    return Annotated[str | None, Field(description=told, max_length=LONGEST)]


def _filters(kind: str) -> dict[str, Any]:
    known = {f.key: f"{f.help} ({f.metavar})" for f in FILTERS.values() if kind in f.kinds}
    return {key: (_optional(told), None) for key, told in {**known, "q": "Words that it holds"}.items()}


def query_of(kind: str) -> type[BaseModel]:
    """Return the parameters that lists of a kind of record have; others are refused."""
    strict = ConfigDict(extra="forbid", title=f"{kind} filters")
    return create_model(f"{kind.title()}Filters", __config__=strict, **_filters(kind))


def _page_of(kind: str) -> type[BaseModel]:
    fields: dict[str, Any] = {
        "limit": (Annotated[int, Field(ge=1, le=MOST)], 100),
        "offset": (Annotated[int, Field(ge=0, le=COUNTED)], 0),
        "after": (_optional("Go on after the record with this id"), None),
        "sort": (_optional(f"One of {', '.join(ORDERS)}"), None),
    }
    return create_model(f"{kind.title()}Page", __base__=query_of(kind), **fields)


def hits_in(kind: str, asked: BaseModel) -> Hits:
    """Return what these parameters ask for of a kind of record."""
    return hits_of(kind, {key: str(value) for key, value in asked.model_dump(exclude_none=True).items()})


def _list(kind: str) -> Callable[..., Response]:
    model = _page_of(kind)

    def records(state: Shared, asked: Annotated[model, Query()]) -> Response:  # type: ignore[valid-type]
        """Return a part of a list: records that pass the filters."""
        given: Any = asked
        hits = hits_in(kind, given)
        order = order_of({"sort": given.sort or ""}) or ("best" if hits.words and given.after is None else "newest")
        with state.readings.open() as archive:
            entries = Entries(archive)
            found = entries.page(hits, order=order, limit=given.limit + 1, offset=given.offset, after=given.after)
            total = state.summary(archive, hits).total
        shown = found[: given.limit]
        goes_on = len(found) > given.limit and order == "newest"
        return json_of(Page(shown, total, shown[-1].id if goes_on else None))

    return records


def _stream(kind: str) -> Callable[..., Response]:
    model = query_of(kind)

    def stream(state: Shared, asked: Annotated[model, Query()]) -> Response:  # type: ignore[valid-type]
        """Return all records that pass the filters, one a line, sent as they are read."""
        return streamed(state, hits_in(kind, asked), "jsonl")

    return stream


def _facets(kind: str) -> Callable[..., Response]:
    model = query_of(kind)

    def facets(state: Shared, asked: Annotated[model, Query()]) -> Response:  # type: ignore[valid-type]
        """Return what a list holds under each filter; of a long list what its latest records do."""
        with state.readings.open() as archive:
            return json_of(state.summary(archive, hits_in(kind, asked)).facets)

    return facets


for _kind in KINDS:
    router.get(f"/{_kind}", name=f"list_{_kind}", **answers(Page))(_list(_kind))
    router.get(f"/{_kind}.jsonl", name=f"stream_{_kind}", **answers(Record, media="application/jsonl"))(_stream(_kind))
    router.get(f"/facets/{_kind}", name=f"facets_of_{_kind}", **answers(tuple[Facet, ...]))(_facets(_kind))


@router.get("/records/{identity}", **answers(Record))
def record(state: Shared, identity: Identity) -> Response:
    """Return one record."""
    with state.readings.open() as archive:
        return json_of(archive.record(identity))


@router.get("/articles/{identity}/coding", **answers(Coding))
def coding(state: Shared, identity: Identity) -> Response:
    """Return an article with all its records."""
    with state.readings.open() as archive:
        article = archive.record(identity)
        if not isinstance(article, Article):
            raise UsageError(f"{article.id} is no article", remedy="its id begins with a-")
        return json_of(archive.coding(article))


@router.get("/search", **answers(list[Hit]))
def search(
    state: Shared,
    q: Annotated[
        str, Query(min_length=1, max_length=LONGEST, description="Words; in double quotes they stand together")
    ],
    kind: Annotated[str, Query(description=f"One of {', '.join(KINDS)}")] = "articles",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Return what holds the words, the best match first."""
    with state.readings.open() as archive:
        entries = Entries(archive)
        found = entries.page(Hits(kind, {}, q), order="best", limit=limit)
        return json_of([Hit(one, list(entries.snippet(one, q))) for one in found])
