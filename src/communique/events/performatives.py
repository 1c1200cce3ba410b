"""Statements that are acts: a demand, an accusation, a threat, a refusal, praise or a promise is an event of its own.

Only where the words are precise: what is merely said is no event, and an accusation needs somebody who is accused or
a speaker whose own side was wronged.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from communique.events.coding import OFFICIAL
from communique.events.drafts import Draft
from communique.events.lexicon import Lexicon
from communique.events.parties import Parties, distinct, is_known, key, without
from communique.events.roles import Frames
from communique.events.topics import speaks_of_politics
from communique.events.triggers import matches
from communique.ontology import Ontology
from communique.records import Act, Actor, EventType, Span, Statement
from communique.syntax import char_span, clause_head, own_subject, subject

TYPES: dict[Act, EventType] = {
    "demand": "REQUEST",
    "appeal": "REQUEST",
    "accuse": "ACCUSE",
    "criticise": "ACCUSE",
    "complain": "ACCUSE",
    "threaten": "THREATEN",
    "warn": "THREATEN",
    "reject": "REJECT",
    "praise": "SUPPORT",
    "promise": "AGREE",
    "offer": "AGREE",
}
MODES: dict[Act, str] = {"accuse": "allege", "criticise": "disapprove", "complain": "disapprove"}
CAMEO: dict[Act, str] = {
    "demand": "100", "appeal": "100", "accuse": "112", "criticise": "111", "complain": "110", "threaten": "130",
    "warn": "130", "reject": "120", "praise": "051", "promise": "030", "offer": "030",
}  # fmt: skip
HEARERS = frozenset({"JRN", "CVL"})


def performatives(
    doc: Doc,
    drafts: Sequence[Draft],
    *,
    statements: Sequence[Statement],
    parties: Parties,
    frames: Frames,
    ontology: Ontology,
    lexicon: Lexicon,
) -> Iterator[Draft]:
    """Yield the drafts of all events: those given, linked to the statement that they perform, and further ones."""
    linked: dict[int, Draft] = {}
    made: list[Draft] = []
    for statement in statements:
        kind = TYPES.get(statement.act)
        speaker = statement.speaker.actor if statement.speaker is not None else None
        if kind is None or speaker is None or statement.negated or not is_known(speaker):
            continue
        tokens = [
            t for start, end in statement.content for t in doc.char_span(start, end, alignment_mode="expand") or ()
        ]
        if not tokens:
            continue
        target = _target(statement, speaker, tokens, parties)
        same = _performed(statement, kind, drafts)
        if same is not None:
            old = linked.get(id(same), same)
            links = replace(
                old,
                statement=statement.id,
                conditional=old.conditional or statement.conditional,
                evidence=_widened(old.evidence, _evidence(statement)),
            )
            if not old.target and not old.symmetric and target:
                links = replace(
                    links, target=without(target, old.source), basis={**old.basis, "target": "of the statement"}
                )
            linked[id(same)] = links
            continue
        if statement.act in {"promise", "offer"} and _is_told(statement, speaker, drafts):
            continue
        if _is_precise(statement, kind, speaker, target, tokens, lexicon):
            made.append(_draft(doc, statement, kind, speaker, target, tokens, ontology, lexicon))
    yield from sorted([*(linked.get(id(d), d) for d in drafts), *made], key=lambda d: d.token.i)


def _performed(statement: Statement, kind: EventType, drafts: Sequence[Draft]) -> Draft | None:
    """Return the draft whose trigger is the statement's own cue: 'accused', 'urged', 'hit out at'."""
    if statement.cue is None:
        return None
    start, end = statement.cue
    near = [d for d in drafts if d.type == kind or (kind in {"ACCUSE", "REJECT"} and d.type in {"ACCUSE", "REJECT"})]
    for draft in drafts:
        if draft.trigger[0] < end and start < draft.trigger[1] and (draft in near or draft.type in TYPES.values()):
            return draft
    speaker = statement.speaker.actor if statement.speaker is not None else None
    for draft in near:
        # 'doubled down on threats of sanctions, saying that …': the same words, twice named.
        inside = any(s <= draft.trigger[0] < e for s, e in statement.content)
        close = (
            abs(draft.trigger[0] - start) < 160 and draft.token.sent.start_char <= start < draft.token.sent.end_char
        )
        if not inside and close and speaker is not None and key(speaker) in {key(a) for a in draft.source}:
            return draft
    return None


def _is_told(statement: Statement, speaker: Actor, drafts: Sequence[Draft]) -> bool:
    """Tell whether what the speaker promises is a planned act of its own already."""
    return any(
        draft.status == "planned"
        and any(start <= draft.trigger[0] < end for start, end in statement.content)
        and any(_same_side(actor, speaker) for actor in draft.source)
        for draft in drafts
    )


def _is_precise(
    statement: Statement,
    kind: EventType,
    speaker: Actor,
    target: Sequence[Actor],
    tokens: Sequence[Token],
    lexicon: Lexicon,
) -> bool:
    known = [a for a in target if is_known(a)]
    if not speaks_of_politics(kind, speaker, known, tokens[0].sent, lexicon):
        return False
    if statement.act == "warn":
        return statement.conditional and bool(known) and _speaks_of_own_act(tokens, speaker)
    if statement.act in {"accuse", "criticise", "complain"}:
        return bool(known) or (statement.act == "accuse" and _own_side_wronged(tokens, speaker))
    if statement.act in {"promise", "offer"}:
        return bool(known) and any(
            m.sense.type in {"AID", "COOPERATE", "SUPPORT", "CONSULT", "RETREAT", "CONCEDE"}
            for t in tokens
            if t.pos_ == "VERB"
            for m in list(matches(t, lexicon))[:1]
        )
    return bool(known)


