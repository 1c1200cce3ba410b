"""Sentences about something else than politics: sport, markets, fiction, accidents, crime among private people.

An act told there is no political event, unless somebody in office or in arms does it: police at a football match,
a minister who bans a film. The words that tell a topic are in triggers.toml.
"""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from communique.events.lexicon import Lexicon
from communique.events.roles import Roles
from communique.events.triggers import Match, in_class
from communique.records import Actor
from communique.syntax import clause_tokens, own_subject, prepositional

OFFICES = frozenset(
    {"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "IGO", "PTY", "OPP", "REB", "PRM", "IMG", "ELI", "PRE", "NGO", "UAF"}
    | {"REL", "LAB", "REF", "SOC", "ISM"}
)
STATES = frozenset({"state", "government", "alliance", "armed group", "territory", "de facto government"})
# What a country named in the report of a game does as a team. What only a government can do stays.
TEAM_ACTS = frozenset({"ASSAULT", "RETREAT", "MOBILIZE", "THREATEN", "CONSULT", "COOPERATE", "CONCEDE", "SUPPORT"})
JUSTICE = frozenset({"COERCE", "SANCTION", "ACCUSE", "ASSAULT", "CONCEDE", "RETREAT"})
SCORE = re.compile(r"\b\d{1,3}\s?[-–]\s?\d{1,3}\b")  # a hyphen or a dash
STORIES = frozenset({"series", "episode", "story", "tale", "show", "scene"})
# Who dies in accidents, too.
VICTIMS = frozenset({"troop", "soldier", "army", "military"})
VOTES = frozenset({"vote", "voted", "votes", "ruling", "ruled", "decision", "majority", "poll"})


def is_another_matter(match: Match, roles: Roles, lexicon: Lexicon) -> bool:
    """Tell whether the sentence is about sport, business, a story, an accident or a private crime."""
    told = words(match.token.sent)
    political = not (lexicon.topics["political"] | lexicon.topics["contest"]).isdisjoint(told)
    if not concerns_politics(match, roles, lexicon, political=political):
        return True
    return (
        (_is_sport(match.token.sent, told, lexicon, roles) and _is_a_teams(match, roles))
        or _is_contest(match, roles, told, lexicon)
        or _is_trade(match, roles, told, lexicon)
        or _is_told_in_fiction(match.token, lexicon)
        or _is_accident(match, roles, told, lexicon)
        or _is_private_crime(match, roles, told, lexicon)
        or _is_figurative(match, roles, lexicon)
    )


def words(sentence: Span) -> frozenset[str]:
    """Return the forms and lemmas of a sentence's content words, and its pairs of neighbours joined by a hyphen."""
    forms = [t.lower_ for t in sentence if t.text not in {"-", "–", "'s", "’s", '"'}]
    found = {f"{one}-{two}" for one, two in pairwise(forms)}
    for token in sentence:
        if token.pos_ in {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}:
            found.add(token.lower_)
            found.add(token.lemma_.lower())
    return frozenset(found)


# -- who acts -------------------------------------------------------------------------------------------------


def concerns_politics(match: Match, roles: Roles, lexicon: Lexicon, *, political: bool) -> bool:
    """Tell whether a social or political actor takes part; what companies and private people do to each other is none.

    Who protests is political by protesting, and somebody named of whom no more is known by the sentence's words
    (``political``). Where nobody is named at all ('the talks'), nothing speaks against it.
    """
    kind, actors = match.sense.type, (*roles.source, *roles.target)
    if kind == "PROTEST" or not actors:
        return True
    if any(a.sector == "BUS" for a in roles.source):
        # 'A contract with a French supplier' is none with France.
        actors = tuple(a for a in actors if not _is_adjective(a, match.token.doc))
    return any(
        is_public(actor, lexicon)
        or actor.kind == "place"
        or (political and actor.kind == "person" and actor.id is not None and actor.sector is None)
        or (kind in {"ASSAULT", "COERCE"} and actor.sector == "JRN" and actor in roles.target)
        for actor in actors
    )


def _is_adjective(actor: Actor, doc: Doc) -> bool:
    if actor.kind != "state" or actor.mention is None:
        return False
    words = doc.char_span(actor.mention.start, actor.mention.end, alignment_mode="expand")
    return words is not None and words.root.dep_ in {"amod", "compound", "nmod"}


def is_public(actor: Actor, lexicon: Lexicon) -> bool:
    """Tell whether somebody acts in public life: a state, an office, an armed group, a people, somebody well known."""
    if actor.sector in OFFICES or actor.kind in STATES or actor.kind == "population":
        return True
    if actor.sector == "CVL":
        return actor.kind != "person" and not lexicon.words["social"].isdisjoint(actor.name.lower().split())
    if actor.sector is None and actor.kind in {"organisation", "movement", "body"}:
        return not lexicon.words["public_bodies"].isdisjoint(actor.name.lower().split())
    return actor.sector is None and actor.id is not None and actor.country is not None


def speaks_of_politics(kind: str, speaker: Actor, target: Iterable[Actor], sentence: Span, lexicon: Lexicon) -> bool:
    """Tell whether what somebody says can be a political act: of somebody in public life, or a reproach to one."""
    if not is_public(speaker, lexicon) and not (kind == "ACCUSE" and any(is_public(a, lexicon) for a in target)):
        return False
    return _in_office((speaker,)) or not _is_sport(sentence, words(sentence), lexicon)


def _in_office(actors: Iterable[Actor]) -> bool:
    """Tell whether one of them is somebody in office or in arms, not a country, which may be a team's name."""
    return any(
        (a.sector in OFFICES and a.kind != "government") or bool({"protesters", "demonstrators"} & {*a.name.split()})
        for a in actors
    )


# -- topics ---------------------------------------------------------------------------------------------------


def _is_sport(sentence: Span, told: Collection[str], lexicon: Lexicon, roles: Roles | None = None) -> bool:
    topics = lexicon.topics
    if not topics["sport"].isdisjoint(told):
        return True
    hints = len(topics["sport_hint"].intersection(told))
    if roles is not None and not roles.target and not roles.symmetric and any(a.kind == "state" for a in roles.source):
        hints += not topics["sport_slight"].isdisjoint(told)
        hints += 1
    if VOTES.isdisjoint(told):
        hints += SCORE.search(sentence.text) is not None
    return hints > 1 and topics["war"].isdisjoint(told)


def _is_a_teams(match: Match, roles: Roles) -> bool:
    """Tell whether teams, players or fans act, not governments; a deal of a state and a player is a club's."""
    actors = roles.source or roles.target
    if _in_office(actors):
        return False
    states = [a for a in roles.source if a.kind in STATES]
    if not states or (roles.symmetric and len(states) < len(roles.source)):
        return True
    return match.sense.type in TEAM_ACTS or match.sense.mode in {"seize", "restrict"} or match.sense.cameo == "120"


def _is_contest(match: Match, roles: Roles, told: Collection[str], lexicon: Lexicon) -> bool:
    """Tell whether politicians fight for votes: 'beat her in the primary', 'captured Florida', 'the long battle'."""
    if match.sense.type not in {"ASSAULT", "COERCE"} or not roles.source:
        return False
    if match.sense.type == "COERCE" and match.sense.mode != "seize":
        return False
    rivals = all(a.kind in {"person", "party"} and a.sector not in {"MIL", "COP", "REB", "UAF"} for a in roles.source)
    return rivals and lexicon.topics["war"].isdisjoint(told) and not lexicon.topics["contest"].isdisjoint(told)


def _is_trade(match: Match, roles: Roles, told: Collection[str], lexicon: Lexicon) -> bool:
    """Tell whether the clause is about markets or culture, and nobody in office acts."""
    verbal = match.token.pos_ == "VERB"
    clause = {t.lemma_.lower() for t in clause_tokens(match.token) if t.pos_ == "NOUN"} if verbal else told
    if (lexicon.topics["market"] | lexicon.topics["culture"]).isdisjoint(clause):
        return False
    return not any(is_public(a, lexicon) for a in roles.source)


def _is_told_in_fiction(trigger: Token, lexicon: Lexicon) -> bool:
    """'In the film soldiers attack a village', 'the novel tells how a spy kills a general', 'a play about the war'."""
    fiction, works = lexicon.topics["fiction"], lexicon.topics["telling_works"]
    for token in (trigger, *trigger.ancestors):
        if token.pos_ in {"VERB", "AUX"}:
            if any(_is_definite(n) and n.lemma_.lower() in fiction | STORIES for n in prepositional(token, "in")):
                return True
            doer = own_subject(token) if token != trigger else None
            if doer is not None and (
                doer.lemma_.lower() in fiction
                or (doer.lemma_.lower() in works and token.lemma_.lower() in lexicon.topics["telling"])
            ):
                return True
        elif token != trigger and token.lemma_.lower() in fiction and token.dep_ != "compound":
            return True
    return False


def _is_definite(noun: Token) -> bool:
    """'In the series', not 'in a series of raids'."""
    return any(c.dep_ in {"det", "poss"} for c in noun.children) and not prepositional(noun, "of")


def _is_accident(match: Match, roles: Roles, told: Collection[str], lexicon: Lexicon) -> bool:
    """Tell whether people die of nature or by mishap: nobody armed does it, and nothing in the sentence is of war."""
    if match.sense.type != "ASSAULT" or _in_office(roles.source):
        return False
    if not (lexicon.topics["war"] - VICTIMS).isdisjoint(told):
        return False
    return not (lexicon.topics["nature"] | lexicon.topics["accident"]).isdisjoint(told)


def _is_private_crime(match: Match, roles: Roles, told: Collection[str], lexicon: Lexicon) -> bool:
    """Tell whether courts and police deal with an offence that is nobody's politics."""
    courts = bool(roles.source) and all(a.sector == "JUD" for a in roles.source)
    if match.sense.type not in JUSTICE and not (courts and match.sense.type == "REQUEST"):
        return False
    if not lexicon.topics["political"].isdisjoint(told):
        return False
    if any(a.sector not in {"JUD", "COP"} and is_public(a, lexicon) for a in roles.source):
        return False
    private = {"REL", "LAB"}  # priests and miners steal, too
    if any(is_public(a, lexicon) and not (a.kind == "person" and a.sector in private) for a in roles.target):
        return False
    if not lexicon.topics["petty"].isdisjoint(told):
        return True
    homes = {a.country for a in (*roles.source, *roles.target) if a.country is not None}
    return len(homes) < 2 and (courts or not lexicon.topics["crime"].isdisjoint(told))


def _is_figurative(match: Match, roles: Roles, lexicon: Lexicon) -> bool:
    """'Attacked the ball', 'war on waste', 'fights rising prices': nobody is harmed."""
    if match.sense.type not in {"ASSAULT", "MOBILIZE"}:
        return False
    if any(a.sector == "BUS" for a in roles.source):
        return True  # firms fight for customers
    heads = (match.token, *match.companions, *match.objects)
    things = [*match.objects, *(n for h in heads for n in prepositional(h, "on", "against", "over"))]
    things += [n for h in heads if h.pos_ != "VERB" for n in prepositional(h, "for")]
    things += [c for c in match.token.children if c.dep_ == "dobj"]
    return any(t.pos_ == "NOUN" and t.lemma_.lower() in lexicon.topics["figurative"] for t in things) and not any(
        in_class(t, "building", lexicon) for t in match.objects
    )
