"""Attributions in the parsed text: which words report which content of which source, before anybody is resolved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from communique.statements.contents import (
    Part,
    Quoted,
    beside,
    clause_parts,
    quoted,
    subtree,
    trimmed,
)
from communique.statements.cues import VERB_TAGS, Cue, Cues
from communique.syntax import agent, antecedent, is_passive, noun_agent

FINISHED = re.compile(r"[.!?…,—-]\s*[”\"’»']*$")
FIRST_PERSON = frozenset({"i", "we", "me", "us"})
# A quotation of fewer tokens, marks included, is a phrase that the narrator borrows, not an utterance.
MIN_UTTERANCE = 6
# How many tokens may stand between a noun and its that-clause: a short aside.
MAX_STRAND = 10


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as tokens. ``verb`` is the reporting word, None for a continued quotation."""

    source: Token | None
    cue: Part | None
    content: tuple[Part, ...]
    rule: str
    addressee: Token | None = None
    reporting: Cue | None = None
    verb: Token | None = None
    continues: int | None = None

    @property
    def start(self) -> int:
        """Token index where the content begins."""
        return self.content[0][0]

    @property
    def end(self) -> int:
        """Token index after the content's end."""
        return self.content[-1][1]

    def inside(self, other: "Attribution") -> bool:
        """Tell whether this content lies within the other's."""
        return self != other and all(any(s <= a and b <= e for s, e in other.content) for a, b in self.content)


def attributions(doc: Doc, *, cues: Cues) -> list[Attribution]:
    """Return the attributions of a Doc in text order of their contents."""
    quotes = quoted(doc)
    found: list[Attribution] = []
    for token in doc:
        found += _of_token(token, cues=cues, quotes=quotes)
    found = _without_repeats(found)
    found += _continued(doc, found, quotes)
    return sorted(found, key=lambda a: (a.start, -a.end))


