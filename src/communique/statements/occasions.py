"""When and where something was said, if the reporting clause says so: 'Speaking in Paris on Monday, she said…'."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from communique.places import place_of
from communique.records import Place
from communique.statements.attribution import Attribution
from communique.syntax import clause_tokens
from communique.times import time_of

SPEAKING = frozenset({"speak", "talk", "address", "appear", "write"})


def occasion(doc: Doc, one: Attribution) -> tuple[str | None, Place | None]:
    """Return the day or interval and the place that the words around the report give, each None if they don't."""
    if one.verb is None:
        return None, None
    around = {token.i for token in _reporting_clause(one.verb)} - one.tokens()
    time = time_of(doc._.times or (), around)
    return (time.value if time is not None else None), place_of(doc._.places or (), around)


def _reporting_clause(verb: Token) -> Iterator[Token]:
    yield from clause_tokens(verb)
    for child in verb.children:
        if child.dep_ == "advcl" and child.lemma_ in SPEAKING:
            yield from child.subtree
