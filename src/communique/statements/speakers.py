"""Speakers and addressees: the words that name them and, where the actors stage knows, who they are."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from communique.actors import ActorMention
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


def party(doc: Doc, token: Token | None, *, named: Part | None = None, outside: Sequence[Part] = ()) -> Party | None:
    """Return the speaker or addressee that a token heads: one actor, or words alone for several or unknown ones.

    ``named`` are the words that name them, if known; otherwise the noun phrase is taken, but for what is ``outside``.
    """
    if token is None:
        return None
    mentions = doc._.actors.parties(token)
    words = mention(doc, *(named or _phrase(token, mentions, outside)))
    actors = {actor.id or actor.name: actor for mention in mentions if mention.actors for actor in mention.actors}
    if any(m.head == token.i for m in mentions) and len(actors) == 1:
        (actor,) = actors.values()
        if actor.id is not None or actor.country is not None:
            return Party(words, actor)
    return Party(words)


def _phrase(token: Token, mentions: Sequence[ActorMention], outside: Sequence[Part]) -> Part:
    """The noun phrase that a token heads, with all that its mention and those coordinated with it hold."""
    start, end = _with_participle(token, *noun_phrase(token))
    own = next((m for m in mentions if m.head == token.i), None)
    if own is not None:
        start, end = min(start, own.start), max(end, own.end)
    if len(mentions) > 1:
        start, end = min(start, *(m.start for m in mentions)), max(end, *(m.end for m in mentions))
    return start, min([end, *(first for first, _ in outside if token.i < first)])


def _with_participle(noun: Token, start: int, end: int) -> tuple[int, int]:
    """The noun phrase with the participle that tells which one it is: 'a poll released on Monday'."""
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.left_edge.i == end:
            end = child.right_edge.i + 1
    return start, end


def speaks(one: Attribution, doc: Doc) -> bool:
    """Tell whether an attribution's source can be somebody's voice; thoughts are only believed of actors.

    The tagger was taught on people's judgement of it.
    """
    source = one.source
    if source is None or one.score is not None:
        return True
    if source.lower_ in FIRST_PERSON or (source.pos_ == "NOUN" and source.lemma_.lower() in SPEECHLESS):
        return False
    if one.thinks and source.lower_ not in PERSONS and doc._.actors.at(source) is None:
        return False
    return not (source.lower_ in INDEFINITE and one.rule == "continued")
