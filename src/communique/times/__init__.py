"""Doc → times: weekdays, dates, months, years and spans, resolved against the article's day."""

from spacy.language import Language
from spacy.tokens import Doc

from communique.times.grammar import times
from communique.times.mentions import TimeMention, time_of

__all__ = ["TimeMention", "make_times", "time_of", "times"]

if not Doc.has_extension("times"):
    Doc.set_extension("times", default=())


@Language.factory(
    "communique_times",
    assigns=["doc._.times"],
    requires=["token.dep", "token.tag", "token.lemma", "doc.ents"],
)
def make_times(nlp: Language, name: str) -> "Times":
    """Make the component that finds and resolves times."""
    return Times()


class Times:
    """Sets ``doc._.times``."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the times, relative ones as seen from the article's day."""
        article = doc._.article if doc.has_extension("article") else None
        doc._.times = tuple(times(doc, on=article.day if article else None))
        return doc
