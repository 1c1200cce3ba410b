"""Markdown → Draft: headings, emphasis, links and front matter become fields and plain text."""

import re
from collections.abc import Mapping

from communique.ingest import bylines, dates, flattened, furniture
from communique.ingest.draft import Draft

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_IMAGE = re.compile(r"!\[[^\[\]]{0,1000}\](?:\([^()\s]{0,2000}(?:\s+\"[^\"]{0,500}\")?\)|\[[^\[\]]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]]{1,1000})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"]{0,500}\")?\)|\[[^\[\]]{0,200}\])")
_STRONG = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]{1,2000}?)(?<=\S)\1(?![\w*])|(?<!\w)(_{1,3})(?=\S)([^_\n]{1,2000}?)(?<=\S)\3(?!\w)"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]{1,200}\]:\s*\S+")


def read(text: str) -> Draft:
    """Return the draft of a Markdown page. Front matter keys go before what the text shows."""
    matter, text = _front_matter(text)
    title, plain = _plain(text)
    title = matter.get("title") or title
    draft = flattened.read(plain, title=title)
    draft.title = draft.title or title
    draft.url = matter.get("url") or matter.get("link") or matter.get("source_url")
    draft.outlet = matter.get("outlet") or matter.get("publisher") or matter.get("source")
    draft.language = matter.get("language") or matter.get("lang")
    draft.standfirst = (
        matter.get("standfirst") or matter.get("subtitle") or matter.get("description") or draft.standfirst
    )
    if author := matter.get("author") or matter.get("authors") or matter.get("byline"):
        draft.byline = bylines.names(author)
    if date := matter.get("date") or matter.get("published") or matter.get("pubdate"):
        stamp = dates.parse(date)
        if stamp and stamp.published:
            draft.published = stamp.published
        else:
            reason = stamp.problem if stamp else "is no date"
            draft.warnings.append(f"date '{date}' {reason}: give it with --date")
    return draft


def looks_like_markdown(text: str) -> bool:
    """Tell whether a text without a telling name is Markdown: front matter, or a heading and other marks."""
    sample = text[:20_000]
    lines = sample.split("\n")
    return bool(_FRONT_MATTER.match(sample)) or (
        any(_HEADING.match(line) for line in lines)
        and (bool(_LINK.search(sample)) or sum(map(bool, map(_HEADING.match, lines))) > 1)
    )


def _front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """Return the keys of the front matter and the rest; a list of values becomes one, separated by commas."""
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    found: dict[str, str] = {}
    key = ""
    for line in match[1].split("\n"):
        if pair := re.match(r"([A-Za-z][\w -]{0,40}?)\s*:\s*(.*)$", line):
            key = pair[1].lower().replace("-", "_").replace(" ", "_")
            found[key] = (
                ", ".join(part.strip(" \"'") for part in pair[2].strip("[] ").split(","))
                if pair[2][:1] == "["
                else pair[2].strip(" \"'")
            )
        elif key and (item := re.match(r"\s+-?\s*(.+)$|-\s+(.+)$", line)):
            value = (item[1] or item[2]).strip(" \"'")
            joint = ", " if "- " in line else " "
            found[key] = f"{found[key]}{joint}{value}" if found[key] not in {"", "|", ">", ">-", "|-"} else value
    return found, text[match.end() :]


def _plain(text: str) -> tuple[str | None, str]:
    """Return the first top heading and the text without marks; headings over other pages stay as lines."""
    title: str | None = None
    kept: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced or _DEFINITION.match(line) or re.match(r"^\s*\|.*\|\s*$", line):
            continue
        elif heading := _HEADING.match(line):
            name = _inline(heading[2])
            if title is None and len(heading[1]) == 1:
                title = name
            elif furniture.is_section_heading(name):
                kept += ["", name, ""]
            else:
                kept.append("")
        elif (under := _UNDERLINE.match(line)) and kept and kept[-1].strip():
            name = kept.pop().strip()
            if title is None and under[1][0] == "=":
                title = name
        elif not re.match(r"^ {0,3}(?:[-*_]\s*){3,}$", line):
            bare = _inline(re.sub(r"^(?: {0,3}>\s?)+", "", line))
            if re.match(r"^\s*(?:[-*+]|\d+[.)])\s", bare):
                kept.append("")
            kept.append(bare)
    # Lines of one paragraph belong together, however they were wrapped.
    groups = re.split(r"\n[ \t]*\n", "\n".join(kept))
    return title, "\n\n".join(joined for group in groups if (joined := " ".join(group.split())))


def _inline(text: str) -> str:
    """Return a line without images, links' targets, emphasis, code marks, HTML tags and escapes."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = re.sub(r"<(https?://[^<>\s]+)>", r"\1", text)
    text = re.sub(r"</?[a-zA-Z][^<>]{0,300}>", "", text)
    for _ in range(2):
        text = _STRONG.sub(lambda match: match[2] or match[4], text)
    text = re.sub(r"`([^`]{1,500})`", r"\1", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>~|-])", r"\1", text)
