"""Whether an act happened: negation, modality, condition and governing words decide, and who claims it.

After PLOVER's rules for future, hypothetical and negated events, with the difference that what is only feared, made a
condition or demanded is left out here: the fear, the threat or the demand is an act of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from communique.events.triggers import LIGHT
from communique.records import Statement, Status
from communique.syntax import auxiliaries, is_negated, own_subject, subject

MODALS_OPEN = frozenset({"would", "could", "may", "might", "should", "must", "can", "ought", "'d", "’d"})
MODALS_AHEAD = frozenset({"will", "shall", "'ll", "’ll", "wo"})
CONDITIONS = frozenset({"if", "unless", "whether", "lest", "until", "should"})
# What these govern as an infinitive takes place when they do; of all others it need not.
IMPLICATIVE = frozenset("begin start continue resume keep manage proceed go help use cease stop".split())
PLANNING = frozenset(
    "plan decide intend prepare set due schedule decision plan order agree expect preparation ready poise slate".split()
)
# A noun of action under one of these is feared, wanted or possible, not done.
OPEN_NOUNS = frozenset(
    "fear threat risk danger possibility prospect prelude event case call demand plan proposal idea hope chance "
    "warning offer request preparation spectre specter talk likelihood potential end halt absence lack denial "
    "alternative pretext possibility readiness willingness right ability basis condition".split()
)
OPEN_VERBS = frozenset(
    "fear want seek demand urge propose threaten prevent avoid avert predict expect call warn hope need consider "
    "discuss oppose plan offer prepare order bar stop block risk mean require await favour favor advocate broker "
    "suggest request rule deny forbid encourage allow justify deter".split()
)
DONE_BY_SAYING = frozenset(
    "urge demand request ask call condemn denounce deplore reject accuse welcome praise thank support appeal".split()
)
TRYING = frozenset({"seek", "try", "attempt", "strive"})
OCCURRING = frozenset("happen occur begin start follow come take resume continue go".split())
ABSORBING_ACTS = frozenset({"demand", "appeal", "threaten", "promise", "offer", "deny", "reject", "express"})


@dataclass(frozen=True, slots=True)
class Standing:
    """An act's status, whether it hangs on a condition, and the statement that claims it."""

    status: Status
    conditional: bool = False
    statement: Statement | None = None
    why: str = "narrated as done"


def standing(head: Token, statements: Sequence[Statement]) -> Standing | None:
    """Return how an act stands that a verb or noun names; None when it is denied, only possible, or demanded."""
    found = _of_noun(head) if head.pos_ in {"NOUN", "PROPN"} else _of_verb(head, depth=0)
    if found is None:
        return None
    claim = claimed_in(head, statements)
    if claim is None:
        return found
    if _in_first_person(head):
        # '“We reject this,” she said': by saying so she does it.
        return Standing(found.status, found.conditional, claim, "said in the first person")
    if found.status == "planned":
        return Standing("planned", found.conditional, claim, found.why)
    # 'You must respect it, as you promised in 1994': a demand or threat holds facts where it tells of the past.
    told = head.tag_ in {"VBD", "VBN"} and claim.act not in {"deny", "reject"} and head.dep_ in {"advcl", "relcl"}
    if (claim.act in ABSORBING_ACTS and not told) or claim.negated or (claim.conditional and not told):
        return None
    return Standing("alleged", False, claim, f"within what was said ({claim.act})")


def _in_first_person(head: Token) -> bool:
    doer = subject(head) if head.pos_ == "VERB" and head.tag_ in {"VBP", "VBZ"} else None
    return doer is not None and doer.lower_ in {"we", "i"} and head.lemma_.lower() in DONE_BY_SAYING


def claimed_in(head: Token, statements: Sequence[Statement]) -> Statement | None:
    """Return the innermost statement whose content holds the token, None when the narrator says it."""
    holding = [s for s in statements if any(start <= head.idx < end for start, end in s.content)]
    return min(holding, key=lambda s: sum(end - start for start, end in s.content), default=None)


