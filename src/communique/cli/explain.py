"""``communique explain``: why a record is there (communique.explain.explain)."""

import click

from communique.cli.options import model_option, ontology_option

STYLES = {
    "speaker": "bold blue", "addressee": "magenta", "cue": "bold red", "content": "green",
    "source": "bold blue", "target": "magenta", "trigger": "bold red", "evidence": "green",
}  # fmt: skip


@click.command()
@click.argument("archive", type=click.Path(dir_okay=False))
@click.argument("identity", metavar="RECORD_ID")
@ontology_option
@model_option
def explain(archive: str, identity: str, ontology: str | None, model: str | None) -> None:
    """Show why a record is there: its words, the parse, the rule, and what each field was decided by.

    \b
    communique explain news.db e-0a1b2c3d4e5f6071
    """
    from rich.text import Text

    from communique.archive import Archive
    from communique.cli.output import console
    from communique.explain import explain as why
    from communique.language import load

    with Archive(archive) as store:
        record = store.record(identity)
        article = store.article_of(record)
    found = why(record, article, load(model, ontology=ontology))
    screen = console()
    passage = Text(found.passage)
    for (start, end), role in found.marks:
        passage.stylize(STYLES[role], start, end)
    screen.print(passage)
    screen.print()
    for (start, end), role in found.marks:
        screen.print(Text(f"{role:<10}", style=STYLES[role]), Text(" ".join(found.passage[start:end].split())))
    screen.print()
    for node in found.parse:
        line = Text("  " * node.depth + node.text, style=STYLES[node.role] if node.role else "")
        line.append(f"  {node.label}", style="dim")
        screen.print(line)
    screen.print()
    screen.print(Text(f"rule       {found.rule}, confidence {found.record.confidence:.2f}"))
    for field, reason in found.basis:
        screen.print(Text(f"{field:<10} {reason}"))
