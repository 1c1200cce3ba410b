"""TABARI and PETRARCH verb dictionaries, read as they are: verbs with CAMEO codes, patterns, synonym sets.

A PETRARCH dictionary has blocks that begin with ``--- NAME [code] ---``; then come verbs, a line each, with irregular
forms in braces and perhaps a code of their own, then patterns (``- * (WITH &WEAPON) [194]``). In a TABARI dictionary
each verb is a line with its code, and patterns follow; its words are stems. ``&NAME`` begins a synonym set, whose
members follow with "+". "#", ";" and ``<!-- -->`` begin comments. Irregular forms are passed over: the parser knows
them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from communique.errors import KnowledgeError

HEADER = re.compile(r"-{3,}\s*(?P<name>[^\[]*?)\s*\[(?P<code>[^\]]*)\]")
# In TABARI "[###]" is a code.
COMMENT = re.compile(r"(?<!\[)(?<!\[#)(?<!\[##)[#;]")
CODED = re.compile(r"(?P<text>[^\[]*)\[(?P<code>[^\]]*)\]?")


@dataclass(frozen=True, slots=True)
class VerbLine:
    """A pattern, verb or synonym as it stands in the file; ``code`` is what the brackets hold, None without any."""

    text: str
    code: str | None
    line: int


@dataclass(slots=True)
class Block:
    """Verbs that share a code and patterns. ``stems`` tells that words are stems, as in TABARI."""

    code: str
    stems: bool
    verbs: list[VerbLine] = field(default_factory=list)
    patterns: list[VerbLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class VerbDictionary:
    """What a dictionary holds: blocks, synonym sets by name, and lines that could not be read."""

    path: Path
    blocks: tuple[Block, ...]
    synonyms: dict[str, tuple[VerbLine, ...]]
    unread: tuple[VerbLine, ...]


def read_verbs(path: Path) -> VerbDictionary:
    """Read a verb dictionary. Raises KnowledgeError when the file is missing or holds no verb."""
    blocks: list[Block] = []
    synonyms: dict[str, list[VerbLine]] = {}
    unread: list[VerbLine] = []
    members: list[VerbLine] | None = None  # of the synonym set that is being read
    for number, line in lines_of(path):
        if line.startswith("&"):
            members = synonyms.setdefault(line[1:].split()[0].strip("_") if line[1:].split() else "", [])
        elif members is not None and line.startswith("+"):
            members.append(VerbLine(line[1:].strip(), None, number))
        elif line.startswith("---"):
            members = None
            header = HEADER.match(line)
            if header is None:
                unread.append(VerbLine(line, None, number))
            else:
                blocks.append(Block(header["code"], stems=False))
        elif line.startswith("-"):
            coded = CODED.match(line[1:])
            if coded is None or not blocks:
                unread.append(VerbLine(line, None, number))
            else:
                blocks[-1].patterns.append(VerbLine(coded["text"].strip(), coded["code"].strip(), number))
        elif line.startswith("~"):
            unread.append(VerbLine(line, None, number))
        else:
            members = None
            verb = _verb(line, number)
            if verb.code is not None and (not blocks or blocks[-1].stems or blocks[-1].patterns):
                blocks.append(Block(verb.code, stems=True))
            if blocks and verb.text:
                blocks[-1].verbs.append(verb)
            else:
                unread.append(verb)
    if not any(block.verbs for block in blocks):
        where = f"{path}:{unread[0].line}" if unread else str(path)
        raise KnowledgeError(
            "no verb dictionary: no verb with a code", where=where, remedy="expected '--- ACCUSE [112] ---'"
        )
    return VerbDictionary(path, tuple(blocks), {k: tuple(v) for k, v in synonyms.items()}, tuple(unread))


def _verb(line: str, number: int) -> VerbLine:
    text = re.sub(r"\{[^}]*\}?", " ", line)
    coded = CODED.match(text) if "[" in text else None
    words = (coded["text"] if coded else text).split()
    # 'APPRECIATE POSITION [042]' is a verb of two words in TABARI.
    return VerbLine("_".join(words), coded["code"].strip() if coded else None, number)


def lines_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield number and text of the lines that say something, comments left out.

    Raises KnowledgeError when the file cannot be read.
    """
    raw = content(path)
    if b"\0" in raw:
        raise KnowledgeError("is no text", where=str(path))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")  # as old dictionaries are
    # A comment over several lines leaves its line breaks, so that numbers stay.
    text = re.sub(r"<!--.*?-->", lambda m: "\n" * m[0].count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(text.splitlines(), 1):
        kept = COMMENT.split(line, maxsplit=1)[0].strip()
        if kept:
            yield number, kept


def content(path: Path) -> bytes:
    """Return what a file holds. Raises KnowledgeError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"cannot be read: {error.strerror}", where=str(path)) from error
