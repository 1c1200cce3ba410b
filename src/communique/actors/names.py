"""Names in a Doc: which runs of tokens are names that the lexicon or the entity recogniser knows."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.actors.lexicon import MAX_NAME_TOKENS, Lexicon, Name, straight
from communique.knowledge import holds

# A capital after one of these is where something is, not who does it; so it is after a verb of PLACE_VERBS.
LOCATIVE = frozenset(
    "in at from near to outside around through into via across inside over toward towards onto beyond along".split()
)
PLACE_VERBS = frozenset(
    "leave visit reach enter capture take bomb shell hit strike storm flee seize besiege tour host surround".split()
)
MAX_EPITHET_TOKENS = 7


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found at the tokens [start, end), with what it may stand for on the article's day."""

    start: int
    end: int
    names: tuple[Name, ...]

    def of(self, *what: str) -> Name | None:
        """Return the first reading of one of these sorts."""
        return next((name for name in self.names if name.what in what), None)


def hits(doc: Doc, *, lexicon: Lexicon, day: str | None) -> dict[int, Hit]:
    """Return the lexicon's names in the Doc, longest first from the left, by the index of each of their tokens."""
    found = {i: hit for hit in _epithets(doc, lexicon=lexicon, day=day) for i in range(hit.start, hit.end)}
    text, i = doc.text, 0
    while i < len(doc):
        if i in found:
            i += 1
            continue
        hit = _longest(doc, text, i, lexicon=lexicon, day=day)
        if hit is None:
            i += 1
            continue
        found.update(dict.fromkeys(range(hit.start, hit.end), hit))
        i = hit.end
    return found


def _epithets(doc: Doc, *, lexicon: Lexicon, day: str | None) -> Iterator[Hit]:
    """Yield the descriptions that stand for one organisation: 'the US-led military bloc'."""
    for token in doc:
        if token.lower_ not in lexicon.epithet_heads:
            continue
        for start in range(max(token.sent.start, token.i + 1 - MAX_EPITHET_TOKENS), token.i + 1):
            names = lexicon.epithets.get(straight(doc[start : token.i + 1].text).lower(), ())
            current = tuple(n for n in names if day is None or holds(n.start, n.end, day))
            if current:
                yield Hit(start, token.i + 1, current)
                break


def _longest(doc: Doc, text: str, start: int, *, lexicon: Lexicon, day: str | None) -> Hit | None:
    first = doc[start]
    if not (first.text[0].isupper() or first.text[0].isdigit()):
        return None
    sentence_end = min(len(doc), start + MAX_NAME_TOKENS)
    for end in range(sentence_end, start, -1):
        last = doc[end - 1]
        words = straight(text[first.idx : last.idx + len(last)])
        names = lexicon.names.get(words) or _respelt(words, lexicon)
        if names is None and lexicon.folded and (end - start > 1 or first.pos_ == "PROPN"):
            names = lexicon.folded.get(words.casefold())
        if names is None:
            continue
        current = tuple(n for n in names if n.what == "person" or _known_on(n, day))
        if current and not _part_of_other_name(doc, start, end, current, lexicon):
            return Hit(start, end, current)
    return None


def _respelt(words: str, lexicon: Lexicon) -> list[Name] | None:
    """Look a name up without its accents, or, of a dateline or headline in capitals, with small letters."""
    if not words.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
        return lexicon.names.get(bare)
    # Shorter words in capitals are as likely an abbreviation of something else.
    return lexicon.names.get(words.title()) if len(words) > 4 and words.isupper() else None


def _known_on(name: Name, day: str | None) -> bool:
    """A name of the past is still understood later ("the Soviet Union collapsed"), one of the future is not."""
    return day is None or not name.start or holds(name.start, "", day)


def _part_of_other_name(doc: Doc, start: int, end: int, names: tuple[Name, ...], lexicon: Lexicon) -> bool:
    """Tell whether a state's or city's name is only part of a person's or a firm's: 'Jordan Peterson', 'Air France'.

    'Ukraine President Zelensky' and 'US Secretary' stay: there the next word is a role, not a name.
    """
    if any(name.what == "person" for name in names):
        return False
    if end < len(doc) and doc[end].lower_ in {"'s", "’s", "'", "’"}:
        return False
    words = straight(doc[start:end].text)
    if words.isupper() or "." in words:
        return False
    before = doc[start - 1] if start and not doc[start].is_sent_start else None
    after = doc[end] if end < len(doc) else None
    if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper() and after.head.i >= end - 1:
        is_person = doc[start].ent_type_ == "PERSON" and after.ent_type_ == "PERSON"
        if is_person and after.lower_ not in lexicon.roles:
            return True
    if before is not None and before.pos_ == "PROPN" and before.ent_type_ == "PERSON" == doc[start].ent_type_:
        return before.dep_ == "compound" and before.lower_ not in lexicon.roles
    return False


def is_location(token: Token) -> bool:
    """Tell whether a city's name says where: 'in Moscow', 'left Kyiv'; else it stands for who governs there."""
    if token.dep_ == "conj" and token.head != token:
        return is_location(token.head)
    if token.dep_ == "pobj":
        return token.head.lower_ in LOCATIVE
    if token.dep_ == "dobj":
        return token.head.lemma_.lower() in PLACE_VERBS
    return token.dep_ in {"compound", "appos", "npadvmod", "nmod"}


def entities(doc: Doc, *, known: dict[int, Hit], labels: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and label of the recogniser's entities that share no token with a known name."""
    for ent in doc.ents:
        if ent.label_ in labels and not any(i in known for i in range(ent.start, ent.end)):
            yield ent.start, ent.end, ent.label_
