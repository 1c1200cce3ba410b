"""All errors that Communiqué raises on purpose: one tree, each message with its place and a remedy.

CommuniqueError
├── InputError          a page or file that cannot be read as news: the run goes on with the next one
├── UsageError          options that contradict each other or name something unknown
├── ModelError          the language model is missing or unfit
├── KnowledgeError      a row of a knowledge file is wrong
├── ArchiveError        the archive is not one, is of a newer version, or is damaged
└── RecordNotFound      no record has this id
"""


class CommuniqueError(Exception):
    """Base of all errors below. ``where`` is the file, row or field; ``remedy`` is what the user can do."""

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        self.message, self.where, self.remedy = message, where, remedy
        super().__init__(": ".join(part for part in (where, message) if part) + (f" ({remedy})" if remedy else ""))


class InputError(CommuniqueError):
    """An input that cannot be read as news."""


class UsageError(CommuniqueError):
    """Options that contradict each other or name something unknown."""


class ModelError(CommuniqueError):
    """The language model is missing or unfit."""


class KnowledgeError(CommuniqueError):
    """A row of a knowledge file is wrong."""


class ArchiveError(CommuniqueError):
    """The archive is not one, is of a newer version, or is damaged."""


class RecordNotFound(CommuniqueError):  # noqa: N818 - reads as what happened
    """No record has this id."""
