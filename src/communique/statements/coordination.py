"""Verbs that the parser coordinated with what is reported, though they go on with the report.

'The bloc said that it expects restraint and offered to send aid': the bloc offered, and the content ends at 'and'.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from communique.statements.cues import VERB_TAGS, Cues
from communique.syntax import own_subject

PERSONAL = frozenset({"i", "we", "you", "he", "she", "they", "it", "who", "that", "which"})
ACTING = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def report_of(verb: Token, *, cues: Cues) -> Token | None:
    """Return the reporting verb that a verb really coordinates with, when it hangs on the reported clause instead.

    The verb has the form of the report but not that of the clause; or both forms are one and the verb reports in
    turn, which the clause's subject, a thing, cannot do, or which is the same if the subject is the speaker ('it said
    it was shocked and urged calm'). 'He said the ship was sold and sank' is left alone.
    """
    if verb.dep_ != "conj" or verb.pos_ not in VERB_TAGS or own_subject(verb) is not None:
        return None
    clause = verb.head
    while clause.dep_ == "conj" and clause.head != clause:
        clause = clause.head
    report = clause.head
    if clause.dep_ != "ccomp" or not report.i < clause.i < verb.i or verb.tag_ != report.tag_:
        return None
    if any(child.dep_ in {"aux", "auxpass"} for child in verb.children) or cues.of_verb(report) is None:
        return None
    if _finite(clause).tag_ != verb.tag_:
        return report
    cue = cues.of_verb(verb)
    reports_in_turn = any(child.dep_ in {"ccomp", "xcomp"} for child in verb.children)
    subject = own_subject(clause)
    if cue is None or "mind" in cue.takes or subject is None:
        return None
    if cue.act != "assert" and _is_speaker(subject, report):
        return report
    return report if reports_in_turn and not _can_speak(verb.doc, subject) else None


def own_end(report: Token, end: int, *, cues: Cues) -> int:
    """Return where a content that reaches to ``end`` stops, if what follows goes on with the report."""
    for verb in _coordinated(report):
        if verb.i < end and report_of(verb, cues=cues) == report:
            conjunction = [
                t.i for t in verb.doc[report.i : verb.i] if t.dep_ == "cc" and t.head in {verb.head, report}
            ]
            end = min(end, conjunction[-1] if conjunction else verb.left_edge.i)
    return end


def _coordinated(report: Token) -> Iterator[Token]:
    for clause in report.children:
        if clause.dep_ == "ccomp" and clause.i > report.i:
            yield from (verb for verb in clause.conjuncts if verb.i > clause.i)


def _finite(verb: Token) -> Token:
    return next((child for child in verb.children if child.dep_ in {"aux", "auxpass"}), verb)


def _is_speaker(subject: Token, report: Token) -> bool:
    source = own_subject(report)
    if subject.lower_ not in PERSONAL or source is None:
        return False
    mine, theirs = (subject.doc._.actors.at(token) for token in (subject, source))
    return mine is not None and theirs is not None and mine.actors[:1] == theirs.actors[:1]


def _can_speak(doc: Doc, noun: Token) -> bool:
    return noun.lower_ in PERSONAL or noun.ent_type_ in ACTING or doc._.actors.at(noun) is not None
