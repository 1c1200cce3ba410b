"""Doc → places: toponyms, told from people's names and from capitals that stand for governments, and resolved."""

from spacy.language import Language
from spacy.tokens import Doc

from communique.places.gazetteer import Gazetteer, load
from communique.places.mentions import PlaceMention, place_of
from communique.places.toponyms import places

__all__ = ["Gazetteer", "PlaceMention", "load", "make_places", "place_of", "places"]

if not Doc.has_extension("places"):
    Doc.set_extension("places", default=())


@Language.factory(
    "communique_places",
    assigns=["doc._.places"],
    requires=["token.dep", "token.tag", "token.lemma", "doc.ents"],
)
def make_places(nlp: Language, name: str) -> "Places":
    """Make the component that finds and resolves places."""
    return Places()


class Places:
    """Sets ``doc._.places``."""

    def __init__(self) -> None:
        self.gazetteer = load()

    def __call__(self, doc: Doc) -> Doc:
        """Find the places."""
        doc._.places = tuple(places(doc, gazetteer=self.gazetteer))
        return doc
