"""Trigger by trigger: the drafts of events that the grammar finds in a Doc."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc, Token

from communique.events.acts import act_of, meeting
from communique.events.background import is_background
from communique.events.complements import Complement, complement
from communique.events.counts import counts
from communique.events.drafts import Draft
from communique.events.lexicon import Lexicon
from communique.events.occasions import when, where
from communique.events.parties import Parties, is_known, key, without
from communique.events.requirements import admits
from communique.events.roles import Frames, Roles
from communique.events.status import Real, Standing, Standings, in_the_event_of
from communique.events.targets import DEFINITE, completed, of_condition
from communique.events.triggers import Match, content_noun, is_figure_of_speech, matches
from communique.ontology import Ontology
from communique.records import Actor, Span, Statement, Status
from communique.syntax import char_span, clause_head, clause_tokens, is_negated, is_passive, own_subject

OFFICIAL = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "IGO"})
STATUSES: dict[Real, Status] = {
    Real.HAPPENED: "happened",
    Real.ONGOING: "ongoing",
    Real.PLANNED: "planned",
    Real.ALLEGED: "alleged",
    Real.DENIED: "denied",
}
# What a speaker says of another's intentions, fears or wishes is no report that it was done.
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
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
        for token in self._act_words():
            if token.i in taken:
                continue
            for match in matches(token, self.lexicon):
                if is_figure_of_speech(token, self.lexicon):
                    break
                drafts = [d for roles in self.frames.roles(match) for d in self._draft(match, roles, found)]
                if drafts:
                    found += drafts
                    taken |= set(self._consumed(match))
                    break
                phrase = (
                    match.sense.pos == "verb" and match.objects and any("@" in kind for kind in match.sense.objects)
                )
                if phrase and self._standing(match).real not in {Real.HAPPENED, Real.ONGOING}:
                    # A phrase that is no event here ('would impose sanctions') leaves no noun event behind.
                    taken |= set(self._consumed(match))
        yield from sorted(found, key=lambda d: d.token.i)

    def _act_words(self) -> Iterator[Token]:
        for sentence in self.doc.sents:
            words = [token for token in sentence if token.pos_ in VERBAL | NOMINAL]
            yield from (token for token in words if token.pos_ in VERBAL)
            yield from (token for token in words if token.pos_ in NOMINAL)

    # -- one match ------------------------------------------------------------------------------------------

    def _draft(self, match: Match, roles: Roles, before: Sequence[Draft]) -> Iterator[Draft]:
        sense, token = match.sense, match.token
        content = complement(match, self.lexicon, self.frames) if "about" in sense.flags else None
        roles = completed(match, roles, content, before, self.parties, partial(where, match, roles, self.frames))
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
        head = _clause_of(token, self.frames)
        date, place = when(match, roles, self.frames), where(match, roles, self.frames)
        if is_background(token, date, self._day(), self.lexicon):
            return
        if (
            status == "happened"
            and token.tag_ in {"VBP", "VBZ"}
            and date is not None
            and date[:10] > (self._day() or date)
        ):
            status = "planned"  # 'the two meet on Friday'
        incomplete = self._partial(match, roles)
        if incomplete is None:
            return
        act, about = act_of(match, content, standing, roles, self.ontology)
        if act is None:
            return
        kind = self.ontology.about(act, *about) if about is not None else None
        mode = (kind.mode if kind else None) or (sense.mode if act == sense.type else None)
        cameo = (kind.cameo if kind and kind.cameo else None) or (
            sense.cameo if act == sense.type else self.ontology.types[act].cameo
        )
        if act != sense.type and act != "ACCUSE":
            status = "happened"
            if roles.symmetric:
                # 'would meet the envoy if …' is one side's offer.
                doer = self.parties.named(own_subject(token))
                roles = replace(roles, source=doer, target=without(roles.source, doer), symmetric=False)
            if act == "THREATEN" and not roles.target:
                roles = of_condition(token, roles, self.parties)
        if act == "CONSULT" and mode is None:
            mode, cameo = meeting(roles, place, cameo)
        attributed, status = self._attribution(roles, statement, status)
        sentence = token.sent
        tokens = [t for t in clause_tokens(head) if sentence.start <= t.i < sentence.end]
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
            rule=f"{sense.pos}:{sense.name}" + (f" ({sense.origin})" if sense.origin else ""),
            symmetric=roles.symmetric,
            partial=incomplete,
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

    def _day(self) -> str | None:
        article = self.doc._.article if self.doc.has_extension("article") else None
        return article.day if article is not None else None

    def _standing(self, match: Match) -> Standing:
        standing = self.standings.of(match.token)
        if match.objects and all(is_negated(thing) for thing in match.objects):
            return Standing(Real.NEGATED, why="of none")  # 'offered no proof', 'reached no agreement'
        if "willing" in match.sense.flags and standing.why.startswith("'would'"):
            return Standing(Real.HAPPENED, why="readiness")  # 'would be ready to talk' offers talks
        # An attempt on a life is an act of its own (CAMEO 185).
        if standing.real is Real.HYPOTHETICAL and match.sense.cameo == "186" and "attempt" in standing.why:
            return Standing(Real.HAPPENED, why=standing.why)
        return standing

    def _partial(self, match: Match, roles: Roles) -> bool | None:
        """Tell whether the mention needs another to be an event; None when it can't be one."""
        known = [a for a in (*roles.source, *roles.target) if is_known(a)]
        facts = self.ontology.types[match.sense.type]
        noun = match.token
        if match.sense.pos == "noun":
            definite = any(
                c.dep_ in {"det", "poss"} and c.lower_ in DEFINITE | {"his", "her", "their"} for c in noun.children
            )
            if match.sense.type == "CONSULT":
                enough = len(roles.source) + len(roles.target) > 1 and known
                return False if enough else True if definite or roles.source else None
            if not roles.source or not known or ("mutual" in match.sense.flags and not roles.symmetric):
                return None
            return False if not facts.recipient or roles.target or roles.symmetric else None
        if not known:
            return None
        if match.sense.type in {"ASSAULT", "COERCE", "AID"} and not any(a.country for a in known):
            return None  # crimes among people of whom nobody says where they belong
        if match.sense.type == "CONSULT" and not (roles.target or roles.symmetric):
            return True  # 'which hosted the meeting': of whom is told elsewhere
        if match.sense.flags & {"plural", "symmetric"} and len(roles.source) < 2:
            return True if match.sense.type == "CONSULT" else None
        if not roles.source:
            # Of agentless passives only those are kept that befell somebody known by name.
            befell = facts.quad == 4 or match.sense.type in {"RETREAT", "ACCUSE"}
            befell = (
                befell
                and is_passive(match.token)
                and match.token.dep_ != "acl"
                and roles.basis.get("target") == "object"
            )
            befell = befell or (roles.basis.get("source") == "by an attack" and match.sense.type == "ASSAULT")
            return False if befell and any(is_known(a) for a in roles.target) else None
        if not any(is_known(a) for a in roles.source) and match.sense.type not in {"PROTEST", "ASSAULT", "COERCE"}:
            return None
        # Sanctions and relief are often told without whom they reach; weapons sent to nobody named are no aid.
        lenient = match.sense.type == "SANCTION" or (
            match.sense.type == "AID" and "military" not in match.sense.context
        )
        if facts.recipient and not (roles.target or roles.symmetric) and not lenient:
            return None
        return False

    def _refusal(self, match: Match, roles: Roles, standing: Standing) -> Draft | None:
        """'Will not lift the ban': what somebody says he will not do is refused, when it would cooperate."""
        sense, verb = match.sense, match.token
        if standing.real is not Real.NEGATED or sense.pos != "verb" or self.ontology.types[sense.type].quad > 2:
            return None
        words = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        reported = verb.dep_ == "ccomp" and verb.head.pos_ == "VERB"
        if reported and self.standings.of_verb(verb.head).real is not Real.HAPPENED:
            return None  # 'what would follow if he announced that he would not back them'
        if not words & {"will", "wo", "would"} or not roles.source or not any(is_known(a) for a in roles.source):
            return None
        kind = self.ontology.about("REJECT", sense.type, sense.cameo)
        tokens = clause_tokens(verb)
        source = roles.source
        target = roles.target
        if roles.symmetric:
            doer = self.parties.named(own_subject(verb))
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
        return (statement.act != "deny" or standing.real is Real.DENIED) and not statement.negated

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

    # -- which words -----------------------------------------------------------------------------------------

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
    """Tell whether the writer tells it beside a report: 'Oslo said it would wait, with talks being held in Bern'."""
    while token.head != token:
        if token.dep_ in {"pcomp", "pobj"} and token.head.lower_ == "with":
            preposition = token.head
            return preposition.i > 0 and preposition.nbor(-1).text == "," and token.pos_ == "VERB"
        token = token.head
    return False
