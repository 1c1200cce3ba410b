"""What a reporting verb takes: the parts of the sentence that the tree gives it as content, frame by frame."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from communique.statements.contents import Part, subtree
from communique.statements.cues import VERB_TAGS, Cue
from communique.syntax import antecedent, by_agent, is_passive, noun_phrase, own_subject

# After an object these go on with what is said of it: 'praised the court for its ruling', 'described it as a farce'.
OF_OBJECT = frozenset({"as", "for", "of", "over", "about"})
# What a feeling is about: 'frustration at the delay'.
OF_FEELING = frozenset({"at", "over", "about", "with"})
ADDRESSED = frozenset({"on", "upon", "to"})
# Clauses with these go on with what is said; with 'when' or 'as' the narrator may speak of the saying.
REASONS = frozenset({"because", "if", "unless", "until"})
NOUNS = frozenset({"NOUN", "PROPN"})
# What is denied or demanded is content in any form: 'denied the charge', 'demanded talks'.
SELF_SUFFICIENT = frozenset({"deny", "demand"})
SILENCE = frozenset({"comment", "elaborate", "answer", "respond", "speak", "say", "name", "identify", "quote"})
FINITE = frozenset({"MD", "VBZ", "VBD", "VBP"})
ASKING = frozenset({"ask", "inquire", "wonder"})
QUESTION_TAGS = frozenset({"WDT", "WP", "WRB"})
QUESTION_WORDS = frozenset({"if", "whether"})


# 'that', a subject and a verb.
MIN_CLAUSE = 3


@dataclass(frozen=True, slots=True)
class Complement:
    """Content that a verb governs: its parts in text order, the frame that found it, and who is spoken to."""

    parts: tuple[Part, ...]
    frame: str
    addressee: Token | None = None


def complements(verb: Token, cue: Cue) -> Iterator[Complement]:
    """Yield the contents that the tree gives a reporting verb, in text order."""
    if is_passive(verb):
        yield from _of_passive(verb, cue)
        return
    for child in verb.children:
        after = child.i > verb.i
        if after and "for" in cue.takes and _has_to(child) and any(c.lower_ == "for" for c in child.lefts):
            # 'called for the firm to pay': 'for' opens the clause.
            yield Complement((subtree(child),), "preposition")
        elif child.dep_ == "ccomp":
            yield from _clausal(verb, child, cue)
        elif child.dep_ == "xcomp" and after:
            yield from _open_clause(verb, child, cue)
        elif child.dep_ == "advcl" and after:
            yield from _stray_clause(child, cue)
        elif child.dep_ in {"oprd", "acomp"} and after and "label" in cue.takes:
            yield Complement(((_object_start(verb, child), child.right_edge.i + 1),), "label")
        elif child.dep_ == "dobj" and after:
            is_gerund = child.tag_ == "VBG" and "gerund" in cue.takes
            yield from _open_clause(verb, child, cue) if is_gerund else _of_object(verb, child, cue)
        elif child.dep_ == "prep" and after and child.lower_ in cue.takes and _object(verb) is None:
            yield from _prepositional(child, cue)


def _open_clause(verb: Token, clause: Token, cue: Cue) -> Iterator[Complement]:
    """A clause without a subject of its own: 'vowed to go', 'denied selling it'."""
    if "infinitive" in cue.takes and _has_to(clause):
        if not _is_silence(clause):
            yield _infinitive(verb, clause, cue)
    elif "gerund" in cue.takes and clause.tag_ == "VBG":
        yield Complement((subtree(clause),), "gerund")
    elif clause.left_edge.i == verb.i + 1 and "label" in cue.takes:
        # 'calling Smith a fool': rare names come out as verbs.
        yield Complement((subtree(clause),), "label")
    elif "that" in cue.takes and clause.tag_ == "VBG" and any(t.tag_ in FINITE for t in clause.subtree):
        # 'said raising it could help': the parser takes the subject of what is said for a participle of 'said'.
        yield Complement((subtree(clause),), "clause")


def _stray_clause(clause: Token, cue: Cue) -> Iterator[Complement]:
    """A clause that the parser took for an adverbial: 'said, as the ship left, that …', 'asked the clerk if …'."""
    if ("that" in cue.takes and _marked_that(clause)) or (cue.lemma in ASKING and _is_question(clause)):
        yield Complement((subtree(clause),), "clause")


def _clausal(verb: Token, clause: Token, cue: Cue) -> Iterator[Complement]:
    start, end = subtree(clause)
    subject = own_subject(clause)
    to = next((c for c in clause.children if c.lower_ == "to" and c.dep_ == "aux"), None)
    if to is not None:
        if "infinitive" in cue.takes:
            # 'urge Kyiv to sign': the parser makes Kyiv the subject of the clause; it is spoken to.
            is_addressed = "addressee" in cue.takes and subject is not None and verb.i < subject.i < to.i
            yield Complement(
                ((to.i if is_addressed else start, end),), "infinitive", subject if is_addressed else None
            )
        return
    if "label" in cue.takes and verb.i < start and clause.pos_ not in VERB_TAGS and _is_bare(clause):
        yield Complement(((start, end),), "label")
        return
    if clause.pos_ == "ADJ" and _is_bare(clause):
        return  # 'made it clear': what is clear stands elsewhere
    if not {"that", "quote"} & cue.takes or ("that" not in cue.takes and _marked_that(clause)):
        return
    if "mind" in cue.takes and _is_question(clause):  # 'knows who did it', 'wonders if': nothing is asserted
        return
    if end <= verb.i and any(token.text == ";" for token in verb.doc[end : verb.i]):
        return  # two reports side by side: 'X accused Y; Z denied it'
    if start == verb.i + 1:
        start = _after_day(clause, start)
    if start < verb.i < end:
        yield Complement(_around(verb, clause, start, end), "clause")
    else:
        yield Complement(((start, _with_adjuncts(verb, end)),), "clause")


def interrupted(verb: Token) -> tuple[Part, ...]:
    """Return the parts of the clause that a report without a complement stands in: 'Lives, Barden says, are lost.'"""
    clause = verb.head
    if verb.dep_ != "parataxis" or clause.pos_ not in VERB_TAGS or own_subject(verb) is None:
        return ()
    left, right = _own_words(verb)
    comma = next((t.i for t in verb.doc[verb.i : right] if t.text == ","), right)
    start, end = subtree(clause)
    return tuple(part for part in ((start, left), (comma, end)) if part[1] - part[0] > 1)


def _with_adjuncts(verb: Token, end: int) -> int:
    """The end of a clause with the reasons and conditions that the parser hung on the verb that reports it."""
    for child in verb.rights:
        reason = child.dep_ == "advcl" and any(c.lower_ in REASONS and c.dep_ == "mark" for c in child.children)
        if child.left_edge.i in {end, end + 1} and reason:
            end = child.right_edge.i + 1
    return end


def _after_day(clause: Token, start: int) -> int:
    """Where a clause begins without the day of the report: 'said on Monday the ship had left'."""
    first = clause.doc[start]
    day = next((c for c in first.children if c.dep_ == "pobj"), None)
    is_day = first.lower_ == "on" and first.head == clause and day is not None and day.ent_type_ == "DATE"
    return first.right_edge.i + 1 if is_day else start


def _around(verb: Token, clause: Token, start: int, end: int) -> tuple[Part, ...]:
    """The parts of a clause that the reporting verb interrupts: 'The deal, he said, is dead.'

    An adjunct that stands before the report is the narrator's: 'In a letter, he said he was ill.'
    """
    left, right = _own_words(verb)
    subject = own_subject(clause)
    if clause.i > verb.i and (subject is None or subject.i > verb.i):
        return ((right, end),)
    return (start, left), (right, end)


def _is_silence(infinitive: Token) -> bool:
    """Tell whether an infinitive holds no content: 'declined to comment', 'asked not to be named'."""
    return infinitive.lemma_ in SILENCE and not any(c.dep_ in {"dobj", "dative"} for c in infinitive.children)


def _infinitive(verb: Token, infinitive: Token, cue: Cue) -> Complement:
    person = _object(verb)
    start, end = subtree(infinitive)
    if person is None or person.i > infinitive.i:
        return Complement(((start, end),), "infinitive")
    if "addressee" in cue.takes:
        return Complement(((start, end),), "infinitive", person)
    return Complement(((person.left_edge.i, end),), "infinitive")


def _of_object(verb: Token, noun: Token, cue: Cue) -> Iterator[Complement]:
    """'expressed anger at the delay', 'accused Oslo of lying', 'warned Oslo of a strike', 'announced a strike'."""
    # The parser hangs 'of theft' in 'accused the clerk of theft' now on the verb, now on the clerk.
    hosts = (*noun.children, *verb.children) if "addressee" not in cue.takes else verb.children
    following = [c for c in hosts if c.dep_ == "prep" and c.i > noun.i and c.lower_ in cue.takes and c.n_rights > 0]
    if any(_reports_itself(preposition) for preposition in following):
        return
    if following and "addressee" in cue.takes:
        yield Complement((subtree(following[0]),), "preposition", noun)
    elif "label" in cue.takes and verb.doc[min(noun.i + 1, len(verb.doc) - 1)].is_quote:
        # 'called the plan “unfair and unjust”': the quotation is what it is called.
        yield Complement(((noun.left_edge.i, noun.i + 3),), "label")
    elif following and following[0].lower_ in OF_OBJECT:
        yield Complement(((noun.left_edge.i, max(c.right_edge.i for c in following) + 1),), "object")
    elif "feeling" in cue.takes and (clause := next((c for c in noun.children if _marked_that(c)), None)) is not None:
        yield Complement((subtree(clause),), "object")
    elif "feeling" in cue.takes:
        # The parser hangs 'at the delay' now on the feeling, now on 'expressed'.
        about = [
            c for c in (*noun.children, *verb.children) if c.dep_ == "prep" and c.i > noun.i and c.lower_ in OF_FEELING
        ]
        yield Complement(((about[0].i + 1, about[0].right_edge.i + 1) if about else subtree(noun),), "object")
    elif any(c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i for c in verb.children):
        return
    elif "object" in cue.takes and noun.pos_ in NOUNS and (cue.act in SELF_SUFFICIENT or _says_something(noun)):
        yield Complement((subtree(noun),), "object")


def _says_something(noun: Token) -> bool:
    """Tell whether an object is more than a name or a bare noun: 'welcomed the release of two men', not 'them'."""
    return any(
        c.dep_ in {"poss", "prep", "acl", "relcl", "amod", "compound", "conj", "nummod"} and c.ent_type_ != "PERSON"
        for c in noun.children
    )


def _reports_itself(preposition: Token) -> bool:
    """'cited papers as showing that …': the participle brings the content, and is a cue of its own."""
    return any(c.dep_ == "pcomp" and any(g.dep_ == "ccomp" for g in c.children) for c in preposition.children)


def _prepositional(preposition: Token, cue: Cue) -> Iterator[Complement]:
    """'Called for talks' → 'for talks'; 'called on Kyiv to sign' → 'to sign', said to Kyiv."""
    noun = next((c for c in preposition.children if c.dep_ in {"pobj", "pcomp"}), None)
    if noun is None:
        return
    if preposition.lower_ not in ADDRESSED or "infinitive" not in cue.takes:
        start, end = subtree(preposition)
        # 'called for the firm to pay': what the firm is to do hangs on 'called'.
        goal = next((c for c in preposition.head.rights if c.left_edge.i == end and _has_to(c)), None)
        yield Complement(((start, goal.right_edge.i + 1 if goal is not None else end),), "preposition")
        return
    to = next((t for t in preposition.head.subtree if t.i > noun.i and t.lower_ == "to" and t.dep_ == "aux"), None)
    if to is not None:
        yield Complement(((to.i, to.head.right_edge.i + 1),), "infinitive", noun)


def _of_passive(verb: Token, cue: Cue) -> Iterator[Complement]:
    """'is said to be ill', 'was accused of theft by X', 'was told that', 'was urged to go'; 'it was said that'."""
    patient = next((antecedent(c) for c in verb.children if c.dep_ == "nsubjpass"), None)
    doer = by_agent(verb)
    # 'accused by the union of theft': the parser may hang the theft on the union.
    for child in (*verb.children, *(doer.rights if doer is not None else ())):
        if child.i < verb.i and child.dep_ != "ccomp":
            continue
        is_spoken_to = "addressee" in cue.takes
        if child.dep_ == "ccomp" and {"that", "quote"} & cue.takes and not _has_to(child):
            yield Complement((subtree(child),), "clause", patient if is_spoken_to else None)
        elif child.dep_ in {"xcomp", "oprd", "ccomp"} and "raised" in cue.takes and patient is not None:
            if not _has_to(child) and doer is None:
                continue  # 'a ship called the Star': a name
            yield Complement((noun_phrase(patient), subtree(child)), "passive")
        elif child.dep_ == "xcomp" and "infinitive" in cue.takes and is_spoken_to and _has_to(child):
            yield Complement((subtree(child),), "infinitive", patient)
        elif child.dep_ == "prep" and child.lower_ in OF_OBJECT & cue.takes and patient is not None:
            yield Complement((noun_phrase(patient), subtree(child)), "passive")


def _object(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i and c.pos_ != "ADP"), None)


def _object_start(verb: Token, label: Token) -> int:
    person = _object(verb)
    return person.left_edge.i if person is not None and person.i < label.i else label.left_edge.i


def _own_words(verb: Token) -> Part:
    """The extent of a reporting verb with its subject and adverbs, without its content."""
    indices = [verb.i]
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "advmod", "neg", "prt", "npadvmod", "dative"}:
            indices += [token.i for token in child.subtree]
    return min(indices), max(indices) + 1


def _is_bare(clause: Token) -> bool:
    """Tell whether a clause has a subject but no verb of its own: '(called) him a liar'."""
    return own_subject(clause) is not None and not any(c.dep_ in {"aux", "cop", "mark"} for c in clause.children)


def _is_question(clause: Token) -> bool:
    return any(c.i < clause.i and (c.tag_ in QUESTION_TAGS or c.lower_ in QUESTION_WORDS) for c in clause.children)


def rest_after_that(verb: Token) -> Part | None:
    """Return what follows 'that' after a verb of which the parser made no report: 'said, after a vote, that it …'.

    The clause reaches to the end of the sentence when 'that' stands right after the verb.
    """
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lower_ == "that" and (token.tag_ == "IN" or own_subject(token.head) not in {None, token}):
            end = verb.sent.end if token.i == verb.i + 1 else token.head.right_edge.i + 1
            return (token.i, end) if end - token.i > MIN_CLAUSE else None
        if token.pos_ in VERB_TAGS or token.is_quote:
            return None
    return None


def _has_to(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _marked_that(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "that" for child in verb.children)
