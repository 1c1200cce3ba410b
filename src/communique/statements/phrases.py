"""Attributions by other words than a verb with its complements: 'according to', 'as X said', nouns, adjectives."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from communique.statements.attribution import Attribution
from communique.statements.contents import Part, Quoted, joined, subtree, trimmed
from communique.statements.cues import VERB_TAGS, Cue
from communique.statements.sources import THINGS
from communique.syntax import agent, by_agent, noun_agent, own_subject

LINKING = frozenset({"be", "remain", "seem", "sound", "appear"})
# How many tokens may stand between a noun and its that-clause: a short aside.
MAX_STRAND = 10
# A side of 'according to' with fewer tokens is what is left of a comma or an adverb.
MIN_SIDE = 3
# 'in the words of the judge', 'in her view'
WORDS = frozenset({"words", "view", "opinion", "telling", "account", "eyes"})
# After these nobody in particular is named: 'the guards allegedly opened the gate'.
HEARSAY = frozenset({"allegedly", "reportedly", "purportedly", "supposedly"})
STANDARDS = frozenset(
    {"plan", "plans", "schedule", "size", "age", "taste", "custom", "tradition", "need", "ability", "type"}
)


def by_according(token: Token, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """'Prices rose, according to the ministry.' Yields nothing for 'according to plan' (no clause, no noun)."""
    to = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else token
    source = next((t for t in to.children if t.dep_ == "pobj"), None) if to.lower_ == "to" else None
    head = _clause_above(token)
    if source is None or head is None or head.i == to.i or _is_standard(source):
        return
    yield from _framed(token, source, head, (min(token.i, to.left_edge.i), to.i + 1), quotes)


def by_per(token: Token, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """'Per the audit, 40 schools lacked water.' Yields nothing for '40 pupils per school'."""
    source = next((t for t in token.children if t.dep_ == "pobj"), None)
    head = _clause_above(token)
    if source is None or head is None or not _stands_apart(token):
        return
    if source.pos_ == "PROPN" or any(c.dep_ in {"det", "poss"} for c in source.children):
        yield from _framed(token, source, head, (token.i, token.i + 1), quotes)


def by_hearsay(adverb: Token, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """'The guards allegedly opened the gate.' The text does not say who says so."""
    clause = adverb.head
    if adverb.dep_ != "advmod" or clause.pos_ not in VERB_TAGS:
        return
    start, end = subtree(clause)
    sides = [side for side in ((start, adverb.i), (adverb.i + 1, end)) if side[0] < side[1]]
    parts = joined([trimmed(adverb.doc, side, quotes, adverb) for side in sides])
    if sum(end - start for start, end in parts) >= MIN_SIDE:
        yield Attribution(None, (adverb.i, adverb.i + 1), parts, "hearsay", verb=adverb)


def by_words(token: Token, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """'In the words of the envoy, “it is over”' and 'In her view, …'."""
    preposition, head = token.head, _clause_above(token)
    of = next((c for c in token.children if c.lower_ == "of"), None)
    source = next((c for c in (of.children if of is not None else token.children) if c.dep_ in {"pobj", "poss"}), None)
    if preposition.lower_ == "in" and _stands_apart(preposition) and source is not None and head is not None:
        yield from _framed(token, source, head, (preposition.i, token.i + 1), quotes)


def _framed(token: Token, source: Token, head: Token, cue: Part, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """The attribution of a clause to the source that an adverbial in it names."""
    doc, left = token.doc, min(cue[0], source.left_edge.i)
    right = max(cue[1], source.right_edge.i + 1, token.right_edge.i + 1)
    if left < head.i and not any(c.dep_ in {"nsubj", "nsubjpass", "expl"} and c.i >= right for c in head.children):
        # 'According to the poll, most voters …': the parser takes the voters for a second name of the poll.
        commas = (t.i for t in doc[source.i : right] if t.text == "," and not any(q.holds(t) for q in quotes))
        right = next(commas, right)
    parts = _around(head, left, right, token, quotes)
    if parts:
        yield Attribution(source, cue, parts, "according to", verb=token)


def _stands_apart(preposition: Token) -> bool:
    """Tell whether a phrase opens its sentence or follows a comma or dash."""
    return bool(preposition.is_sent_start) or preposition.nbor(-1).text in {",", "–", "—"}


def _is_standard(noun: Token) -> bool:
    """Tell whether a bare noun is what something conforms to, nobody's words: 'according to plan'."""
    return noun.lower_ in STANDARDS and not any(c.dep_ in {"det", "poss", "amod", "compound"} for c in noun.children)


