"""Numbers of people and things in an act's clause: dead, injured, arrested, troops, protesters."""

import re
from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from communique.events.triggers import content_noun
from communique.syntax import clause_head, clause_tokens, is_passive

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
# What became of people, after their number: '30 soldiers dead and 12 wounded'.
HARMED = {"dead": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured"}
TOLL = frozenset({"killed", "injured"})
MEASURES = frozenset("kilometre kilometer km mile metre meter hour minute day week month year percent time".split())
VAGUE = frozenset({"several", "few", "many"})
CROWD = frozenset(
    "people person student worker miner docker pensioner citizen villager supporter activist resident farmer teacher "
    "nurse woman man".split()
)


def counts(tokens: Sequence[Token], *, protest: bool = False) -> dict[str, int]:
    """Return what the tokens of a clause and its consequences count, by what is counted; the first of each is kept.

    ``protest`` tells that people who act in the clause are protesters. Vague numbers ('dozens', 'several hundred',
    'between 200 and 300') are left out, and so is what a part is taken of: 'three of the five soldiers'.
    """
    found: dict[str, int] = {}
    for group, only in ((tokens, None), (_consequences(tokens), TOLL)):
        for token in group:
            number = _number_at(token)
            name = _counted(token, protest=protest) if number is not None else None
            if number is not None and name is not None and (only is None or name in only):
                found.setdefault(name, number)
    return found


def _consequences(tokens: Sequence[Token]) -> list[Token]:
    """'Attacked the village, killing 14 and wounding nine': the tokens of clauses that tell the toll."""
    found: list[Token] = []
    inside = {t.i for t in tokens}
    stack = [c for t in tokens if t.pos_ == "VERB" for c in t.children]
    while stack:
        verb = stack.pop()
        toll = verb.dep_ in {"advcl", "conj", "xcomp", "ccomp"} and (
            DEEDS.get(verb.lemma_.lower()) in TOLL or verb.lower_ in HARMED
        )
        if toll and verb.i not in inside:
            found += [t for t in clause_tokens(verb) if t.i not in inside]
            stack += verb.children
    return sorted(found, key=lambda t: t.i)


def _is_numeral(token: Token) -> bool:
    return token.text[:1].isdigit() or token.lower_ in UNITS or token.lower_ in SCALES or "-" in token.text


def _number_at(token: Token) -> int | None:
    """Return the number whose first word the token is, None for other words and vague numbers."""
    sentence = token.sent
    if not (token.like_num or token.lower_ == "dozen") or token.ent_type_ in {"DATE", "TIME", "ORDINAL", "PERCENT"}:
        return None
    before = [t.lower_ for t in token.doc[max(token.i - 3, sentence.start) : token.i]]
    last = before[-1] if before else ""
    if before and (last in VAGUE or last == "between" or _is_numeral(token.nbor(-1))):
        return None
    if last in {"and", "to"} and len(before) > 1 and before[-2][:1].isdigit():
        return None  # 'between 200 and 300'
    words = [token]
    while words[-1].i + 1 < sentence.end and _is_numeral(words[-1].nbor()):
        words.append(words[-1].nbor())
    texts = [t.text for t in words if t.text != "-"]
    if len(texts) == 2 and all(t.isdigit() for t in texts) and len(texts[1]) == 3:
        texts = ["".join(texts)]  # '2 000'
    if texts[0].lower() == "dozen":
        return SCALES["dozen"] if last in {"a", "one"} else None
    return value(texts)


def _counted(number: Token, *, protest: bool) -> str | None:
    """Return what a number counts, by its noun, the verb over it, or what became of them: '30 soldiers dead'."""
    head = number
    while head.head != head and head.dep_ in {"nummod", "quantmod", "compound", "amod", "det"}:
        head = head.head
    noun = content_noun(head)
    if head != number and noun.dep_ == "pobj" and noun.head.lower_ == "of" and _is_definite(noun) and noun == head:
        return None  # 'three of the five soldiers', 'half of its 6,000 troops'
    following = number.doc[number.i + 1 : min(max(head.i, number.i) + 2, number.sent.end)]
    for token in following:
        if token.lower_ in HARMED and (token.i == number.i + 1 or token.i == head.i + 1):
            return HARMED[token.lower_]
    verb = clause_head(noun)
    lemma = verb.lemma_.lower()
    if noun.lemma_.lower() in MEASURES:
        return None
    patient = (
        noun.dep_ in {"dobj", "nsubjpass", "conj"}
        or (noun == number and noun.dep_ in {"nummod", "npadvmod"})
        or (noun.dep_ == "nsubj" and (is_passive(verb) or lemma in {"die", "perish"}))
    )
    shot_dead = lemma in {"shoot", "beat"} and any(t.lower_ == "dead" for t in verb.doc[verb.i + 1 : verb.i + 8])
    if patient and (shot_dead or (lemma == "gun" and any(c.lower_ == "down" for c in verb.children))):
        return "killed"
    if lemma in DEEDS and patient:
        return DEEDS[lemma]
    if noun.lemma_.lower() in THINGS:
        return THINGS[noun.lemma_.lower()]
    return "protesters" if protest and noun.lemma_.lower() in CROWD else None


def _is_definite(noun: Token) -> bool:
    return any(c.dep_ == "poss" or c.lower_ in {"the", "these", "those"} for c in noun.children)


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
                if seen:
                    return None  # '200-300' names no number
                total += float(part.replace(",", ""))
            elif part in UNITS:
                total += UNITS[part]
            elif part in SCALES and (seen or part != "dozen"):
                total = (total or 1) * SCALES[part]
            else:
                return None
            seen = True
    return int(total) if seen else None
