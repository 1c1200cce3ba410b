"""Who may read and write: users with roles, their sessions in browsers, their tokens for programs."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, get_args

from communique.archive.people import People, now
from communique.errors import RecordNotFound, UsageError

Role = Literal["reader", "editor", "admin"]
"""A reader reads and keeps bookmarks, tags, notes and searches; an editor also corrects and adds; an admin also
decides who may do what."""
ROLES: tuple[Role, ...] = get_args(Role)
LOCAL = "local"
DAYS = 14
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who uses the reader."""

    key: int
    name: str
    role: Role
    made: str

    def may(self, role: Role) -> bool:
        """Tell whether the user may do what this role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Token:
    """A token for programs, without its secret."""

    key: int
    name: str
    made: str


class Accounts:
    """The users of an archive. Every method may raise ArchiveError."""

    def __init__(self, people: People) -> None:
        self._people = people

    def local(self) -> User:
        """Return the one user of a reader without sign-in, who may do everything."""
        self._people.run(
            "INSERT OR IGNORE INTO users (name, password, role, made) VALUES (?, '', 'admin', ?)", (LOCAL, now())
        )
        user = self._user("name = ?", LOCAL)
        assert user is not None
        return user

    def users(self) -> list[User]:
        """Return all users who can sign in, by name."""
        rows = self._people.rows("SELECT key, name, role, made FROM users WHERE password != '' ORDER BY name")
        return [User(*row) for row in rows]

    def add(self, name: str, password_hash: str) -> User:
        """Add a user; the first may do everything, others read. Raises UsageError when the name is taken or none."""
        name = name.strip()
        if not name.isprintable() or not 1 <= len(name) <= LONGEST_NAME or name.lower() == LOCAL:
            raise UsageError("no such name is possible", remedy=f"1 to {LONGEST_NAME} letters")
        sql = """
            INSERT OR IGNORE INTO users (name, password, role, made)
            VALUES (?, ?, iif(EXISTS (SELECT 1 FROM users WHERE password != ''), 'reader', 'admin'), ?)
        """
        if not self._people.run(sql, (name, password_hash, now())):
            raise UsageError("this name is taken", remedy="choose another")
        user = self._user("name = ?", name)
        assert user is not None
        return user

    def password(self, name: str) -> tuple[User, str] | None:
        """Return the user of this name with the hash of the password; None when there is none."""
        user = self._user("name = ? AND password != ''", name.strip())
        if user is None:
            return None
        ((password,),) = self._people.rows("SELECT password FROM users WHERE key = ?", (user.key,))
        return user, password

    def set_password(self, user: User, password_hash: str) -> None:
        """Give a user another password; all sessions end."""
        with self._people.writing():
            self._people.run("UPDATE users SET password = ? WHERE key = ?", (password_hash, user.key))
            self._people.run("DELETE FROM sessions WHERE user = ?", (user.key,))

    def rehash(self, user: User, password_hash: str) -> None:
        """Keep another hash of the same password."""
        self._people.run("UPDATE users SET password = ? WHERE key = ?", (password_hash, user.key))

    def set_role(self, key: int, role: str) -> None:
        """Give a user another role. Raises UsageError for an unknown role, or when no admin would be left."""
        if role not in ROLES:
            raise UsageError(f"no role {role[:40]!r}", remedy=f"one of {', '.join(ROLES)}")
        with self._people.writing():
            self._people.run("UPDATE users SET role = ? WHERE key = ? AND password != ''", (role, key))
            if not self._people.rows("SELECT 1 FROM users WHERE role = 'admin' AND password != ''"):
                raise UsageError("nobody would be left who may do this", remedy="make another user an admin first")

    def remove(self, key: int) -> None:
        """Remove a user with bookmarks, tags, notes and searches; corrections stay."""
        with self._people.writing():
            self._people.run("DELETE FROM users WHERE key = ? AND password != ''", (key,))
            if not self._people.rows("SELECT 1 FROM users WHERE role = 'admin' AND password != ''"):
                raise UsageError("nobody would be left who may do this", remedy="make another user an admin first")

    def begin(self, user: User) -> str:
        """Begin a session and return its secret."""
        secret = secrets.token_urlsafe(32)
        ends = (datetime.now(UTC) + timedelta(days=DAYS)).isoformat(timespec="seconds")
        self._people.run("DELETE FROM sessions WHERE ends < ?", (now(),))
        self._people.run("INSERT INTO sessions VALUES (?, ?, ?)", (_hash(secret), user.key, ends))
        return secret

    def in_session(self, secret: str) -> User | None:
        """Return whose session it is; None for one that is over or never was."""
        where = "key = (SELECT user FROM sessions WHERE hash = ? AND ends >= ?)"
        return self._user(where, _hash(secret), now())

    def end(self, secret: str) -> None:
        """End a session."""
        self._people.run("DELETE FROM sessions WHERE hash = ?", (_hash(secret),))

    def give_token(self, user: User, name: str) -> str:
        """Make a token for a user's programs and return it; it is not shown again. Raises UsageError if unnamed."""
        name = name.strip()[:100]
        if not name:
            raise UsageError("the token has no name", remedy="say what it is for")
        secret = "cq_" + secrets.token_urlsafe(32)
        self._people.run(
            "INSERT INTO tokens (hash, user, name, made) VALUES (?, ?, ?, ?)", (_hash(secret), user.key, name, now())
        )
        return secret

    def tokens(self, user: User) -> list[Token]:
        """Return a user's tokens, the newest first."""
        rows = self._people.rows("SELECT key, name, made FROM tokens WHERE user = ? ORDER BY key DESC", (user.key,))
        return [Token(*row) for row in rows]

    def with_token(self, secret: str) -> User | None:
        """Return whose token it is; None when it is nobody's."""
        return self._user("key = (SELECT user FROM tokens WHERE hash = ?)", _hash(secret))

    def take_token(self, user: User, key: int) -> None:
        """Make a token void. Raises RecordNotFound when the user has no such token."""
        if not self._people.run("DELETE FROM tokens WHERE user = ? AND key = ?", (user.key, key)):
            raise RecordNotFound("no such token")

    def _user(self, where: str, *values: object) -> User | None:
        rows = self._people.rows(f"SELECT key, name, role, made FROM users WHERE {where}", values)
        return User(*rows[0]) if rows else None


def _hash(secret: str) -> bytes:
    # Secrets are long and random: no slow hash is needed against guessing.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
