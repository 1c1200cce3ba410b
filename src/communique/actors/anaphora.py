"""Whom pronouns and definite descriptions mean: 'he', 'its', 'the veteran envoy', 'the two sides', 'the bloc'."""

from collections.abc import Sequence

from spacy.tokens import Token

from communique.actors.cast import FEMALE_PRONOUNS, MALE_PRONOUNS, Cast, Entry
from communique.actors.lexicon import HEADS_OF_STATE_OR_GOVERNMENT, Lexicon, Role, state_actor
from communique.records import Actor

FIRST_PERSON = frozenset("i me my mine myself we us our ours ourselves".split())
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
# How many sentences back 'the two sides' looks for the one pair that stood together, where no two countries lead.
PAIR_REACH = 60
Resolved = tuple[tuple[Actor, ...], str]

# Offices of one rank: a counterpart holds one of the same row, 'the envoy' may be any of the first.
OFFICE_RANKS = (
    ("Minister of Foreign Affairs", "Foreign Minister", "Secretary of State", "Foreign Secretary",
     "High Representative for Foreign Affairs", "Minister of External Affairs"),
    ("Minister of Defence", "Minister of Defense", "Secretary of Defense", "Secretary of Defence",
     "Defence Secretary"),
    ("Minister of Finance", "Chancellor of the Exchequer", "Secretary of the Treasury", "Treasurer"),
    ("Minister of the Interior", "Home Secretary", "Secretary of Homeland Security", "Minister of Home Affairs"),
    ("Minister of Justice", "Attorney General", "Justice Secretary"),
    HEADS_OF_STATE_OR_GOVERNMENT,
)  # fmt: skip
DIPLOMATS = frozenset({"envoy", "diplomat", "ambassador", "negotiator", "emissary"})
LEADERS = frozenset({"leader", "president", "premier", "ruler", "strongman"})
OFFICIALS = frozenset({"official", "politician", "minister", "statesman", "secretary", "chief", "head"})
SIDES = frozenset({"side", "party"})
STATES = frozenset({"country", "nation", "state", "neighbour", "neighbor", "government", "capital", "power"})
PERSONS = frozenset({"leader", "minister", "man", "woman", "president", "official", "diplomat", "politician"})
BODIES = frozenset(
    "organisation|alliance|armed group|party|movement|NGO|company|media|union|criminal group|think tank"
    "|opposition body|de facto government|intelligence service|police|religious body".split("|")
)
# What the nouns can mean among the bodies named before.
BODY_NOUNS = {
    **dict.fromkeys(("bloc", "alliance"), frozenset({"organisation", "alliance", "party"})),
    **dict.fromkeys(("group", "organisation", "organization", "movement"), BODIES),
    **dict.fromkeys(("union", "body", "agency"), BODIES - {"armed group", "party", "company"}),
    **dict.fromkeys(("militia", "militants", "rebels", "insurgents", "guerrillas"), frozenset({"armed group"})),
    **dict.fromkeys(("company", "firm"), frozenset({"company"})),
    "party": frozenset({"party"}),
    "cartel": frozenset({"criminal group"}),
    "gang": frozenset({"criminal group"}),
}


def pronoun(token: Token, *, cast: Cast, sentence: int) -> Resolved | None:
    """Return whom a pronoun means and why; None for a pronoun that is no actor's.

    The first person has no actor here: within a quotation it is the speaker, whom a later stage finds.
    """
    word = token.lower_
    if word in FIRST_PERSON:
        return (), "first person"
    if word in MALE_PRONOUNS | FEMALE_PRONOUNS:
        gender = "m" if word in MALE_PRONOUNS else "f"
        entry = cast.person(gender, sentence=sentence, exclude=_clause_mate(token, cast))
        return _one(word, entry)
    if word in NEUTER:
        if token.dep_ == "expl" or _is_expletive(token):
            return None
        return _one(word, cast.collective(sentence=sentence))
    if word in PLURAL:
        return _they(word, cast, sentence)
    return None


def one_of_two(word: Token, *, cast: Cast, sentence: int) -> Resolved | None:
    """Return whom 'the former' or 'the latter' means: the first or last of the two that stood together before.

    None where the word says something of a noun ('the former minister') or no two were named.
    """
    if word.lower_ not in {"former", "latter"} or word.i == 0 or word.nbor(-1).lower_ != "the":
        return None
    follows = word.i + 1 < len(word.doc) and word.nbor(1).pos_ in {"NOUN", "PROPN", "ADJ"}
    pair = cast.together(sentence=sentence, reach=1) or cast.named_in(sentence - 1)
    if follows or len(pair) != 2:
        return None
    actor = pair[0] if word.lower_ == "former" else pair[1]
    return (actor,), f"the {word.lower_} → {actor.name}"


def _one(word: str, entry: Entry | None) -> Resolved | None:
    return ((entry.actor,), f"{word} → {entry.actor.name}") if entry is not None else None


def _clause_mate(token: Token, cast: Cast) -> Entry | None:
    """The subject of the pronoun's own clause, whom an object pronoun cannot mean ('Putin met him')."""
    if token.dep_ not in {"dobj", "pobj", "dative"} or token.lower_.endswith("self"):
        return None
    verb = token.head if token.dep_ != "pobj" else token.head.head
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    return next((e for e in cast if subject is not None and e.last == subject.i), None)


def _is_expletive(token: Token) -> bool:
    """'It is clear that…', 'it remains to be seen whether…'."""
    verb = token.head
    if token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    if verb.lemma_ == "come" and any(c.lower_ == "when" for c in verb.children):
        return True
    return any(c.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} for c in verb.children) and (
        verb.lemma_ in {"be", "remain", "seem", "appear", "become"} or token.dep_ == "nsubjpass"
    )


