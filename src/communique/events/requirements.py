"""What a sense asks of its parties and clause before it counts: an armed source, a crowd, a hostile content."""

from spacy.tokens import Token

from communique.events.complements import Complement
from communique.events.lexicon import Lexicon
from communique.events.roles import Roles
from communique.events.topics import is_another_matter
from communique.events.triggers import Match, matches
from communique.records import Actor
from communique.syntax import clause_tokens, is_passive, own_subject

ARMED = frozenset({"MIL", "COP", "REB", "UAF", "PRM", "IMG", "SPY", "CRM"})
POLITICAL = frozenset(
    {"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "IGO", "PTY", "OPP", "REB", "PRM", "IMG", "ELI", "PRE", "NGO"}
)
OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "IGO", "PRM"})
STATE_KINDS = frozenset({"state", "government", "alliance", "armed group"})
BODIES = frozenset({"organisation", "organization", "company", "movement", "party", "court"})
AIR = frozenset({"plane", "jet", "aircraft", "warplane", "helicopter", "drone", "bomber", "force"})


def admits(match: Match, roles: Roles, content: Complement | None, lexicon: Lexicon) -> bool:
    """Tell whether parties and clause are of the kind that the sense is about."""
    flags, source = match.sense.flags, roles.source
    if not _sources(flags, source, match):
        return False
    if "partner" in flags and len({a.country or a.id or a.name for a in roles.source}) < 2:
        return False
    if "crowd" in flags and not any(set(a.name.lower().split()) & {"protesters", "demonstrators"} for a in source):
        return False
    if "object" in flags and not match.objects:
        return False
    if "intransitive" in flags and (match.objects or any(c.dep_ in {"dobj", "ccomp"} for c in match.token.children)):
        return False
    if "bodily" in flags and not _is_bodily(flags, roles):
        return False
    if "two" in flags and len({a.country or a.id or a.name for a in (*source, *roles.target)}) < 2:
        return False
    if "people" in flags and not any(a.kind in {"person", "group", "population"} for a in roles.target):
        return False
    if "bare" in flags and any(
        c.dep_ in {"oprd", "attr", "ccomp", "xcomp", "acomp"} or c.is_quote for c in match.token.children
    ):
        return False
    if match.sense.mode == "phone" and any(c.dep_ == "appos" for o in match.objects for c in o.children):
        return False  # 'called Mr Ito, a former driver, a great man'
    if match.sense.type == "CONSULT" and match.sense.cameo in {"042", "043"}:
        # A country that receives tourists consults nobody.
        guests = [a for a in roles.target if a.kind != "place"]
        crowds = bool(guests) and all(a.sector == "CVL" and a.kind == "group" for a in guests)
        if crowds and source and all(a.kind in STATE_KINDS for a in source):
            return False
    if "passive" in flags and not is_passive(match.token):
        return False
    if match.sense.cameo == "042" and any(
        a.sector in {"MIL", "COP", "REB", "REF", "CVL", "BUS"} and a.kind != "person" for a in source
    ):
        return False
    if "named_forces" in flags and not _is_military(match):
        return False
    if "own" in flags and not roles.basis.get("source", "").startswith(("whose", "by", "between")):
        return False
    if flags & {"own_or_light", "light", "gift"} and not roles.source:
        return False
    if "gift" in flags and not roles.target:
        return False
    if "transitive" in flags and not (match.objects and roles.target):
        return False
    if "violent" in flags and not _is_violent(match, roles):
        return False
    if "conditional" in flags and not _warns_of_own_act(match, roles):
        return False
    if not _contents(match, content, lexicon, roles):
        return False
    return not is_another_matter(match, roles, lexicon)


def _sources(flags: frozenset[str], source: tuple[Actor, ...], match: Match) -> bool:
    if not source:
        return not flags & {"civil", "labour", "police"}
    if "armed" in flags and not any(is_armed(a) for a in source):
        return False
    if "state" in flags and not any(a.sector in POLITICAL or a.kind in STATE_KINDS for a in source):
        return False
    if "civil" in flags and all(a.sector in OFFICIAL or a.kind in STATE_KINDS for a in source):
        return False
    if match.sense.mode == "riot" and all(a.sector in {"UAF", "REB", "IMG"} for a in source):
        return False  # gunmen who storm a building do not riot
    if match.sense.pos == "noun" and "civil" in flags and all(a.kind == "person" and a.id for a in source):
        return False  # "the candidate's rally": a crowd is there to hear, not to protest
    if "police" in flags and not any(a.sector in ARMED | {"GOV"} or a.kind in STATE_KINDS for a in source):
        return False
    if "labour" in flags and not any(a.sector in {"LAB", "EDU", "MED", "AGR"} for a in source):
        return False
    bodies = [a for a in source if a.kind in STATE_KINDS | BODIES and a.sector not in {"BUS", "JRN"}]
    if "org" in flags and not any(a.sector in OFFICIAL for a in source) and not bodies:
        return False
    if "person" in flags and not any(
        a.kind in {"person", "group", "government"} and a.sector != "CVL" for a in source
    ):
        return False
    return "airborne" not in flags or any(set(a.name.lower().replace("s", "").split()) & AIR for a in source)


