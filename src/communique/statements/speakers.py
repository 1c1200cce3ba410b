"""Speakers and addressees: the words that name them and, where the actors stage knows, who they are."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from communique.records import Party
from communique.statements.attribution import FIRST_PERSON, Attribution
from communique.statements.contents import Part
from communique.syntax import mention, noun_phrase

PERSONS = frozenset({"he", "she", "who"})
INDEFINITE = frozenset(
    {"some", "many", "others", "few", "someone", "somebody", "everyone", "everybody", "no", "nobody"}
)
# Things that 'show', 'say' or 'suggest' without being anybody's words.
SPEECHLESS = frozenset(
    "way fact reason time day thing part kind lot bit case point problem crisis situation factor role job".split()
)


def party(doc: Doc, token: Token | None, *, outside: Sequence[Part] = ()) -> Party | None:
    """Return the speaker or addressee that a token heads: one actor, or words alone for several or unknown ones."""
    if token is None:
        return None
    mentions = doc._.actors.parties(token)
    named = [m for m in mentions if m.head == token.i]
    start, end = _with_participle(token, *noun_phrase(token))
    if named:
        start, end = min(start, named[0].start), max(end, named[0].end)
    if len(mentions) > 1:
        start, end = min(start, *(m.start for m in mentions)), max(end, *(m.end for m in mentions))
    end = min([end, *(first for first, _ in outside if token.i < first)])
    words = mention(doc, start, end)
    actors = {actor.id or actor.name: actor for mention in mentions if mention.actors for actor in mention.actors}
    if named and len(actors) == 1:
        (actor,) = actors.values()
        if actor.id is not None or actor.country is not None:
            return Party(words, actor)
    return Party(words)


def _with_participle(noun: Token, start: int, end: int) -> tuple[int, int]:
    """The noun phrase with the participle that tells which one it is: 'a poll released on Monday'."""
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return start, end


def speaks(one: Attribution, doc: Doc) -> bool:
    """Tell whether an attribution's source can be somebody's voice; thoughts are only believed of actors."""
    source = one.source
    if source is None:
        return True
    if source.lower_ in FIRST_PERSON or (source.pos_ == "NOUN" and source.lemma_.lower() in SPEECHLESS):
        return False
    if one.thinks and source.lower_ not in PERSONS and doc._.actors.at(source) is None:
        return False
    return not (source.lower_ in INDEFINITE and one.rule == "continued")
