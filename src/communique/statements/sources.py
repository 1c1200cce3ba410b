"""Whose words a verb reports: its agent, also where the parser hung subject or verb on something else."""

from collections.abc import Sequence

from spacy.tokens import Token

from communique.statements.attribution import FIRST_PERSON
from communique.statements.contents import Quoted, inverted_subject, overlapping
from communique.statements.cues import VERB_TAGS, Cue
from communique.syntax import agent, by_agent, is_negated, is_passive, own_subject

NOBODY = FIRST_PERSON | {"you", "one", "anyone", "nobody", "what"}
THINGS = frozenset({"it", "there", "this", "that", "which"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
# 'those who said so', 'voters who want change': nobody in particular speaks, a group is told by what it says.
GROUPED = frozenset({"those", "people", "voters", "anyone"})
# 'went on to say', 'was the first to say', 'appeared to suggest': it was said.
REALISING = frozenset(
    {"go", "use", "continue", "begin", "start", "proceed", "appear", "seem", "manage", "first", "move", "come"}
)
UNSAID = frozenset({"refuse", "decline", "fail", "hesitate", "stop", "avoid"})


def source_of(verb: Token, quotes: Sequence[Quoted]) -> Token | None:
    """Return the head of the noun phrase whose words a verb reports; None when the sentence does not say."""
    if is_passive(verb) or _is_bare_participle(verb):
        # "An aide was quoted as saying" is active in 'saying'; here nobody but a by-phrase speaks.
        return by_agent(verb)
    own = own_subject(verb)
    source = agent(verb if own is not None else _reporter(verb, quotes))
    if source is None:
        source = _stray_subject(verb, quotes)
    if own is not None and source is not None and own.lower_ == "who" and source.ent_type_ in PLACES:
        # 'supporters in Ohio who say': the relative clause hangs on the place.
        while (
            source.head.pos_ in {"ADP", "NOUN", "PROPN"}
            and source.ent_type_ in PLACES | {""}
            and source.dep_ in {"pobj", "prep"}
        ):
            source = source.head
    return source


def reports(verb: Token, cue: Cue, source: Token | None, frame: str) -> bool:
    """Rule out uses that report nobody: 'to say the least', 'needless to say', imperatives, thoughts of nobody."""
    if source is None:
        # '“A disgrace” will be appealed': what is quoted may be anything; a clause or what is raised is a report.
        return is_passive(verb) and (frame == "passive" or ("mind" not in cue.takes and frame != "quotation"))
    if source.lower_ in THINGS and source.dep_ in {"expl", "nsubj", "nsubjpass"}:
        return source.lower_ == "it" and source.head == verb and "mind" not in cue.takes and not is_passive(verb)
    if _is_unrealised(verb):
        return False
    if source.lower_ in GROUPED and verb.dep_ == "relcl" and verb.head == source:
        return False
    return source.lower_ not in NOBODY


def _is_bare_participle(verb: Token) -> bool:
    """'Asked if he would go, the mayor …': the mayor is asked."""
    has_auxiliary = any(c.dep_ in {"aux", "auxpass", "nsubj"} for c in verb.children)
    return verb.dep_ == "advcl" and verb.tag_ == "VBN" and not has_auxiliary


def _is_unrealised(verb: Token) -> bool:
    """Tell whether a saying is only wanted, planned or asked for: 'wants to say that', 'unfair to suggest that'."""
    has_to = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return has_to and verb.dep_ in {"xcomp", "ccomp", "acl", "relcl"} and verb.head.lemma_ not in REALISING | UNSAID


def _reporter(verb: Token, quotes: Sequence[Quoted]) -> Token:
    """The verb that a participle after a quotation goes with: '“It is over,” he said, adding “for good”.'

    The parser hangs 'adding' on what is quoted; its subject is the speaker of the quotation all the same.
    """
    head = verb.head
    is_participle = verb.dep_ == "advcl" and verb.tag_ == "VBG"
    if is_participle and any(
        quote.holds(head) and quote.end <= verb.i for quote in overlapping(quotes, head.i, verb.i)
    ):
        while head.dep_ in {"ccomp", "conj", "relcl", "advcl"} and head.head != head:
            head = head.head
            if head.pos_ in VERB_TAGS and not any(
                quote.holds(head) for quote in overlapping(quotes, head.i, head.i + 1)
            ):
                return head
    return verb


def _stray_subject(verb: Token, quotes: Sequence[Quoted]) -> Token | None:
    """The subject that the parser did not see: 'About 4 in 10 say', '“It is over,” the envoy, wearing black, said'."""
    for quote in overlapping(quotes, verb.i - 1, verb.i):
        inverted = inverted_subject(verb, quote)
        if inverted is not None:
            return inverted
    number = next((c for c in verb.lefts if c.dep_ == "nummod"), None)
    if number is not None or verb.dep_ not in {"ROOT", "conj", "parataxis"} or verb.tag_ == "VBG":
        return number
    before = next((q for q in overlapping(quotes, verb.sent.start, verb.i) if q.start == verb.sent.start), None)
    if before is None:
        return None
    gap = verb.doc[before.end : verb.i]
    return next((t for t in gap if t.pos_ in NOMINAL and t.head not in gap), None)


def is_unsaid(verb: Token | None) -> bool:
    """Tell whether the report denies the saying: 'did not say whether', 'refused to say', 'never claimed that'."""
    if verb is None:
        return False
    governed = verb.dep_ in {"xcomp", "pcomp"} and (verb.head.lemma_ in UNSAID or verb.head.lower_ == "without")
    return governed or is_negated(verb)
