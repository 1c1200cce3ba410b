"""What people say of records, beside what the machine says, never over it: right, no such record, another value."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

import msgspec

from communique.archive.accounts import User
from communique.archive.people import People, now
from communique.errors import RecordNotFound, UsageError
from communique.records import TYPE_NAME, Act, Actor, Event, Statement, Status, to_json

WHOLE = "record"
"""The field of a judgement of the whole record: after is true (right) or false (no such record)."""
LONGEST = 2000


class Correction(msgspec.Struct, frozen=True):
    """Somebody's word on a record. ``machine`` is the record as it was when it was said.

    ``before`` and ``after`` are the field's values: for actors a list of {"id", "name"}; for the field "record" true.
    ``made`` and ``withdrawn`` are moments, ISO 8601 in UTC.
    """

    key: int
    record: str
    article: str
    author: str
    made: str
    field: str
    before: Any
    after: Any
    reason: str
    machine: Statement | Event
    withdrawn: str | None = None


def _word(allowed: tuple[str, ...]) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if value not in allowed:
            raise UsageError("no such value", remedy=f"one of {', '.join(allowed)}")
        return value

    return check


def _type(value: Any) -> Any:
    if not isinstance(value, str) or len(value) > 60 or not re.fullmatch(TYPE_NAME, value):
        raise UsageError("no event type", remedy="capital letters, such as ACCUSE")
    return value


def _actors(value: Any) -> Any:
    try:
        found = msgspec.convert(value, list[dict[str, str | None]])
    except msgspec.ValidationError as error:
        raise UsageError(f"no actors: {error}", remedy='a list of {"id": …, "name": …}') from error
    kept = [{"id": one.get("id") or None, "name": (one.get("name") or one.get("id") or "").strip()} for one in found]
    if len(kept) > 20 or any(not one["name"] or len(one["name"]) > 300 or len(one["id"] or "") > 300 for one in kept):
        raise UsageError("an actor has no name, or one too long", remedy="at most 20 actors, each with a name")
    return kept


def _right(value: Any) -> Any:
    if not isinstance(value, bool):
        raise UsageError("a judgement is true or false", remedy="true: the record is right; false: there is no such")
    return value


STATEMENT_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    WHOLE: _right, "speaker": _actors, "addressee": _actors, "act": _word(get_args(Act)),
}  # fmt: skip
EVENT_FIELDS: Mapping[str, Callable[[Any], Any]] = {
    WHOLE: _right, "source": _actors, "target": _actors, "type": _type, "status": _word(get_args(Status)),
}  # fmt: skip


def fields_of(record: Statement | Event) -> Mapping[str, Callable[[Any], Any]]:
    """Return the fields that can be corrected; each with what returns a value as it is kept, or raises UsageError."""
    return STATEMENT_FIELDS if isinstance(record, Statement) else EVENT_FIELDS


def value_of(record: Statement | Event, field: str) -> Any:
    """Return a field of the machine's record in the form of corrections."""
    if field == WHOLE:
        return True
    value = getattr(record, field)
    if field in {"source", "target"}:
        return [_named(actor) for actor in value]
    if field in {"speaker", "addressee"}:
        return [] if value is None else [_named(value.actor or Actor(None, value.mention.text, "unknown"))]
    return value


def _named(actor: Actor) -> dict[str, str | None]:
    return {"id": actor.id, "name": actor.name}


class Corrections:
    """All corrections beside an archive. Every method may raise ArchiveError."""

    def __init__(self, people: People) -> None:
        self._people = people

    def add(self, record: Statement | Event, author: User, *, field: str, after: Any, reason: str) -> Correction:
        """Keep a correction; one of the same field of the record by the same author is withdrawn.

        Raises UsageError for a field that cannot be corrected, a value that it cannot have, or a reason too long.
        """
        allowed = fields_of(record)
        if field not in allowed:
            raise UsageError(f"{field[:40]!r} cannot be corrected", remedy=f"one of {', '.join(allowed)}")
        if len(reason) > LONGEST:
            raise UsageError("the reason is too long", remedy=f"at most {LONGEST} letters")
        after, before, moment = allowed[field](after), value_of(record, field), now()
        found = Correction(
            0, record.id, record.article, author.name, moment, field, before, after, reason.strip(), record
        )
        with self._people.writing():
            self._people.run(
                "UPDATE corrections SET withdrawn = ? "
                "WHERE record = ? AND author = ? AND field = ? AND withdrawn IS NULL",
                (moment, record.id, author.name, field),
            )
            key = self._people.put(
                "INSERT INTO corrections (record, article, author, made, field, before, after, reason, machine) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (record.id, record.article, author.name, moment, field, _json(before), _json(after), found.reason,
                 to_json(record)),
            )  # fmt: skip
        return msgspec.structs.replace(found, key=key)

    def withdraw(self, key: int, author: User) -> None:
        """Take a correction back: one's own, or, for an admin, any. Raises RecordNotFound when there is none."""
        sql = "UPDATE corrections SET withdrawn = ? WHERE key = ? AND withdrawn IS NULL AND (author = ? OR ?)"
        if not self._people.run(sql, (now(), key, author.name, author.may("admin"))):
            raise RecordNotFound("no such correction", remedy="only its author, or an admin, can withdraw one")

    def of_article(self, article: str) -> dict[str, list[Correction]]:
        """Return the corrections of an article's records that stand, by record, the earliest first."""
        found: dict[str, list[Correction]] = {}
        for correction in self._read("article = ? AND withdrawn IS NULL", article):
            found.setdefault(correction.record, []).append(correction)
        return found

    def of(self, record: str) -> list[Correction]:
        """Return all corrections of a record, also those withdrawn, the earliest first."""
        return list(self._read("record = ?", record))

    def all(self) -> Iterator[Correction]:
        """Yield all corrections that stand, the earliest first."""
        return self._read("withdrawn IS NULL")

    def count(self) -> int:
        """Return how many corrections stand."""
        ((number,),) = self._people.rows("SELECT count(*) FROM corrections WHERE withdrawn IS NULL")
        return int(number)

    def _read(self, where: str, *values: object) -> Iterator[Correction]:
        sql = f"""
            SELECT key, record, article, author, made, field, before, after, reason, machine, withdrawn
            FROM corrections WHERE {where} ORDER BY key
        """
        for row in self._people.rows(sql, values):
            key, record, article, author, made, field, before, after, reason, machine, withdrawn = row
            yield Correction(
                key=key, record=record, article=article, author=author, made=made, field=field,
                before=msgspec.json.decode(before), after=msgspec.json.decode(after), reason=reason,
                machine=msgspec.json.decode(machine, type=Statement | Event), withdrawn=withdrawn,
            )  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
