"""Records as rows of the archive's tables: each whole as JSON, and columns derived from it for filters and search."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from communique.filters import words
from communique.records import Actor, Article, Coding, Event, Mention, Record, Statement, to_json

Row = tuple[str, tuple[object, ...]]
"""A table's name and the values of its columns, in the order of the schema."""


def rows(coding: Coding, *, coder: str) -> Iterator[Row]:
    """Yield all rows of a coding: the article's first, as the others refer to it."""
    article, day = coding.article, coding.article.day
    outlet = words(f"{article.outlet.name or ''} {article.outlet.domain or ''}") if article.outlet else ""
    yield "articles", (article.id, coder, outlet, article.language, day, day, to_json(article))
    yield _text(article.id, "articles", article, article.title or "", article.text)
    yield _entry("articles", article, 0, article, outlet, (day, day))
    for position, statement in enumerate(coding.statements):
        days = _days(statement.said_on or day)
        yield (
            "statements",
            (statement.id, article.id, position, statement.act, statement.kind, statement.confidence, *days,
             to_json(statement)),
        )  # fmt: skip
        yield from (speakers := list(_speakers(statement)))
        yield _entry("statements", article, position, statement, outlet, days, speakers)
        yield _text(statement.id, "statements", article, "", statement.content_text)
    for position, event in enumerate(coding.events):
        days = _days(event.date or day)
        yield (
            "events",
            (event.id, article.id, position, event.type, event.mode, event.status, event.confidence, *days,
             to_json(event)),
        )  # fmt: skip
        parties = [_actor(event, "source", actor, actor.mention) for actor in event.source]
        parties += [_actor(event, "target", actor, actor.mention) for actor in event.target]
        yield from parties
        yield _entry("events", article, position, event, outlet, days, parties)
        yield _text(event.id, "events", article, "", article.text[slice(*event.evidence)])


def _speakers(statement: Statement) -> Iterator[Row]:
    for role, party in (("speaker", statement.speaker), ("addressee", statement.addressee)):
        if party is not None:
            # Somebody unknown has the page's words for a name.
            actor = party.actor or Actor(None, party.mention.text, "unknown")
            yield _actor(statement, role, actor, party.mention)


def _actor(record: Statement | Event, role: str, actor: Actor, mention: Mention | None) -> Row:
    # People look for "UK" as well as for "United Kingdom". The sign between them keeps phrases within one name.
    names = "|".join((words(actor.name), words(mention.text) if mention is not None else ""))
    return "actors", (record.id, record.article, role, actor.id, actor.name, names, actor.country, actor.sector)


def _entry(
    kind: str,
    article: Article,
    position: int,
    record: Record,
    outlet: str,
    days: tuple[str | None, str | None],
    actors: Sequence[Row] = (),
) -> Row:
    first, last = days
    told = [getattr(record, name, None) for name in ("act", "kind", "type", "mode", "status", "confidence")]
    # Of an actor's row: country, sector, id.
    arrays = [_array(values[at] for _, values in actors) for at in (6, 7, 3)]
    return "entries", (
        kind,
        last or "",
        article.id,
        position,
        record.id,
        first,
        *told,
        outlet,
        article.language,
        *arrays,
    )


def _array(values: Iterable[object]) -> str:
    return msgspec.json.encode(list(dict.fromkeys(value for value in values if value is not None))).decode()


def _text(record: str, kind: str, article: Article, title: str, text: str) -> Row:
    return "texts", (None, record, kind, article.id, title, text)


def _days(value: str | None) -> tuple[str | None, str | None]:
    first, _, last = (value or "").partition("/")
    return first or None, last or first or None
