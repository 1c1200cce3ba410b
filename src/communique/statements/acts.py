"""What a statement does: the act of its cue, refined by its content where the cue only says that something was said.

The acts are illocutionary forces in Searle's sense (1976), in the words of DESIGN's list: assert, deny, accuse …
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from spacy.tokens import Doc, Token

from communique.errors import KnowledgeError
from communique.knowledge import table
from communique.records import Act
from communique.statements.attribution import Attribution
from communique.statements.cues import Cues
from communique.syntax import is_negated

CONDITION = re.compile(
    r"(^|[“\"(,;—]\s*|\bthat\s+|\band\s+|\bbut\s+)(if|unless|in the event (of|that)|provided that)\b"
    r"|(^|[“\"(,;—]\s*|\bthat\s+)(should (?!be\b|have\b|not\b)[\w’']+ (\w+ ){0,2}\w+|were [\w’']+ (\w+ ){0,2}to)\b"
    r"|\b(only if|even if|unless|in the event (of|that)|on condition that|as long as)\b",
    re.IGNORECASE,
)
# The speaker's own side, at the start of what is said or anywhere in it.
SELF = re.compile(r"\b(we|i|our|my|us)\b", re.IGNORECASE)
SELF_FIRST = re.compile(r"^[\s“\"'‘«]*(that\s+)?[“\"‘]?\s*(but |and |so |well, )?(we|i)\b", re.IGNORECASE)
NOT_BEFORE = re.compile(r"(\b(not|never|no|nobody|without)|n[’']t)(\s+\w+)?\s*$", re.IGNORECASE)
# Acts that a 'not' before their words takes back.
DENIABLE = frozenset({"accuse", "criticise", "praise", "warn", "complain", "threaten"})
# Acts that a content can sharpen; an accusation or a denial by the cue's own word stays what it is.
PLAIN = frozenset({"assert", "express"})
OPINIONS = frozenset({"believe", "think", "hope", "know", "say", "mean", "understand", "fear"})
EMBEDDED = frozenset({"ccomp", "advcl", "relcl", "acl", "parataxis", "csubj"})
HANDED = frozenset({"ccomp", "acl"})
CONDITIONS = frozenset({"if", "unless"})
QUESTIONS = frozenset({"if", "whether"})
HYPOTHETICAL = frozenset({"would", "could", "might", "may"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that show an act in a plain statement."""

    act: Act
    about: str
    scope: str
    expression: re.Pattern[str]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the packaged patterns, in order. Raises KnowledgeError when one is no regular expression or no act."""
    found = []
    for row in table("acts.tsv"):
        if row["act"] not in get_args(Act):
            raise KnowledgeError(f"unknown act {row['act']!r}", where="acts.tsv")
        try:
            expression = re.compile(row["pattern"], re.IGNORECASE)
        except re.error as error:
            raise KnowledgeError(f"{error} in {row['pattern']!r}", where="acts.tsv") from error
        found.append(Pattern(cast(Act, row["act"]), row["about"], row["scope"], expression))
    return tuple(found)


def act_of(doc: Doc, one: Attribution, content: str, *, cues: Cues) -> tuple[Act, str]:
    """Return the act of an attribution with this content, and the words that decided it."""
    cue, verb = one.reporting, one.verb
    if cue is None or verb is None:
        return act_of_words(content, main=main_words(doc, one)) or ("assert", "nothing else shows")
    if cue.bids != cue.act and one.rule == "infinitive":
        return cue.bids, f"cue {verb.lemma_!r} with an infinitive"
    if "feeling" in cue.takes:
        feeling = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in cues.nouns), None)
        if feeling is not None:
            return cues.nouns[feeling.lemma_.lower()].act, f"feeling {feeling.lemma_!r}"
    if cue.act not in PLAIN or one.thinks:
        return cue.act, f"cue {verb.lemma_!r}"
    return act_of_words(content, main=main_words(doc, one)) or (cue.act, f"cue {verb.lemma_!r}")


def main_words(doc: Doc, one: Attribution) -> str:
    """Return the words of a content's main clauses, without what they embed: what is said, not what it mentions.

    'I believe (that) …' and 'the position that …' hand the main clause on to what follows.
    """
    return "".join(token.text_with_ws for token in main_tokens(doc, one))


def main_tokens(doc: Doc, one: Attribution) -> list[Token]:
    """Return the tokens of a content's main clauses, in text order."""
    inside = one.tokens()
    heads = [doc[i] for i in inside if doc[i].head.i not in inside or doc[i].head == doc[i]]
    found, stack = [], list(heads)
    while stack:
        token = stack.pop()
        found.append(token)
        handed = HANDED if token in heads and _hands_on(token) else frozenset[str]()
        stack += [c for c in token.children if c.i in inside and (c.dep_ not in EMBEDDED or c.dep_ in handed)]
    return sorted(found, key=lambda token: token.i)


def _hands_on(head: Token) -> bool:
    """Tell whether a head stands for the clause below it: 'I think …', 'the claim that …', not 'I don't know if …'."""
    asks = any(m.dep_ == "mark" and m.lower_ in QUESTIONS for c in head.children for m in c.children)
    return head.pos_ == "NOUN" or (head.lemma_ in OPINIONS and not is_negated(head) and not asks)


def act_of_words(content: str, *, main: str) -> tuple[Act, str] | None:
    """Return the act that the words of a plain statement show, with those words; None when none do.

    >>> act_of_words("“We will not forget those who stole it”", main="“We will not forget those”")
    ('promise', 'words: We will')
    >>> act_of_words("that the talks were useful", main="that the talks were useful")
    """
    for pattern in patterns():
        words = main if pattern.scope == "clause" else content
        match = pattern.expression.search(words)
        if match is None:
            continue
        if pattern.about == "self" and SELF.search(words) is None:
            continue
        if pattern.about == "other" and SELF_FIRST.match(words):
            continue
        if pattern.act in DENIABLE and NOT_BEFORE.search(words[: match.start()]):
            continue
        return pattern.act, f"words: {' '.join(match.group().split()[:6])}"
    return None


def is_conditional(doc: Doc, one: Attribution, content: str) -> bool:
    """Tell whether what is said hangs on a condition, or the saying itself does ('if he says so', 'he would say')."""
    verb = one.verb
    if verb is not None:
        if any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in verb.children):
            return True
        if any(c.dep_ == "aux" and c.lower_ in HYPOTHETICAL for c in verb.children):
            return True
        first = doc[one.start]
        if first.dep_ == "mark" and first.lower_ in QUESTIONS and first.head.head == verb and first.i > verb.i:
            return False  # 'asked if anybody knew'
    return has_condition(content) or any(map(_has_condition_clause, main_tokens(doc, one)))


def _has_condition_clause(verb: Token) -> bool:
    """Tell whether a verb has a clause with 'if' or 'unless', not 'as if'."""
    marks = (m for c in verb.children if c.dep_ == "advcl" for m in c.children if m.dep_ == "mark")
    return any(m.lower_ in CONDITIONS and (m.i == 0 or m.nbor(-1).lower_ != "as") for m in marks)


def has_condition(content: str) -> bool:
    """Tell whether words state a condition.

    >>> has_condition("that were Moscow to order an offensive, the response would follow")
    True
    >>> has_condition("that he knew them as if they were his own")
    False
    """
    return CONDITION.search(content) is not None
