"""Whether an act happened: what negation, modality, conditions and governing words make of it.

After PLOVER's rules for negated, future and hypothetical acts. What is feared, wished, threatened, demanded or made a
condition is not read as done; the fear or the demand is another act, or none.
"""

from dataclasses import dataclass
from enum import Enum

from spacy.tokens import Token

from communique.events.lexicon import Lexicon
from communique.syntax import auxiliaries, is_negated, is_passive, own_subject

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
WOULD = frozenset({"would", "'d", "’d"})
BE = frozenset({"be", "is", "are", "was", "were", "am", "been", "'s", "’s", "'re", "’re", "'m", "being"})
# Gerunds after these take place with their clause; after others ('from', 'without', 'against', 'of') they need not.
FACTUAL_PREPOSITIONS = frozenset("by after since while when upon on in for over through following amid with".split())
DEPTH = 8


class Real(Enum):
    """How real an act is."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    ALLEGED = "alleged"
    DENIED = "denied"
    NEGATED = "negated"


@dataclass(frozen=True, slots=True)
class Standing:
    """How real an act is, whether it hangs on a condition, and the words that decided it."""

    real: Real
    conditional: bool = False
    why: str = "told as done"


HAPPENED = Standing(Real.HAPPENED)


@dataclass(frozen=True, slots=True)
class Standings:
    """Reads how acts stand, with the word lists of a lexicon."""

    lexicon: Lexicon

    def of(self, token: Token) -> Standing:
        """Return how the act stands that a verb or noun names."""
        if token.pos_ in {"VERB", "AUX"}:
            return self.of_verb(token)
        return self.of_noun(token)

    # -- verbs ----------------------------------------------------------------------------------------------

    def of_verb(self, verb: Token, depth: int = 0) -> Standing:
        """Return how the act of a verb stands, its governors included."""
        if depth > DEPTH:
            return HAPPENED
        if is_negated(verb) or _is_nobody(own_subject(verb)):
            return Standing(Real.NEGATED, why="negated")
        if verb.dep_ in {"ROOT", "conj"} and verb.sent.text.rstrip("”\"' \n").endswith("?"):
            return Standing(Real.HYPOTHETICAL, why="asked, not told")
        marked = self._condition(verb)
        if marked is not None:
            return Standing(Real.HYPOTHETICAL, True, f"after {marked!r}")
        words = [a.lower_ for a in auxiliaries(verb)]
        own = self._by_adverbs(verb) or self._by_auxiliaries(verb, words)
        if own is not None and own.real is not Real.ONGOING:
            return own
        above = self._from_above(verb, words, depth)
        if above.real is Real.HAPPENED and own is not None:
            return own
        return above

    def _by_adverbs(self, verb: Token) -> Standing | None:
        lists = self.lexicon.words
        for child in verb.children:
            word = child.lower_
            if child.dep_ != "advmod":
                continue
            if word in lists["alleging_adverbs"]:
                return Standing(Real.ALLEGED, why=f"{word!r}")
            if word in lists["nearly"]:
                return Standing(Real.HYPOTHETICAL, why=f"{word!r}")
            if word in lists["habits"] and verb.tag_ in {"VBP", "VBZ"}:
                return Standing(Real.HYPOTHETICAL, why=f"{word!r}: what is usually so")
        return None

    def _by_auxiliaries(self, verb: Token, words: list[str]) -> Standing | None:
        if FUTURE & set(words):
            return Standing(Real.PLANNED, self._hangs_on_condition(verb), "future")
        if WOULD & set(words):
            reporting = self.lexicon.words["reporting"] | {"warn", "threaten", "vow", "promise", "pledge"}
            reported = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in reporting
            if reported and verb.head.tag_ in {"VBD", "VBN"}:
                return Standing(Real.PLANNED, self._hangs_on_condition(verb), "future in the past")
            return Standing(Real.HYPOTHETICAL, self._hangs_on_condition(verb), "'would'")
        modal = next((w for w in words if w in self.lexicon.words["hedges"]), None)
        if modal is not None:
            perfect = modal in {"could", "may", "might"} and "have" in words
            return Standing(
                Real.HYPOTHETICAL, self._hangs_on_condition(verb), f"{modal!r}{' have' if perfect else ''}"
            )
        if verb.tag_ == "VB" and verb.dep_ == "ROOT" and not words and own_subject(verb) is None:
            return Standing(Real.HYPOTHETICAL, why="imperative")
        if verb.tag_ == "VBG" and BE & set(words):
            return Standing(Real.ONGOING, why="progressive")
        return None

    def _condition(self, verb: Token) -> str | None:
        for child in verb.children:
            if (
                child.dep_ in {"mark", "advmod"}
                and child.lower_ in self.lexicon.words["conditions"]
                and child.i < verb.i
            ):
                if child.lower_ == "whether" and verb.dep_ == "ccomp" and verb.head.lemma_ == "say":
                    continue
                return child.text
            # 'were Moscow to attack', 'should talks fail', 'had they met'
            if child.lower_ in {"were", "should", "had"} and child.dep_ == "aux":
                first = own_subject(verb)
                if first is not None and child.i < first.i and "?" not in verb.sent.text:
                    return child.text
        if verb.dep_ == "xcomp" and verb.head.lower_ == "were":
            first = own_subject(verb.head)
            if first is not None and first.i > verb.head.i:
                return verb.head.text
        return None

    def _hangs_on_condition(self, verb: Token) -> bool:
        if any(c.dep_ == "advcl" and self._condition(c) is not None for c in verb.children):
            return True
        return in_the_event_of(verb)

    def _from_above(self, verb: Token, words: list[str], depth: int) -> Standing:
        governor = verb.head
        if governor == verb:
            return HAPPENED
        infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children) or (
            verb.tag_ == "VB" and not words
        )
        if verb.dep_ == "conj" and governor.pos_ in {"VERB", "AUX"}:
            if own_subject(verb) is None and (verb.tag_ == governor.tag_ or verb.tag_ == "VB"):
                return self.of_verb(governor, depth + 1)
            return self._outer(governor, depth)
        if verb.dep_ in {"xcomp", "acl", "advcl", "ccomp", "relcl", "oprd", "csubj", "attr"} and infinitive:
            return self._infinitive(verb, governor, depth)
        if verb.dep_ == "pcomp":
            return self._gerund(governor, depth)
        if verb.dep_ == "xcomp" and verb.tag_ == "VBG":
            if governor.lemma_.lower() in self.lexicon.words["carrying"]:
                return self.of_verb(governor, depth + 1)
            if governor.lemma_.lower() in self.lexicon.words["denying"]:
                return Standing(Real.DENIED, why=f"{governor.text!r}")
            return Standing(Real.HYPOTHETICAL, why=f"governed by {governor.text!r}")
        if verb.dep_ == "ccomp":
            # A clause before the verb stands beside it ('he accused them; they denied it') or is a quotation.
            return self._content(governor, depth) if governor.i < verb.i else HAPPENED
        if verb.dep_ in {"acl", "relcl"} or (verb.dep_ == "advcl" and verb.tag_ in {"VBG", "VBN"}):
            return self._outer(governor, depth) if verb.dep_ == "advcl" else HAPPENED
        return HAPPENED

    def _outer(self, governor: Token, depth: int) -> Standing:
        """What stands beside or under an unreal verb without one of its own is as unreal."""
        if governor.pos_ not in {"VERB", "AUX"}:
            return HAPPENED
        above = self.of_verb(governor, depth + 1)
        return above if above.real in {Real.HYPOTHETICAL, Real.DENIED} else HAPPENED

    def _infinitive(self, verb: Token, governor: Token, depth: int) -> Standing:
        lemma = governor.lemma_.lower()
        lists = self.lexicon.words
        if governor.pos_ in {"VERB", "AUX"} and lemma in lists["carrying"] and lemma not in {"use", "move", "go"}:
            return self.of_verb(governor, depth + 1)
        if lemma == "use" and governor.tag_ == "VBD" and verb.tag_ == "VB" and verb.i - governor.i == 2:
            return Standing(Real.HYPOTHETICAL, why="'used to': what was usual")
        if lemma in lists["forcing"] and is_passive(governor):
            return self.of_verb(governor, depth + 1)  # 'was forced to resign'
        doer = own_subject(governor)  # stands behind in 'were they to meet'
        future = (lemma == "be" and doer is not None and doer.i < governor.i) or (
            lemma == "go" and governor.tag_ == "VBG"
        )
        if future or governor.lower_ == "about":
            above = self.of_verb(governor, depth + 1) if governor.pos_ in {"VERB", "AUX"} else HAPPENED
            told = above.real in {Real.HAPPENED, Real.ONGOING}
            return Standing(Real.PLANNED, why=f"{governor.text!r} with an infinitive") if told else above
        # 'used the meeting to urge', 'went on to say'
        if lemma == "go" or (lemma in {"use", "take", "seize"} and verb.dep_ in {"xcomp", "advcl"} and lemma == "use"):
            return self.of_verb(governor, depth + 1)
        if lemma in lists["planning"] or lemma in {"decision", "plan", "ready", "poised", "announce"}:
            if is_negated(governor):
                return Standing(Real.NEGATED, why="negated")
            above = (
                self.of_verb(governor, depth + 1)
                if governor.pos_ in {"VERB", "AUX"}
                else self._noun_governor(governor, depth)
            )
            if above.real is Real.DENIED:
                return Standing(Real.HYPOTHETICAL, why="of a denied plan")
            if above.real in {Real.HYPOTHETICAL, Real.NEGATED}:
                return above
            return Standing(Real.PLANNED, above.conditional, f"governed by {governor.text!r}")
        return Standing(Real.HYPOTHETICAL, why=f"infinitive after {governor.text!r}")

    def _noun_governor(self, noun: Token, depth: int) -> Standing:
        if noun.pos_ not in {"NOUN", "PROPN"}:
            return (
                self.of_verb(noun.head, depth + 1)
                if noun.head != noun and noun.head.pos_ in {"VERB", "AUX"}
                else HAPPENED
            )
        verb = noun.head
        if noun.dep_ == "dobj" and verb.lemma_.lower() in self.lexicon.words["denying"]:
            return Standing(Real.DENIED, why=f"{verb.text!r}")
        return Standing(Real.NEGATED, why="negated") if is_negated(noun) else HAPPENED

    def _gerund(self, preposition: Token, depth: int) -> Standing:
        governor = preposition.head
        lemma = governor.lemma_.lower()
        if preposition.lower_ == "with":
            return HAPPENED  # 'with talks being held': told as a fact, whatever the main clause
        if preposition.lower_ not in FACTUAL_PREPOSITIONS:
            return Standing(Real.HYPOTHETICAL, why=f"after {preposition.text!r}")
        if preposition.lower_ == "by":
            # 'seeks to frighten its neighbours by massing troops': the means is real, the aim may not be.
            above = self._outer(governor, depth)
            return HAPPENED if above.why.startswith("infinitive") else above
        if lemma in self.lexicon.words["unreal_nouns"] or lemma in self.lexicon.words["unreal"]:
            return Standing(Real.HYPOTHETICAL, why=f"governed by {governor.text!r}")
        if lemma in self.lexicon.words["fallible"] or lemma in {
            "criticise",
            "criticize",
            "condemn",
            "blame",
            "arrest",
            "charge",
        }:
            return Standing(Real.ALLEGED, why=f"governed by {governor.text!r}")
        return self._outer(governor, depth)

    def _content(self, governor: Token, depth: int) -> Standing:
        lemma = governor.lemma_.lower()
        if lemma in self.lexicon.words["denying"]:
            return Standing(Real.DENIED, why=f"{governor.text!r}")
        if lemma in self.lexicon.words["unreal"] or (
            governor.pos_ == "NOUN" and lemma in self.lexicon.words["unreal_nouns"]
        ):
            return Standing(Real.HYPOTHETICAL, why=f"governed by {governor.text!r}")
        if governor.pos_ in {"VERB", "AUX"} and self._condition(governor) is not None:
            return Standing(Real.HYPOTHETICAL, True, f"within a condition of {governor.text!r}")
        return HAPPENED

    # -- nouns ----------------------------------------------------------------------------------------------

    def of_noun(self, noun: Token) -> Standing:
        """Return how the act of a noun stands."""
        if is_negated(noun):
            return Standing(Real.NEGATED, why="negated")
        lists = self.lexicon.words
        for child in noun.children:
            if child.dep_ in {"amod", "det", "nmod"}:
                word = child.lower_
                if word in lists["planned_adjectives"]:
                    return Standing(Real.PLANNED, why=f"{child.text!r}")
                if word in lists["alleged_adjectives"]:
                    return Standing(Real.ALLEGED, why=f"{child.text!r}")
                if word in lists["unreal_adjectives"] or word == "any":
                    return Standing(Real.HYPOTHETICAL, why=f"{child.text!r}")
        carried = [c for c in noun.children if c.dep_ == "acl"] + ([noun.head] if noun.dep_ == "nsubjpass" else [])
        ongoing = any(a.lower_ == "being" for c in carried for a in c.children)
        plain = Standing(Real.ONGOING, why="being held") if ongoing else HAPPENED
        return self._under(noun, plain)

    def _under(self, noun: Token, plain: Standing) -> Standing:
        """Climb from the noun to its verb and let each governor have its say."""
        lists = self.lexicon.words
        token = noun
        while token.head != token:
            governor = token.head
            lemma = governor.lemma_.lower()
            if governor.pos_ in {"NOUN", "PROPN"}:
                if lemma in lists["unreal_nouns"] and token.dep_ in {"prep", "acl", "pobj"} | (
                    {"compound"} if token != noun else set()
                ):
                    conditional = lemma in lists["conditional_nouns"]
                    return Standing(Real.HYPOTHETICAL, conditional, f"{governor.text!r}")
                if is_negated(governor) and token.dep_ == "prep":
                    return Standing(Real.NEGATED, why="negated")
            elif governor.pos_ == "ADP" and governor.lower_ in {
                "without",
                "against",
                "pending",
                "barring",
                "despite-no",
            }:
                if governor.lower_ != "against" and token == noun:
                    return Standing(Real.HYPOTHETICAL, why=f"after {governor.text!r}")
            elif governor.lower_ in {"ahead", "before"} and noun.dep_ == "pobj":
                return Standing(Real.PLANNED, why=f"{governor.text!r}") if token.dep_ != "pcomp" else plain
            elif governor.pos_ in {"VERB", "AUX"}:
                return self._by_verb(noun, token, governor, plain)
            token = governor
        return plain

    def _by_verb(self, noun: Token, token: Token, verb: Token, plain: Standing) -> Standing:
        lists = self.lexicon.words
        argument = token.dep_ in {"dobj", "nsubj", "nsubjpass", "attr", "oprd", "conj"} or (
            token.dep_ == "prep" and token.lower_ in {"for", "to", "of", "on", "about", "from", "against"}
        )
        lemma = verb.lemma_.lower()
        patient = token.dep_ in {"dobj", "nsubjpass", "prep", "oprd"} and (
            token.dep_ != "nsubjpass" or is_passive(verb)
        )
        above = self.of_verb(verb)
        if not argument:
            return (
                plain if above.real is not Real.PLANNED or (noun.dep_ == "pobj" and token.lower_ == "after") else above
            )
        if lemma in lists["denying"] and patient:
            return Standing(Real.DENIED, why=f"{verb.text!r}")
        if lemma in lists["unreal"] and patient:
            return Standing(Real.HYPOTHETICAL, why=f"governed by {verb.text!r}")
        if patient and lemma in lists["light"]:
            if above.real in {Real.HAPPENED, Real.ONGOING}:
                return above if above.real is Real.ONGOING else plain
            return above
        if lemma == "plan" and patient:
            return Standing(Real.PLANNED, why=f"{verb.text!r}")
        if token.dep_ == "nsubj" and any(
            c.dep_ == "acomp" and c.lower_ in lists["unreal_adjectives"] for c in verb.children
        ):
            return Standing(Real.HYPOTHETICAL, why="said to be possible or not")
        if above.real in {Real.HYPOTHETICAL, Real.DENIED} and not self._is_presupposed(noun, token, verb):
            return above
        if above.real is Real.PLANNED and token.dep_ in {"nsubj", "nsubjpass"}:
            return above
        return plain

    def _is_presupposed(self, noun: Token, token: Token, verb: Token) -> bool:
        """Tell whether a noun is taken for granted though its clause is open: 'the buildup could be a bluff'."""
        definite = any(
            c.dep_ in {"det", "poss"} and c.lower_ not in {"a", "an", "any", "no", "another"} for c in noun.children
        )
        stative = noun.lemma_.lower() in {
            "buildup",
            "build-up",
            "massing",
            "concentration",
            "deployment",
            "occupation",
            "presence",
        }
        return (stative or definite) and token.dep_ == "nsubj" and verb.lemma_ == "be"


def _is_nobody(noun: Token | None) -> bool:
    """'Neither side', 'none of them', 'no country'."""
    if noun is None:
        return False
    return noun.lower_ in {"nobody", "none", "neither"} or any(
        c.lower_ in {"neither", "no"} and c.dep_ in {"preconj", "det", "cc"} for c in noun.children
    )


def in_the_event_of(verb: Token) -> bool:
    """Tell whether a clause hangs on 'in the event of', 'in case of', 'unless' or 'if'.

    Their nouns are looked for among the clause's own phrases.
    """
    for token in verb.subtree:
        if (
            token.lemma_ in {"event", "case"}
            and token.head.lower_ == "in"
            and any(c.lower_ in {"of", "that"} for c in token.children)
        ):
            return True
        if token.lower_ in {"if", "unless"} and token.dep_ == "mark" and token.head.dep_ == "advcl":
            return True
    return False
