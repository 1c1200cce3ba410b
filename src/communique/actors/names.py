"""Names in a Doc: which runs of tokens are names that the lexicon or the entity recogniser knows."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

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
# What tells a page's countries.
TELLING = frozenset({"state", "adjective", "demonym", "capital", "metonym", "person"})


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
    longest = first.idx + lexicon.longest_name(first.text)
    for end in range(min(len(doc), start + MAX_NAME_TOKENS), start, -1):
        last = doc[end - 1]
        stop = last.idx + len(last)
        if stop > longest:
            continue
        words = straight(text[first.idx : stop])
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


def settled(
    doc: Doc, found: Mapping[int, Hit], *, lexicon: Lexicon, towns: Collection[str], home: str | None
) -> dict[int, Hit]:
    """Return the hits without readings that the countries of the page rule out.

    The rules, from ambiguous.tsv: "own", the country of what is meant must be on the page ('PAN' with Mexico); "own or
    none", another may not be there alone ('Democrats' on a page about Germany); "not USA", this country may not be
    ('Georgia' beside Atlanta), unless its own is. ``towns`` are the countries of the towns on the page.
    """
    distinct = {hit.start: hit for hit in found.values()}
    words = {start: straight(doc[hit.start : hit.end].text) for start, hit in distinct.items()}
    rules = {start: lexicon.ambiguous.get(words[start], "") for start in distinct}
    sure = {
        name.country
        for start, hit in distinct.items()
        for name in hit.names
        if not rules[start] and name.what in TELLING and name.country
    }
    countries = sure | set(towns) | ({home} if home else set())
    kept: dict[int, Hit] = {}
    for start, hit in distinct.items():
        names = tuple(name for name in hit.names if _fits(name, rules[start], countries))
        if names:
            kept.update(dict.fromkeys(range(hit.start, hit.end), replace(hit, names=names)))
    return kept


def _fits(name: Name, rule: str, countries: Collection[str]) -> bool:
    if not rule or not name.country or name.country in countries:
        return True
    if rule == "own or none":
        return not countries
    return rule != "own" and rule.removeprefix("not ") not in countries


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
        if ent.label_ not in labels or any(i in known for i in range(ent.start, ent.end)):
            continue
        if not ent.text.islower():  # the recogniser's slip: no name is written so
            yield ent.start, ent.end, ent.label_
