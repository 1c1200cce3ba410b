"""All errors that Communiqué raises on purpose: one tree, each message with its place and a remedy.

CommuniqueError
├── InputError          a page or file that cannot be read as news: the run goes on with the next one
├── UsageError          options that contradict each other or name something unknown
├── CodingError         a stage failed on one article, a defect of the program: the run goes on with the next one
├── ModelError          the language model is missing or unfit
├── KnowledgeError      a row of a knowledge file is wrong
├── ArchiveError        the archive is not one, is of a newer version, is damaged, or cannot be written
└── RecordNotFound      no record has this id
"""

from collections.abc import Iterator
from contextlib import contextmanager


class CommuniqueError(Exception):
    """Base of all errors below. ``where`` is the file, row or field; ``remedy`` is what the user can do."""

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        self.message, self.where, self.remedy = message, where, remedy
        super().__init__(": ".join(part for part in (where, message) if part) + (f" ({remedy})" if remedy else ""))


class InputError(CommuniqueError):
    """An input that cannot be read as news."""


class UsageError(CommuniqueError):
    """Options that contradict each other or name something unknown."""


class CodingError(CommuniqueError):
    """A stage failed on one article, which is a defect of the program."""


class ModelError(CommuniqueError):
    """The language model is missing or unfit."""


class KnowledgeError(CommuniqueError):
    """A row of a knowledge file is wrong."""


class ArchiveError(CommuniqueError):
    """The archive is not one, is of a newer version, is damaged, or cannot be written."""


class RecordNotFound(CommuniqueError):  # noqa: N818 - reads as what happened
    """No record has this id."""


@contextmanager
def defects_as(kind: type[CommuniqueError], *, where: str) -> Iterator[None]:
    """Turn what a defect of the program raises on one page into an error of this kind; the errors above pass."""
    try:
        yield
    except CommuniqueError:
        raise
    except Exception as error:
        raise kind(
            f"{type(error).__name__}: {error}",
            where=where,
            remedy="a defect of the program: please report it with the page",
        ) from error
