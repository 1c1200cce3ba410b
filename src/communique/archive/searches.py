"""Searches that a person saved: each with a feed of new matches, and an address that is told of them."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from communique.archive.accounts import User
from communique.archive.entries import Hits
from communique.archive.people import People, now
from communique.errors import RecordNotFound, UsageError

MOST = 200
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search. ``feed`` is the secret part of its feed's address, so that feed readers need not sign in.

    ``webhook`` is the address that is told of new matches, "" for none; ``told`` how far it has been told.
    """

    key: int
    user: int
    name: str
    kind: str
    query: Mapping[str, str]
    feed: str
    webhook: str
    made: str
    told: str

    @property
    def hits(self) -> Hits:
        """What the search finds."""
        return Hits(
            self.kind, {key: value for key, value in self.query.items() if key != "q"}, self.query.get("q", "")
        )


COLUMNS = "key, user, name, kind, query, feed, webhook, made, told"


class Searches:
    """The saved searches beside an archive. Every method may raise ArchiveError."""

    def __init__(self, people: People) -> None:
        self._people = people

    def add(self, user: User, name: str, hits: Hits, *, webhook: str = "") -> Search:
        """Save a search. Raises UsageError without a name, or when there are too many."""
        name = " ".join(name.split())
        if not 1 <= len(name) <= LONGEST_NAME:
            raise UsageError("the search has no name, or one too long", remedy=f"1 to {LONGEST_NAME} letters")
        if len(self.of(user)) >= MOST:
            raise UsageError(f"more than {MOST} searches", remedy="throw one away")
        query = dict(hits.chosen) | ({"q": hits.words} if hits.words else {})
        values = (user.key, name, hits.kind, json.dumps(query), secrets.token_urlsafe(24), webhook, now(), "")
        key = self._people.put(
            "INSERT INTO searches (user, name, kind, query, feed, webhook, made, told) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        return self._search((key, *values))

    def of(self, user: User) -> list[Search]:
        """Return a user's searches, by name."""
        return self._read("user = ? ORDER BY name, key", user.key)

    def one(self, user: User, key: int) -> Search:
        """Return one of a user's searches. Raises RecordNotFound."""
        return self._only(self._read("user = ? AND key = ?", user.key, key))

    def with_feed(self, feed: str) -> Search:
        """Return the search whose feed this is. Raises RecordNotFound."""
        return self._only(self._read("feed = ?", feed))

    def with_webhooks(self) -> list[Search]:
        """Return all searches that tell somebody."""
        return self._read("webhook != '' ORDER BY key")

    def set_webhook(self, user: User, key: int, webhook: str) -> None:
        """Have another address told, "" for none. Raises RecordNotFound."""
        sql = "UPDATE searches SET webhook = ?, told = '' WHERE user = ? AND key = ?"
        if not self._people.run(sql, (webhook, user.key, key)):
            raise RecordNotFound("no such search")

    def tell(self, key: int, told: str) -> None:
        """Remember how far the webhook has been told."""
        self._people.run("UPDATE searches SET told = ? WHERE key = ?", (told, key))

    def drop(self, user: User, key: int) -> None:
        """Throw a search away. Raises RecordNotFound."""
        if not self._people.run("DELETE FROM searches WHERE user = ? AND key = ?", (user.key, key)):
            raise RecordNotFound("no such search")

    def _read(self, where: str, *values: object) -> list[Search]:
        rows = self._people.rows(f"SELECT {COLUMNS} FROM searches WHERE {where}", values)
        return [self._search(row) for row in rows]

    @staticmethod
    def _only(found: list[Search]) -> Search:
        if not found:
            raise RecordNotFound("no such search")
        return found[0]

    @staticmethod
    def _search(row: tuple[object, ...]) -> Search:
        key, user, name, kind, query, *rest = row
        return Search(key, user, name, kind, json.loads(str(query)), *rest)  # type: ignore[arg-type] # as in the table
