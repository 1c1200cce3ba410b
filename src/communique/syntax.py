"""Questions that every later stage asks the dependency tree: whose act is this, to whom, which clause is it?

Labels are those of spaCy's English pipelines (ClearNLP's scheme: nsubj, dobj, agent, pobj, xcomp, relcl …).
All functions take and give tokens; none changes the Doc. Nothing found is None or an empty list.
"""

from spacy.tokens import Doc, Span, Token

from communique.records import Mention

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "dative", "oprd", "attr"})
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
# After these an infinitive's understood subject is the subject ('promised Oslo to go'), after others the object.
SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "use", "take", "agree", "meet"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "scarcely"})
_EDGES = frozenset({",", ";", "-", "–", "—"})
# A noun phrase ends before these; what they head says more about the noun, not who it is.
_OUTSIDE_NP = frozenset({"relcl", "advcl", "cc", "conj", "punct", "parataxis", "preconj", "ccomp", "dep", "case"})


def is_passive(verb: Token) -> bool:
    """Tell whether the verb's own subject is its patient ('was arrested', 'arrested by police')."""
    if any(child.dep_ in {"auxpass", "nsubjpass", "agent"} for child in verb.children):
        return True
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def own_subject(verb: Token) -> Token | None:
    """Return the subject that stands in the verb's own clause."""
    return next((c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "expl"), None)


def subject(verb: Token, *, seen: int = 0) -> Token | None:
    """Return the understood grammatical subject of a verb, through control, coordination and participles.

    A relative pronoun is replaced by the noun that it stands for. For a passive this is the patient.

    'Moscow agreed to withdraw' → withdraw: Moscow; 'urged Kyiv to sign' → sign: Kyiv;
    'troops massing at the border' → massing: troops; 'by amassing forces, it …' → amassing: it.
    """
    if seen > 8:  # a broken parse may hold a long chain; nobody reads so far back
        return None
    own = own_subject(verb)
    if own is not None:
        return antecedent(own)
    head = verb.head
    if head == verb:
        return None
    if verb.dep_ == "conj" and head.pos_ in {"VERB", "AUX"}:
        return subject(head, seen=seen + 1)
    if verb.dep_ in {"xcomp", "ccomp"} and head.pos_ in {"VERB", "AUX", "ADJ"}:
        patient = next((c for c in head.children if c.dep_ in {"dobj", "dative"} and c.i < verb.i), None)
        if patient is not None and head.lemma_ not in SUBJECT_CONTROL:
            return antecedent(patient)
        return subject(head, seen=seen + 1)
    if verb.dep_ == "relcl":
        return head if _gap_is_subject(verb) else None
    if verb.dep_ == "acl":
        if verb.tag_ in {"VBG", "VBN"}:
            return head
        # 'decisions by the UK to withdraw', "Russia's plan to withdraw": the noun's own agent acts.
        return noun_agent(head)
    if verb.dep_ == "advcl":
        return subject(head, seen=seen + 1) if head.pos_ in {"VERB", "AUX"} else None
    if verb.dep_ == "pcomp":
        governor = head.head
        if governor.pos_ in {"VERB", "AUX"}:
            return subject(governor, seen=seen + 1)
        return noun_agent(governor) or (governor if governor.pos_ in {"NOUN", "PROPN", "PRON"} else None)
    return None


def _gap_is_subject(verb: Token) -> bool:
    return not any(c.dep_ in SUBJECTS for c in verb.children)


