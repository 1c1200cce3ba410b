"""Make the pages of docs/ that are derived from the code: the picture of the sample, the reference pages.

    python docs/make.py            write them
    python docs/make.py --check    say which of the record pages are out of date, exit 1 if any is

Derived: sample.svg, reference/record.schema.json, reference/records.md, reference/cli.md, reference/api.md. The
picture, the commands' help and the API also depend on the versions of the libraries that draw them; the check leaves
these out.
"""

import inspect
import io
import json
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import click
from rich.console import Console

from communique import samples
from communique.cli import commands
from communique.cli.screen import page
from communique.coder import Coder
from communique.ingest import read
from communique.records import (
    Act,
    Actor,
    Article,
    Event,
    EventType,
    Mention,
    Outlet,
    Party,
    Place,
    Statement,
    Status,
    json_schema,
)

DOCS = Path(__file__).parent
TYPES = (Article, Statement, Event, Actor, Party, Mention, Place, Outlet)


def picture() -> str:
    """Return the record of the sample page as a terminal shows it."""
    (article,) = (a for a in read([samples.paths()[0]]) if isinstance(a, Article))
    console = Console(record=True, width=150, file=io.StringIO(), force_terminal=True)
    console.print(page(Coder().code(article)))
    return console.export_svg(title="communique code --sample", unique_id="sample")


def schema() -> str:
    """Return the JSON Schema."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def records() -> str:
    """Return the reference page of the record types."""
    parts = [
        "# The records",
        "",
        "One JSON object a line: an article, then its statements, then its events, in text order. Offsets are Unicode",
        "code points into the article's `text`, half open. The [JSON Schema](record.schema.json) is the exact form;",
        "this page is derived from the same types.",
        "",
    ]
    for kind in TYPES:
        parts += [
            f"## {kind.__name__}",
            "",
            inspect.cleandoc(kind.__doc__ or ""),
            "",
            "| field | type |",
            "| --- | --- |",
        ]
        for name, hint in get_type_hints(kind).items():
            parts.append(f"| `{name}` | {_named(hint)} |")
        parts.append("")
    for title, words in (("Acts", Act), ("PLOVER's event types", EventType), ("Statuses", Status)):
        parts += [f"## {title}", "", ", ".join(f"`{word}`" for word in get_args(words)), ""]
    return "\n".join(parts)


def _named(hint: object) -> str:
    for title, words in (("act", Act), ("status", Status)):
        if hint == words:
            return title
    text = str(hint) if get_args(hint) else getattr(hint, "__name__", str(hint))
    for noise in ("communique.records.", "typing.", "<class '", "'>"):
        text = text.replace(noise, "")
    return text.replace("|", "or").replace("tuple[int, int]", "span").replace("NoneType", "None")


def cli() -> str:
    """Return the reference page of the commands, from their help."""
    parts = ["# The commands", "", "Made from each command's `--help`.", ""]
    for name, command in sorted(commands.commands.items()):
        context = click.Context(command, info_name=f"communique {name}", max_content_width=100, terminal_width=100)
        parts += [f"## communique {name}", "", "```text", command.get_help(context).rstrip(), "```", ""]
    return "\n".join(parts)


def api() -> str:
    """Return the reference page of the API, from its description."""
    from fastapi import FastAPI

    from communique.web.api import router
    from communique.web.api.description import description

    app = FastAPI()
    app.include_router(router)
    parts = [
        "# The API of the web reader",
        "",
        "Made from the description at `/api/openapi.json`, which also has the types of all answers.",
        "[How to serve](../how-to/serve.md) tells of tokens; errors are problem details (RFC 9457).",
        "",
    ]
    for path, operations in description(app)["paths"].items():
        for method, operation in operations.items():
            names = [f"`{one['name']}`" for one in operation.get("parameters", ())]
            parts += [f"## {method.upper()} {path}", "", operation["description"], ""]
            if names:
                parts += [f"Parameters: {', '.join(names)}.", ""]
            if "requestBody" in operation:
                content = operation["requestBody"]["content"]["application/json"]["schema"]
                fields = description(app)["components"]["schemas"][content["$ref"].rsplit("/", 1)[1]]["properties"]
                parts += [f"Body: {', '.join(f'`{field}`' for field in fields)}.", ""]
    return "\n".join(parts)


def main() -> None:
    """Write the pages, or check them."""
    check = "--check" in sys.argv
    made = {"reference/record.schema.json": schema(), "reference/records.md": records()}
    if not check:
        made |= {"reference/cli.md": cli(), "reference/api.md": api(), "sample.svg": picture()}
    stale = [name for name, text in made.items() if not _is(DOCS / name, text)]
    if check:
        for name in stale:
            print(f"docs/{name} is out of date: run python docs/make.py", file=sys.stderr)
        sys.exit(bool(stale))
    for name in stale:
        (DOCS / name).write_text(made[name], encoding="utf-8")
        print(f"wrote docs/{name}")


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
