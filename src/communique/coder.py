"""The way of the data: Article → Doc → Coding. Nothing else in the package knows the order."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from communique import language
from communique.errors import CodingError, defects_as
from communique.records import Article, Coding


class Coder:
    """Codes articles with one language model, loaded once; ``ontology`` is the file of a user's own, beside PLOVER.

    >>> from communique.ingest import article_from_text
    >>> coding = Coder().code(article_from_text("“We will not sign,” Maria Zakharova said on Monday."))
    >>> coding.statements[0].speaker.actor.name
    'Maria Zakharova'
    """

    def __init__(self, model: str | None = None, *, trained: bool = True, ontology: str | Path | None = None) -> None:
        self.nlp = language.load(model, trained=trained, ontology=ontology)
        meta = self.nlp.meta
        parts = [f"communique {version('communique')}", f"{meta['lang']}_{meta['name']} {meta['version']}"]
        parts += [stage.removeprefix("communique_") for stage in language.TRAINED if self.nlp.has_pipe(stage)]
        if ontology is not None:
            # Only here, as it reads YAML, which coding without an own ontology needs not load.
            from communique.extension import Extension

            parts.append(f"{Path(ontology).name} {Extension(ontology).digest}")
        self.name = ", ".join(parts)
        """What made the records: program, language model and their versions, and the content of the user's ontology;
        any other may make other records."""

    def code(self, article: Article) -> Coding:
        """Return all that is recorded of one article. Raises CodingError when a stage fails."""
        return next(self.code_many([article]))

    def code_many(
        self,
        articles: Iterable[Article],
        *,
        batch_size: int = 16,
        failed: Callable[[CodingError], None] | None = None,
    ) -> Iterator[Coding]:
        """Yield the coding of each article, in order; ``batch_size`` articles are parsed together.

        An article whose language is known and not English passes through without records, as the models and the
        grammar are English; ingest has put a warning on it. An article on which a stage fails is left out and told to
        ``failed``; without that, CodingError is raised.
        """
        articles = iter(articles)
        while batch := list(islice(articles, batch_size)):
            try:
                codings = self._coded(batch)
            except Exception:  # whatever a defect raises: one by one shows whose it is, and saves the others
                yield from self._one_by_one(batch, failed)
            else:
                yield from codings

    def _coded(self, batch: Sequence[Article]) -> list[Coding]:
        docs = self.nlp.pipe(
            (language.prepare(self.nlp, article) for article in batch if readable(article)), batch_size=len(batch)
        )
        codings = []
        for article in batch:
            doc = next(docs) if readable(article) else None
            codings.append(Coding(article, doc._.statements, doc._.events) if doc is not None else Coding(article))
        return codings

    def _one_by_one(self, batch: Sequence[Article], failed: Callable[[CodingError], None] | None) -> Iterator[Coding]:
        for article in batch:
            try:
                with defects_as(CodingError, where=article.url or article.title or article.id):
                    codings = self._coded([article])
            except CodingError as error:
                if failed is None:
                    raise
                failed(error)
            else:
                yield from codings


def readable(article: Article) -> bool:
    """Tell whether the pipeline can read the article's language; an unknown one is taken for English."""
    return article.language in {None, "en"}
