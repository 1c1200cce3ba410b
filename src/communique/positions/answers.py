"""When a statement of one side contradicts one of another: the same act or state asserted and taken back, or judged
for and against.

Two utterances are compared claim by claim. Nothing contradicts nothing: the act must be the same, or its opposite, and
what is told of who does it, and to whom, must agree in at least one and disagree in none.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal, NamedTuple

import msgspec

from communique.positions.claims import Claim
from communique.positions.vocabulary import Vocabulary
from communique.records import Event, Statement

Kind = Literal[
    "claim and denial", "accusation and denial", "demand and refusal", "offer and rejection", "contrary claims",
    "opposed judgements", "opposed demands",
]  # fmt: skip
TAKING_BACK = frozenset({"deny", "reject"})
AGAINST = frozenset({"criticise", "complain", "reject", "accuse"})
ANSWERED = frozenset({"accuse", "demand", "appeal", "offer", "threaten"})
DEMANDS = frozenset({"demand", "appeal"})
# Two claims of the present may exclude each other within so many days; a denial is one however late.
WINDOW = 60
SHARE = 0.25
"""Of the words that tell something in an answer, those that must be in what it answers, where no claim meets it."""
NEAR = 3
"""Days within which two may answer each other, though one of them does not say to whom, or who, again."""
LEAST = 2.0
"""The score of a contradiction, at least: one for the act, one for each of subject and object that agree."""
# Words that hold together any two statements of two states; they need more in common.
COMMON = frozenset({"say", "go", "see", "get", "come", "know", "think", "want", "have", "be", "do", "make", "take"})


class Uttered(msgspec.Struct, frozen=True):
    """A statement, or a rejection that is told without its words, as it is compared.

    ``side`` is the number of the side, ``day`` an ordinal, 0 if unknown, ``order`` where it stands in its article.
    ``reports`` are the nouns that take up an earlier statement, each with the acts it may have had and its owner's
    keys. ``taken_back`` tells that the speaker's verb, such as 'denied', takes back what follows. ``sentence`` is the
    sentence, or the sentences, in which it stands, with who utters it.
    """

    record: Statement | Event
    side: int
    keys: frozenset[str]
    day: int
    order: int
    act: str
    claims: tuple[Claim, ...]
    taken_back: bool
    reports: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    negated: bool = False
    matters: frozenset[str] = frozenset()
    sentence: str = ""


class Match(NamedTuple):
    """How two utterances contradict each other; ``claim`` is the id of the one that the other answers, "" of none."""

    kind: Kind
    score: float
    reasons: tuple[str, ...]
    claim: str = ""


def contradiction(one: Uttered, other: Uttered, words: Vocabulary) -> Match | None:
    """Return how two utterances, of two sides or of one side at two times, contradict each other; None if not."""
    if one.negated or other.negated:
        return None
    found = [*_by_claims(one, other, words), *_judgements(one, other)]
    if one.side != other.side:
        found += [*_explicit(one, other), *_explicit(other, one), *_by_matter(one, other), *_by_matter(other, one)]
    return max(found, key=lambda match: (match.score, match.kind), default=None)


def _explicit(one: Uttered, answer: Uttered) -> Iterator[Match]:
    """Speech within speech: 'Mr Lavrov dismissed London’s suggestion that …' holds what he answers."""
    is_within = isinstance(one.record, Statement) and one.record.within == answer.record.id
    if is_within and (answer.act in TAKING_BACK or answer.act == "criticise"):
        yield Match(_kind(one, answer, None, None), 4.0, (f"quoted to {answer.act} it",), one.record.id)


def _by_claims(one: Uttered, other: Uttered, words: Vocabulary) -> Iterator[Match]:
    yield from _by_existence(one, other)
    yield from _by_existence(other, one)
    for mine, theirs in product(one.claims, other.claims):
        opposite = words.are_opposite(mine.act, theirs.act)
        if not opposite and mine.act != theirs.act:
            continue
        if (mine.negative != theirs.negative) == opposite or not _moods_clash(mine, theirs, one, other):
            continue
        if opposite and not mine.negative and abs(one.day - other.day) > WINDOW:
            continue
        if one.side == other.side and not words.knows(mine.act):
            continue
        # A change has to be told in full: who, and whom or what.
        is_near = one.side != other.side and _are_near(one, other)
        agreed = _agreement(mine, theirs, words, is_near=is_near, is_answer=_is_answer(one, other))
        if agreed is None or agreed[0] < LEAST:
            continue
        score, reasons = agreed
        act = (
            f"{mine.act!r} and {theirs.act!r} exclude each other" if opposite else f"{mine.act!r} of both, of one not"
        )
        answer, claim = (other, one) if theirs.negative or not mine.negative else (one, other)
        first, second = (mine, theirs) if claim is one else (theirs, mine)
        is_answer = second.negative != first.negative and not opposite
        yield Match(_kind(claim, answer, first, second), score, (act, *reasons), claim.record.id if is_answer else "")


def _by_matter(one: Uttered, answer: Uttered) -> Iterator[Match]:
    """The one charges, demands or claims, and the other says no, on the same matter.

    What is negated must be in what both speak of. In one article, where the one is about the other's side, a word is
    enough that both have; else more must be shared, and it must be a share of what is said.
    """
    if not _are_near(one, answer) or one.taken_back or one.act in TAKING_BACK or any(c.negative for c in one.claims):
        return
    is_one_article = one.record.article == answer.record.article
    shared = one.matters & answer.matters - COMMON
    denied = {
        word for claim in answer.claims if claim.negative for word in (claim.act, *claim.objects, *claim.subject)
    }
    if (is_one_article and one.order > answer.order) or not shared & denied:
        return
    if any(a.act == b.act and _are_of_others(a, b) for a, b in product(one.claims, answer.claims)):
        return
    about = frozenset[str]().union(*(claim.subject | claim.objects for claim in one.claims))
    is_pointed = bool(about & answer.keys) and (one.act in ANSWERED or answer.act in TAKING_BACK)
    enough = 1 if is_one_article and is_pointed and one.act in ANSWERED and answer.act in TAKING_BACK else 2
    if len(shared) >= enough and (is_one_article or is_pointed) and len(shared) >= SHARE * len(answer.matters):
        reasons = (f"on {', '.join(sorted(shared))}",)
        yield Match(_kind(one, answer, None, None), 1.5 + len(shared) / 4, reasons, one.record.id)


def _by_existence(one: Uttered, answer: Uttered) -> Iterator[Match]:
    """'There are no camps in our country' answers 'guerrillas live in camps' there."""
    for claim, nothing in product(one.claims, answer.claims):
        told = claim.subject | claim.objects
        shared = (nothing.objects - {nothing.act}) & told
        is_told = nothing.act in told and not claim.negative and claim.mood == "fact"
        if nothing.exists and nothing.negative and nothing.mood == "fact" and is_told and shared:
            reasons = (
                f"there is no {nothing.act}",
                f"object {', '.join(sorted(k.removeprefix('@') for k in shared))}",
            )
            yield Match(_kind(one, answer, claim, nothing), LEAST + len(shared) / 4, reasons, one.record.id)


def _is_answer(one: Uttered, other: Uttered) -> bool:
    """Tell whether one of two takes back what the other demands, offers or charges: 'ruled out an apology'."""
    return any(a.taken_back and b.act in ANSWERED for a, b in ((one, other), (other, one)))


def _agreement(
    mine: Claim, theirs: Claim, words: Vocabulary, *, is_near: bool, is_answer: bool
) -> tuple[float, tuple[str, ...]] | None:
    """Return how far subjects and objects agree, with reasons; None where they are others, or too little is told."""
    if _are_of_others(mine, theirs):
        return None
    score, reasons, agreed = 1.0 if words.knows(mine.act) and mine.act not in COMMON else 0.0, [], 0
    for role, shared in (("subject", mine.subject & theirs.subject), ("object", mine.objects & theirs.objects)):
        if shared:
            agreed += 1
            score += 1 + 0.25 * (len(shared) - 1)
            reasons.append(f"{role} {', '.join(sorted(k.removeprefix('@') for k in shared))}")
    if not agreed and is_near and is_answer and score:
        return score + 1, ("answered within days",)
    return (score, tuple(reasons)) if agreed == len(("subject", "object")) or (agreed and is_near) else None


def _are_of_others(mine: Claim, theirs: Claim) -> bool:
    """Tell whether two claims of one act are of other doers, or done to others."""
    roles = ((mine.subject, theirs.subject), (mine.direct, theirs.direct))
    if any(_are_others(*sets, mark) for sets in roles for mark in ("@person:", "@")):
        return True
    return bool(mine.direct and theirs.direct) and not (mine.direct & theirs.objects or mine.objects & theirs.direct)


def _are_others(one: frozenset[str], other: frozenset[str], mark: str) -> bool:
    """Tell whether two sets of keys name others: no actor of this kind is in both."""
    a, b = ({key for key in keys if key.startswith(mark)} for keys in (one, other))
    return bool(a and b and not a & b)


def _moods_clash(mine: Claim, theirs: Claim, one: Uttered, other: Uttered) -> bool:
    moods = {mine.mood, theirs.mood}
    if len(moods) == 1:
        return mine.mood != "possible"
    if "due" in moods:
        # A demand is refused by what its addressee will or will not do; that it has not been done refuses nothing.
        return "future" in moods or any(u.taken_back for u in (one, other))
    if "possible" in moods:
        sure = theirs if mine.mood == "possible" else mine
        return sure.negative
    # What is going on is denied by what is not meant: 'is arming them', 'we have no plans to arm them'.
    meant, fact = (mine, theirs) if mine.mood == "future" else (theirs, mine)
    return meant.negative and not fact.is_past


def _kind(one: Uttered, answer: Uttered, claim: Claim | None, taken: Claim | None) -> Kind:
    """Name the pair by what the one does and whether the other takes it back."""
    moods = {c.mood for c in (claim, taken) if c is not None}
    if one.act in DEMANDS or "due" in moods:
        is_refused = answer.taken_back or (taken is not None and taken.mood != "due")
        return "demand and refusal" if is_refused or taken is None else "opposed demands"
    if one.act == "offer":
        return "offer and rejection"
    if one.act in {"accuse", "criticise", "complain"} or (
        claim is not None and one.side != answer.side and claim.subject & answer.keys and one.act in {"assert", "warn"}
        and answer.act == "deny"
    ):  # fmt: skip
        return "accusation and denial"
    if answer.act in TAKING_BACK or answer.taken_back or (taken is not None and taken.negative):
        return "claim and denial"
    return "contrary claims"


def _judgements(one: Uttered, other: Uttered) -> Iterator[Match]:
    """The one praises what the other criticises: the same thing, told by a noun."""
    acts = (one.act, other.act)
    if "praise" not in acts or not AGAINST & set(acts):
        return
    for mine, theirs in product(one.claims, other.claims):
        if not (mine.is_noun and theirs.is_noun) or mine.act != theirs.act:
            continue
        shared = (mine.objects | mine.subject) & (theirs.objects | theirs.subject)
        if one.side == other.side and not shared:
            continue
        others = any(_are_others(mine.objects, theirs.objects, mark) for mark in ("@person:", "@"))
        if not others and (shared or (_are_near(one, other) and not (mine.objects and theirs.objects))):
            about = ", ".join(sorted(key.removeprefix("@") for key in shared))
            yield Match(
                "opposed judgements", LEAST + len(shared) / 4, (f"on {mine.act!r}", *([about] if about else []))
            )


def _are_near(one: Uttered, other: Uttered) -> bool:
    """Tell whether two are of one article, or of the same few days."""
    return one.record.article == other.record.article or (one.day > 0 and abs(one.day - other.day) <= NEAR)


def taken_up(answer: Uttered, before: Sequence[Uttered]) -> tuple[Uttered, Match] | None:
    """Return the statement that 'the accusation', 'this demand' takes up, where the answer takes it back.

    ``before`` are the utterances of anybody in the same article before the answer. The last one of such an act must be
    the other side's; where the noun has an owner ('London’s demand'), the owner's last one.
    """
    if answer.negated:
        return None
    for noun, acts, owner in answer.reports:
        fitting = [one for one in before if one.act in acts and not (owner and not owner & one.keys)]
        # What accuses is an accusation; what only says something is one if nothing else is.
        pointed = [one for one in fitting if one.act != "assert"]
        last = max(pointed or fitting, key=lambda one: one.order, default=None)
        # 'In March he had called that allegation false': another one.
        is_after = last is not None and (not answer.day or 0 <= answer.day - last.day <= NEAR)
        if last is not None and is_after and last.side not in {answer.side, -1}:
            kind = _kind(last, answer, None, None)
            return last, Match(kind, 3.0, (f"{noun!r} takes up what was said",), last.record.id)
    return None
