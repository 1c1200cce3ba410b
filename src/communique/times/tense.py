"""Is it past or to come? What the clause of a time expression says about which Friday or which March is meant."""

from typing import Literal

from spacy.tokens import Token

from communique.syntax import auxiliaries
from communique.times.mentions import Attachment

Outlook = Literal["past", "present", "future"] | None

MODALS = frozenset("will 'll ’ll wo shall would may might can could must should".split())
# Said of what is arranged: 'talks scheduled for Friday', 'is due on Friday', 'the upcoming vote'.
ARRANGED = frozenset("scheduled due slated planned set expected upcoming forthcoming".split())
FORWARD = frozenset({"ahead", "before"})
# What they are said of lies ahead: 'announced an election on 24 April', where a verb in the past tells nothing.
PROSPECTIVE = frozenset(
    "announce propose plan schedule call set confirm discuss prepare organise expect await signal promise pledge "
    "forecast predict project foresee envisage".split()
)
# Their infinitive happened when they did ('managed to reach a deal on Friday', 'flew in to meet him on Friday').
IMPLICATIVE = frozenset(
    "manage fail begin start continue seem appear happen use go come travel fly arrive return gather meet visit "
    "rally stop help force lead serve act move vote try attempt refuse decline".split()
)
SAYING = frozenset("say tell report announce write state add claim".split())


# 'Called for Tuesday', 'adjourned until Monday', 'postponed to May': when it was done does not tell, what for does.
APPOINTING = frozenset(
    "call schedule set plan slate convene summon fix book arrange announce order postpone delay reschedule adjourn "
    "defer move suspend extend prolong give have remand invite".split()
)

SHIFTING = frozenset("adjourn bring defer delay move postpone push put reschedule".split())
PARTS_OF_DAY = frozenset("dawn morning midday noon lunchtime afternoon dusk evening night midnight".split())


def outlook(token: Token) -> Outlook:
    """Return whether the clause that a time expression stands in looks back or forward; None when no verb tells."""
    below, seen, through_noun = token, token, False
    if _appointed(token):
        return "future"
    while True:
        if seen.lower_ in FORWARD and seen.dep_ in {"prep", "advmod", "mark"}:
            return "future"
        if seen.pos_ in {"ADJ", "VERB"} and seen.lower_ in ARRANGED and seen.tag_ != "VBD":
            return "future"
        if any(child.lower_ in ARRANGED and child.dep_ == "amod" for child in seen.children):
            return "future"
        if seen.tag_ in {"VBZ", "VBP"} and any(c.dep_ == "acomp" and c.lower_ in ARRANGED for c in seen.children):
            return "future"
        if seen.pos_ in {"VERB", "AUX"} and seen.dep_ not in {"aux", "auxpass", "amod", "compound"}:
            found = _tense(seen)
            if found is None and seen.tag_ == "VBN" and seen.dep_ == "acl":
                return "past"  # 'figures released on Friday show'
            announced = through_noun and (below.dep_ in {"dobj", "nsubjpass"} or below.lower_ == "for")
            if found == "past" and announced and seen.lemma_ in PROSPECTIVE:
                return None
            if found is not None:
                return found
        through_noun = through_noun or (seen != token and seen.pos_ == "NOUN")
        if seen.head == seen:
            return None
        below, seen = seen, seen.head


def _appointed(token: Token) -> bool:
    """Tell whether a time is the one that something was appointed or put off to."""
    link = token.head
    if link.dep_ != "prep" or link.lower_ not in {"for", "until", "till", "to"}:
        return False
    verb = link.head if link.head.pos_ in {"VERB", "AUX"} else link.head.head
    if link.lower_ == "to":
        return verb.lemma_ in SHIFTING
    if link.lower_ == "for":
        return verb.lemma_ in APPOINTING - {"give", "have"}
    return verb.lemma_ in APPOINTING | SHIFTING


def _tense(verb: Token) -> Outlook:
    helpers = auxiliaries(verb)
    words = {helper.lower_ for helper in helpers}
    perfect = any(helper.lemma_ == "have" or helper.lower_ in {"'ve", "’ve"} for helper in helpers)
    if words & MODALS:
        return "past" if perfect else "future"
    if verb.tag_ == "VBD" or perfect or words & {"was", "were", "did"}:
        return "past"
    if "to" in words:
        return _infinitive(verb)
    if verb.tag_ in {"VBG", "VBN"}:
        return "future" if words & {"is", "are", "am", "'s", "’s", "'re", "’re", "be"} else None
    if verb.tag_ in {"VBZ", "VBP"}:
        return "past" if verb.lemma_ in SAYING else "present"
    return "future" if verb.tag_ == "VB" else None


def _infinitive(verb: Token) -> Outlook:
    head = verb.head
    if head == verb or head.pos_ not in {"VERB", "AUX"}:
        return "future"
    if verb.dep_ == "advcl" or head.lemma_ in IMPLICATIVE:
        return _tense(head)
    return "future"


def attachment(root: Token) -> tuple[Token, Attachment]:
    """Return the verb or noun that a time expression with this root modifies, and how."""
    linked = False
    token = root
    if token.dep_ in {"compound", "nmod", "npadvmod"} and token.head.lower_ in PARTS_OF_DAY:
        token = token.head  # 'on Monday morning'
    while token.head != token:
        dep, token = token.dep_, token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token, "verb"
        if dep == "compound" and token.tag_ == "NNP" and root.left_edge.i and root.nbor(-1).lower_ == "on":
            continue  # 'On Wednesday Lavrov told': two phrases that the parser takes for one name
        if token.pos_ in {"ADP", "SCONJ", "ADV"} or token.dep_ in {"prep", "advmod"}:
            linked = True
            continue
        linked = linked or dep in {"npadvmod", "appos", "pobj"}
        return token, "noun" if linked else "modifier"
    return token, "noun"
