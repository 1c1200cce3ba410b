"""History: what a page tells of a past that its readers did not live through is background, not news."""

from datetime import date

from spacy.tokens import Token

from communique.events.counts import value
from communique.events.lexicon import Lexicon
from communique.syntax import agent

# A generation before the page's day. Pages without a day are measured against the first year of the event data sets
# that political scientists keep.
GENERATION = 30
FIRST_YEAR = 1980
SPANS = {"year": 1, "decade": 10, "century": 100}
DATING = frozenset({"in", "during", "of", "on", "at", "by", "throughout", "from", "before", "after", "for", "through"})
MODIFIERS = frozenset({"compound", "nmod", "amod", "nummod", "appos", "conj", "npadvmod", "poss", "punct"})


def is_background(trigger: Token, told_on: str | None, day: str | None, lexicon: Lexicon) -> bool:
    """Tell whether an act lies in a past era; ``told_on`` is its own date, ``day`` the article's.

    A year or an era counts when it dates the trigger or a clause that the trigger depends on: 'In 1944 troops landed',
    not 'broke the treaty of 1904'.
    """
    limit = (date.fromisoformat(day).year if day else FIRST_YEAR + GENERATION) - GENERATION
    if told_on is not None and int(told_on.rpartition("/")[2][:4]) >= limit:
        return False
    if trigger.pos_ == "VERB" and _is_of_the_past(agent(trigger), lexicon):
        return True
    chain = [trigger, *_governors(trigger)]
    return any(_names_past(token, limit, lexicon) and _dates(token, chain) for token in trigger.sent)


def _is_of_the_past(doer: Token | None, lexicon: Lexicon) -> bool:
    if doer is None:
        return False
    names = lexicon.topics["past_actors"]
    modifiers = [c.lower_ for c in doer.children if c.dep_ in {"compound", "amod", "nmod"}]
    return doer.lower_ in names or any(f"{word}-{doer.lower_}" in names for word in modifiers)


def _governors(trigger: Token) -> list[Token]:
    """Return the verbs whose time is the trigger's, too."""
    found: list[Token] = []
    token = trigger
    while token.head != token and token.dep_ not in {"relcl", "ccomp", "parataxis"}:
        token = token.head
        found.append(token)
    return found


def _names_past(token: Token, limit: int, lexicon: Lexicon) -> bool:
    word = token.lower_
    if word.isdigit() and len(word) == 4:
        return 1000 <= int(word) < limit
    if len(word) == 5 and word[:4].isdigit() and word[4] == "s":
        return 1000 <= int(word[:4]) < limit - 9
    if word == "ago":
        return _years_ago(token) >= GENERATION
    if word in {"bc", "bce", "ad"} and token.text.isupper():
        return True
    eras = lexicon.topics["eras"]
    if word in {"century", "centuries"}:
        return not any(c.lower_ in {"this", "21st", "twenty", "first", "next"} for c in token.subtree)
    before = token.nbor(-1).lower_ if token.i > token.sent.start else ""
    return word in eras or f"{before}-{word}" in eras


def _years_ago(ago: Token) -> int:
    """Return how many years 'sixty years ago' and 'centuries ago' are, 0 where no number tells."""
    unit = ago.nbor(-1) if ago.i > ago.sent.start else ago
    years = SPANS.get(unit.lemma_.lower(), 0)
    words = [t.text for t in unit.children if t.dep_ == "nummod"]
    count = value(words) if words else None
    return years * count if count is not None else years if years == SPANS["century"] else 0


def _dates(token: Token, chain: list[Token]) -> bool:
    while token.head != token and token.dep_ in MODIFIERS:
        token = token.head
        if token in chain:
            return True
    if token.lower_ == "ago":
        return token.head in chain
    if token.dep_ != "pobj" or token.head.lower_ not in DATING:
        return False
    governor = token.head.head
    while governor.dep_ in {"prep", "pobj", "npadvmod"} and governor not in chain and governor.head != governor:
        governor = governor.head
    return governor in chain
