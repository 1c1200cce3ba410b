"""The form of a user's ontology: YAML, checked key by key, each error with file and line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from communique.errors import KnowledgeError
from communique.records import TYPE_NAME, Status

Words = str | list[str]
Model = TypeVar("Model")


class Pattern(msgspec.Struct, forbid_unknown_fields=True):
    """Words that name an act and the frame around them; the keys are the columns of triggers.tsv.

    ``subject`` is what the doer's word must be, in the terms of ``object``.
    """

    words: Words
    pos: str = "verb"
    object: Words = []
    subject: Words = []
    target: Words | None = None
    flags: Words = []
    mode: str = ""
    context: Words = []
    cameo: str = ""


class Example(msgspec.Struct, forbid_unknown_fields=True):
    """A sentence that must be coded, and what the event must hold: parties by country, id or a part of the name."""

    text: str
    source: Words = []
    target: Words = []
    mode: str | None = None
    status: Status | None = None


class EventForm(msgspec.Struct, forbid_unknown_fields=True):
    """An event type; of one of PLOVER's only words, patterns and examples are given."""

    definition: str | None = None
    quad: int | None = None
    goldstein: float | None = None
    cameo: str | None = None
    recipient: bool | None = None
    modes: dict[str, str] = {}
    verbs: Words = []
    nouns: Words = []
    patterns: list[Pattern] = []
    examples: list[str | Example] = []
    counterexamples: list[str] = []


@dataclass(frozen=True, slots=True)
class Form:
    """A file that has been read: its parts, and where each stands."""

    path: Path
    types: dict[str, EventForm]
    classes: dict[str, Words]
    actors: tuple[Path, ...]
    petrarch_verbs: tuple[Path, ...]
    petrarch_actors: tuple[Path, ...]
    _root: yaml.MappingNode

    def where(self, *keys: str | int) -> str:
        """Return "file:line" of the value at the end of the keys, or of the nearest that there is."""
        return f"{self.path}:{_line(self._root, keys)}"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    types: dict[str, Any] = {}
    classes: dict[str, Words] = {}
    actors: list[str] = []
    petrarch_verbs: list[str] = []
    petrarch_actors: list[str] = []


def read_form(path: str | Path) -> Form:
    """Read a user's ontology. Raises KnowledgeError, with file and line, when it is missing or not of the form."""
    path = Path(path)
    root, value = _loaded(path)
    file = _converted(value, _File, path, root, ())
    for name in file.types:
        if not re.match(TYPE_NAME, name):
            where = f"{path}:{_line(root, ('types', name))}"
            raise KnowledgeError(f"{name!r} is no type name", where=where, remedy="capitals, digits and _")
    return Form(
        path=path,
        types={name: _converted(entry, EventForm, path, root, ("types", name)) for name, entry in file.types.items()},
        classes=file.classes,
        actors=tuple(path.parent / name for name in file.actors),
        petrarch_verbs=tuple(path.parent / name for name in file.petrarch_verbs),
        petrarch_actors=tuple(path.parent / name for name in file.petrarch_actors),
        _root=root,
    )


def _converted(value: Any, kind: type[Model], path: Path, root: yaml.Node, keys: tuple[str, ...]) -> Model:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at ")
        inside: list[str | int] = [int(i) if i else name for name, i in re.findall(r"\.(\w+)|\[(\d+)\]", place)]
        inside += re.findall(r"unknown field `(.+?)`", message)
        named = ".".join(str(key) for key in (*keys, *inside))
        raise KnowledgeError(
            message.replace("Object contains unknown field", "unknown key"),
            where=f"{path}:{_line(root, (*keys, *inside))}" + (f": {named}" if named else ""),
            remedy="write it in quotation marks" if "got `int`" in message and "`str`" in message else "",
        ) from error


def listed(words: Words) -> list[str]:
    """Return the values of a cell: a list, or one string with "|" between them as in the packaged tables.

    >>> listed("board|turn back"), listed(["board"])
    (['board', 'turn back'], ['board'])
    """
    return [part.strip() for part in words.split("|") if part.strip()] if isinstance(words, str) else words


def _loaded(path: Path) -> tuple[yaml.MappingNode, Any]:
    """Return a file's YAML twice: with the place of each key, and as plain values."""
    try:
        with path.open(encoding="utf-8") as lines:
            root = yaml.compose(lines, Loader=yaml.SafeLoader)
        if not isinstance(root, yaml.MappingNode):
            raise KnowledgeError("no ontology: it holds no keys", where=f"{path}:1", remedy="begin with 'types:'")
        _check_keys(root, path, set())
        return root, yaml.constructor.SafeConstructor().construct_document(root)
    except OSError as error:
        raise KnowledgeError(f"cannot be read: {error.strerror}", where=str(path)) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError("is not UTF-8", where=str(path)) from error
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise KnowledgeError(f"no YAML: {error.problem}", where=f"{path}{line}") from error
    except (yaml.YAMLError, ValueError) as error:
        # As for a date that is none or characters that YAML does not have.
        raise KnowledgeError(f"no YAML: {' '.join(str(error).split())}", where=str(path)) from error


def _check_keys(node: yaml.Node, path: Path, seen: set[int]) -> None:
    """Raise KnowledgeError for a key that stands twice, of which YAML would keep only the last."""
    if id(node) in seen:  # an alias
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            if str(key.value) in keys:
                raise KnowledgeError(f"{key.value!r} stands twice", where=f"{path}:{key.start_mark.line + 1}")
            keys.add(str(key.value))
            _check_keys(value, path, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _check_keys(item, path, seen)


def _line(node: yaml.Node, keys: Sequence[str | int]) -> int:
    line = 0 if not keys else node.start_mark.line
    for key in keys:
        inside: tuple[int, yaml.Node] | None = None
        if isinstance(node, yaml.MappingNode):
            inside = next(((k.start_mark.line, v) for k, v in node.value if k.value == str(key)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            inside = (node.value[key].start_mark.line, node.value[key])
        if inside is None:
            break
        line, node = inside
    return line + 1
