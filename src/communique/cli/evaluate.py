"""``communique evaluate``: how good the records are, on a gold file (communique.evaluate)."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from communique.cli.options import grammar_option, model_option

if TYPE_CHECKING:
    from communique.evaluate.measures import Bands

predictions_option = click.option(
    "--predictions",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write what was found, in the form of the gold file, so that another program can score it.",
)


reliability_option = click.option(
    "--reliability",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also draw confidence against the share that is right, as an SVG picture.",
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
@reliability_option
@model_option
def attribution(
    gold: Path,
    predictions: Path | None,
    direct: bool,
    grammar_only: bool,
    tagger_only: bool,
    reliability: Path | None,
    model: str | None,
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
    coder = Coder(model, trained=not grammar_only)
    if tagger_only:
        docs = coder.nlp.pipe(language.prepare(coder.nlp, article.article()) for article in articles)
        found = [as_tagged(*pair) for pair in zip(articles, docs, strict=True)]
    else:
        codings = coder.code_many(article.article() for article in articles)
        found = [prediction(*pair) for pair in zip(articles, codings, strict=True)]
    made = figures(zip(articles, found, strict=True), direct=direct)
    _report(made.lines(), found, predictions)
    _draw(made.bands, reliability)


@evaluate.command("events-roots")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@predictions_option
@grammar_option
@model_option
def events_roots(gold: Path, predictions: Path | None, grammar_only: bool, model: str | None) -> None:
    """Types of events: GOLD has a sentence and two actors a line, {"id", "sentence", "source", "target", "event"}.

    Each side is a list of [start, end) in code points, or of {"text"}. The type is the likeliest one that is an event.
    """
    from communique.coder import Coder
    from communique.evaluate import gold as files
    from communique.evaluate.roots import GoldPair, figures, prediction
    from communique.judging import Case, trained_judge

    pairs = list(files.rows(gold, GoldPair))
    coder = Coder(model, trained=False)
    codings = coder.code_many(pair.article() for pair in pairs)
    cases = [Case(pair.sentence, *pair.sides) for pair in pairs]
    chances = [None] * len(pairs) if grammar_only else trained_judge().chances(cases)
    found = [prediction(pair, coding.events, one) for pair, coding, one in zip(pairs, codings, chances, strict=True)]
    _report(figures(zip(pairs, found, strict=True)).lines(), found, predictions)


@evaluate.command("events-triples")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@predictions_option
@click.option(
    "--planned", is_flag=True, help="Type announced acts as PLOVER's codebook does: a planned visit is AGREE."
)
@grammar_option
@reliability_option
@model_option
def events_triples(
    gold: Path,
    predictions: Path | None,
    planned: bool,
    grammar_only: bool,
    reliability: Path | None,
    model: str | None,
) -> None:
    """Events: GOLD has a sentence a line, {"id", "sentence", "event", "source": [{"code", "sector"}], "target"}.

    Each sentence is coded alone; instead of one event a line may have several, under "events".
    """
    from communique.coder import Coder
    from communique.evaluate import gold as files
    from communique.evaluate.events import GoldSentence, figures, prediction

    sentences = list(files.rows(gold, GoldSentence))
    codings = Coder(model, trained=not grammar_only).code_many(sentence.article() for sentence in sentences)
    found = [prediction(*pair, planned=planned) for pair in zip(sentences, codings, strict=True)]
    made = figures(zip(sentences, found, strict=True))
    _report(made.lines(), found, predictions)
    _draw(made.bands, reliability)


@evaluate.command("non-events")
@click.argument("texts", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@predictions_option
@grammar_option
@model_option
def non_events(texts: Path, predictions: Path | None, grammar_only: bool, model: str | None) -> None:
    """Texts without any event: TEXTS has one a line, {"id", "text", "topic"}.

    Counted are the texts of which an event is recorded as happened.
    """
    from communique.coder import Coder
    from communique.evaluate import gold as files
    from communique.evaluate.non_events import NonEvent, false_events, figures

    read = list(files.rows(texts, NonEvent))
    codings = Coder(model, trained=not grammar_only).code_many(text.article() for text in read)
    found = [false_events(*pair) for pair in zip(read, codings, strict=True)]
    _report(figures(zip(read, found, strict=True)).lines(), found, predictions)


@evaluate.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@predictions_option
@click.option(
    "--undated", metavar="DAY", default="2023-01-01", show_default=True, help="The day of mentions without a date."
)
@model_option
def actors(gold: Path, predictions: Path | None, undated: str, model: str | None) -> None:
    """Actors: GOLD has a mention a line, {"id", "mention", "context"?, "date"?, "country"?, "sector"?}.

    Codes are PLOVER's sectors and ISO 3166-1 alpha-3, with UNO, EUR and IGO; several in a list are all right.
    """
    from communique import language
    from communique.evaluate import gold as files
    from communique.evaluate.actors import GoldActor, figures, found_actor

    mentions = list(files.rows(gold, GoldActor))
    nlp = language.load(model, trained=False)
    docs = nlp.pipe(language.prepare(nlp, mention.article(undated)) for mention in mentions)
    found = [found_actor(*pair) for pair in zip(mentions, docs, strict=True)]
    _report(figures(zip(mentions, found, strict=True)).lines(), found, predictions)


@evaluate.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@predictions_option
@click.option("--types", help="Ask only for gold toponyms of these types, joined by commas: Literal,Mixed.")
@model_option
def places(gold: Path, predictions: Path | None, types: str | None, model: str | None) -> None:
    """Places: GOLD has a text a line, {"id", "text", "toponyms": [{"start", "end", "lat", "lon", "country"?}]}.

    Offsets are code points, coordinates degrees, countries ISO 3166-1 alpha-3.
    """
    from communique import language
    from communique.evaluate import gold as files
    from communique.evaluate.places import GoldText, figures, found_toponyms

    texts = list(files.rows(gold, GoldText))
    nlp = language.load(model, trained=False)
    docs = nlp.pipe(language.prepare(nlp, text.article()) for text in texts)
    found = [found_toponyms(*pair) for pair in zip(texts, docs, strict=True)]
    asked = set(types.split(",")) if types is not None else None
    _report(figures(zip(texts, found, strict=True), types=asked).lines(), found, predictions)


def _report(lines: Sequence[str], found: Sequence[object], predictions: Path | None) -> None:
    import msgspec

    if predictions is not None:
        predictions.write_bytes(b"".join(msgspec.json.encode(one) + b"\n" for one in found))
    for line in lines:
        click.echo(line)


def _draw(bands: "Bands", picture: Path | None) -> None:
    from communique.evaluate.plot import reliability

    if picture is not None:
        picture.write_text(reliability(bands), encoding="utf-8")
