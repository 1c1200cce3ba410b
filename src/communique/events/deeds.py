"""Deeds that somebody judges: 'condemned the killing of a Kenyan' blames who did it, not who suffered it."""

from collections.abc import Iterable

from spacy.tokens import Token

from communique.events.lexicon import Lexicon
from communique.events.triggers import content_noun, mention_at
from communique.syntax import by_agent, prepositional

# Acts about what somebody else has done.
JUDGING = frozenset({"ACCUSE", "SUPPORT"})
POWERS = frozenset({"state", "government", "alliance", "de facto government"})


def is_suffered(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun names a deed whose "of" tells who suffers it."""
    lemma = content_noun(noun).lemma_.lower()
    undergone = any("undergo" in sense.flags for sense in lexicon.nouns.get(lemma, ()))
    return undergone or lemma in lexicon.words["suffered"] | lexicon.words["attacking"]


def answerable(nouns: Iterable[Token], lexicon: Lexicon) -> list[Token]:
    """Return the nouns, of deeds who did them: by whom they are, or what stands before them, as in "Chad's attack on".

    "Ann's arrest" is not hers, "China's arrests" are China's: what stands before a deed that is only suffered counts
    where it is a power, or where the victim stands behind.
    """
    found: list[Token] = []
    for noun in map(content_noun, nouns):
        if not is_suffered(noun, lexicon):
            found.append(noun)
            continue
        doer = by_agent(noun)
        attacks = noun.lemma_.lower() in lexicon.words["attacking"] or any(prepositional(noun, "of", "on", "against"))
        before = [c for c in noun.children if c.dep_ in {"poss", "amod", "compound", "nmod"} and c.i < noun.i]
        found += [doer] if doer is not None else [c for c in before if attacks or _is_power(c) if not _is_where(c)]
    return found


def _is_where(token: Token) -> bool:
    """'The Kabul attack' was made in Kabul, "Kabul's attack" by Kabul."""
    mention = mention_at(token)
    return token.dep_ != "poss" and (mention is None or any(a.kind == "government" for a in mention.actors))


def _is_power(token: Token) -> bool:
    mention = mention_at(token)
    return mention is not None and any(a.kind in POWERS for a in mention.actors)
