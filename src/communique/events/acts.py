"""What kind of act a match is, its complement, condition, parties and place considered."""

from spacy.tokens import Token

from communique.events.complements import Complement
from communique.events.requirements import ARMED
from communique.events.roles import Roles
from communique.events.status import Real, Standing
from communique.events.triggers import Match
from communique.ontology import Ontology
from communique.records import Place
from communique.syntax import is_negated


def act_of(
    match: Match, content: Complement | None, standing: Standing, roles: Roles, ontology: Ontology
) -> tuple[str | None, tuple[str, str | None] | None]:
    """Return the type of the act and what it is about, for an act of word.

    'Vowed not to return the land' refuses; 'would attack if provoked' threatens; 'would meet if asked' offers.
    """
    sense = match.sense
    about = (content.type, content.cameo) if content is not None and content.type is not None else None
    if about is not None and sense.type in {"AGREE", "THREATEN"} and content is not None and is_negated(content.token):
        cooperative = ontology.types[about[0]].quad <= 2
        return ("REJECT" if cooperative else "AGREE" if sense.type == "AGREE" else None), about
    if standing.real is Real.PLANNED and standing.conditional and sense.mode == "withdraw" and _unless(match.token):
        return "THREATEN", (sense.type, sense.cameo)  # 'will pull its observers out unless …'
    if standing.real is Real.PLANNED and standing.conditional and sense.pos == "verb":
        quad = ontology.types[sense.type].quad
        if quad == 4:
            return "THREATEN", (sense.type, sense.cameo)
        return ("AGREE", (sense.type, sense.cameo)) if quad <= 2 and sense.type != "AGREE" else (sense.type, about)
    if sense.type == "ASSAULT" and sense.lemma in {"attack", "assail", "assault"} and _is_of_words(roles):
        return "ACCUSE", None
    return sense.type, about


def _unless(verb: Token) -> bool:
    return any(
        c.dep_ == "mark" and c.lower_ == "unless" for a in verb.children if a.dep_ == "advcl" for c in a.children
    )


def meeting(roles: Roles, place: Place | None, cameo: str) -> tuple[str | None, str]:
    """Several countries make a meeting multilateral; two that meet in a third one do so on neutral ground (044)."""
    countries = {a.country for a in (*roles.source, *roles.target)}
    if len(countries) > 2:
        return "multilateral", cameo
    if place is not None and place.country is not None and len(countries) == 2 and None not in countries:
        return ("third-party", "044") if place.country not in countries else (None, cameo)
    return None, cameo


def _is_of_words(roles: Roles) -> bool:
    """Politicians attack each other with words, troops don't."""
    civil = all(
        a.kind in {"person", "party", "organisation", "movement"} and a.sector not in ARMED for a in roles.source
    )
    return civil and all(a.kind not in {"state", "place"} for a in roles.target)