def _they(word: str, cast: Cast, sentence: int) -> Resolved | None:
    entry = cast.salient(lambda e: e.plural, sentence=sentence, reach=1)
    group = cast.together(sentence=sentence, reach=1)
    together = {actor.id or actor.name for actor in group}
    if entry is not None and (not group or (entry.subject and (entry.actor.id or entry.actor.name) not in together)):
        return (entry.actor,), f"{word} → {entry.actor.name}"
    if group:
        return group, f"{word} → {', '.join(actor.name for actor in group)}"
    return None


def same_offices(office: str) -> tuple[str, ...]:
    """Return the titles of an office of the same rank in other states, the same title first."""
    rank = next((titles for titles in OFFICE_RANKS if office in titles), ())
    return (office, *(title for title in rank if title != office))


def synonymous_offices(office: str) -> tuple[str, ...]:
    """Return the titles by which states call one office, the same title first; a president is no prime minister."""
    return (office,) if office in HEADS_OF_STATE_OR_GOVERNMENT else same_offices(office)


def country_nearby(cast: Cast, *, sentence: int, home: str | None = None) -> str | None:
    """Return the one country spoken of in this or the last sentence, or of several ``home``; None where none is it."""
    countries = {e.actor.country for e in cast if sentence - e.sentence <= 1 and e.actor.country}
    if home in countries:
        return home
    return countries.pop() if len(countries) == 1 else None


def description(
    head: Token,
    *,
    role: Role | None,
    owners: Sequence[Actor],
    definite: bool,
    cast: Cast,
    sentence: int,
    lexicon: Lexicon,
    possessor: Actor | None,
) -> Resolved | None:
    """Return whom a definite description means among the actors named before, None when it names none of them."""
    noun = head.lemma_.lower()
    plural = head.tag_ in {"NNS", "NNPS"}
    if plural and definite and not owners:
        return _pair(head, noun, cast, sentence, lexicon)
    if noun in {"neighbour", "neighbor"} and possessor is not None and possessor.country:
        return _neighbour(possessor.country, cast, lexicon)
    if not definite or plural:
        return None
    if noun in BODY_NOUNS and not owners:
        kinds = BODY_NOUNS[noun]

        def fits(entry: Entry) -> bool:
            # 'A group of farmers' is a group, too, which 'the group' after it means.
            return (entry.actor.kind in kinds and entry.actor.id is not None) or noun in entry.names

        return _one(head.text, cast.only(fits, sentence=sentence))
    if noun in {"country", "nation"} and not owners:
        # Unlike a pronoun, 'the country' takes the state named last, subject or not.
        return _one(head.text, next((e for e in cast if _is_state(e) and sentence - e.sentence <= 2), None))
    if role is None or role.kind != "person":
        # 'The ministry' is the one named before; 'the interior ministry' may be another.
        bare = not owners and head.dep_ != "compound" and (role is None or role.words == noun)
        return _one(f"the {noun}", cast.body(noun)) if bare else None
    return _person(noun, role, owners, cast)


def _is_state(entry: Entry) -> bool:
    return entry.actor.kind in {"state", "government"}


def _pair(head: Token, noun: str, cast: Cast, sentence: int, lexicon: Lexicon) -> Resolved | None:
    counted = any(c.lower_ in {"two", "both"} for c in head.children)
    if noun in SIDES or (counted and noun in STATES | PERSONS):
        persons = noun in PERSONS
        sides = cast.two_sides(persons=persons) or cast.only_pair(sentence=sentence, reach=PAIR_REACH)
        if noun in STATES:
            # 'The Chinese and Russian leaders met; the two countries agreed'
            sides = tuple(_state_of(actor, lexicon) for actor in sides)
        if sides:
            return sides, f"{head.text} → {', '.join(actor.name for actor in sides)}"
    return None


def _state_of(actor: Actor, lexicon: Lexicon) -> Actor:
    country = actor.country
    if actor.kind in {"state", "government"} or country not in lexicon.states:
        return actor
    return state_actor(country, lexicon.states[country])


def _neighbour(country: str, cast: Cast, lexicon: Lexicon) -> Resolved | None:
    """'Its neighbour': the bordering state that the article has spoken of most."""
    found = [
        e for e in cast
        if _is_state(e) and (country, e.actor.country) in lexicon.borders
    ]  # fmt: skip
    entry = max(found, key=lambda e: (e.count, e.last), default=None)
    return _one("neighbour", entry)


def _person(noun: str, role: Role, owners: Sequence[Actor], cast: Cast) -> Resolved | None:
    countries = {actor.country for actor in owners if actor.country}

    def fits(entry: Entry) -> bool:
        if entry.plural or (countries and entry.actor.country not in countries):
            return False
        office = entry.actor.office or ""
        titles = {office, *entry.roles}
        nameless = not office and any(title.split()[-1:] == [noun] for title in titles)
        if nameless and entry.actor.sector in {role.sector, "ELI", None}:
            return True  # 'the official': the unnamed one spoken of before
        if role.office and titles & set(same_offices(role.office)):
            return True
        if noun in DIPLOMATS:
            return bool(titles & set(OFFICE_RANKS[0])) or bool(titles & DIPLOMATS)
        if noun in LEADERS:
            return bool(titles & set(HEADS_OF_STATE_OR_GOVERNMENT)) or any(t.lower() in LEADERS for t in titles)
        if noun in OFFICIALS:
            return bool(office) and entry.actor.sector == "GOV"
        return role.words in titles

    entry = cast.with_role(fits)
    return _one(f"the {noun}", entry)