def _is_bodily(flags: frozenset[str], roles: Roles) -> bool:
    """Blows fall among people: a country that beats another plays with it, a candidate who beats one wins."""
    if roles.basis.get("target") == "object" and any(a.kind in STATE_KINDS and a.sector is None for a in roles.target):
        return False
    if not roles.source:
        return True
    fists = [a for a in roles.source if a.sector in ARMED or a.kind in {"group", "person"}]
    return any(a.sector in ARMED or a.kind == "group" for a in fists) if "group" in flags else bool(fists)


def _is_military(match: Match) -> bool:
    words = {c.lower_ for c in match.token.children} | {c.lower_ for c in match.token.head.children}
    return bool(words & {"military", "naval", "joint", "air", "live-fire", "war", "troops", "army", "navy"})


def is_armed(actor: Actor) -> bool:
    """Tell whether the actor has force at hand: soldiers, police, rebels, states and their leaders."""
    return actor.sector in ARMED or actor.kind in STATE_KINDS or (actor.sector == "GOV" and actor.country is not None)


def _is_violent(match: Match, roles: Roles) -> bool:
    """'The attack' of somebody armed; 'the president's attack on his critics' is one of words."""
    return any(is_armed(a) for a in roles.source) and any(a.kind != "person" for a in roles.source)


def _warns_of_own_act(match: Match, roles: Roles) -> bool:
    """A warning threatens when the warner would act or the warned has a condition to meet."""
    words = {t.lower_ for t in match.token.subtree}
    if not words & {
        "if",
        "unless",
        "consequences",
        "retaliate",
        "retaliation",
        "respond",
        "punish",
        "face",
        "not",
        "against",
    }:
        return False
    for child in match.token.children:
        if child.dep_ in {"ccomp", "xcomp"}:
            doer = own_subject(child)
            return doer is None or doer.pos_ == "PRON" or "against" in words
        if child.dep_ == "prep" and child.lower_ in {"against", "not"}:
            return True
    return "consequences" in words


def _contents(match: Match, content: Complement | None, lexicon: Lexicon, roles: Roles) -> bool:
    sense = match.sense
    clauses = [c for c in match.token.children if c.dep_ in {"ccomp", "xcomp", "acl", "advcl", "relcl"}]
    if "about" in sense.flags and not sense.objects and content is None:
        return False
    kind = content.type if content is not None else None
    silent = content is not None and content.token.lemma_.lower() in lexicon.words["silent"]
    if sense.type in {"REJECT", "AGREE"} and silent:
        return False
    if (
        sense.lemma == "agree"
        and content is not None
        and content.token.dep_ == "ccomp"
        and not _is_infinitive(content.token)
    ):
        return False  # 'agreed that it was late' shares an opinion
    if "cooperative" in sense.flags and kind in {
        "ASSAULT",
        "SANCTION",
        "COERCE",
        "PROTEST",
        "REJECT",
        "THREATEN",
        "ACCUSE",
    }:
        return False
    if "cooperative" in sense.flags and kind is None and not _is_promised_to(roles, content):
        return False  # 'offered a defence of the law': nobody is promised anything
    if sense.type == "REJECT" and sense.lemma in {"refuse", "decline"} and content is not None:
        # 'refused to say how many', 'refuses to let hate win': nobody's wish is refused
        clausal = content.token.pos_ in {"VERB", "AUX"}
        if clausal and kind is None and not any(a.country or a.id for a in roles.target):
            return False
    if "hostile_only" in sense.flags and kind not in {
        "ASSAULT",
        "SANCTION",
        "COERCE",
        "MOBILIZE",
        "PROTEST",
        "REJECT",
    }:
        return False
    if sense.type == "MOBILIZE" and "hostile_only" in sense.flags and kind not in {"ASSAULT", "MOBILIZE"}:
        return False  # 'prepares to expel the envoy' calls no soldier up
    if "infinitive" in sense.flags and not any(_is_infinitive(c) for c in clauses):
        return False
    if "to_infinitive" in sense.flags and not any(
        c.lower_ == "to" and c.dep_ == "aux" for v in clauses for c in v.children
    ):
        return False
    reports = [c for c in clauses if c.dep_ in {"ccomp", "acl"} and own_subject(c) is not None]
    if "that" in sense.flags and not reports:
        return False
    if "hostile" in sense.flags:
        return any(_is_hostile(c, lexicon) for c in clauses) and bool(roles.target)
    return True


def _is_promised_to(roles: Roles, content: Complement | None) -> bool:
    why = roles.basis.get("target", "object")
    of_thing = content is not None and content.token.pos_ == "NOUN" and why.startswith("of '")
    return bool(roles.target) and why != "object" and not of_thing


def _is_infinitive(clause: Token) -> bool:
    words = {c.lower_ for c in clause.children if c.dep_ in {"aux", "auxpass"}}
    return bool(words & {"to", "should", "must"}) or (clause.tag_ == "VB" and not words - {"be"})


def _is_hostile(clause: Token, lexicon: Lexicon) -> bool:
    for token in (clause, *(t for t in clause_tokens(clause) if t.pos_ == "VERB"), *clause.subtree):
        if token.pos_ == "VERB":
            for match in matches(token, lexicon):
                if match.sense.type in {"ASSAULT", "COERCE", "THREATEN", "MOBILIZE", "SANCTION"}:
                    return True
                break
    return False