def _of_verb(verb: Token, *, depth: int) -> Standing | None:
    if depth > 6 or is_negated(verb):
        return None
    words = {token.lower_ for token in auxiliaries(verb)}
    if words & MODALS_OPEN or any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in verb.children):
        return None
    if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not words:
        return None  # an imperative
    if words & MODALS_AHEAD:
        return Standing("planned", why="future")
    governor = verb.head
    if verb.dep_ in {"xcomp", "acl", "advcl", "ccomp"} and any(
        c.lower_ == "to" and c.dep_ == "aux" for c in verb.children
    ):
        return _of_infinitive(governor, depth=depth)
    if verb.dep_ == "pcomp":
        if governor.lower_ == "with" and own_subject(verb) is not None:
            return Standing("ongoing", why="being done at the same time")  # ', with exercises being held'
        return _of_gerund(governor, depth=depth)
    if verb.dep_ == "xcomp" and verb.tag_ == "VBG":
        return _of_verb(governor, depth=depth + 1) if governor.lemma_ in IMPLICATIVE else None
    if verb.dep_ == "conj" and governor.pos_ in {"VERB", "AUX"} and not words:
        above = _of_verb(governor, depth=depth + 1)
        if above is None or above.status == "planned":
            return above
    if verb.tag_ == "VBG" and words & {"be", "is", "are", "was", "were", "am", "'re", "’re", "'s", "’s", "being"}:
        return Standing("ongoing", why="progressive")
    return Standing("happened")


def _of_infinitive(governor: Token, *, depth: int) -> Standing | None:
    lemma = governor.lemma_.lower()
    if lemma in IMPLICATIVE and governor.pos_ == "VERB":
        return _of_verb(governor, depth=depth + 1)
    if lemma in PLANNING and not is_negated(governor):
        open_above = governor.pos_ in {"VERB", "AUX"} and _of_verb(governor, depth=depth + 1) is None
        return None if open_above else Standing("planned", why=f"governed by {governor.text!r}")
    return None


def _of_gerund(preposition: Token, *, depth: int) -> Standing | None:
    """'By massing troops' and 'after meeting' happen with their clause; 'from joining', 'without signing' don't."""
    if preposition.lower_ not in {"by", "after", "before", "while", "for", "on", "since", "in", "of"}:
        return None
    governor = preposition.head
    if preposition.lower_ == "by" and governor.pos_ == "VERB":
        # 'Is trying to scare them by massing troops': the aim may fail, the means is taken.
        tried = governor.dep_ == "xcomp" and governor.head.lemma_ in TRYING
        return _of_verb(governor.head if tried else governor, depth=depth + 1)
    if governor.lemma_ in OPEN_NOUNS | OPEN_VERBS:
        return None
    return Standing("happened", why=f"after {preposition.text!r}")


def _of_noun(noun: Token) -> Standing | None:
    if is_negated(noun) or any(
        c.lower_ in {"possible", "potential", "planned", "future", "alleged"} for c in noun.children
    ):
        return None
    status: Standing = Standing("happened")
    if any(c.dep_ == "acl" and c.tag_ in {"VBG", "VBN"} and _being(c) for c in noun.children):
        status = Standing("ongoing", why="being held")
    token = noun
    while token.dep_ in {"pobj", "conj", "appos", "prep", "poss"} and token.head != token:
        token = token.head
        if token.pos_ in {"NOUN", "PROPN"} and (token.lemma_.lower() in OPEN_NOUNS or is_negated(token)):
            return None
    governor = token if token.pos_ in {"VERB", "AUX"} else token.head
    if governor.pos_ not in {"VERB", "AUX"} or governor == noun:
        return status
    if governor.lemma_ in OPEN_VERBS and token.dep_ not in {"nsubj", "advcl"} and _governs(noun, governor):
        return None
    above = _of_verb(governor, depth=0)
    would = any(t.lower_ in {"would", "'d", "’d"} for t in auxiliaries(governor))
    if noun.dep_ == "nsubj" and governor.lemma_ not in OCCURRING and not would:
        return status  # 'a buildup of troops could be a prelude': what may be is the prelude
    if _governs(noun, governor) and governor.lemma_ in LIGHT | {"be", "take"}:
        return above if above is None or above.status != "happened" else status
    return status if above is not None or noun.dep_ != "dobj" else None


def _being(participle: Token) -> bool:
    return participle.tag_ == "VBG" or any(c.lower_ == "being" for c in participle.children)


def _governs(noun: Token, verb: Token) -> bool:
    """Tell whether the noun is the verb's own object or subject, not part of an adverbial of its clause."""
    return noun.head == verb or (noun.head.dep_ in {"prep", "prt"} and noun.head.head == verb)
