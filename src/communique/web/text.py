"""Text of pages made harmless for display: no signs that reorder or hide what stands around them."""

import re
from urllib.parse import urlsplit

# Overrides, embeddings and isolates of direction reorder a line, also beyond the name that they stand in; most other
# controls are invisible. Each becomes one visible sign, so that offsets stay what they are. The plain marks of
# direction (U+200E, U+200F, U+061C) are part of ordinary Arabic and Hebrew and stay.
_UNSAFE = [*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F)]
_UNSAFE += [*range(0x2066, 0x206A), 0x2028, 0x2029, 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF]
_UNSAFE += range(0xE0000, 0xE0080)
HARMLESS = dict.fromkeys(_UNSAFE, "\N{REPLACEMENT CHARACTER}")


def harmless(value: object) -> object:
    """Return a text with its unsafe signs replaced, one for one; anything else as it is, and None as ""."""
    if value is None:
        return ""
    return value.translate(HARMLESS) if isinstance(value, str) else value


def short(value: str | None, length: int = 200) -> str:
    """Return a text of at most this many characters, cut at a word where there is one.

    >>> short("The ministry said on Monday", 15)
    'The ministry…'
    """
    text = " ".join((value or "")[: length * 4].split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut) + "…"


def link(address: str | None) -> str | None:
    """Return an address that a link may lead to: of the web, and of a bearable length; None for any other."""
    if not address or len(address) > 2000 or re.search(r"[\s\x00-\x1f]", address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None
