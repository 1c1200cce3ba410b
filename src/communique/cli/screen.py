"""Records as tables for people, on a terminal or in a text file."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from communique.records import Actor, Article, Coding, Event, Party, Place, Record, Statement

STATUS_STYLE = {"happened": "bold", "ongoing": "bold", "planned": "cyan", "alleged": "yellow", "denied": "red"}
# Characters of content or evidence that a table cell shows.
CELL = 160
# Characters of an id that tables show, which show, explain and --article take in place of the whole: of a million
# events one pair at most is likely to begin alike so far (40 bits), and that is told.
SHORT_ID = 12
# Columns of a table beside the id: of each its share of what is left of the width, or (negative) how many characters
# it may take at most; few words need that many.
STATEMENT_COLUMNS = {"who → to whom": 3, "act": -12, "words": 5, "when, where": -12}
EVENT_COLUMNS = {"who → to whom": 3, "type, status": -20, "words": 4, "when, where": -12}
ARTICLE_COLUMNS = {"published": -16, "outlet": -20, "title": 1}
HIT_COLUMNS = {"title": 2, "words": 5}


def page(coding: Coding) -> Group:
    """Return the record of one page."""
    article = coding.article
    outlet = article.outlet.name if article.outlet is not None else None
    published = (article.published or "no date").replace("T", " ")
    facts = " · ".join(part for part in (outlet, published, article.place and article.place.name, article.id) if part)
    parts: list[RenderableType] = [Rule(style="dim"), Text(article.title or "(no title)", style="bold")]
    if article.standfirst:
        parts.append(Text(article.standfirst, style="italic"))
    parts.append(Text(facts, style="dim"))
    parts += [Text(f"warning: {warning}", style="yellow") for warning in article.warnings]
    if coding.statements:
        parts += ["", statements(coding.statements)]
    if coding.events:
        parts += ["", events(coding.events, {article.id: article})]
    if not coding.statements and not coding.events:
        parts.append(Text("nothing to record", style="dim"))
    return Group(*parts)


def table(kind: str, pairs: Sequence[tuple[Record, Article]]) -> Table:
    """Return records of a kind, with their articles, as a table."""
    if kind == "statements":
        return statements(r for r, _ in pairs if isinstance(r, Statement))
    if kind == "events":
        return events((r for r, _ in pairs if isinstance(r, Event)), {a.id: a for _, a in pairs})
    return articles(a for _, a in pairs)


def statements(found: Iterable[Statement]) -> Table:
    """Return statements as a table."""
    shown = frame("Statements", STATEMENT_COLUMNS)
    for s in found:
        who = party(s.speaker)
        if s.addressee is not None:
            who = Text.assemble(who, " → ", party(s.addressee))
        act = Text(s.act, style="cyan")
        for holds, mark in ((s.negated, "not"), (s.conditional, "if")):
            act.append(f" ({mark})" if holds else "", style="yellow")
        act.append(f"\n{s.kind}", style="dim")
        shown.add_row(short_id(s.id), who, act, shortened(s.content_text), _when_where(s.said_on, s.place))
    return shown


def events(found: Iterable[Event], articles: Mapping[str, Article]) -> Table:
    """Return events as a table; ``articles``, by id, give the words."""
    shown = frame("Events", EVENT_COLUMNS)
    for e in found:
        who = actors(e.source)
        if e.target:
            who = Text.assemble(who, " → ", actors(e.target))
        kind = Text(e.type, style="cyan")
        kind.append(f" {e.mode}" if e.mode else "", style="dim")
        kind.append(f"\n{e.status}", style=STATUS_STYLE.get(e.status, ""))
        kind.append(" (if)" if e.conditional else "", style="yellow")
        kind.append(f" by {e.attributed_to.name}" if e.attributed_to is not None else "")
        words = shortened(articles[e.article].text[slice(*e.evidence)])
        shown.add_row(short_id(e.id), who, kind, words, _when_where(e.date, e.place))
    return shown


def articles(found: Iterable[Article]) -> Table:
    """Return articles as a table."""
    shown = frame("Articles", ARTICLE_COLUMNS)
    for a in found:
        published = (a.published or "").replace("T", " ")
        shown.add_row(short_id(a.id), Text(published), Text((a.outlet and a.outlet.name) or ""), Text(a.title or ""))
    return shown


def hits(found: Iterable[tuple[str, str, str]]) -> Table:
    """Return what a search found, as record id, title and words with « » around those searched."""
    shown = frame("Found", HIT_COLUMNS)
    for identity, title, snippet in found:
        words = Text(" ".join(snippet.split()))
        words.highlight_regex("«[^»]*»", "bold yellow")
        shown.add_row(short_id(identity), Text(title), words)
    return shown


def frame(title: str, columns: Mapping[str, int]) -> Table:
    """Return an empty table with a column for ids and these, as STATEMENT_COLUMNS tells of them."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, expand=True, pad_edge=False,
        padding=(0, 1, 0, 0),
    )  # fmt: skip
    table.add_column("id", width=SHORT_ID, no_wrap=True, style="dim")
    for name, share in columns.items():
        if share > 0:
            table.add_column(name, ratio=share, overflow="fold")
        else:
            table.add_column(name, max_width=-share, overflow="fold")
    return table


def party(who: Party | None) -> Text:
    """Return a speaker or addressee: the actor's name, or the page's words in quotation marks."""
    if who is None:
        return Text("?", style="dim")
    return actors((who.actor,)) if who.actor is not None else Text(f"“{who.mention.text}”", style="italic")


def actors(found: Iterable[Actor]) -> Text:
    """Return actors with country and sector: 'Sergey Lavrov RUS GOV'; names of somebody known are bold."""
    text = Text()
    for number, actor in enumerate(found):
        text.append("; " if number else "")
        text.append(actor.name, style="bold" if actor.id else "")
        codes = " ".join(code for code in (actor.country, actor.sector) if code)
        text.append(f" {codes}" if codes else "", style="dim")
    return text


def short_id(identity: str) -> Text:
    """Return the beginning of an id, as tables show it."""
    return Text(identity[:SHORT_ID])


def _when_where(value: str | None, place: Place | None) -> Text:
    return Text(", ".join(part for part in (when(value) if value else None, place and place.name) if part))


def when(value: str) -> str:
    """Return a day or interval as short as people write it.

    >>> when("2024-05-14"), when("2024-06-01/2024-06-30"), when("1994-01-01/1994-12-31")
    ('2024-05-14', '2024-06', '1994')
    >>> when("2024-06-03/2024-06-05")
    '2024-06-03 to 2024-06-05'
    """
    first, _, last = value.partition("/")
    if not last or first == last:
        return first
    if first.endswith("-01-01") and last == f"{first[:4]}-12-31":
        return first[:4]
    if first.endswith("-01") and last == f"{first[:7]}-{monthrange(int(first[:4]), int(first[5:7]))[1]}":
        return first[:7]
    return f"{first} to {last}"


def shortened(words: str) -> Text:
    """Return words on one line, cut where a cell ends."""
    line = " ".join(words.split())
    return Text(line if len(line) <= CELL else line[: CELL - 1].rstrip() + "…")
