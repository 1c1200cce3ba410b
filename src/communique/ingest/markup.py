"""HTML source → a tree that is safe to walk: bounded in depth before it is parsed."""

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html

MAX_DEPTH = 150
"""Depth to which elements are kept. News pages nest some 40 deep; the parser drops what lies beyond 256."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)|<!--")
# Elements without content, and those that the next of their kind closes: neither nest by being repeated.
_FLAT = frozenset(
    "area base br col embed hr img input link meta param source track wbr"
    " p li dt dd option tr td th tbody thead tfoot html head body".split()
)
_OPAQUE = frozenset({"script", "style", "textarea", "template", "noscript"})


def tree(source: str) -> lxml.html.HtmlElement | None:
    """Return the parsed document, or None when the source holds no element at all."""
    source = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source)
    parser = lxml.html.HTMLParser(huge_tree=False, remove_pis=True, remove_comments=True)
    try:
        return lxml.html.document_fromstring(flat(source), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None


def flat(source: str, *, depth: int = MAX_DEPTH) -> str:
    """Return ``source`` without the tags that nest deeper than ``depth``; their text stays, at that depth.

    >>> flat("<b><i><u>deep</u></i></b>", depth=2)
    '<b><i>deep</i></b>'
    """
    cuts = list(_deep_tags(source, depth))
    if not cuts:
        return source
    parts, last = [], 0
    for start, end in cuts:
        parts.append(source[last:start])
        last = end
    return "".join([*parts, source[last:]])


def _deep_tags(source: str, depth: int) -> Iterator[tuple[int, int]]:
    """Yield where the tags stand that are too deep, in one pass over the source and without recursion."""
    level, at = 0, 0
    # Where each thing was found last, -1 for nowhere: to look again from each tag would take time with the square.
    last: dict[str, int] = {}

    def find(what: str) -> int:
        found = last.get(what, 0)
        if 0 <= found < at:
            last[what] = found = source.find(what, at)
        return found

    while match := _TAG.search(source, at):
        at = match.end()
        if match[0] == "<!--":
            closing = find("-->")
            at = closing + 3 if closing >= 0 else at
            continue
        name = match[2].lower()
        if name in _FLAT:
            continue
        end = find(">") + 1 or len(source)
        if name in _OPAQUE and not match[1]:
            stop = find(f"</{match[2]}")
            at = stop if stop >= 0 else at
            continue
        if name in _OPAQUE or source[end - 2] == "/":
            continue
        if match[1]:
            if level > depth:
                yield match.start(), end
            level = max(0, level - 1)
        else:
            level += 1
            if level > depth:
                yield match.start(), end
        at = end


def text_of(element: lxml.html.HtmlElement) -> str:
    """Return the text of an element on one line."""
    return " ".join(" ".join(element.itertext()).split())
