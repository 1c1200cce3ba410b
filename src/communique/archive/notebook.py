"""A person's bookmarks, tags and notes on records: seen by nobody else."""

from dataclasses import dataclass

from communique.archive.accounts import User
from communique.archive.people import People, now
from communique.errors import RecordNotFound, UsageError

LONGEST_TAG = 60
LONGEST_NOTE = 20_000
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a record; moments are ISO 8601 in UTC."""

    key: int
    record: str
    text: str
    made: str
    changed: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person keeps of a record."""

    record: str
    bookmarked: bool = False
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


class Notebook:
    """One person's notebook. Every method may raise ArchiveError."""

    def __init__(self, people: People, user: User) -> None:
        self._people, self._user = people, user.key

    def of(self, record: str) -> Kept:
        """Return what is kept of a record."""
        marked = self._people.rows("SELECT 1 FROM bookmarks WHERE user = ? AND record = ?", (self._user, record))
        tags = self._people.rows("SELECT tag FROM tags WHERE user = ? AND record = ? ORDER BY 1", (self._user, record))
        return Kept(record, bool(marked), tuple(tag for (tag,) in tags), tuple(self.notes(record)))

    def bookmark(self, record: str) -> None:
        """Keep a record."""
        sql = (
            "INSERT OR IGNORE INTO bookmarks SELECT ?, ?, ? WHERE (SELECT count(*) FROM bookmarks WHERE user = ?) < ?"
        )
        self._people.run(sql, (self._user, record, now(), self._user, MOST))

    def unmark(self, record: str) -> None:
        """Keep a record no longer."""
        self._people.run("DELETE FROM bookmarks WHERE user = ? AND record = ?", (self._user, record))

    def bookmarks(self, *, limit: int = 1000) -> list[str]:
        """Return the ids of records that are kept, the newest first."""
        sql = "SELECT record FROM bookmarks WHERE user = ? ORDER BY made DESC, record LIMIT ?"
        return [record for (record,) in self._people.rows(sql, (self._user, limit))]

    def marked(self) -> frozenset[str]:
        """Return the ids of all records that are kept."""
        return frozenset(self.bookmarks(limit=MOST))

    def tag(self, record: str, tag: str) -> None:
        """Put a tag on a record. Raises UsageError for a tag that is empty or too long."""
        tag = " ".join(tag.split())
        if not 1 <= len(tag) <= LONGEST_TAG:
            raise UsageError("no such tag is possible", remedy=f"1 to {LONGEST_TAG} letters")
        sql = "INSERT OR IGNORE INTO tags SELECT ?, ?, ?, ? WHERE (SELECT count(*) FROM tags WHERE user = ?) < ?"
        self._people.run(sql, (self._user, tag, record, now(), self._user, MOST))

    def untag(self, record: str, tag: str) -> None:
        """Take a tag off a record."""
        self._people.run("DELETE FROM tags WHERE user = ? AND record = ? AND tag = ?", (self._user, record, tag))

    def tags(self) -> list[tuple[str, int]]:
        """Return all tags with how many records have them, in alphabetical order."""
        sql = "SELECT tag, count(*) FROM tags WHERE user = ? GROUP BY 1 ORDER BY 1"
        return [(tag, number) for tag, number in self._people.rows(sql, (self._user,))]

    def tagged(self, tag: str, *, limit: int = 1000) -> list[str]:
        """Return the ids of the records that have a tag, the newest first."""
        sql = "SELECT record FROM tags WHERE user = ? AND tag = ? ORDER BY made DESC, record LIMIT ?"
        return [record for (record,) in self._people.rows(sql, (self._user, tag, limit))]

    def note(self, record: str, text: str) -> Note:
        """Write a note on a record. Raises UsageError for a text that is empty or too long."""
        moment = now()
        values = (self._user, record, _checked(text), moment, moment)
        key = self._people.put("INSERT INTO notes (user, record, text, made, changed) VALUES (?, ?, ?, ?, ?)", values)
        return Note(key, *values[1:])

    def rewrite(self, key: int, text: str) -> None:
        """Change a note. Raises RecordNotFound when there is none, UsageError as ``note``."""
        sql = "UPDATE notes SET text = ?, changed = ? WHERE user = ? AND key = ?"
        if not self._people.run(sql, (_checked(text), now(), self._user, key)):
            raise RecordNotFound("no such note")

    def drop(self, key: int) -> None:
        """Throw a note away. Raises RecordNotFound when there is none."""
        if not self._people.run("DELETE FROM notes WHERE user = ? AND key = ?", (self._user, key)):
            raise RecordNotFound("no such note")

    def notes(self, record: str | None = None, *, limit: int = 1000) -> list[Note]:
        """Return the notes on a record, or all, the newest first."""
        sql = "SELECT key, record, text, made, changed FROM notes WHERE user = :user"
        if record is not None:
            sql += " AND record = :record"
        values = {"user": self._user, "record": record, "limit": limit}
        return [Note(*row) for row in self._people.rows(f"{sql} ORDER BY changed DESC, key DESC LIMIT :limit", values)]


def _checked(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_NOTE:
        raise UsageError("no such note is possible", remedy=f"1 to {LONGEST_NOTE} letters")
    return text
