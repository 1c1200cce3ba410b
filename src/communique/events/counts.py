"""Numbers of people and things in an act's clause: dead, injured, arrested, troops, protesters."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from communique.events.triggers import content_noun
from communique.syntax import clause_head, is_passive

UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety".split(),
        [*range(20), *range(20, 100, 10)],
        strict=True,
    )
)
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "dozen": 12}
THINGS = {
    "troop": "troops", "soldier": "troops", "serviceman": "troops", "marine": "troops", "paratrooper": "troops",
    "reservist": "reservists", "fighter": "fighters", "protester": "protesters", "demonstrator": "protesters",
    "marcher": "protesters", "hostage": "hostages", "prisoner": "prisoners", "detainee": "prisoners",
    "diplomat": "diplomats", "refugee": "refugees", "migrant": "migrants", "missile": "missiles", "rocket": "missiles",
    "drone": "drones", "tank": "tanks", "warship": "ships", "ship": "ships", "aircraft": "aircraft", "jet": "aircraft",
    "plane": "aircraft", "peacekeeper": "peacekeepers", "dollar": "dollars", "euro": "euros",
}  # fmt: skip
DEEDS = {
    "kill": "killed", "murder": "killed", "massacre": "killed", "slay": "killed", "execute": "killed",
    "behead": "killed",
    "die": "killed", "injure": "injured", "wound": "injured", "hurt": "injured", "arrest": "arrested",
    "detain": "arrested", "jail": "arrested", "abduct": "abducted", "kidnap": "abducted", "free": "released",
    "release": "released", "evacuate": "evacuated", "displace": "displaced", "deport": "deported", "expel": "expelled",
}  # fmt: skip
CROWD = frozenset("people person student worker supporter activist resident farmer teacher nurse woman man".split())


def counts(tokens: Sequence[Token], *, protest: bool = False) -> dict[str, int]:
    """Return what the tokens of a clause count, by what is counted; the first of each is kept.

    ``protest`` tells that people who act in the clause are protesters. Vague numbers ('dozens') are left out.
    """
    found: dict[str, int] = {}
    for token in tokens:
        if token.dep_ != "nummod" and not (token.like_num and token.dep_ in {"dobj", "nsubjpass", "conj"}):
            continue
        if any(t.lower_ in {"several", "few", "many", "some"} for t in token.lefts):
            continue  # 'several hundred' is no number
        if any(child.lower_ in {"several", "many", "few", "some"} for child in (*token.children, *token.lefts)):
            continue  # 'several hundred'
        number = value([t for t in (*token.lefts, token) if t.like_num or t.lower_ in SCALES or t.lower_ in UNITS])
        noun = content_noun(token.head) if token.dep_ == "nummod" else token
        if number is None:
            continue
        name = _counted(noun, protest=protest)
        if name is not None:
            found.setdefault(name, number)
    return found


def _counted(noun: Token, *, protest: bool) -> str | None:
    verb = clause_head(noun)
    lemma = verb.lemma_.lower()
    patient = noun.dep_ in {"dobj", "nsubjpass", "conj"} or (
        noun.dep_ == "nsubj" and (is_passive(verb) or lemma == "die")
    )
    if lemma in DEEDS and patient:
        return DEEDS[lemma]
    if noun.lemma_.lower() in THINGS:
        return THINGS[noun.lemma_.lower()]
    return "protesters" if protest and noun.lemma_.lower() in CROWD else None


def value(words: Iterable[Token] | Iterable[str]) -> int | None:
    """Return the number that words or digits name, None when they name none.

    >>> value(["2", "million"]), value(["twenty", "five"]), value(["100,000"]), value(["dozens"])
    (2000000, 25, 100000, None)
    """
    total, seen = 0.0, False
    for word in words:
        text = str(word).lower().rstrip("s") if str(word).lower() not in UNITS else str(word).lower()
        for part in text.split("-"):
            if re.fullmatch(r"\d[\d,]*(\.\d+)?", part):
                total += float(part.replace(",", ""))
            elif part in UNITS:
                total += UNITS[part]
            elif part in SCALES and (seen or part != "dozen"):
                total = (total or 1) * SCALES[part]
            else:
                return None
            seen = True
    return int(total) if seen else None
