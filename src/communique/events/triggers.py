"""Which tokens name an act: a sense of the lexicon whose further words and objects stand around the token."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from communique.actors import ActorMention
from communique.events.lexicon import Lexicon, Sense
from communique.records import Place
from communique.syntax import agent, coordinated, patients, prepositional

PARTITIVES = frozenset(
    "round series number wave set package type kind lot range spate string volley barrage couple pair group part "
    "portion bulk half third quarter dozen day week month year hour hundred thousand ton million billion lots plenty "
    "percent % member amount piece form act sort batch bout score".split()
)
# 'An aid programme', 'a mediation effort': the modifier says what it is.
VESSELS = frozenset("program programme package delivery shipment effort convoy operation flight flow scheme".split())
# Classes whose words are often figures of speech: 'price war', 'heart attack'.
FIGURATIVE = frozenset({"attack", "war", "strike_n", "fighting", "talks", "protest"})
# 'Threw the envoys out of the country': they are thrown out, not the country.
PARTICLES = frozenset({"out", "off", "away", "back", "down"})
FUNCTION_DEPS = frozenset({"aux", "auxpass"})


@dataclass(frozen=True, slots=True)
class Match:
    """A sense at its token; ``objects`` are the nouns that the sense's object constraint was met by."""

    sense: Sense
    token: Token
    companions: tuple[Token, ...] = ()
    objects: tuple[Token, ...] = ()


def mention_at(token: Token) -> ActorMention | None:
    """Return the actor mention that a token heads, or of whose name it is the head word."""
    found: ActorMention | None = token.doc._.actors.at(token) if token.doc._.actors is not None else None
    if found is None or found.head == token.i:
        return found
    # 'the border' inside 'troops close to the border' is no actor.
    return found if token.dep_ in {"compound", "flat", "nmod"} and token.head.i == found.head else None


def place_at(token: Token) -> Place | None:
    """Return the place that a token names."""
    for mention in token.doc._.places or ():
        if mention.start <= token.i < mention.end:
            place: Place = mention.place
            return place
    return None


def content_noun(noun: Token) -> Token:
    """Return what a partitive counts: 'a round of talks' → talks, 'thousands of troops' → troops."""
    if noun.lemma_.lower() in PARTITIVES or noun.lemma_.lower() == "state":
        inner = prepositional(noun, "of")
        if inner and (noun.lemma_.lower() != "state" or inner[0].lemma_.lower() in {"emergency", "siege", "alert"}):
            return inner[0]
    return noun


def is_figure_of_speech(token: Token, lexicon: Lexicon) -> bool:
    """Tell whether the words around a trigger show another matter: 'price war', 'strike a balance', 'panic attack'."""
    for child in token.children:
        if child.dep_ in {"compound", "amod", "nmod"} and child.lower_ in lexicon.blocked:
            return True
        if (
            child.dep_ == "prep"
            and child.lower_ in {"for", "over"}
            and any(c.lemma_.lower() in lexicon.blocked_following for c in child.subtree)
        ):
            return True
    for phrase in lexicon.idioms.get(token.lemma_.lower(), ()):
        following = [t.lemma_.lower() for t in token.doc[token.i + 1 : token.i + 1 + len(phrase) + 2]]
        rest = iter(following)
        if all(word in rest for word in phrase[1:]):
            return True
    return False


