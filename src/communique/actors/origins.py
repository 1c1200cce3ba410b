"""Towns and provinces that tell whose somebody is: 'Shanghai police', 'rebels in Rakhine', 'the Texas governor'."""

from collections.abc import Collection
from functools import cache

from spacy.tokens import Doc, Token

from communique.actors.lexicon import Lexicon, Name
from communique.actors.names import Hit
from communique.knowledge import table
from communique.places import gazetteer
from communique.records import Actor

LONGEST = 3  # words of a town's or province's name
# A name is a country's when the country's place of the name has so many times the people of all others together.
CLEARLY = 5
# Below, a name on a page is as likely a person's or a firm's.
LEAST_PEOPLE = 40_000


def origins(doc: Doc, *, lexicon: Lexicon, taken: Collection[int]) -> dict[int, Hit]:
    """Return the names of towns and divisions that can only be of one country, by the index of each of their tokens.

    ``taken`` are the tokens that have another meaning already.
    """
    places = gazetteer.load()
    names = [_is_name(token, lexicon) and token.i not in taken for token in doc]
    found: dict[int, Hit] = {}
    for i in (i for i, is_name in enumerate(names) if is_name):
        if i in found:
            continue
        end = i + 1
        while end < len(doc) and end - i < LONGEST and names[end]:
            end += 1
        for stop in range(end, i, -1):
            words = doc[i:stop].text
            country = _country(places, gazetteer.folded(words))
            if country is not None:
                hit = Hit(i, stop, (Name("place", Actor(None, words, "place", country), country),))
                found.update(dict.fromkeys(range(i, stop), hit))
                break
    return found


def _is_name(token: Token, lexicon: Lexicon) -> bool:
    # 'Cumhuriyet University' tells what it is, though there is a town of the name.
    return token.text[:1].isupper() and token.pos_ in {"PROPN", "ADJ", "NOUN"} and token.lower_ not in lexicon.roles


def _country(places: gazetteer.Gazetteer, key: str) -> str | None:
    entries = places.named(key) if key in places and key not in _words() else ()
    if not entries or entries[0].population < LEAST_PEOPLE or entries[0].kind in {"country", "capital"}:
        return None
    first = entries[0]
    others = sum(entry.population for entry in entries if entry.place.country != first.place.country)
    return first.place.country if first.population >= CLEARLY * others else None


@cache
def _words() -> frozenset[str]:
    """Names of towns that are above all English words."""
    return frozenset(row["word"] for row in table("gazetteer_words.tsv"))
