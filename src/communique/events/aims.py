"""Whom a verb's act is aimed at: what the path of its sense finds around the verb, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import msgspec
from spacy.tokens import Token

from communique.events.deeds import JUDGING, answerable, is_suffered
from communique.events.lexicon import Lexicon
from communique.events.parties import Parties, is_known, without
from communique.events.triggers import Match, content_noun, in_class
from communique.records import Actor
from communique.syntax import antecedent, by_agent, coordinated, is_passive, own_subject, prepositional

BORDERS = frozenset({"border", "frontier", "boundary", "line", "edge", "coast", "shore"})
BORDERING = frozenset({"near", "along", "at", "on", "close", "around", "to", "towards"})
# 'Repeated its demand that …': whose act is demanded stands in the noun's clause.
STATING = frozenset({"issue", "make", "renew", "repeat", "reiterate", "launch"})
# Acts that are done to places too.
MATERIAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION", "AID", "RETREAT", "CONCEDE"})
BESIDE = frozenset({"near", "with", "along", "outside", "beside", "from", "by", "for", "between"})
ELSEWHERE = frozenset({"in", "into", "near"})
# CAMEO codes of rules eased and of rules imposed: those who live under them are the recipients, at home too.
AT_HOME = ("081", "172")
Found = tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Aims:
    """Finds targets, for one Doc."""

    parties: Parties
    lexicon: Lexicon

    def targets(self, match: Match, source: Sequence[Actor]) -> tuple[Found, str]:
        """Return whom the act is aimed at, and the step of the sense's path that found them."""
        verb = match.token
        nameless: tuple[Found, str] = ((), "")
        steps = match.sense.target
        if match.sense.type in JUDGING and any(is_suffered(o, self.lexicon) for o in match.objects):
            # 'Condemned the killing of a Kenyan by …', "… Chad's attack on …": who did it is judged, not who suffered.
            culprits = self.first(answerable(match.objects, self.lexicon), source)
            if culprits:
                return culprits, "owner"
            steps = tuple(s for s in steps if s in {"to", "from", "against"})
        for step in steps:
            found = self._step(step, match, source)
            if any(is_known(a) for a in found):
                return found, step
            if found and not nameless[0]:
                nameless = found, step
        if match.sense.type != "ASSAULT" and set(match.sense.target) & BORDERING:
            # What is hit near a border need not be the neighbour's; troops massed there face it.
            found = without(self.beyond_border(verb, match.objects), source)
            if found:
                return found, "border"
        if nameless[0]:
            return nameless
        if verb.dep_ == "pcomp" and verb.head.lower_ == "by" and match.sense.type == "MOBILIZE":
            # 'threatens its neighbour by massing troops': the means is aimed at whom the clause is.
            served = [verb.head.head, *(c for c in verb.head.head.children if c.dep_ == "xcomp")]
            return self.first([o for v in served for o in _objects(v)], source), "object of the clause it serves"
        return (), ""

    def _step(self, step: str, match: Match, source: Sequence[Actor]) -> Found:
        verb, objects = match.token, match.objects
        home = match.sense.cameo.startswith(AT_HOME)
        if step == "-":
            return ()
        if step == "object":
            # 'found the mayor guilty': the small clause's subject is the object.
            small = [c for one in match.companions for c in one.children if c.dep_ == "nsubj"]
            return self.first([*objects, *small], source, owners=not match.sense.objects, home=home)
        if step == "object_of_verb":
            return self.first([c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}], source, owners=True)
        if step == "owner":
            return self._owner(match, source)
        if step == "inside":
            return self._inside(match, source)
        if step == "dative":
            found = self.first([c for c in verb.children if c.dep_ == "dative" and c.pos_ != "ADP"], source)
            return found or self.first([t for t in _objects(verb) if t not in objects], source)
        if step == "clause":
            stated = (verb, *objects) if verb.lemma_.lower() in STATING else (verb,)
            return next((f for head in stated if (f := self.clause_subject(head, source))), ())
        if step == "from" and any(in_class(o, "withdrawal", self.lexicon) for o in objects):
            return ()  # 'demanded the withdrawal from the island': not of whom it is demanded
        return self._prepositional(step, match, source)

    def _owner(self, match: Match, source: Sequence[Actor]) -> Found:
        for thing in match.objects:
            found = without(self.parties.owners(thing), source) if not self._undergone(thing) else ()
            if found:
                return found
        # 'A camp for Somali refugees'; the parse may hang whom it is for on the verb.
        housing = [t for t in match.objects if in_class(t, "building", self.lexicon)]
        return self.first(
            [n for t in housing for n in prepositional(t, "for") or prepositional(t.head, "for")], source
        )

    def _inside(self, match: Match, source: Sequence[Actor]) -> Found:
        kind, objects = match.sense.type, match.objects
        phrases = [n for p in match.sense.target for n in prepositional(match.token, p)]
        skipped: frozenset[str] = frozenset()
        barred = None
        if kind in {"ASSAULT", "COERCE"}:
            skipped = BESIDE  # what is hit near a border with somebody is not theirs
        if kind == "PROTEST":
            skipped = ELSEWHERE  # a march against the war in Chad is none against Chad
        if any(in_class(o, "protest", self.lexicon) for o in objects):
            skipped = ELSEWHERE | {"by", "at"}  # who marched, and where, is not whom the march is against
        if kind in JUDGING:
            barred = partial(is_suffered, lexicon=self.lexicon)
            phrases = [n for n in phrases if not barred(n)]
            # 'Condemned the violence against farmers' does not blame the farmers.
            skipped = frozenset() if "against" in match.sense.target else frozenset({"against"})
        for token in (*objects, *phrases):
            found = self.parties.within(
                token, without=source, skipping=skipped, places=kind in MATERIAL, barred=barred
            )
            if found:
                return found
        return ()

    def _prepositional(self, preposition: str, match: Match, source: Sequence[Actor]) -> Found:
        verb = match.token
        members = [m for o in match.objects for m in coordinated(o)]
        heads = [verb, *match.companions, *members, *(content_noun(m) for m in members)]
        # 'Broke up a rally staged by students': whose rally it was.
        heads += [c for m in members for c in m.children if c.dep_ == "acl" and c.tag_ == "VBN"]
        if preposition == "by":
            agents = [a for h in heads if (a := by_agent(h)) is not None and (h is not verb or not is_passive(h))]
            return self.first(agents, source, owners=True)
        nouns = [n for h in heads for n in prepositional(h, preposition)]
        nouns = answerable(nouns, self.lexicon) if match.sense.type in JUDGING else nouns
        return self.first(nouns, source, owners=True, home=match.sense.cameo.startswith(AT_HOME))

    def _undergone(self, noun: Token) -> bool:
        """'Their release', "the editor's arrest": the possessor is no doer."""
        senses = self.lexicon.nouns.get(content_noun(noun).lemma_.lower(), ())
        return any("undergo" in s.flags for s in senses) and any(c.dep_ == "poss" for c in noun.children)

    def first(
        self, tokens: Sequence[Token], source: Sequence[Actor], *, owners: bool = False, home: bool = False
    ) -> Found:
        """Return the actors that the first of the tokens names that names any besides the source.

        With ``owners`` also whose a thing is. A place in the source's own country is nobody's, save at ``home``.
        """
        own = set() if home else {a.country for a in source}
        for token in tokens:
            named = self.parties.named(token)
            found = self.parties.concerned(token) if owners else named or self.parties.country(token)
            # 'The Bosnian town' is a place of Bosnians.
            placed = not named and in_class(token, "territory", self.lexicon)
            rest = tuple(
                a for a in without(found, source) if (a.kind != "place" and not placed) or a.country not in own
            )
            if rest:
                return rest
            if home and (named or placed):
                # 'The Sudanese government lifted the curfew in West Darfur State': those at home, not the government.
                return tuple(msgspec.structs.replace(a, id=None, kind="place", sector=None) for a in found)
        return ()

    def clause_subject(self, verb: Token, source: Sequence[Actor]) -> Found:
        """Return who acts in the clause that the verb governs."""
        for child in verb.children:
            if child.dep_ in {"ccomp", "acl", "xcomp"}:
                inner = own_subject(child)
                if inner is not None:
                    found = without(self.parties.named(inner) or self.parties.owners(inner), source)
                    if found:
                        return found
        return ()

    def beyond_border(self, head: Token, objects: Sequence[Token] = ()) -> Found:
        """Return who is beyond a border: 'along the frontier with Ukraine', "near Poland's border"."""
        for root in (head, *objects):
            for token in root.subtree:
                if token.lemma_ in BORDERS and token.dep_ in {"pobj", "conj"}:
                    found = self.first(prepositional(token, "with", "of"), (), owners=True)
                    return found or self.parties.owners(token)
        return ()


def _objects(verb: Token) -> list[Token]:
    return [antecedent(c) for c in verb.children if c.dep_ in {"dobj", "dative"} and c.pos_ != "ADP"]
