"""Parses that small models get wrong in news sentences, set right before anybody reads them.

Each repair names the sentence it was made for and one that it must leave alone. A repair only moves heads within a
sentence; it never invents a token or a label of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.attrs import DEP, HEAD
from spacy.language import Language
from spacy.tokens import Doc, Token

from communique.syntax import own_subject

INVERTED = frozenset({"were", "had", "should"})
REPORTING_MARKS = frozenset({"that"})


@dataclass(frozen=True, slots=True)
class Move:
    """Hang the token at ``index`` on the token at ``head`` (on itself: a root) with this label."""

    index: int
    head: int
    label: str


@Language.factory("communique_repairs", assigns=["token.head", "token.dep"], requires=["token.dep", "token.tag"])
def make_repairs(nlp: Language, name: str) -> "Repairs":
    """Make the component that sets parses right; it stands right after the model's own components."""
    return Repairs()


class Repairs:
    """Moves the heads that the repairs name."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the Doc's parse right."""
        moves = [*possessives(doc), *inverted_conditions(doc), *coordinated_reports(doc)]
        return _moved(doc, moves) if moves else doc


def possessives(doc: Doc) -> Iterator[Move]:
    """Yield the moves that make "Paris' offer" a possessive; the model takes the mark for a closing quotation mark.

    Left alone: "the ‘allies’ met", where the mark closes what one opened.
    """
    closings = {end for quote in doc._.quotations or () for _, end in (*quote.parts, *quote.inner)}
    for mark in doc[1:]:
        owner = doc[mark.i - 1]
        if mark.text not in {"’", "'"} or mark.idx + 1 in closings or mark.whitespace_ != " " or owner.whitespace_:
            continue
        owned = owner.head
        if owner.text[-1:] in {"s", "x", "z"} and owned.i > mark.i and owner.dep_ in {"nmod", "compound", "amod"}:
            yield Move(owner.i, owned.i, "poss")
            yield Move(mark.i, owner.i, "case")


def inverted_conditions(doc: Doc) -> Iterator[Move]:
    """Yield the moves that put 'were X to do A, Y would do B' under the verb that reports it.

    'He spoke at length, saying that were the talks to fail, Oslo would recall its envoy.': all after 'that' is what he
    said. Left alone: 'He said that they were late, and the bus would not wait.'
    """
    for token in doc:
        if token.lower_ not in INVERTED or token.i < 2 or doc[token.i - 1].lower_ not in REPORTING_MARKS:
            continue
        reporting = doc[token.i - 2]
        condition = token if token.dep_ == "ccomp" else token.head
        if condition.dep_ != "ccomp" or condition.head != reporting or reporting.pos_ != "VERB":
            continue
        root = token.sent.root
        outer = next((child for child in root.lefts if reporting in child.subtree), None)
        if outer is None or root.i < condition.right_edge.i or not any(c.tag_ == "MD" for c in root.children):
            continue
        yield Move(outer.i, outer.i, "ROOT")
        yield Move(root.i, reporting.i, "ccomp")
        yield Move(condition.i, root.i, "advcl")


def coordinated_reports(doc: Doc) -> Iterator[Move]:
    """Yield the moves that coordinate two reports of one speaker instead of a report with what is reported.

    'Oslo denies any ship was sold and insists the talks go on.': Oslo insists, not the ship. Left alone: 'He said the
    ship was sold and sank.', where the tense does not tell the two apart.
    """
    for token in doc:
        clause = token.head
        if token.dep_ != "conj" or token.pos_ != "VERB" or clause.dep_ != "ccomp" or own_subject(token) is not None:
            continue
        report = clause.head
        reports_too = any(child.dep_ == "ccomp" and child.i > token.i for child in token.children)
        if reports_too and token.tag_ == report.tag_ != _finite(clause).tag_ and report.i < clause.i:
            yield Move(token.i, report.i, "conj")
            for child in clause.children:
                if child.dep_ == "cc" and clause.i < child.i < token.i:
                    yield Move(child.i, report.i, "cc")


def _finite(verb: Token) -> Token:
    return next((child for child in verb.children if child.dep_ in {"aux", "auxpass"}), verb)


def _moved(doc: Doc, moves: list[Move]) -> Doc:
    parse = doc.to_array([HEAD, DEP])
    for move in moves:
        # HEAD is stored as an offset; the array is unsigned, so a head to the left wraps around.
        parse[move.index, 0] = np.int64(move.head - move.index).astype(np.uint64)
        parse[move.index, 1] = doc.vocab.strings.add(move.label)
    return doc.from_array([HEAD, DEP], parse)  # type: ignore[arg-type] # spaCy's stub wants its own array alias
