"""Numbers of people in a clause: fatalities, injured, arrested, crowd, troops."""

from collections.abc import Iterable

from spacy.tokens import Token

WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
# What a number counts, by the verb done to those counted or by the noun that it stands before.
DONE_TO = {
    "kill": "killed", "die": "killed", "murder": "killed", "execute": "killed",
    "wound": "injured", "injure": "injured", "hurt": "injured",
    "arrest": "arrested", "detain": "arrested", "jail": "arrested",
    "abduct": "abducted", "kidnap": "abducted", "release": "released", "free": "released",
}  # fmt: skip
COUNTED = {
    "troop": "troops", "soldier": "troops", "force": "troops", "protester": "protesters", "demonstrator": "protesters",
    "marcher": "protesters", "worker": "workers", "missile": "missiles", "aircraft": "aircraft", "warship": "warships",
    "tank": "tanks", "drone": "drones", "rocket": "missiles",
}  # fmt: skip


def number(token: Token) -> int | None:
    """Return the whole number that a numeral and the words before it give: 'a reported 100,000', 'two thousand'."""
    text = token.lower_.replace(",", "")
    if text.isdigit():
        return int(text)
    if text in SCALES:
        before = token.nbor(-1) if token.i else None
        factor = number(before) if before is not None and before.like_num else 1
        return (factor or 1) * SCALES[text]
    return WORDS.get(text)


def counts(tokens: Iterable[Token]) -> dict[str, int]:
    """Return what the clause's numbers count, by what is counted.

    A number counts the noun that it modifies; those killed, injured or arrested are known by their verb.
    """
    found: dict[str, int] = {}
    for token in tokens:
        if token.dep_ != "nummod" or token.head.pos_ != "NOUN":
            continue
        value = number(token)
        if value is None or value < 1:
            continue
        noun = token.head
        verb = noun.head
        done = DONE_TO.get(verb.lemma_.lower()) if noun.dep_ in {"dobj", "nsubjpass"} or verb.lemma_ == "die" else None
        name = done or COUNTED.get(noun.lemma_.lower())
        if name is not None and name not in found:
            found[name] = value
    return found
