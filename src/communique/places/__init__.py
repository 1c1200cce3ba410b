"""Doc → places: toponyms, told from people's names and from capitals that stand for governments, and resolved."""

from spacy.language import Language
from spacy.tokens import Doc

from communique.places.gazetteer import Gazetteer, load
from communique.places.mentions import PlaceMention, place_of
from communique.places.toponyms import toponyms

__all__ = ["Gazetteer", "PlaceMention", "load", "make_places", "place_of", "toponyms"]

for _name in ("places", "toponyms"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=())


@Language.factory(
    "communique_places",
    assigns=["doc._.places", "doc._.toponyms"],
    requires=["token.dep", "token.tag", "token.lemma", "doc.ents"],
)
def make_places(nlp: Language, name: str) -> "Places":
    """Make the component that finds and resolves places."""
    return Places()


class Places:
    """Sets ``doc._.toponyms``, all names of places, and ``doc._.places``, those that are meant as places."""

    def __init__(self) -> None:
        self.gazetteer = load()

    def __call__(self, doc: Doc) -> Doc:
        """Find the places."""
        doc._.toponyms = tuple(toponyms(doc, gazetteer=self.gazetteer))
        doc._.places = tuple(mention for mention in doc._.toponyms if mention.use == "place")
        return doc
