"""The layouts of the field's formats, as facts: what each column or field is called and may hold."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from hypothesis import strategies as st

FORMATS = Path(__file__).parent / "formats"
# Whatever breaks lines, columns and quotation somewhere.
HOSTILE = st.text(st.sampled_from("\t\n\r\0\x0b\x0c\x1c\x85\u2028\u2029\"'\\;,|<>{}é字 aB"), max_size=12)


def layout(name: str) -> list[dict[str, str]]:
    """The rows of a format's table."""
    lines = [line for line in (FORMATS / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def columns(name: str) -> list[str]:
    return [row["column"] for row in layout(name)]


def cells(out: io.StringIO) -> list[list[str]]:
    """The cells of a file without a header."""
    text = out.getvalue()
    assert text == "" or text.endswith("\n")
    return [line.split("\t") for line in text.splitlines()]


def faults(name: str, rows: Iterable[Sequence[str]]) -> list[str]:
    """What is wrong with rows: a cell that its column may not hold, or too few or too many cells."""
    wanted, found = layout(name), []
    for row in rows:
        if len(row) != len(wanted):
            found.append(f"{len(row)} cells")
        for column, cell in zip(wanted, row, strict=False):
            if not (re.fullmatch(column["pattern"], cell) if cell else int(column["empty"])):
                found.append(f"{column['column']}: {cell!r}")
    return found
