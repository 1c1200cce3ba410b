"""``communique evaluate``: how good the records are, on a gold file (communique.evaluate)."""

from collections.abc import Sequence
from pathlib import Path

import click

from communique.cli.options import grammar_option, model_option

predictions_option = click.option(
    "--predictions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write what was found, in the form of the gold file, so that another program can score it.",
)


@click.group()
def evaluate() -> None:
    """Measure the records against a gold file that people annotated."""


@evaluate.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@predictions_option
@click.option("--direct", is_flag=True, help="Count only what is quoted.")
@grammar_option
@click.option("--tagger-only", is_flag=True, help="What the trained tagger sees, not joined with the grammar's.")
@model_option
def attribution(
    gold: Path, predictions: Path | None, direct: bool, grammar_only: bool, tagger_only: bool, model: str | None
) -> None:
    """Statements: GOLD has an article a line, {"id", "text", "date"?, "attributions": [{"source", "cue", "content"}]}.

    Each role is a list of [start, end) in code points; a line of the text is a paragraph. Statements within statements
    are left out, as the corpora leave them unannotated.
    """
    from communique import language
    from communique.coder import Coder
    from communique.errors import UsageError
    from communique.evaluate import gold as files
    from communique.evaluate.attribution import GoldArticle, as_tagged, figures, prediction

    if grammar_only and tagger_only:
        raise UsageError("--grammar-only and --tagger-only leave nothing", remedy="name one of them")

    articles = list(files.rows(gold, GoldArticle))
    coder = Coder(model, tagger=not grammar_only)
    if tagger_only:
        docs = coder.nlp.pipe(language.prepare(coder.nlp, article.article()) for article in articles)
        found = [as_tagged(*pair) for pair in zip(articles, docs, strict=True)]
    else:
        codings = coder.code_many(article.article() for article in articles)
        found = [prediction(*pair) for pair in zip(articles, codings, strict=True)]
    _report(figures(zip(articles, found, strict=True), direct=direct).lines(), found, predictions)


@evaluate.command("events-triples")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@predictions_option
@click.option(
    "--planned", is_flag=True, help="Type announced acts as PLOVER's codebook does: a planned visit is AGREE."
)
@model_option
def events_triples(gold: Path, predictions: Path | None, planned: bool, model: str | None) -> None:
    """Events: GOLD has a sentence a line, {"id", "sentence", "event", "source": [{"code", "sector"}], "target"}.

    Each sentence is coded alone; instead of one event a line may have several, under "events".
    """
    from communique.coder import Coder
    from communique.evaluate import gold as files
    from communique.evaluate.events import GoldSentence, figures, prediction

    sentences = list(files.rows(gold, GoldSentence))
    codings = Coder(model).code_many(sentence.article() for sentence in sentences)
    found = [prediction(*pair, planned=planned) for pair in zip(sentences, codings, strict=True)]
    _report(figures(zip(sentences, found, strict=True)).lines(), found, predictions)


def _report(lines: Sequence[str], found: Sequence[object], predictions: Path | None) -> None:
    import msgspec

    if predictions is not None:
        predictions.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in found))
    for line in lines:
        click.echo(line)
