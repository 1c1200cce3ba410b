"""``communique explain``: why a record is there (communique.explain.explain)."""

from typing import TYPE_CHECKING

import click

from communique.cli.options import grammar_option, model_option, ontology_option, page_options, reading
from communique.cli.pages import articles, tell
from communique.errors import RecordNotFound

if TYPE_CHECKING:
    from rich.console import RenderableType

    from communique.coder import Coder
    from communique.explain import Explanation
    from communique.ingest import Options
    from communique.records import Article, Record

STYLES = {
    "speaker": "bold blue", "addressee": "magenta", "cue": "bold red", "content": "green",
    "source": "bold blue", "target": "magenta", "trigger": "bold red", "evidence": "green",
}  # fmt: skip


@click.command()
@click.argument("source", metavar="ARCHIVE|PAGE")
@click.argument("identity", metavar="RECORD_ID")
@page_options
@ontology_option
@grammar_option
@model_option
def explain(
    source: str,
    identity: str,
    input_format: str | None,
    date: str | None,
    encoding: str | None,
    columns: tuple[str, ...],
    ontology: str | None,
    grammar_only: bool,
    model: str | None,
) -> None:
    """Show why a record is there: its words, the parse, the rule, and what each field was decided by.

    The record is one of an archive, or of a page (also a folder, or - for standard input), which is then coded with
    the options that it was coded with before. The id may be shortened as tables show it.

    \b
    communique explain news.db e-0a1b2c3d4e
    communique explain page.html e-0a1b2c3d4e
    """
    options = reading(input_format, date, encoding, columns)
    from communique.archive import Archive, is_archive
    from communique.cli.output import console
    from communique.coder import Coder
    from communique.explain import explain as why

    if is_archive(source):
        with Archive(source) as store:
            record = store.record(identity)
            article = store.article_of(record)
            made_with = store.coder_of(article.id)
        coder = Coder(model, trained=not grammar_only, ontology=ontology)
        if made_with != coder.name:
            tell(f"warning: the record was made by {made_with}; the parse below is by {coder.name} and may differ")
    else:
        coder = Coder(model, trained=not grammar_only, ontology=ontology)
        record, article = _coded(source, identity, options, coder)
    console().print(_told(why(record, article, coder.nlp), article))


def _coded(source: str, identity: str, options: "Options", coder: "Coder") -> tuple["Record", "Article"]:
    """Code the pages and return the record whose id alone begins so, with its article."""
    found = []
    for coding in coder.code_many(articles([source], options, failed=tell), failed=tell):
        found += [(record, coding.article) for record in coding.records() if record.id.startswith(identity)]
    if len(found) != 1:
        raise RecordNotFound(
            f"{'several records begin with' if found else 'no record'} {identity!r}",
            where=source,
            remedy="communique code --format jsonl shows the whole ids of a page's records",
        )
    return found[0]


def _told(found: "Explanation", article: "Article") -> "RenderableType":
    from rich.console import Group
    from rich.text import Text

    from communique.cli.output import kind_of
    from communique.cli.screen import table

    passage = Text(found.passage)
    for (start, end), role in found.marks:
        passage.stylize(STYLES[role], start, end)
    marked = [
        Text.assemble((f"{role:<12}", STYLES[role]), " ".join(found.passage[start:end].split()))
        for (start, end), role in found.marks
    ]
    # Without colours a word's role is still told, behind it.
    parse = [
        Text.assemble(
            "  " * node.depth,
            (node.text, STYLES[node.role] if node.role else ""),
            (f"  {node.label}" + (f"  ← {node.role}" if node.role else ""), "dim"),
        )
        for node in found.parse
    ]
    decided = [Text(f"{field:<12}{reason}") for field, reason in found.basis]
    rule = Text(f"{'rule':<12}{found.rule}, confidence {found.record.confidence:.2f}")
    return Group(
        table(kind_of(found.record), [(found.record, article)]), passage, "", *marked, "", *parse, "", rule, *decided
    )
