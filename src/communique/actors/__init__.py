"""Doc → mentions of actors, resolved: who a name, a role, an epithet or a pronoun means on the article's day."""

from spacy.language import Language
from spacy.tokens import Doc

from communique.actors.datelines import Reporting
from communique.actors.lexicon import lexicon
from communique.actors.mentions import ActorMention, Mentions
from communique.actors.resolution import mentions
from communique.records import Article

__all__ = ["ActorMention", "Mentions", "make_actors", "mentions"]

if not Doc.has_extension("actors"):
    Doc.set_extension("actors", default=None)


@Language.factory(
    "communique_actors",
    assigns=["doc._.actors"],
    requires=["token.dep", "token.tag", "token.lemma", "doc.ents"],
    default_config={"ontology": None},
)
def make_actors(nlp: Language, name: str, ontology: str | None) -> "Actors":
    """Make the component that finds and resolves the mentions of actors.

    ``ontology`` is the path of a user's own, whose actor dictionaries are used. Raises KnowledgeError when the file is
    wrong.
    """
    return Actors(ontology)


class Actors:
    """Sets ``doc._.actors``."""

    def __init__(self, own: str | None = None) -> None:
        self.lexicon = lexicon()
        if own is not None:
            # Only here, as it reads YAML, which coding without an own ontology needs not load.
            from communique.extension import Extension

            self.lexicon = Extension(own).actors

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions, offices as of the article's day."""
        article: Article | None = doc._.article if doc.has_extension("article") else None
        day = article.day if article is not None else None
        reporting = Reporting(article, self.lexicon)
        found = mentions(doc, lexicon=self.lexicon, day=day, home=_home(article, reporting), reporting=reporting)
        doc._.actors = Mentions(found)
        return doc


def _home(article: Article | None, reporting: Reporting) -> str | None:
    """Return the country that an article is written from: that whose capital its dateline names, else its outlet's."""
    if article is None:
        return None
    capital = reporting.country(0)
    if capital is not None:
        return capital
    return article.outlet.country if article.outlet is not None else None
