"""What a statement claims: act or state, of whom, towards whom or what, whether it is asserted, and in which mood.

A claim is read from the parse of the paragraph that the statement stands in, downwards from the heads of its content.
Words such as 'plan to', 'refuse to' or 'involvement in' are passed through, as what they hand on is the claim: 'has no
plans to invade' claims of an invasion that it is not meant to be.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from spacy.tokens import Doc, Token

from communique import syntax
from communique.positions.vocabulary import Mood, Vocabulary

MOODS: Mapping[str, Mood] = {
    "will": "future", "’ll": "future", "'ll": "future", "shall": "future", "wo": "future",
    "may": "possible", "might": "possible", "could": "possible", "can": "possible", "would": "future",
    "must": "due", "should": "due", "ought": "due",
}  # fmt: skip
OWN = frozenset({"we", "i", "us", "our", "my", "me", "ourselves", "ours"})
OTHERS = frozenset({"it", "he", "she", "they", "its", "his", "her", "their", "him", "them"})
NOTHING = frozenset({"no", "none", "nobody", "nothing", "neither", "nor"})
COPULAS = frozenset({"be", "become", "remain", "seem", "appear", "stay"})
CLAUSES = frozenset({"xcomp", "ccomp", "acl", "pcomp"})
BRINGING = frozenset({"of", "for", "about", "over", "against", "to", "in", "with", "from", "into"})
CORRELATIVE = frozenset({"neither"})
OPEN_MARKS = frozenset({"if", "whether", "unless", "lest", "until"})
PREFIXES = frozenset({"de", "re", "non", "un", "dis", "cease", "co", "anti", "mis"})
# 'seeks to … by massing troops': how, or when, not what.
MEANS = frozenset({"by", "after", "before", "since", "while", "when", "despite", "through", "without"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})
VERBAL = frozenset({"VERB", "AUX"})
# What whoever is not named must be the speaker of: 'denied any role in …', 'has no plans to …'.
DOERS = frozenset({"part", "future"})
FIRST = 4
# Embedded deeper than this nothing can be said of who claims what.
DEEPEST = 8


class Claim(NamedTuple):
    """An act or state by its family; ``subject`` and ``objects`` are keys: countries, actors' ids, families of nouns.

    Keys of named actors begin with "@". An empty set is open: it is not said, or by a pronoun whose noun is unknown.
    ``direct`` are those of the objects that it is done to itself, not at, with or for.
    """

    act: str
    negative: bool
    mood: Mood
    subject: frozenset[str]
    objects: frozenset[str]
    direct: frozenset[str] = frozenset()
    is_noun: bool = False
    is_past: bool = False
    exists: bool = False


class Said(NamedTuple):
    """Where a statement stands in a parsed paragraph: its content's and its cue's tokens, and the speaker's keys."""

    content: frozenset[int]
    cue: frozenset[int]
    speaker: frozenset[str]
    is_direct: bool
    mood: Mood = "fact"


@dataclass(frozen=True)
class _Frame:
    """What the words passed so far make of the claim below them."""

    negative: bool = False
    mood: Mood = "fact"
    subject: frozenset[str] = frozenset()
    depth: int = 0

    def below(self, word: Token, change: str, speaker: frozenset[str]) -> "_Frame":
        """Return the frame below a word that changes the claim; of an open part in it the speaker speaks."""
        negative = self.negative ^ (change == "not")
        mood = self.mood if change in {"same", "light", "part", "not"} or self.mood == "due" else _mood(change)
        if change == "not" and self.mood == "fact" and word.pos_ in VERBAL:
            mood = "future" if word.lemma_ in {"refuse", "decline"} else self.mood
        subject = self.subject or speaker if change in DOERS else self.subject
        return replace(self, negative=negative, mood=mood, subject=subject, depth=self.depth + 1)


def _mood(change: str) -> Mood:
    return "future" if change == "future" else "possible" if change == "possible" else "due"