def antecedent(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else the token itself."""
    if token.lower_ in RELATIVES and token.tag_ in {"WP", "WDT", "WP$"}:
        clause = token.head
        while (
            clause.dep_ in {"nsubj", "nsubjpass", "dobj", "xcomp", "ccomp", "conj", "prep", "pobj", "aux"}
            and clause.head != clause
        ):
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return token


def objects(verb: Token) -> list[Token]:
    """Return the direct and indirect objects of a verb, and the antecedent of its object gap."""
    found = [antecedent(c) for c in verb.children if c.dep_ in OBJECTS]
    if not found:
        # 'abducted up to ten monks' is parsed as 'abducted up', to ten monks.
        ups = [c for c in verb.children if c.dep_ == "prt" and c.lower_ == "up"]
        found = [n for up in ups for n in prepositional(up, "to") if any(c.dep_ == "nummod" for c in n.children)]
    if not found and verb.dep_ == "relcl" and not _gap_is_subject(verb):
        fronted = [c for c in verb.children if c.lower_ in RELATIVES and c.dep_ not in SUBJECTS]
        if any(c.dep_ in SUBJECTS and c.lower_ in RELATIVES for c in verb.children) and not fronted:
            return []
        if fronted or verb.pos_ == "VERB":
            found = [verb.head]
    return found


def by_agent(head: Token) -> Token | None:
    """Return the noun of a by-phrase: 'condemned by the UN', 'decisions by the UK'."""
    for child in head.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None:
                return noun
    return None


def noun_agent(noun: Token) -> Token | None:
    """Return who does what a noun names: "Russia's plan", 'decisions by the UK'; None when it is not said."""
    possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
    return possessor or by_agent(noun)


def agent(verb: Token) -> Token | None:
    """Return who does what the verb says: the by-phrase of a passive, else the understood subject."""
    return by_agent(verb) if is_passive(verb) else subject(verb)


def patients(verb: Token) -> list[Token]:
    """Return whom or what the verb's act is done to: the subject of a passive, else its objects."""
    if not is_passive(verb):
        return objects(verb)
    patient = subject(verb)
    return [patient] if patient is not None else []


def prepositional(head: Token, *prepositions: str) -> list[Token]:
    """Return the nouns of the head's prepositional phrases with one of these prepositions, in text order.

    Chains are followed one step: 'talks in Geneva with Iran' parsed as with(Geneva) is not found;
    'because of', 'on behalf of' are named by their first word.
    """
    found = []
    for child in head.children:
        if child.dep_ in {"prep", "dative"} and child.lower_ in prepositions:
            found += [c for c in child.children if c.dep_ in {"pobj", "pcomp"}]
    return found


def coordinated(token: Token) -> list[Token]:
    """Return the token and all that is coordinated with it, in text order: 'the UK, France and Germany'."""
    return sorted({token, *token.conjuncts}, key=lambda t: t.i)


def is_negated(head: Token) -> bool:
    """Tell whether the word itself is denied: 'did not sign', 'no deal', 'never agreed', 'without signing'."""
    if any(c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ in NEGATIONS) for c in head.children):
        return True
    if head.dep_ == "xcomp" and head.head.pos_ == "AUX":
        return is_negated(head.head)
    return head.dep_ in {"pcomp", "pobj"} and head.head.lower_ == "without"


def auxiliaries(verb: Token) -> list[Token]:
    """Return the verb's auxiliaries in text order; a coordinated verb without its own borrows the first one's."""
    own = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if not own and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and own_subject(verb) is None:
        return auxiliaries(verb.head) if verb.tag_ == verb.head.tag_ else []
    return own


def clause_head(token: Token) -> Token:
    """Return the verb of the nearest clause that the token stands in (the token itself if it is one)."""
    while token.head != token:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "auxpass", "amod", "compound"}:
            return token
        token = token.head
    return token


def clause_tokens(verb: Token) -> list[Token]:
    """Return the tokens of a clause without the clauses embedded in or coordinated with it, in text order."""
    found: list[Token] = []
    stack = [verb]
    while stack:
        token = stack.pop()
        found.append(token)
        for child in token.children:
            if child.dep_ in {"ccomp", "advcl", "relcl", "parataxis"}:
                continue
            if child.dep_ == "conj" and child.pos_ in {"VERB", "AUX"} and token.pos_ in {"VERB", "AUX"}:
                continue
            stack.append(child)
    return sorted(found, key=lambda t: t.i)


def noun_phrase(head: Token) -> tuple[int, int]:
    """Return the token indices, half open, of the noun phrase that a noun heads.

    Determiners, titles, possessors, prepositional phrases and appositions are in; relative clauses, coordinated
    nouns and participial clauses are not.
    """
    start, end = head.i, head.i + 1
    for child in head.children:
        if child.dep_ in _OUTSIDE_NP or (child.dep_ == "acl" and child.i > head.i):
            continue
        left, right = _extent(child)
        if child.i < head.i:
            start = min(start, left)
        elif right > end:
            end = right
    return start, end


def _extent(token: Token) -> tuple[int, int]:
    """Token indices of a modifier's subtree, without the relative clauses at its right edge."""
    start, end = token.left_edge.i, token.i + 1
    for child in token.children:
        if child.i > token.i and child.dep_ not in {"relcl", "advcl", "parataxis", "punct"}:
            end = max(end, _extent(child)[1])
    return start, end


def trimmed(doc: Doc, start: int, end: int) -> Span:
    """Return the tokens [start, end) without white space, commas and dashes at their edges, as a spaCy span.

    >>> import spacy
    >>> trimmed(spacy.blank("en")("Mr Truss , then"), 0, 3).text
    'Mr Truss'
    """
    while end - 1 > start and (doc[end - 1].is_space or doc[end - 1].text in _EDGES):
        end -= 1
    while start < end - 1 and (doc[start].is_space or doc[start].text in _EDGES):
        start += 1
    return doc[start:end]


def char_span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the character offsets of the tokens [start, end), trimmed at their edges."""
    span = trimmed(doc, start, end)
    return span.start_char, span.end_char


def mention(doc: Doc, start: int, end: int) -> Mention:
    """Return the tokens [start, end), trimmed at their edges, as a record.

    It reads the tokens, not ``doc.text``, which spaCy puts together anew each time that it is asked for.
    """
    span = trimmed(doc, start, end)
    return Mention(span.start_char, span.end_char, span.text)
