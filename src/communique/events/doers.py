"""Doers of verbs that stand outside the verb's own clause, and nouns that tell who does not act himself."""

from spacy.tokens import Token

from communique.syntax import own_subject, patients, subject

# Who is for or against somebody, or of his family, does not act for him.
FOLLOWERS = frozenset(
    "supporter backer follower loyalist sympathiser sympathizer opponent critic rival fan admirer relative family "
    "neighbour neighbor".split()
)
# What may hit somebody without its doer being told.
BLASTS = frozenset(
    "bombing explosion blast attack device bomb mine missile rocket airstrike strike raid shell shelling minefield "
    "ambush".split()
)
BLAMING = frozenset(
    "criticise criticize condemn accuse blame arrest detain jail punish praise thank fault attack slam blast rebuke "
    "denounce sanction expel suspect convict charge sentence fine suspend chastise scold chide castigate deride mock "
    "ridicule lambast lambaste berate laud hail applaud commend censure reprimand".split()
)


def of_adjective(verb: Token) -> Token | None:
    """Return who is due or ready to act: 'the envoy was due to meet ministers'."""
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ" and verb.head.dep_ in {"acomp", "attr", "oprd"}:
        return subject(verb.head.head)
    return None


def of_auxiliary(verb: Token) -> Token | None:
    """Return a subject that a small model hangs on the auxiliary: 'the cabinet has, for the first time, met'."""
    auxiliaries = [c for c in verb.children if c.dep_ == "aux"]
    return next((own for a in auxiliaries if (own := own_subject(a)) is not None), None)


def blamed(verb: Token) -> Token | None:
    """Return who is blamed for the act: 'criticised the cabinet for meeting envoys'."""
    if verb.dep_ != "pcomp" or verb.head.lower_ not in {"for", "of"} or verb.head.head.pos_ != "VERB":
        return None
    governor = verb.head.head
    if governor.lemma_.lower() not in BLAMING:
        return None
    return next(iter(patients(governor)), None)
