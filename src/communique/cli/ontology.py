"""``communique ontology``: PLOVER, CAMEO and a user's own types (communique.ontology, communique.extension)."""

import csv
import json
import sys
from typing import TYPE_CHECKING

import click

from communique.cli.options import model_option, ontology_option
from communique.errors import UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from communique.ontology import Ontology

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


@click.command()
@click.argument("name", required=False)
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option(
    "--check", metavar="FILE", help="Code the example sentences of an ontology of your own; tell which fail."
)
@ontology_option
@model_option
def ontology(name: str | None, form: str, check: str | None, ontology: str | None, model: str | None) -> None:
    """Print the event types with modes, contexts, sectors and CAMEO codes; of NAME alone when it is given.

    NAME is a type (SANCTION), a CAMEO code (1621) or the beginning of some (16). The form csv is the table from CAMEO
    to PLOVER.

    \b
    communique ontology
    communique ontology 1621
    communique ontology --format csv > cameo-to-plover.csv
    communique ontology --check fisheries.yaml
    """
    if check is not None:
        _check(check, model)
        return
    from communique.cli.output import console
    from communique.ontology import ontology as packaged

    known = packaged()
    if ontology is not None:
        from communique.extension import Extension

        known = Extension(ontology).ontology
    types, codes = _chosen(known, name)
    if form == "json":
        click.echo(json.dumps(_document(known, types, codes, whole=name is None), indent=2, ensure_ascii=False))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["cameo", "name", "type", "mode", "context", "quad", "goldstein"])
        for code in codes:
            facts = known.codes[code]
            quad = known.types[facts.type].quad if facts.type else ""
            writer.writerow(
                [code, facts.name, facts.type or "", facts.mode or "", "|".join(facts.context), quad, facts.goldstein]
            )
    else:
        screen = console()
        for table in _tables(known, types, codes, whole=name is None):
            screen.print(table)


def _chosen(known: "Ontology", name: str | None) -> tuple[list[str], list[str]]:
    """Return the types and CAMEO codes that a name stands for. Raises UsageError when it stands for none."""
    if name is None:
        return list(known.types), list(known.codes)
    if name.upper() in known.types:
        kind = name.upper()
        own = known.types[kind].cameo
        return [kind], [code for code, facts in known.codes.items() if facts.type == kind or code == own]
    codes = [code for code in known.codes if code.startswith(name)]
    if not codes:
        raise UsageError(f"no type or CAMEO code {name!r}", remedy=f"a CAMEO code or one of {', '.join(known.types)}")
    exact = [name] if name in codes else codes
    return list(dict.fromkeys(meant for code in exact if (meant := known.codes[code].type))), codes


def _document(known: "Ontology", types: list[str], codes: list[str], *, whole: bool) -> dict[str, object]:
    from msgspec import to_builtins

    parts: dict[str, object] = {
        "types": {kind: to_builtins(known.types[kind]) for kind in types},
        "cameo": {code: to_builtins(known.codes[code]) for code in codes},
    }
    return {**parts, "contexts": known.contexts, "sectors": known.sectors} if whole else parts


def _tables(known: "Ontology", types: list[str], codes: list[str], *, whole: bool) -> "list[RenderableType]":
    from rich.table import Table

    def table(title: str, *columns: str) -> Table:
        made = Table(title=title, title_justify="left", title_style="bold", pad_edge=False, box=None)
        for column in columns:
            made.add_column(column, no_wrap=column in {"type", "code", "context", "sector"}, overflow="fold")
        return made

    kinds = table("Event types", "type", "quad class", "score", "CAMEO", "definition and modes")
    for kind in types:
        meant = known.types[kind]
        modes = "".join(f"\n  {mode}: {meaning}" for mode, meaning in meant.modes.items())
        needs = " Needs a target." if meant.recipient else ""
        quad = f"{meant.quad} {QUADS[meant.quad]}"
        kinds.add_row(kind, quad, f"{meant.score:g}", meant.cameo, meant.definition + needs + modes)
    cameo = table("CAMEO codes", "code", "name", "type", "mode", "contexts", "Goldstein")
    for code in codes:
        entry = known.codes[code]
        cameo.add_row(
            code, entry.name, entry.type or "none", entry.mode, ", ".join(entry.context), f"{entry.goldstein:g}"
        )
    contexts = table("Contexts", "context", "meaning")
    for word, meaning in known.contexts.items():
        contexts.add_row(word, meaning)
    sectors = table("Sectors of actors", "sector", "meaning")
    for word, meaning in known.sectors.items():
        sectors.add_row(word, meaning)
    return [*([kinds] if types else []), *([cameo] if codes else []), *([contexts, sectors] if whole else [])]


def _check(path: str, model: str | None) -> None:
    """Print what of the dictionaries is left out and which sentences fail; exit with 1 if any does."""
    from communique.coder import Coder
    from communique.extension import Extension
    from communique.extension.examples import count, failures

    extension = Extension(path)
    for dictionary in extension.dictionaries:
        click.echo(dictionary)
        for line in dictionary.unused:
            click.echo(f"  {dictionary.path}:{line.line}: {line.why}: {line.text}")
    failed = 0
    for failure in failures(extension.form, Coder(model, ontology=path)):
        failed += 1
        click.echo(failure)
    click.echo(f"{path}: {count(extension.form) - failed} of {count(extension.form)} sentences as they must be")
    if failed:
        sys.exit(1)