def _speaks_of_own_act(tokens: Sequence[Token], speaker: Actor) -> bool:
    """'We will answer', 'Ankara would send ships': the main clause is about what the speaker's side would do."""
    for token in tokens:
        if token.dep_ != "nsubj" or not any(c.tag_ == "MD" for c in token.head.children):
            continue
        mention = token.doc._.actors.at(token)
        if token.lower_ in {"we", "i"} or (
            mention is not None and any(_same_side(a, speaker) for a in mention.actors)
        ):
            return True
    return False


def _own_side_wronged(tokens: Sequence[Token], speaker: Actor) -> bool:
    """'Our country has been lied to', 'Hungary has been deceived': the passive subject is the speaker's own side."""
    for token in tokens:
        if token.dep_ == "nsubjpass":
            if token.lower_ in {"we"}:
                return True
            mention = token.doc._.actors.at(token)
            if mention is not None and any(a.country == speaker.country for a in mention.actors):
                return speaker.country is not None
    return False


def _target(statement: Statement, speaker: Actor, tokens: Sequence[Token], parties: Parties) -> tuple[Actor, ...]:
    addressee = statement.addressee.actor if statement.addressee is not None else None
    if addressee is not None and addressee.sector not in HEARERS and is_known(addressee):
        return (addressee,)
    subjects = [t for t in tokens if t.dep_ in {"nsubj", "nsubjpass"} and t.head.pos_ in {"VERB", "AUX", "NOUN"}]
    decisive = _decisive(statement, tokens)
    if decisive is not None:
        # The words that show the act show whose deed it is: 'Mali must …', 'the bank lied'.
        subjects = [t for t in subjects if t.head == decisive] or [t for t in (subject(decisive),) if t is not None]
    if statement.act in {"accuse", "criticise", "complain", "demand", "appeal", "threaten", "warn", "reject"}:
        # Passive subjects are the wronged, not the wrongdoers.
        doers = [t for t in subjects if t.dep_ == "nsubj" or statement.act == "reject"]
        for token in doers[:3]:
            found = parties.named(token) or parties.owners(token)
            if found and any(_same_side(a, speaker) for a in found):
                if statement.act in {"threaten", "warn"} and not _in_condition(token):
                    continue
                break
            others = tuple(a for a in found if not _same_side(a, speaker) and is_known(a))
            if others:
                return distinct(others)
    if statement.act == "praise":
        for token in tokens:
            others = tuple(a for a in parties.single(token) if not _same_side(a, speaker) and is_known(a))
            if others:
                return distinct(others)
    if statement.act in {"promise", "offer", "threaten", "warn"}:
        for token in tokens:
            if token.dep_ in {"dobj", "pobj", "dative", "attr", "poss"}:
                others = tuple(a for a in parties.named(token) if not _same_side(a, speaker) and is_known(a))
                if others:
                    return distinct(others)
    return ()


def _decisive(statement: Statement, tokens: Sequence[Token]) -> Token | None:
    """Return the verb of the words that showed the act, None when the cue did."""
    _, _, words = statement.basis.get("act", "").partition("words: ")
    if not words or statement.act not in {"accuse", "criticise", "demand", "appeal"}:
        return None
    first = words.split()[0]
    token = next((t for t in tokens if words.startswith(t.text) and t.text == first[: len(t.text)]), None)
    return clause_head(token) if token is not None else None


def _in_condition(token: Token) -> bool:
    return any(c.dep_ == "mark" for c in token.head.children)


def _same_side(actor: Actor, speaker: Actor) -> bool:
    if key(actor) == key(speaker):
        return True
    return (
        actor.country is not None
        and actor.country == speaker.country
        and speaker.sector in OFFICIAL
        and actor.sector in OFFICIAL | {None}
    )


def _draft(
    doc: Doc,
    statement: Statement,
    kind: EventType,
    speaker: Actor,
    target: tuple[Actor, ...],
    tokens: Sequence[Token],
    ontology: Ontology,
    lexicon: Lexicon,
) -> Draft:
    content = next((m for t in tokens if t.pos_ == "VERB" for m in list(matches(t, lexicon))[:1]), None)
    about = ontology.about(kind, content.sense.type, content.sense.cameo) if content is not None else None
    trigger = statement.cue or char_span(doc, tokens[0].i, tokens[0].i + 1)
    contexts = [c for c, words in ontology.context_words.items() if {t.lemma_.lower() for t in tokens} & set(words)]
    head = own_subject(tokens[0].sent.root)
    return Draft(
        type=kind,
        token=tokens[0],
        source=(speaker,),
        target=without(target, (speaker,)),
        status="happened",
        trigger=trigger,
        evidence=_evidence(statement),
        rule="statement",
        mode=(about.mode if about else None) or MODES.get(statement.act) or None,
        context=tuple(contexts),
        cameo=(about.cameo if about and about.cameo else None) or CAMEO[statement.act],
        conditional=statement.conditional,
        date=statement.said_on,
        place=statement.place,
        statement=statement.id,
        basis={
            "type": f"statement: {statement.act}",
            "source": "speaker",
            "sentence": head.text if head is not None else "",
        },
    )


def _widened(one: Span, other: Span) -> Span:
    """Both spans as one where they touch, else the first."""
    if one[0] - 5 <= other[1] and other[0] - 5 <= one[1]:
        return min(one[0], other[0]), max(one[1], other[1])
    return one


def _evidence(statement: Statement) -> Span:
    spans = [*statement.content, *([statement.cue] if statement.cue else [])]
    near = [s for s in spans if abs(s[0] - statement.content[0][0]) < 400]
    return min(s[0] for s in near), max(s[1] for s in near)
