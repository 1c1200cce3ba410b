"""Attributions by a reporting verb: its complements, the quotations beside it, its source and addressee."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from communique.statements.attribution import FIRST_PERSON, Attribution
from communique.statements.contents import Part, Quoted, beside, joined, trimmed
from communique.statements.cues import Cue
from communique.statements.frames import complements, rest_after_that
from communique.syntax import agent, is_passive

NOBODY = FIRST_PERSON | {"you", "one", "anyone", "nobody", "what"}
THINGS = frozenset({"it", "there", "this", "that", "which"})
SPEAKING = frozenset({"speak", "talk"})


def by_verb(verb: Token, cue: Cue, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """Yield the attribution that a reporting verb makes, if it has content and somebody to report."""
    doc, addressee, rule = verb.doc, None, ""
    parts: list[Part] = []
    for complement in complements(verb, cue):
        addressee = complement.addressee or addressee
        rule = rule or complement.frame
        parts += [part for part in complement.parts if part[0] < part[1]]
    if {"quote", "that"} & cue.takes and "mind" not in cue.takes:
        for quote in quotes:
            # What follows a colon after a whole report is a further utterance: the rule of continuation takes it.
            if parts and quote.start > verb.i and doc[quote.start - 1].text == ":":
                continue
            if not any(start < quote.end and quote.start < end for start, end in parts) and beside(verb, quote):
                parts.append((quote.start, quote.end))
                rule = "quotation"
    if not parts and "that" in cue.takes and (rest := rest_after_that(verb)):
        parts, rule = [rest], "clause"
    parts = [
        part for part in joined([trimmed(doc, p, quotes, verb) for p in parts]) if not part[0] <= verb.i < part[1]
    ]
    source = agent(verb)
    if not parts or not _reports(verb, cue, source, rule):
        return
    yield Attribution(
        source=source,
        cue=_cue_span(verb),
        content=tuple(parts),
        rule=rule,
        addressee=addressee or _addressee(verb, cue),
        reporting=cue,
        verb=verb,
    )


def _reports(verb: Token, cue: Cue, source: Token | None, rule: str) -> bool:
    """Rule out uses that report nobody: 'to say the least', 'needless to say', imperatives, thoughts of nobody."""
    if source is None:
        return is_passive(verb) and ("mind" not in cue.takes or rule == "passive")
    if source.lower_ in THINGS and source.dep_ in {"expl", "nsubj", "nsubjpass"}:
        return source.lower_ == "it" and "mind" not in cue.takes and not is_passive(verb)
    return source.lower_ not in NOBODY


def _cue_span(verb: Token) -> Part:
    near = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "prt"} and abs(c.i - verb.i) < 4]
    return min([verb.i, *near]), max([verb.i, *near]) + 1


def _addressee(verb: Token, cue: Cue) -> Token | None:
    """Who is spoken to: 'told Lavrov', 'said to reporters'; 'speaking to journalists, he said'."""
    if "addressee" in cue.takes and not is_passive(verb):
        found = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
        if found is not None and found.pos_ != "ADP":
            return found
    for speaking in (verb, *(c for c in verb.children if c.dep_ == "advcl" and c.lemma_ in SPEAKING)):
        for child in speaking.children:
            if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
                return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None
