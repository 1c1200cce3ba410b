"""The way of the data: Article → Doc → Coding. Nothing else in the package knows the order."""

from collections.abc import Iterable, Iterator
from itertools import tee
from pathlib import Path

from communique import language
from communique.records import Article, Coding


class Coder:
    """Codes articles with one language model, loaded once; ``ontology`` is the file of a user's own, beside PLOVER.

    >>> from communique.ingest import article_from_text
    >>> coding = Coder().code(article_from_text("“We will not sign,” Maria Zakharova said on Monday."))
    >>> coding.statements[0].speaker.actor.name
    'Maria Zakharova'
    """

    def __init__(self, model: str | None = None, *, tagger: bool = True, ontology: str | Path | None = None) -> None:
        self.nlp = language.load(model, tagger=tagger, ontology=ontology)

    def code(self, article: Article) -> Coding:
        """Return all that is recorded of one article."""
        return next(self.code_many([article]))

    def code_many(self, articles: Iterable[Article], *, batch_size: int = 16) -> Iterator[Coding]:
        """Yield the coding of each article, in order; ``batch_size`` articles are parsed together.

        An article whose language is known and not English passes through without records, as the models and the
        grammar are English; ingest has put a warning on it.
        """
        articles, queue = tee(articles)
        docs = self.nlp.pipe(
            (language.prepare(self.nlp, article) for article in queue if readable(article)),
            batch_size=batch_size,
        )
        for article in articles:
            if not readable(article):
                yield Coding(article)
                continue
            doc = next(docs)
            yield Coding(article, statements=doc._.statements, events=doc._.events)


def readable(article: Article) -> bool:
    """Tell whether the pipeline can read the article's language; an unknown one is taken for English."""
    return article.language in {None, "en"}
