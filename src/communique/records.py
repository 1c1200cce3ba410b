"""The record types: what Communiqué says about a page. The JSON Schema, tables and docs derive from here.

All offsets are Unicode code points into ``Article.text``, half open: ``article.text[start:end]`` is the span.
Every type is frozen; a record's id is a hash of its content, so coding a page twice makes the same records.
"""

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

import msgspec

Span = tuple[int, int]
"""Start and end in code points into the article's text, half open."""

StatementKind = Literal["direct", "mixed", "indirect"]
Act = Literal[
    "assert", "deny", "accuse", "criticise", "complain", "demand", "appeal",
    "promise", "offer", "threaten", "warn", "reject", "praise", "express",
]  # fmt: skip
Precision = Literal["point", "city", "region", "country"]
Status = Literal["happened", "ongoing", "planned", "demanded", "hypothetical", "alleged", "denied"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
TYPE_NAME = "^[A-Z][A-Z0-9_]*$"
TypeName = Annotated[
    str,
    msgspec.Meta(
        pattern=TYPE_NAME,
        description="One of PLOVER's sixteen event types, or a type of the user's own ontology.",
        examples=list(get_args(EventType)),
    ),
]


class Outlet(msgspec.Struct, frozen=True):
    """Who published a page; ``country`` is ISO 3166-1 alpha-3."""

    name: str | None = None
    domain: str | None = None
    country: str | None = None


class Mention(msgspec.Struct, frozen=True):
    """Words of the article that name somebody, with their offsets."""

    start: int
    end: int
    text: str


class Actor(msgspec.Struct, frozen=True):
    """Somebody who can speak or act, as far as the page and the knowledge base tell.

    ``id`` is stable over pages ("person:sergey-lavrov", "state:RUS", "org:nato"); None when the words name nobody
    known ("protesters"). ``sector`` is a PLOVER sector code, ``office`` the office held on the article's date.
    """

    id: str | None
    name: str
    kind: str
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    mention: Mention | None = None


class Place(msgspec.Struct, frozen=True):
    """A toponym resolved to a gazetteer entry; ``gazetteer_id`` is a GeoNames id where there is one.

    ``precision`` tells what the coordinates stand for: a point, or the middle of a city, a region or a country.
    """

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    gazetteer_id: str | None = None
    precision: Precision | None = None


class Article(msgspec.Struct, frozen=True, tag_field="record", tag="article"):
    """One page, cleaned. ``paragraphs`` cover ``text`` in order; text between two of them is a blank line.

    ``published`` is "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM", followed by "+HH:MM" or "Z" where the page gives a zone.
    """

    id: str
    text: str
    paragraphs: tuple[Span, ...]
    url: str | None = None
    outlet: Outlet | None = None
    title: str | None = None
    standfirst: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    place: Place | None = None
    warnings: tuple[str, ...] = ()

    @property
    def day(self) -> str | None:
        """The day of publication, "YYYY-MM-DD"."""
        return self.published[:10] if self.published else None


class Party(msgspec.Struct, frozen=True):
    """A speaker or addressee: the words that name them and, if they are resolved, the actor."""

    mention: Mention
    actor: Actor | None = None


class Statement(msgspec.Struct, frozen=True, tag_field="record", tag="statement"):
    """Who said what to whom. ``basis`` names, field by field, the rule or words that decided it."""

    id: str
    article: str
    kind: StatementKind
    speaker: Party | None
    content: tuple[Span, ...]
    content_text: str
    act: Act
    made_by: str
    confidence: float
    addressee: Party | None = None
    cue: Span | None = None
    negated: bool = False
    conditional: bool = False
    said_on: str | None = None
    place: Place | None = None
    within: str | None = None
    basis: dict[str, str] = {}


class Event(msgspec.Struct, frozen=True, tag_field="record", tag="event"):
    """Who did what to whom, in PLOVER's terms, from one clause.

    ``type`` is one of PLOVER's, or of the user's own ontology. ``evidence`` is the clause, ``trigger`` the word in it
    that names the act, ``also`` the further clauses of the article that report the same event. ``counts`` are numbers
    of people or things by what is counted ("troops").
    """

    id: str
    article: str
    type: TypeName
    source: tuple[Actor, ...]
    target: tuple[Actor, ...]
    status: Status
    trigger: Span
    evidence: Span
    made_by: str
    confidence: float
    mode: str | None = None
    context: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int | None = None
    goldstein: float | None = None
    symmetric: bool = False
    conditional: bool = False
    date: str | None = None
    place: Place | None = None
    attributed_to: Actor | None = None
    statement: str | None = None
    counts: dict[str, int] = {}
    also: tuple[Span, ...] = ()
    basis: dict[str, str] = {}


Record = Article | Statement | Event


class Coding(msgspec.Struct, frozen=True):
    """The one result of coding a page: the article and all that was recorded of it, in text order."""

    article: Article
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()

    def records(self) -> Iterator[Record]:
        """Yield the article, then its statements, then its events."""
        yield self.article
        yield from self.statements
        yield from self.events


def content_id(prefix: str, *parts: object) -> str:
    """Return "prefix-" and 16 hexadecimal digits that depend on the parts alone, in their order.

    >>> content_id("s", "a-1", (3, 9))
    's-85edcbf128e173ce'
    """
    canonical = msgspec.json.encode(parts)
    return f"{prefix}-{hashlib.sha256(canonical).hexdigest()[:16]}"


def article_id(*, url: str | None, title: str | None, published: str | None, text: str) -> str:
    """Return the id of the article with this address and content."""
    return content_id("a", url, title, published, text)


def to_json(record: Record) -> str:
    """Return the record as one line of JSON, in the interchange form.

    >>> to_json(Article(id="a-1", text="Hi.", paragraphs=((0, 3),)))[:34]
    '{"record":"article","id":"a-1","te'
    """
    return msgspec.json.encode(record).decode()


def from_json(line: str | bytes) -> Record:
    """Return the record that a line of the interchange form holds.

    Raises msgspec.ValidationError, which names the field, when the line is not such a record.
    """
    record: Record = msgspec.json.decode(line, type=Record)
    return record


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line of the interchange form."""
    schema = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Communiqué record", **schema}