def by_aside(verb: Token, cue: Cue, quotes: Sequence[Quoted]) -> list[Attribution]:
    """'As the minister said, the deal is dead': the content is the clause that the aside stands in."""
    mark = next((c for c in verb.children if c.lower_ == "as" and c.dep_ in {"mark", "advmod"} and c.i < verb.i), None)
    source = agent(verb)
    head = verb.head
    if mark is None or verb.dep_ != "advcl" or source is None or own_subject(verb) is None or "that" not in cue.takes:
        return []
    if any(c.dep_ in {"ccomp", "xcomp", "dobj"} for c in verb.children) or "mind" in cue.takes:
        return []
    start, end = subtree(verb)
    parts = _around(head, start, end, verb, quotes)
    return [Attribution(source, (verb.i, verb.i + 1), parts, "aside", reporting=cue, verb=verb)] if parts else []


def _clause_above(token: Token) -> Token | None:
    head = token.head
    while head.head != head and head.pos_ not in VERB_TAGS:
        head = head.head
    return head if head != token else None


def _around(head: Token, left: int, right: int, cue: Token, quotes: Sequence[Quoted]) -> tuple[Part, ...]:
    """The clause of ``head`` without the aside [left, right)."""
    start, end = subtree(head)
    if start < left < right < end:
        sides = [(start, left), (right, end)]
    else:
        sides = [(start, left) if left > head.i else (right, end)]
    return joined([trimmed(head.doc, side, quotes, cue) for side in sides if side[1] - side[0] >= MIN_SIDE])


def by_noun(noun: Token, cue: Cue, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """'Russia's claim that…', 'a warning by the UN that…', 'his refusal to sign', 'she made the claim that…'."""
    clause = next((c for c in noun.children if c.i > noun.i and _is_that_clause(c)), None)
    if clause is None and "that" in cue.takes:
        clause = _stranded_clause(noun)
    source = noun_agent(noun)
    if clause is None and source is not None:
        clause = next((c for c in noun.children if c.i > noun.i and _is_complement(c, cue)), None)
    if clause is None:
        return
    if source is None and noun.head.pos_ == "VERB":
        # 'she made the claim that …', 'the claim that … was repeated by the ministry'
        source = agent(noun.head) if noun.dep_ == "dobj" else None
        source = by_agent(noun.head) if noun.dep_ == "nsubjpass" else source
    if source is not None and source.lower_ not in THINGS:
        content = trimmed(noun.doc, subtree(clause), quotes, noun)
        yield Attribution(source, (noun.i, noun.i + 1), (content,), "noun", reporting=cue, verb=noun)


def _is_that_clause(clause: Token) -> bool:
    return clause.dep_ in {"acl", "ccomp", "relcl", "appos"} and any(
        m.lower_ == "that" and (m.dep_ == "mark" or m.tag_ == "IN") for m in clause.children
    )


def _is_complement(child: Token, cue: Cue) -> bool:
    if child.dep_ == "prep":
        return child.lower_ in cue.takes
    is_infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
    return child.dep_ in {"acl", "relcl"} and is_infinitive and "infinitive" in cue.takes


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


def by_adjective(word: Token, cue: Cue, quotes: Sequence[Quoted]) -> Iterator[Attribution]:
    """'He was adamant that…', 'Officials are worried that…', 'She is critical of the plan'."""
    if word.dep_ != "acomp" or word.head.lemma_ not in LINKING:
        return
    clauses = (c for c in (*word.children, *word.head.children) if c.dep_ == "ccomp" and c.i > word.i)
    content = next(clauses, None) or next(
        (c for c in word.children if c.dep_ == "prep" and c.lower_ in cue.takes), None
    )
    source = agent(word.head)
    if content is not None and source is not None and source.lower_ not in THINGS:
        part = trimmed(word.doc, subtree(content), quotes, word)
        yield Attribution(source, (word.i, word.i + 1), (part,), "adjective", reporting=cue, verb=word)
