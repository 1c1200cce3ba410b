"""Records on the way out: JSON lines, tables for people, CSV, Parquet; to standard output or a file."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console, Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from communique.errors import InputError, UsageError
from communique.records import Actor, Article, Coding, Event, Party, Record, Statement, to_json

STATUS_STYLE = {"happened": "bold", "ongoing": "bold", "planned": "cyan", "alleged": "yellow", "denied": "red"}
# Characters of content or evidence that a table cell shows.
CELL = 160
# Columns of a table that is not on a terminal, as a file or another program reads it.
PLAIN_WIDTH = 140


def console(out: IO[str] | None = None) -> Console:
    """Return a console on standard output or a file; colours only on a terminal, and never with NO_COLOR set."""
    file = out or sys.stdout
    return Console(file=file, width=None if file.isatty() else PLAIN_WIDTH, highlight=False)


@contextmanager
def opened(path: str | None) -> Iterator[IO[str]]:
    """Open the output file, or give standard output. Raises InputError when the file cannot be written."""
    if path is None:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # records are UTF-8 everywhere
        yield sys.stdout
        return
    try:
        with open(path, "w", encoding="utf-8", newline="") as out:  # noqa: PTH123 - a path as the user typed it
            yield out
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=path) from error


def write(records: Iterable[Record], *, form: str, kind: str, output: str | None) -> int:
    """Write records as jsonl, csv or parquet; return how many.

    csv and parquet hold one kind of record. Raises UsageError for parquet to a terminal.
    """
    if form == "jsonl":
        written = 0
        with opened(output) as out:
            for record in records:
                out.write(to_json(record) + "\n")
                written += 1
        return written
    from communique.export import write_csv, write_parquet

    wanted = (record for record in records if kind_of(record) == kind)
    if form == "csv":
        with opened(output) as out:
            return write_csv(wanted, kind, out)
    if output is None:
        raise UsageError("parquet is no text", remedy="give a file with --output")
    try:
        return write_parquet(wanted, kind, output)
    except OSError as error:
        raise InputError(f"cannot be written: {error}", where=output) from error


def kind_of(record: Record) -> str:
    """Return the name of the table that a record belongs to."""
    return {Article: "articles", Statement: "statements", Event: "events"}[type(record)]


def page(coding: Coding) -> Group:
    """Return the record of one page as tables for people."""
    article = coding.article
    outlet = article.outlet.name if article.outlet is not None else None
    facts = " · ".join(part for part in (outlet, article.published, article.place and article.place.name) if part)
    head = Text(article.title or "(no title)", style="bold")
    parts: list[object] = [Rule(style="dim"), head]
    if article.standfirst:
        parts.append(Text(article.standfirst, style="italic"))
    parts.append(Text(f"{facts or 'no date'} · {article.id}", style="dim"))
    parts += [Text(f"warning: {warning}", style="yellow") for warning in article.warnings]
    if coding.statements:
        parts.append(statements(coding.statements))
    if coding.events:
        parts.append(events(coding.events, {article.id: article}))
    if not coding.statements and not coding.events:
        parts.append(Text("nothing to record", style="dim"))
    return Group(*parts)  # type: ignore[arg-type] # rich takes any of these


def statements(found: Iterable[Statement]) -> Table:
    """Return statements as a table."""
    table = Table(title="Statements", title_justify="left", expand=True, show_lines=False, header_style="bold")
    for name, ratio in (("who", 4), ("does", 2), ("to whom", 3), ("words", 12), ("when, where", 3)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for s in found:
        act = Text(s.act, style="cyan")
        if s.negated:
            act.append(" (not)", style="red")
        if s.conditional:
            act.append(" (if)", style="yellow")
        when = " ".join(part for part in (s.said_on, s.place and s.place.name) if part)
        table.add_row(party(s.speaker), act, party(s.addressee), shortened(s.content_text), when)
    return table


def events(found: Iterable[Event], articles: dict[str, Article]) -> Table:
    """Return events as a table; the words are shown for the articles given."""
    table = Table(title="Events", title_justify="left", expand=True, show_lines=False, header_style="bold")
    for name, ratio in (("who", 4), ("type", 3), ("to whom", 4), ("status", 3), ("when, where", 3), ("words", 7)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for e in found:
        kind = Text(e.type, style="cyan")
        if e.mode:
            kind.append(f" {e.mode}", style="dim")
        status = Text(e.status, style=STATUS_STYLE.get(e.status, ""))
        if e.conditional:
            status.append(" (if)", style="yellow")
        if e.attributed_to is not None:
            status.append(f" by {e.attributed_to.name}")
        when = " ".join(part for part in (e.date, e.place and e.place.name) if part)
        article = articles.get(e.article)
        words = shortened(article.text[slice(*e.evidence)]) if article is not None else e.id
        table.add_row(actors(e.source), kind, actors(e.target), status, when, words)
    return table


def party(who: Party | None) -> Text:
    """Return a speaker or addressee: the actor's name, or the page's words in quotation marks."""
    if who is None:
        return Text("")
    return actors((who.actor,)) if who.actor is not None else Text(f"“{who.mention.text}”", style="italic")


def actors(found: Iterable[Actor]) -> Text:
    """Return actors with country and sector: 'Sergey Lavrov RUS GOV'."""
    text = Text()
    for number, actor in enumerate(found):
        text.append("; " if number else "")
        text.append(actor.name, style="bold" if actor.id else "")
        codes = " ".join(code for code in (actor.country, actor.sector) if code)
        text.append(f" {codes}" if codes else "", style="dim")
    return text


def shortened(words: str) -> str:
    """Return words on one line, cut where a cell ends."""
    line = " ".join(words.split())
    return line if len(line) <= CELL else line[: CELL - 1].rstrip() + "…"