class Reader:
    """Reads the claims of one statement; ``names`` are the keys of named actors by token."""

    def __init__(self, doc: Doc, said: Said, names: Mapping[int, str], words: Vocabulary) -> None:
        self.doc = doc
        self.said = said
        self.names = names
        self.words = words

    def claims(self) -> list[Claim]:
        """Return the claims of the content's main clauses, or of its noun phrases where it has no clause."""
        inside = self.said.content
        heads = [self.doc[i] for i in sorted(inside) if self.doc[i].head.i not in inside or self.doc[i].head.i == i]
        nouns = [head for head in heads if head.pos_ in NOMINAL and head.dep_ not in {"npadvmod", "advmod"}]
        # 'accused the president and his family of buying oil': the parser hangs 'of' on the family.
        brought = [c for head in heads for c in head.subtree if c.lower_ in {"of", "for"} and _has_clause(c)]
        brought += [head for head in heads if head.lower_ in BRINGING and head not in brought]
        clauses = [head for head in heads if head.pos_ in VERBAL and head.dep_ not in {"advcl", "acl", "relcl"}]
        is_object = any(noun.dep_ == "dobj" and noun.head.i in self.said.cue for noun in nouns)
        best = clauses or (brought if not is_object or any(map(_has_clause, brought)) else []) or nouns or heads
        start = _Frame(mood=self.said.mood)
        found = [claim for head in best for claim in self._read(head, start)]
        return list(dict.fromkeys(found))

    def matters(self) -> frozenset[str]:
        """Return the families of what is told: nouns, verbs and adjectives that are no names and tell something."""
        found = set()
        for i in self.said.content:
            token = self.doc[i]
            if token.pos_ in {"NOUN", "VERB", "ADJ"} and not token.is_stop and i not in self.names:
                word = self._lemma(token)
                if word not in self.words.changes and word not in self.words.reports:
                    found.add(self.words.family(word, is_verb=token.pos_ == "VERB"))
        return frozenset(found)

    def names_something(self) -> bool:
        """Tell whether the content names anything beside pronouns."""
        return any(self.doc[i].pos_ in {"NOUN", "PROPN"} for i in self.said.content)

    def report_nouns(self) -> list[Token]:
        """Return the nouns that take up what was said before: 'the accusation', 'this claim', 'London’s demand'."""
        return [
            token for i in sorted(self.said.content)
            if (token := self.doc[i]).pos_ == "NOUN" and token.lemma_.lower() in self.words.reports
            and not any(child.dep_ in {"acl", "ccomp", "relcl"} and child.i > token.i for child in token.children)
        ]  # fmt: skip

    def _read(self, head: Token, frame: _Frame) -> Iterator[Claim]:
        if frame.depth > DEEPEST or head.i not in self.said.content:
            return
        if _is_open(head):
            return
        if head.pos_ in VERBAL:
            yield from self._clause(head, frame)
        elif head.dep_ == "prep" or head.pos_ in {"ADP", "SCONJ"}:
            if head.lower_ != "as":
                blamed = [c for i in self.said.cue for c in self.doc[i].children if c.dep_ == "dobj" and c.i < head.i]
                frame = replace(frame, subject=self._keys(blamed[0])) if blamed else frame
                for child in head.children:
                    if child.dep_ in {"pobj", "pcomp"}:
                        yield from self._read(child, frame)
        elif head.pos_ in NOMINAL:
            yield from self._noun(head, frame)
        for other in head.children:
            if other.dep_ == "conj" and other.i in self.said.content and head.pos_ in VERBAL and other.pos_ in VERBAL:
                yield from self._clause(other, frame)

    def _clause(self, verb: Token, frame: _Frame) -> Iterator[Claim]:
        agent, patients = syntax.agent(verb), syntax.patients(verb)
        for child in verb.children:
            # 'There was no deal', 'nobody was hurt', 'signed nothing'.
            if child.dep_ in syntax.SUBJECTS | syntax.OBJECTS and _is_none(child):
                frame = replace(frame, negative=not frame.negative)
        if any(c.dep_ == "neg" or c.lower_ in CORRELATIVE for c in verb.children) or _is_nor(verb):
            frame = replace(frame, negative=not frame.negative)
        for word in syntax.auxiliaries(verb):
            if frame.mood == "fact" and word.lower_ in MOODS:
                frame = replace(frame, mood=MOODS[word.lower_])
        is_own = syntax.own_subject(verb) is not None or syntax.by_agent(verb) is not None
        if agent is not None and (is_own or not frame.subject) and (keys := self._doer(agent)):
            frame = replace(frame, subject=keys)
        lemma = self._lemma(verb)
        below = [c for c in verb.children if c.dep_ in CLAUSES and c.i in self.said.content]
        below = below or [
            p
            for c in verb.children
            if c.dep_ == "prep" and c.lower_ not in MEANS
            for p in c.children
            if p.dep_ == "pcomp"
        ]
        if lemma in COPULAS:
            yield from self._state(verb, frame, below)
            return
        change = self.words.changes.get(lemma)
        is_told = False
        if change is not None and below:
            for clause in below:
                yield from self._read(clause, frame.below(verb, change, self.said.speaker))
            return
        if change is not None:
            nouns = [t for t in patients or ([agent] if agent is not None else []) if t.pos_ in {"NOUN", "PROPN"}]
            nouns = [t for t in nouns if t.i not in self.names]
            nouns += [] if patients else [p for p in syntax.prepositional(verb, "in", "for") if p.pos_ == "NOUN"]
            for noun in nouns:
                is_told = True
                yield from self._noun(noun, frame.below(verb, change, self.said.speaker), counted=True)
        if is_told and not self.words.knows(self.words.family(lemma)):
            return
        direct = frozenset[str]().union(*(self._keys(t) for t in patients if t.i in self.said.content))
        objects = direct.union(*self._more(verb))
        if lemma.isalpha() or "_" in lemma:
            act = self.words.family(lemma, is_verb=True)
            yield Claim(act, frame.negative, frame.mood, frame.subject, objects, direct, is_past=_is_past(verb))

    def _state(self, verb: Token, frame: _Frame, below: list[Token]) -> Iterator[Claim]:
        """Yield the claims of 'is ready to …', 'is behind …', 'there is …', 'is a lie'."""
        for word in verb.children:
            if word.dep_ in {"acomp", "attr", "oprd"} and word.i in self.said.content:
                change = self.words.changes.get(word.lemma_.lower())
                inner = [c for c in word.children if c.dep_ in CLAUSES]
                inner += [
                    p for c in word.children if c.dep_ == "prep" for p in c.children if p.dep_ in {"pcomp", "pobj"}
                ]
                if change is not None and change != "light" and inner:
                    for clause in inner:
                        yield from self._read(clause, frame.below(word, change, self.said.speaker))
                elif word.pos_ in {"NOUN", "PROPN"} and any(c.dep_ == "expl" for c in verb.children):
                    yield from (claim._replace(exists=True) for claim in self._noun(word, frame, counted=True))
                else:
                    objects = frozenset[str]().union(*self._more(word))
                    act = self.words.family(self._lemma(word))
                    if any(c.lower_ in CORRELATIVE for c in word.children):
                        frame = replace(frame, negative=not frame.negative)
                    yield Claim(act, frame.negative, frame.mood, frame.subject, objects)
            elif word.dep_ == "prep" and word.lower_ in {"behind", "against"}:
                for noun in (c for c in word.children if c.dep_ in {"pobj", "pcomp"}):
                    yield from self._read(
                        noun, frame.below(word, "part" if word.lower_ == "behind" else "not", self.said.speaker)
                    )
        for clause in below:
            if clause.dep_ == "xcomp":
                yield from self._read(clause, frame.below(verb, "future", self.said.speaker))

    def _noun(self, noun: Token, frame: _Frame, *, counted: bool = False) -> Iterator[Claim]:
        """Yield the claim that a noun makes: 'any deal', 'involvement in the attack', 'plans to invade'."""
        if not counted and _is_none(noun):
            frame = replace(frame, negative=not frame.negative)
        doer = syntax.noun_agent(noun)
        if doer is not None and (keys := self._keys(doer)):
            frame = replace(frame, subject=keys)
        lemma = self._lemma(noun)
        change = self.words.changes.get(lemma)
        inner = [c for c in noun.children if c.dep_ in {"acl", "ccomp"} and c.i > noun.i]
        of = [p for c in noun.children if c.dep_ == "prep" for p in c.children if p.dep_ in {"pcomp", "pobj"}]
        if change is not None and change != "light" and (inner or of):
            for clause in inner or of:
                yield from self._read(clause, frame.below(noun, change, self.said.speaker))
            return
        if change is not None:
            # 'genocidal intent', 'an invasion plan'.
            for word in noun.children:
                if word.dep_ in {"amod", "compound"} and self.words.knows(act := self.words.family(self._lemma(word))):
                    below = frame.below(noun, change, self.said.speaker)
                    objects = frozenset[str]().union(*map(self._keys, of))
                    yield Claim(act, below.negative, below.mood, below.subject, objects, is_noun=True)
        modifiers = [c for c in noun.children if c.dep_ in {"compound", "amod", "nmod"}]
        objects = frozenset[str]().union(*(self._keys(p) for p in of), *(self._keys(m) for m in modifiers))
        act = self.words.family(lemma)
        direct = frozenset[str]().union(*(self._keys(p) for p in of if p.head.lower_ == "of")) - frame.subject
        yield Claim(act, frame.negative, frame.mood, frame.subject, objects - frame.subject, direct, is_noun=True)

    def _doer(self, agent: Token) -> frozenset[str]:
        """Return who does it: outside what is said, only the speaker can be meant ('Oslo offered to mediate')."""
        if agent.i in self.said.content:
            return self._keys(agent)
        return self.said.speaker if agent.dep_ in syntax.SUBJECTS and agent.head.i in self.said.cue else frozenset()

    def _lemma(self, word: Token) -> str:
        """Return a word as the tables have it: with its particle, and with the prefix that a hyphen parts from it."""
        lemma = word.lemma_.lower()
        # 'pull its troops out of …': the parser sees no particle so far from its verb.
        particle = next((c.lower_ for c in word.children if c.dep_ == "prt"), None) or next(
            (c.lower_ for c in word.children if c.i > word.i and self.words.has(f"{lemma}_{c.lower_}")), None
        )
        if word.i > 1 and self.doc[word.i - 1].text == "-" and self.doc[word.i - 2].lower_ in PREFIXES:
            lemma = self.doc[word.i - 2].lower_ + lemma
        return f"{lemma}_{particle}" if particle else lemma

    def _more(self, head: Token) -> Iterator[frozenset[str]]:
        """Yield the keys of a word's prepositional phrases."""
        for preposition in head.children:
            if preposition.dep_ in {"prep", "dative"}:
                for noun in preposition.children:
                    if noun.dep_ == "pobj":
                        yield self._keys(noun)
                    elif noun.dep_ == "prep":  # 'out of the field'
                        yield from (self._keys(n) for n in noun.children if n.dep_ == "pobj")

    def _keys(self, noun: Token) -> frozenset[str]:
        """Return what a noun phrase names: actors if it names any beside its nouns."""
        if noun.lower_ in OWN:
            return self.said.speaker
        if noun.lower_ in OTHERS:
            return self.said.speaker if self._is_speaker(noun) else frozenset()
        if noun.pos_ == "PRON":
            return frozenset()
        start, end = syntax.noun_phrase(noun)
        found = set()
        for token in self.doc[start:end]:
            if token.i in self.names:
                found.add(self.names[token.i])
            elif token.lower_ in OWN or self._is_speaker(token):
                found |= self.said.speaker
            elif token.pos_ in {"NOUN", "PROPN", "NUM"} or self.words.knows(self.words.family(token.lemma_.lower())):
                found.add(self.words.family(token.lemma_.lower()))
        return frozenset(found)

    def _is_speaker(self, pronoun: Token) -> bool:
        """Tell whether an 'it', 'he' or 'its' is the speaker: in reported words the first nearly always is."""
        is_first = pronoun.i < min(self.said.content) + FIRST
        return pronoun.lower_ in OTHERS and is_first and not self.said.is_direct


