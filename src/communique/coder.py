"""The way of the data: Article → Doc → Coding. Nothing else in the package knows the order."""

from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
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
        self.trained = trained
        self.name = name_of(model, trained=trained, ontology=ontology)
        """What made the records; any other may make other records."""

    def code(self, article: Article) -> Coding:
        """Return all that is recorded of one article. Raises CodingError when a stage fails."""
        return next(self.code_many([article]))

    def code_many(
        self,
        articles: Iterable[Article],
        *,
        failed: Callable[[CodingError], None] | None = None,
    ) -> Iterator[Coding]:
        """Yield the coding of each article, in order. Each is read alone: its records are the same in any company.

        An article whose language is known and not English passes through without records, as the models and the
        grammar are English; ingest has put a warning on it. An article on which a stage fails is left out and told to
        ``failed``; without that, CodingError is raised.
        """
        for article in articles:
            coding = self.attempt(article)
            if isinstance(coding, Coding):
                yield coding
            elif failed is not None:
                failed(coding)
            else:
                raise coding

    def attempt(self, article: Article) -> Coding | CodingError:
        """Return the coding of an article, or the error when a stage fails on it."""
        if not readable(article):
            return Coding(article)
        try:
            with defects_as(CodingError, where=article.url or article.title or article.id):
                doc = self.nlp(language.prepare(self.nlp, article))
        except CodingError as error:
            return error
        return Coding(article, doc._.statements, doc._.events)


def name_of(model: str | None = None, *, trained: bool = True, ontology: str | Path | None = None) -> str:
    """Return what names a coder of these settings, without loading it.

    It holds program, language model and their versions, what trained files are used, and the content of the user's
    ontology. Raises ModelError and KnowledgeError.
    """
    parts = [f"communique {version('communique')}", language.version_of(model)]
    parts += [stage.removeprefix("communique_") for stage in language.trained_stages(trained=trained)]
    if ontology is not None:
        # Only here, as it reads YAML, which coding without an own ontology needs not load.
        from communique.extension import Extension

        parts.append(f"{Path(ontology).name} {Extension(ontology).digest}")
    return ", ".join(parts)


def readable(article: Article) -> bool:
    """Tell whether the pipeline can read the article's language; an unknown one is taken for English."""
    return article.language in {None, "en"}