def _of_token(token: Token, *, cues: Cues, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    cue = cues.of_verb(token)
    if cue is not None:
        yield from _of_verb(token, cue, quotes)
    elif token.lower_ == "according":
        yield from _according(token, quotes)
    elif token.pos_ == "NOUN" and token.lemma_.lower() in cues.nouns:
        yield from _of_noun(token, cues.nouns[token.lemma_.lower()], quotes)
    elif token.pos_ == "ADJ" and token.lemma_.lower() in cues.adjectives:
        yield from _of_adjective(token, cues.adjectives[token.lemma_.lower()], quotes)


def _of_verb(verb: Token, cue: Cue, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    doc, addressee, rule = verb.doc, None, "clause"
    parts: list[Part] = []
    for part, addressed in clause_parts(verb, cue):
        addressee = addressed or addressee
        if part[0] < part[1]:
            parts.append(part)
    if {"quote", "that"} & cue.takes and "mind" not in cue.takes:
        for quote in quotes:
            # What follows a colon after a whole report is a further utterance: the rule of continuation takes it.
            if parts and quote.start > verb.i and verb.doc[quote.start - 1].text == ":":
                continue
            if not any(start < quote.end and quote.start < end for start, end in parts) and beside(verb, quote):
                parts.append((quote.start, quote.end))
                rule = "quotation"
    parts = _joined([trimmed(doc, _after_time(verb, part), quotes, verb) for part in parts])
    parts = [part for part in parts if not part[0] <= verb.i < part[1]]
    source = agent(verb)
    if not parts or (source is None and not is_passive(verb)) or not _reports(verb, cue, source):
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


def _after_time(verb: Token, part: Part) -> Part:
    """'Said on Wednesday its troops left': the day is when it was said, though the parser gives it to the content."""
    start, end = part
    for time in verb.doc._.times or ():
        if time.start - 1 <= start <= time.start and start == verb.i + 1 and time.end < end:
            return time.end, end
    return part


def _reports(verb: Token, cue: Cue, source: Token | None) -> bool:
    """Rule out uses that report nobody: 'to say the least', 'needless to say', imperatives, thoughts of nobody."""
    if source is None:
        return "mind" not in cue.takes
    if source.lower_ in {"it", "there", "this", "that", "which", "what"} and source.dep_ in {
        "expl",
        "nsubj",
        "nsubjpass",
    }:
        return source.lower_ == "it" and "mind" not in cue.takes and not is_passive(verb)
    return source.lower_ not in FIRST_PERSON | {"you", "one", "anyone", "nobody"}


def _joined(parts: Sequence[Part]) -> list[Part]:
    joined: list[Part] = []
    for start, end in sorted(set(parts)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cue_span(verb: Token) -> Part:
    near = [c.i for c in verb.children if c.dep_ in {"aux", "auxpass", "neg", "prt"} and abs(c.i - verb.i) < 4]
    return min([verb.i, *near]), max([verb.i, *near]) + 1


def _addressee(verb: Token, cue: Cue) -> Token | None:
    """Who is spoken to: 'told Lavrov', 'said to reporters'; 'speaking to journalists, he said'."""
    if "addressee" in cue.takes and not is_passive(verb):
        found = next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i), None)
        if found is not None:
            return found
    for speaking in (verb, *(c for c in verb.children if c.dep_ == "advcl" and c.lemma_ in {"speak", "talk"})):
        for child in speaking.children:
            if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
                return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _according(token: Token, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    doc = token.doc
    to = doc[token.i + 1] if token.i + 1 < len(doc) else token
    source = next((t for t in to.children if t.dep_ == "pobj"), None) if to.lower_ == "to" else None
    if source is None:
        return
    left, right = min(token.i, to.left_edge.i), max(to.right_edge.i, token.right_edge.i) + 1
    head = token.head
    while head.head != head and head.pos_ not in VERB_TAGS:
        head = head.head
    if head == token or head.i == to.i:
        return
    start, end = subtree(head)
    sides = (
        [(start, left), (right, end)]
        if start < left < right < end
        else [(start, left) if left > head.i else (right, end)]
    )
    parts = [trimmed(doc, side, quotes, token) for side in sides if side[1] - side[0] > 2]
    if parts:
        yield Attribution(source, (token.i, token.i + 2), tuple(_joined(parts)), "according to", verb=token)


def _of_noun(noun: Token, cue: Cue, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """'Russia's claim that…', 'a warning by the UN that…', 'the minister made the claim that…'."""
    clause = next(
        (
            c
            for c in noun.children
            if c.i > noun.i
            and c.dep_ in {"acl", "ccomp", "relcl", "appos"}
            and any(m.lower_ == "that" and m.dep_ == "mark" for m in c.children)
        ),
        None,
    ) or _stranded_clause(noun)
    if clause is None:
        return
    source = noun_agent(noun)
    if source is None and noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        source = agent(noun.head)
    if source is not None:
        content = trimmed(noun.doc, subtree(clause), quotes, noun)
        yield Attribution(source, (noun.i, noun.i + 1), (content,), "noun", reporting=cue, verb=noun)


def _stranded_clause(noun: Token) -> Token | None:
    """The that-clause of a noun that the parser hung on its verb: 'attacked the claim, made on air, that …'."""
    verb = noun.head if noun.dep_ == "dobj" else noun.head.head
    if noun.dep_ not in {"dobj", "pobj"} or verb.pos_ != "VERB":
        return None
    for clause in verb.children:
        mark = next((c for c in clause.children if c.dep_ == "mark" and c.lower_ == "that"), None)
        if clause.dep_ in {"ccomp", "advcl"} and mark is not None and mark.i > noun.i and mark.i - noun.i < MAX_STRAND:
            return clause
    return None


def _of_adjective(word: Token, cue: Cue, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """'He was adamant that…', 'Officials are worried that…'."""
    clause = next((c for c in word.children if c.dep_ == "ccomp" and c.i > word.i), None)
    if clause is None or word.dep_ != "acomp" or word.head.lemma_ not in {"be", "remain", "seem", "sound", "appear"}:
        return
    source = agent(word.head)
    if source is not None and source.lower_ not in {"it", "this", "that", "there"}:
        content = trimmed(word.doc, subtree(clause), quotes, word)
        yield Attribution(source, (word.i, word.i + 1), (content,), "adjective", reporting=cue, verb=word)


def _without_repeats(found: Sequence[Attribution]) -> list[Attribution]:
    """Of attributions with nearly one content keep the first that a verb makes; drop the echo of a noun in an object."""
    kept: list[Attribution] = []
    for one in sorted(found, key=lambda a: (a.rule != "clause", a.rule != "quotation", a.start)):
        if any(_same_content(one, other) for other in kept):
            continue
        if one.rule == "noun" and any(
            o.verb is not None and o.rule == "clause" and one.inside(o) and _is_object(one, o) for o in kept
        ):
            continue
        kept.append(one)
    return kept


def _same_content(a: Attribution, b: Attribution) -> bool:
    mine = {i for s, e in a.content for i in range(s, e)}
    theirs = {i for s, e in b.content for i in range(s, e)}
    return 2 * len(mine & theirs) > 1.8 * max(len(mine), len(theirs)) * 0.9


def _is_object(noun: Attribution, of: Attribution) -> bool:
    return noun.verb is not None and noun.verb.head == of.verb


def _continued(doc: Doc, found: Sequence[Attribution], quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """Whole quoted sentences without a cue of their own go on with the last speaker of this paragraph or the one before."""
    known = sorted(found, key=lambda a: a.end)
    for quote in quotes:
        if any(s < quote.end and quote.start < e for a in known for s, e in a.content):
            continue
        words = doc[quote.start : quote.end]
        starts = words[0].is_sent_start or (quote.start > 0 and doc[quote.start - 1].text == ":")
        if len(words) < MIN_UTTERANCE or not starts or not FINISHED.search(words.text):
            continue
        before = [a for a in known if a.end <= quote.start and a.source is not None and a.rule != "noun"]
        if before and _near(doc, before[-1].end - 1, quote.start) and antecedent(before[-1].source or words[0]):
            one = Attribution(
                before[-1].source, None, ((quote.start, quote.end),), "continued", continues=before[-1].start
            )
            known = sorted([*known, one], key=lambda a: a.end)
            yield one


def _near(doc: Doc, i: int, j: int) -> bool:
    """Tell whether two tokens stand in one paragraph or in neighbouring ones."""
    return sum(token.is_space and "\n" in token.text for token in doc[i:j]) <= 1
