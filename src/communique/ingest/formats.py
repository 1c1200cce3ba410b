"""Which format an input has, by its name or its first bytes."""

import re

from communique.errors import UsageError
from communique.ingest.markdown import looks_like_markdown
from communique.ingest.options import FORMATS, Options

SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".txt": "text", ".text": "text",
    ".md": "markdown", ".markdown": "markdown",
    ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jsonlines": "jsonl",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".parquet": "parquet", ".pq": "parquet",
    ".warc": "warc",
}  # fmt: skip

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|meta|title|h1)\b",
    re.I | re.S,
)


def suffix_of(name: str) -> str:
    """Return the suffix that tells the format: ".jsonl" of "news.jsonl.gz"."""
    match = re.search(r"(\.[A-Za-z]+)(?:\.gz)?$", name)
    return match[1].lower() if match else ""


def is_kept_packed(name: str, options: Options) -> bool:
    """Tell whether an input's gzip is its reader's business: WARC files are packed record by record."""
    return (options.format or SUFFIXES.get(suffix_of(name))) == "warc"


def format_of(name: str, head: str, options: Options) -> str:
    """Return one of FORMATS for an input: as the options say, by the name's suffix, else by its first characters.

    Raises UsageError when the options name no format of ours.
    """
    if options.format is not None:
        if options.format not in FORMATS:
            raise UsageError(f"no such format: {options.format}", remedy=f"use one of {', '.join(FORMATS)}")
        return options.format
    by_name = SUFFIXES.get(suffix_of(name))
    # Pages are often saved as .txt with their markup in them.
    if by_name and not (by_name in {"text", "markdown"} and looks_like_html(head)):
        return by_name
    return _by_content(head)


def looks_like_html(text: str) -> bool:
    """Tell whether a text starts as an HTML page or fragment does."""
    return bool(_HTML.match(text[:5_000])) or len(re.findall(r"</(?:p|div|a|h\d|span|li)>", text[:5_000])) > 2


def _by_content(head: str) -> str:
    if re.match(r"WARC/\d", head):
        return "warc"
    if head.startswith("PAR1"):
        return "parquet"
    start = head.lstrip()[:2_000]
    if looks_like_html(head):
        return "html"
    if re.match(r"\[\s*\{\s*\"", start):
        return "json"
    if re.match(r"\{\s*(?:\"|\})", start):
        return "jsonl" if re.match(r"\{.*\}\s*\n\s*\{", start, re.S) or "\n" not in head.strip() else "json"
    return "markdown" if looks_like_markdown(head) else "text"
