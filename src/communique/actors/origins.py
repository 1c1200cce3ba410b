"""Towns and provinces that tell whose somebody is: 'Shanghai police', 'rebels in Rakhine', 'the Texas governor'."""

from collections.abc import Collection

from spacy.tokens import Doc

from communique.actors.lexicon import Name
from communique.actors.names import Hit
from communique.places import gazetteer
from communique.records import Actor

LONGEST = 3  # words of a town's or province's name
# A name is a country's when the country's place of the name has so many times the people of all others together.
CLEARLY = 5
# Below, a name on a page is as likely a person's or a firm's.
LEAST_PEOPLE = 40_000


def origins(doc: Doc, *, taken: Collection[int]) -> dict[int, Hit]:
    """Return the names of towns and divisions that can only be of one country, by the index of each of their tokens.

    ``taken`` are the tokens that have another meaning already.
    """
    places = gazetteer.load()
    found: dict[int, Hit] = {}
    i = 0
    while i < len(doc):
        end = i
        while end < len(doc) and end - i < LONGEST and _is_name(doc, end) and end not in taken:
            end += 1
        while end > i:
            country = _country(places, gazetteer.folded(doc[i:end].text))
            if country is not None:
                actor = Actor(None, doc[i:end].text, "place", country)
                found.update(dict.fromkeys(range(i, end), Hit(i, end, (Name("place", actor, country),))))
                break
            end -= 1
        i = max(end, i + 1)
    return found


def _is_name(doc: Doc, i: int) -> bool:
    return doc[i].text[:1].isupper() and doc[i].pos_ in {"PROPN", "ADJ", "NOUN"}


def _country(places: gazetteer.Gazetteer, key: str) -> str | None:
    entries = places.named(key) if key in places else ()
    if not entries or entries[0].population < LEAST_PEOPLE or entries[0].kind in {"country", "capital"}:
        return None
    first = entries[0]
    others = sum(entry.population for entry in entries if entry.place.country != first.place.country)
    return first.place.country if first.population >= CLEARLY * others else None