def lemma_of(verb: Token, lexicon: Lexicon) -> str:
    """Return the verb's lemma; where the model's is no word of the lexicon, what its ending leaves ('staged')."""
    lemma: str = verb.lemma_.lower()
    if lemma in lexicon.verbs:
        return lemma
    form: str = verb.lower_
    for ending, instead in (("ied", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("es", "e"), ("s", "")):
        if form.endswith(ending):
            stem = form.removesuffix(ending)
            for option in (stem + instead, stem[:-1] if stem[-1:] == stem[-2:-1] and not instead else ""):
                if option in lexicon.verbs:
                    return option
    return lemma


def matches(token: Token, lexicon: Lexicon) -> Iterator[Match]:
    """Yield the senses that a token can have, the most specific first; none after one that says it is no act."""
    if token.pos_ in {"VERB", "AUX"} and token.dep_ not in FUNCTION_DEPS:
        if token.dep_ in {"amod", "compound"}:
            return
        for sense in lexicon.verbs.get(lemma_of(token, lexicon), ()):
            found = _verb(token, sense, lexicon)
            if found is not None:
                if not sense.type:
                    return
                yield found
    elif token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in {"compound", "nmod"}:
        for sense in lexicon.nouns.get(token.lemma_.lower(), ()):
            found = _noun(token, sense, lexicon)
            if found is not None:
                yield found


def _verb(verb: Token, sense: Sense, lexicon: Lexicon) -> Match | None:
    companions: list[Token] = []
    for word in sense.others:
        found = _companion([verb, *companions], word, after=verb.i, lexicon=lexicon)
        if found is None:
            return None
        companions.append(found)
    if sense.subject and not _done_by(verb, sense.subject, lexicon):
        return None
    things = _things(verb, companions)
    if not sense.objects:
        return Match(sense, verb, tuple(companions), tuple(things))
    fitting = tuple(t for t in things if fits(t, sense.objects, lexicon))
    return Match(sense, verb, tuple(companions), fitting) if fitting else None


def _companion(anchors: list[Token], word: str, *, after: int, lexicon: Lexicon) -> Token | None:
    for anchor in reversed(anchors):
        for child in anchor.children:
            if (
                in_class(child, word[1:], lexicon)
                if word.startswith("@")
                else word in {child.lower_, child.lemma_.lower()}
            ) and (child.i > after or child.dep_ in {"nsubjpass", "prt"}):
                return child
    return None


def _done_by(verb: Token, kinds: frozenset[str], lexicon: Lexicon) -> bool:
    doer = agent(verb)
    return doer is not None and any(fits(noun, kinds, lexicon) for noun in coordinated(doer))


def _things(verb: Token, companions: list[Token]) -> list[Token]:
    """Return the nouns that the act is done to: of a phrase that ends with a preposition, the preposition's."""
    last = companions[-1] if companions else None
    if (
        last is not None
        and last.dep_ not in {"prt", "advmod", "acomp", "oprd", "npadvmod"}
        and last.pos_ in {"ADP", "SCONJ"}
        and not (last.lower_ in PARTICLES and any(c.dep_ == "dobj" and c.i < last.i for c in verb.children))
    ):
        heads = [c for c in last.children if c.dep_ in {"pobj", "pcomp"}]
        heads = heads or [
            c for inner in last.children if inner.dep_ == "prep" for c in inner.children if c.dep_ == "pobj"
        ]
    else:
        heads = [t for t in patients(verb) if t not in companions]
    found: list[Token] = []
    for head in heads:
        for noun in coordinated(head):
            nominal = noun.pos_ not in {"VERB", "AUX"} or any(c.dep_ == "det" for c in noun.children)  # 'the wounded'
            if nominal or head.dep_ == "pcomp":
                found.append(noun)
    return found


def fits(noun: Token, objects: frozenset[str], lexicon: Lexicon) -> bool:
    """Tell whether a noun is one of the kinds or classes that a sense needs."""
    noun = content_noun(noun)
    if noun.lower_.endswith(("self", "selves")) or ("victim" in objects and noun.lower_ in {"it", "this", "that"}):
        return False
    mention = mention_at(noun)
    if "actor" in objects and mention is not None:
        return True
    if "person" in objects and mention is not None and any(a.kind in {"person", "group"} for a in mention.actors):
        return True
    if "victim" in objects and (
        mention is not None
        or place_at(noun) is not None
        or in_class(noun, "building", lexicon)
        or in_class(noun, "people", lexicon)
    ):
        return True
    return any(in_class(noun, kind[1:], lexicon) for kind in objects if kind.startswith("@"))


def in_class(noun: Token, name: str, lexicon: Lexicon) -> bool:
    """Tell whether a noun belongs to a class: by its lemma, with a modifier ('joint exercise'), or as a place."""
    lemma = noun.lemma_.lower()
    members = lexicon.classes[name]
    if lemma in members or noun.lower_ in members:
        figurative = name in FIGURATIVE and any(
            c.dep_ in {"compound", "amod"} and c.lower_ in lexicon.blocked for c in noun.children
        )
        return not figurative
    if lemma in VESSELS and any(c.dep_ == "compound" and c.lemma_.lower() in members for c in noun.children):
        return True
    for modifier, classes in lexicon.modified.get(lemma, ()):
        if classes & members and any(
            c.lower_ == modifier for c in noun.children if c.dep_ in {"amod", "compound", "nmod"}
        ):
            return True
    return name in {"place", "territory"} and place_at(noun) is not None


def _noun(noun: Token, sense: Sense, lexicon: Lexicon) -> Match | None:
    before = {
        w
        for c in noun.children
        if c.dep_ in {"amod", "compound", "nmod", "nummod"}
        for w in (c.lower_, c.lemma_.lower())
    }
    if not all(word in before for word in sense.others):
        return None
    if "plural_noun" in sense.flags and noun.tag_ not in {"NNS", "NNPS"} and noun.lemma_ != "dialogue":
        return None
    if not sense.objects:
        return Match(sense, noun)
    things = [t for p in prepositional(noun, "of") for t in coordinated(p)]
    things += [c for c in noun.children if c.dep_ in {"compound", "nmod"} and c.i < noun.i]
    fitting = tuple(t for t in things if fits(t, sense.objects, lexicon))
    return Match(sense, noun, (), fitting) if fitting else None
