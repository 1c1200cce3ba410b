"""Trigger by trigger: the drafts of events that the grammar finds in a Doc."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from communique.events.complements import Complement, complement
from communique.events.counts import counts
from communique.events.drafts import Draft
from communique.events.lexicon import Lexicon
from communique.events.parties import Parties, bridged, is_known, key, without
from communique.events.requirements import admits
from communique.events.roles import Frames, Roles
from communique.events.status import Real, Standing, Standings, in_the_event_of
from communique.events.triggers import Match, content_noun, is_figure_of_speech, matches
from communique.ontology import Ontology
from communique.places import place_of
from communique.records import Actor, EventType, Place, Span, Statement, Status
from communique.syntax import char_span, clause_head, clause_tokens, is_negated, is_passive
from communique.times import time_of

ANAPHORIC = frozenset({"the", "this", "that", "these", "those", "such", "both"})
OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "IGO"})
STATUSES: dict[Real, Status] = {
    Real.HAPPENED: "happened",
    Real.ONGOING: "ongoing",
    Real.PLANNED: "planned",
    Real.ALLEGED: "alleged",
    Real.DENIED: "denied",
}
# What a speaker says of another's intentions, fears or wishes is no report that it was done.
CONSUMING_ACTS = frozenset({"demand", "appeal", "threaten", "promise", "offer"})


@dataclass(frozen=True, slots=True)
class Coder:
    """Reads one Doc; ``taken`` holds the tokens that are already part of another act."""

    doc: Doc
    ontology: Ontology
    lexicon: Lexicon
    parties: Parties
    frames: Frames
    standings: Standings
    statements: Sequence[Statement]

    def drafts(self) -> Iterator[Draft]:
        """Yield the drafts in text order of their triggers, verbs before the nouns that they govern."""
        found: list[Draft] = []
        taken: set[int] = set()
        for token in sorted(self.doc, key=lambda t: (t.sent.start, t.pos_ not in {"VERB", "AUX"}, t.i)):
            if token.i in taken or is_figure_of_speech(token, self.lexicon):
                continue
            for match in matches(token, self.lexicon):
                drafts = [d for roles in self.frames.roles(match) for d in self._draft(match, roles, found)]
                if drafts:
                    found += drafts
                    taken |= set(self._consumed(match))
                    break
                if (
                    match.sense.pos == "verb"
                    and match.objects
                    and match.sense.objects
                    and "@" in str(match.sense.objects)
                ):
                    # A phrase that is no event here ('would impose sanctions') leaves no noun event behind.
                    if self._standing(match).real not in {Real.HAPPENED, Real.ONGOING}:
                        taken |= set(self._consumed(match))
        yield from sorted(found, key=lambda d: d.token.i)

    # -- one match ------------------------------------------------------------------------------------------

    def _draft(self, match: Match, roles: Roles, before: Sequence[Draft]) -> Iterator[Draft]:
        sense, token = match.sense, match.token
        content = complement(match, self.lexicon, self.frames) if "about" in sense.flags else None
        roles = self._resolved(match, roles, content, before)
        if not admits(match, roles, content, self.lexicon):
            return
        standing = self._standing(match)
        status = STATUSES.get(standing.real)
        if sense.type == "REJECT" and standing.real is Real.NEGATED:
            return
        if status is None:
            refused = self._refusal(match, roles, standing)
            if refused is not None:
                yield refused
            return
        statement = self.parties.statement_at(token)
        if statement is not None and statement.kind == "indirect" and _stands_apart(token):
            statement = None
        if statement is not None and not self._reported(match, statement, standing):
            return
        partial = self._partial(match, roles)
        if partial is None:
            return
        act, about = self._act(match, content, standing, statement)
        if act is None:
            return
        kind = self.ontology.about(act, *about) if about is not None else None
        mode = (kind.mode if kind else None) or (sense.mode if act == sense.type else None)
        cameo = (kind.cameo if kind and kind.cameo else None) or (
            sense.cameo if act == sense.type else self.ontology.types[act].cameo
        )
        if act != sense.type:
            status = "happened"
        attributed, status = self._attribution(roles, statement, status)
        head = _clause_of(token, self.frames)
        tokens = [t for t in clause_tokens(head) if t.sent == token.sent]
        date, place = self._when(match, head, roles), self._where(match, head, roles)
        trigger = self._trigger(match)
        conditional = standing.conditional or (sense.type == "THREATEN" and in_the_event_of(token))
        yield Draft(
            type=act,
            token=token,
            source=roles.source,
            target=roles.target,
            status=status,
            trigger=trigger,
            evidence=self._evidence(token, head, tokens),
            rule=f"{sense.pos}:{sense.name}",
            symmetric=roles.symmetric,
            partial=partial,
            mode=mode,
            context=self._contexts(match, tokens, content),
            cameo=cameo,
            conditional=conditional,
            date=date,
            place=place,
            attributed_to=attributed,
            statement=statement.id if statement is not None else None,
            counts=counts(tokens, protest=sense.type == "PROTEST"),
            basis={
                "type": f"{sense.pos} {sense.name!r}",
                "status": standing.why,
                **{k: v for k, v in roles.basis.items() if v},
                **({"mode": f"about {content.token.text!r}"} if content is not None and kind and kind.mode else {}),
            },
        )

    def _act(
        self, match: Match, content: Complement | None, standing: Standing, statement: Statement | None
    ) -> tuple[EventType | None, tuple[EventType, str | None] | None]:
        """Return the type of the act and what it is about, for an act of word.

        'Vowed not to return the land' refuses; 'would attack if provoked' threatens; 'would meet if asked' offers.
        """
        sense = match.sense
        about = (content.type, content.cameo) if content is not None and content.type is not None else None
        if (
            about is not None
            and sense.type in {"AGREE", "THREATEN"}
            and content is not None
            and is_negated(content.token)
        ):
            cooperative = self.ontology.types[about[0]].quad <= 2
            return ("REJECT" if cooperative else "AGREE" if sense.type == "AGREE" else None), about
        if standing.real is Real.PLANNED and standing.conditional and sense.pos == "verb":
            quad = self.ontology.types[sense.type].quad
            if quad == 4:
                return "THREATEN", (sense.type, sense.cameo)
            return ("AGREE", (sense.type, sense.cameo)) if quad <= 2 and sense.type != "AGREE" else (sense.type, about)
        return sense.type, about

    def _standing(self, match: Match) -> Standing:
        standing = self.standings.of(match.token)
        if "willing" in match.sense.flags and standing.why.startswith("'would'"):
            return Standing(Real.HAPPENED, why="readiness")  # 'would be ready to talk' offers talks
        # An attempt on a life is an act of its own (CAMEO 185).
        if standing.real is Real.HYPOTHETICAL and match.sense.cameo == "186" and "attempt" in standing.why:
            return Standing(Real.HAPPENED, why=standing.why)
        return standing

    def _resolved(self, match: Match, roles: Roles, content: Complement | None, before: Sequence[Draft]) -> Roles:
        """Fill a missing target from the complement, from an earlier demand, or from a parallel clause."""
        if not roles.symmetric:
            source = bridged(roles.source, roles.target)
            roles = replace(roles, source=source, target=bridged(roles.target, source))
        if match.sense.type == "CONSULT":
            # Reporters are spoken to, not consulted.
            roles = replace(roles, source=_no_press(roles.source), target=_no_press(roles.target))
        if roles.target or roles.symmetric:
            return roles
        if content is not None:
            target = without(content.targets, roles.source)
            if target:
                return replace(roles, target=target, basis={**roles.basis, "target": f"of {content.token.text!r}"})
        if "symmetric" in match.sense.flags or match.sense.type in {"CONSULT", "PROTEST", "CONCEDE"}:
            return roles
        for thing in match.objects:
            noun = content_noun(thing)
            if any(c.dep_ == "det" and c.lower_ in ANAPHORIC for c in noun.children) and match.sense.type in {
                "REJECT",
                "ACCUSE",
                "AGREE",
                "SUPPORT",
            }:
                earlier = [
                    d for d in before if d.type in {"REQUEST", "AGREE"} and d.source and d.token.i < match.token.i
                ]
                near = [d for d in earlier if match.token.i - d.token.i < 80]
                if (
                    near
                    and near[-1].token.lemma_
                    and noun.lemma_.lower()
                    in {
                        "demand",
                        "proposal",
                        "offer",
                        "request",
                        "call",
                        "appeal",
                        "plan",
                        "idea",
                        "condition",
                        "claim",
                    }
                ):
                    target = without(near[-1].source, roles.source)
                    if target:
                        return replace(
                            roles, target=target, basis={**roles.basis, "target": f"'{noun.text}' of before"}
                        )
        if match.sense.type == "PROTEST":
            for child in match.token.children:
                # 'marched to demand the resignation of …', 'in protest at …', 'over …'
                if child.dep_ in {"advcl", "xcomp", "acl"} or (
                    child.dep_ == "prep" and child.lower_ in {"over", "against", "at"}
                ):
                    target = without(self.parties.within(child), roles.source)
                    if target:
                        return replace(roles, target=target, basis={**roles.basis, "target": f"{child.text!r} …"})
        if match.token.dep_ == "conj" and match.sense.type in {"AGREE", "REJECT", "ACCUSE"}:
            for draft in reversed(before):
                if (
                    draft.token == match.token.head
                    and draft.target
                    and {key(a) for a in draft.source} == {key(a) for a in roles.source}
                ):
                    return replace(
                        roles, target=draft.target, basis={**roles.basis, "target": "of the parallel clause"}
                    )
        return roles

    def _partial(self, match: Match, roles: Roles) -> bool | None:
        """Tell whether the mention needs another to be an event; None when it can't be one."""
        known = [a for a in (*roles.source, *roles.target) if is_known(a)]
        facts = self.ontology.types[match.sense.type]
        noun = match.token
        if match.sense.pos == "noun":
            definite = any(
                c.dep_ in {"det", "poss"} and c.lower_ in ANAPHORIC | {"his", "her", "their"} for c in noun.children
            )
            if match.sense.type == "CONSULT":
                enough = len(roles.source) + len(roles.target) > 1 and known
                return False if enough else True if definite or roles.source else None
            if not roles.source or not known:
                return None
            return False if not facts.recipient or roles.target or roles.symmetric else None
        if not known:
            return None
        if match.sense.flags & {"plural", "symmetric"} and len(roles.source) < 2:
            return True if match.sense.type == "CONSULT" else None
        if not roles.source:
            # Of agentless passives only those are kept that befell somebody known by name.
            befell = is_passive(match.token) and match.token.dep_ != "acl" and roles.basis.get("target") == "object"
            befell = befell or (roles.basis.get("source") == "by an attack" and match.sense.type == "ASSAULT")
            return False if befell and any(is_known(a) for a in roles.target) else None
        if not any(is_known(a) for a in roles.source) and match.sense.type not in {"PROTEST", "ASSAULT", "COERCE"}:
            return None
        if facts.recipient and not (roles.target or roles.symmetric) and match.sense.type not in {"SANCTION", "AID"}:
            return None
        return False

    def _refusal(self, match: Match, roles: Roles, standing: Standing) -> Draft | None:
        """'Will not lift the ban': what somebody says he will not do is refused, when it would cooperate."""
        sense, verb = match.sense, match.token
        if standing.real is not Real.NEGATED or sense.pos != "verb" or self.ontology.types[sense.type].quad > 2:
            return None
        words = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        if not words & {"will", "wo", "would"} or not roles.source or not any(is_known(a) for a in roles.source):
            return None
        kind = self.ontology.about("REJECT", sense.type, sense.cameo)
        tokens = clause_tokens(verb)
        source = roles.source
        target = roles.target
        if roles.symmetric:
            doer = self.parties.named(_subject(verb))
            source, target = doer, without(roles.source, doer)
        return Draft(
            type="REJECT",
            token=verb,
            source=source,
            target=target,
            status="happened",
            trigger=self._trigger(match),
            evidence=self._evidence(verb, verb, tokens),
            rule="refusal",
            mode=kind.mode,
            cameo=kind.cameo or "120",
            context=sense.context,
            date=None,
            basis={"type": f"will not {sense.name!r}", **{k: v for k, v in roles.basis.items() if v}},
        )

    def _reported(self, match: Match, statement: Statement, standing: Standing) -> bool:
        """Tell whether an act within what somebody said is reported there as a fact."""
        if statement.act in CONSUMING_ACTS and standing.real in {Real.PLANNED}:
            return statement.act in {"promise", "offer"}
        if statement.act in {"demand", "appeal"} and standing.real is Real.HAPPENED and match.sense.pos == "noun":
            return False
        return statement.act != "deny" and not statement.negated

    def _attribution(self, roles: Roles, statement: Statement | None, status: Status) -> tuple[Actor | None, Status]:
        speaker = statement.speaker.actor if statement is not None and statement.speaker is not None else None
        if statement is None or (statement.speaker is None):
            return None, status
        if speaker is None:
            return None, "alleged" if status in {"happened", "ongoing"} else status
        own = any(
            key(a) == key(speaker)
            or (a.country is not None and a.country == speaker.country and speaker.sector in OFFICIAL)
            for a in roles.source
        )
        if own or status not in {"happened", "ongoing"}:
            return speaker, status
        return speaker, "alleged"

    # -- where, when, which words ---------------------------------------------------------------------------

    def _when(self, match: Match, head: Token, roles: Roles) -> str | None:
        return next(
            (
                t.value
                for scope, h in self._scopes(match, head, roles)
                if (t := time_of(self.doc._.times or (), scope, head=h))
            ),
            None,
        )

    def _where(self, match: Match, head: Token, roles: Roles) -> Place | None:
        mentions = self.doc._.places or ()
        for scope, h in self._scopes(match, head, roles):
            found = place_of(mentions, scope, head=h)
            if found is not None:
                return found
        if match.sense.type in {"RETREAT", "SANCTION", "CONCEDE"} or match.sense.cameo.startswith("07"):
            own = {t.i for t in match.token.subtree}
            return next((m.place for m in mentions if m.start in own and m.relation == "from"), None)
        return None

    def _scopes(self, match: Match, head: Token, roles: Roles) -> Iterator[tuple[set[int], int]]:
        """Yield token sets to look for time and place in, the nearest first, each with its governing index."""
        token = match.token
        if roles.around is not None:
            yield set(roles.around), token.i
        if match.sense.pos == "noun":
            own = set()
            stack = [token]
            while stack:
                current = stack.pop()
                own.add(current.i)
                stack += [c for c in current.children if c.dep_ not in {"relcl", "conj", "appos"}]
            yield own, token.i
            carrier = self.frames.carrier(token)
            if carrier is not None:
                yield {t.i for t in clause_tokens(carrier)}, carrier.i
                yield {t.i for t in carrier.subtree if carrier.dep_ == "pcomp"}, carrier.i
            elif match.sense.type == "CONSULT":
                yield {t.i for t in clause_tokens(clause_head(token))}, clause_head(token).i
            return
        clause = {t.i for t in clause_tokens(token)}
        if roles.around is None:
            yield clause, token.i
        else:
            yield {i for i in clause if i < min(roles.around)}, token.i
        if match.sense.type in {"AGREE", "SUPPORT"}:
            # 'pledged in the 1975 accord': the paper's year is the pledge's.
            for t in token.subtree:
                if (
                    t.dep_ == "pobj"
                    and t.head.lower_ in {"in", "under"}
                    and t.lemma_.lower() in self.lexicon.classes["deal"]
                ):
                    yield {x.i for x in t.subtree}, t.i
        outer = token
        while outer.dep_ in {"xcomp", "conj", "advcl", "pcomp"} and outer.head != outer:
            step = outer.head.head if outer.dep_ == "pcomp" else outer.head
            if step.pos_ not in {"VERB", "AUX"} or (outer.dep_ == "advcl" and outer.tag_ not in {"VBG", "VBN", "VB"}):
                return
            yield {t.i for t in clause_tokens(step)} - {t.i for t in outer.subtree}, step.i
            outer = step

    def _contexts(self, match: Match, tokens: Sequence[Token], content: Complement | None) -> tuple[str, ...]:
        found = list(match.sense.context)
        if content is not None:
            found += content.context
        lemmas = {t.lemma_.lower() for t in tokens} | {t.lower_ for t in tokens}
        for context, words in self.ontology.context_words.items():
            if lemmas & set(words):
                found.append(context)
        return tuple(dict.fromkeys(found))

    def _trigger(self, match: Match) -> Span:
        tokens = [match.token, *match.companions]
        if match.sense.pos == "verb" and len(match.objects) and any(o.startswith("@") for o in match.sense.objects):
            near = content_noun(match.objects[0])
            if 0 < near.i - match.token.i < 6:
                tokens.append(near)
        start, end = min(t.i for t in tokens), max(t.i for t in tokens) + 1
        if end - start > 12:
            start, end = match.token.i, match.token.i + 1
        return char_span(self.doc, start, end)

    def _evidence(self, token: Token, head: Token, tokens: Sequence[Token]) -> Span:
        inside = [t.i for t in tokens if not t.is_space] or [token.i]
        inside.append(token.i)
        return char_span(self.doc, min(inside), max(inside) + 1)

    def _consumed(self, match: Match) -> Iterator[int]:
        """Yield the tokens that an act has used up: its words, its object nouns, what an act of word is about."""
        yield match.token.i
        yield from (c.i for c in match.companions)
        constrained = any(o.startswith("@") for o in match.sense.objects)
        for thing in match.objects:
            if constrained or match.sense.type in {"REQUEST", "THREATEN", "AGREE", "REJECT"}:
                yield thing.i
                yield content_noun(thing).i
        if match.sense.type in {"REQUEST", "THREATEN", "AGREE", "REJECT"} or "consume" in match.sense.flags:
            found = complement(match, self.lexicon, self.frames)
            if found is not None:
                yield from (t.i for t in found.token.subtree)
            for child in match.token.children:
                if child.dep_ in {"xcomp", "ccomp"} or (child.dep_ == "prep" and "consume" in match.sense.flags):
                    yield from (t.i for t in child.subtree)


def _clause_of(token: Token, frames: Frames) -> Token:
    """Return the head of the words that are an event's evidence: the trigger's clause."""
    if token.pos_ in {"VERB", "AUX"}:
        return token
    carrier = frames.carrier(token)
    return carrier if carrier is not None else clause_head(token)


def _stands_apart(token: Token) -> bool:
    """Tell whether an act is told in an absolute at the end of a report: '…, with talks being held': told by the writer."""
    while token.head != token:
        if token.dep_ in {"pcomp", "pobj"} and token.head.lower_ == "with":
            preposition = token.head
            return preposition.i > 0 and preposition.nbor(-1).text == "," and token.pos_ == "VERB"
        token = token.head
    return False


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)


def _no_press(actors: Sequence[Actor]) -> tuple[Actor, ...]:
    return tuple(a for a in actors if a.sector != "JRN")