def _is_nor(verb: Token) -> bool:
    """Tell whether a verb is coordinated with a negated one: 'neither sent nor got', 'did not send or get'."""
    if verb.dep_ != "conj":
        return False
    joined = {c.lower_ for c in verb.head.children if c.dep_ == "cc"}
    return "nor" in joined or ("or" in joined and syntax.is_negated(verb.head) and not syntax.is_negated(verb))


def _is_past(verb: Token) -> bool:
    """Tell whether a verb tells what was: 'attacked', 'has attacked', 'was attacked', not 'is attacking'."""
    words = syntax.auxiliaries(verb)
    return verb.tag_ == "VBD" or any(word.tag_ == "VBD" or word.lemma_ == "have" for word in words)


def _has_clause(preposition: Token) -> bool:
    return any(child.dep_ == "pcomp" for child in preposition.children)


def _is_open(head: Token) -> bool:
    """Tell whether a clause is a question or a condition: 'whether …', 'how he would …', 'if …'."""
    if head.pos_ not in VERBAL:
        return False
    return any(
        (c.dep_ == "mark" and c.lower_ in OPEN_MARKS)
        or (c.tag_ in {"WRB", "WP"} and c.i < head.i and c.dep_ != "nsubj")
        for c in head.children
    )


def _is_none(noun: Token) -> bool:
    return noun.lower_ in NOTHING or any(c.dep_ in {"det", "neg"} and c.lower_ in NOTHING for c in noun.children)
