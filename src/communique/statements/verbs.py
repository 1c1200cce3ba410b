"""Attributions by a reporting verb: its complements, the quotations beside it, its source and addressee."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from communique.statements.attribution import Attribution
from communique.statements.contents import MAX_GAP, Part, Quoted, beside, joined, overlapping, trimmed
from communique.statements.coordination import own_end, report_of
from communique.statements.cues import Cue, Cues
from communique.statements.frames import complements, interrupted, rest_after_that
from communique.statements.sources import is_unsaid, reports, source_of
from communique.syntax import is_passive

# 'has never, he insists, said': what stands farther off is not read as one cue.
MAX_CUE = 4
SPEAKING = frozenset({"speak", "talk"})


def by_verb(verb: Token, cue: Cue, quotes: Sequence[Quoted], *, cues: Cues) -> Iterator[Attribution]:
    """Yield the attribution that a reporting verb makes, if it has content and somebody to report."""
    doc, rule = verb.doc, ""
    spoken_to: Token | None = None
    parts: list[Part] = []
    for complement in complements(verb, cue):
        spoken_to = complement.addressee or spoken_to
        rule = rule or complement.frame
        parts += [(start, own_end(verb, end, cues=cues)) for start, end in complement.parts if start < end]
    if not parts and "quote" in cue.takes:
        parts, rule = list(interrupted(verb)), "clause"
    if "quote" in cue.takes:
        for quote in overlapping(quotes, verb.i - 2 * MAX_GAP, verb.i + 2 * MAX_GAP):
            # What follows a colon after a whole report is a further utterance: the rule of continuation takes it.
            if parts and quote.start > verb.i and doc[quote.start - 1].text == ":":
                continue
            if not any(start < quote.end and quote.start < end for start, end in parts) and beside(verb, quote):
                parts.append((quote.start, quote.end))
                rule = "quotation"
    if not parts and "that" in cue.takes and "mind" not in cue.takes:
        rest = rest_after_that(verb)
        parts, rule = [rest] if rest is not None else [], "clause"
    parts = [
        part for part in joined([trimmed(doc, p, quotes, verb) for p in parts]) if not part[0] <= verb.i < part[1]
    ]
    source = source_of(report_of(verb, cues=cues) or verb, quotes)
    spoken_to = spoken_to or addressee(verb, cue)
    if not parts or not reports(verb, cue, source, rule):
        return
    yield Attribution(
        source=source,
        cue=_cue_span(verb, cue),
        content=tuple(parts),
        rule=rule,
        addressee=spoken_to if spoken_to != source else None,
        reporting=cue,
        verb=verb,
    )


def _cue_span(verb: Token, cue: Cue) -> Part:
    """The extent of the verb with its auxiliaries, negation and particles: 'did not say', 'called for'."""
    near = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "prt"} and c.tag_ != "TO"]
    near += [t.i for t in verb.doc[verb.i + 1 : verb.i + 3] if t.lower_ in cue.particles]
    near += [verb.head.i] if is_unsaid(verb) and verb.dep_ == "xcomp" else []
    indices = [verb.i, *(i for i in near if abs(i - verb.i) < MAX_CUE)]
    return min(indices), max(indices) + 1


def addressee(verb: Token, cue: Cue) -> Token | None:
    """Return who is spoken to: 'told Lavrov', 'said to reporters'; 'speaking to journalists, he said'."""
    if "addressee" in cue.takes and not is_passive(verb):
        found = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
        if found is not None and found.pos_ != "ADP":
            return found
    for speaking in (verb, *(c for c in verb.children if c.dep_ == "advcl" and c.lemma_ in SPEAKING)):
        for child in speaking.children:
            if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
                return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None
