"""Doc → events: who did what to whom, each from one clause, in PLOVER's types with CAMEO codes and Goldstein scores."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace
from spacy.language import Language
from spacy.tokens import Doc, Token

from communique.events import performatives
from communique.events.counts import counts
from communique.events.merging import Draft, merged
from communique.events.ontology import Ontology, ontology
from communique.events.roles import Roles, Who, roles
from communique.events.status import Standing, standing
from communique.events.triggers import Match, matches
from communique.knowledge import table
from communique.places import place_of
from communique.records import Actor, Event, Place, Statement, content_id
from communique.syntax import char_span, clause_head, clause_tokens, coordinated, patients, prepositional
from communique.times import time_of

__all__ = ["events", "make_events"]

# Bare nouns that speak of a meeting told before: 'the talks', 'his remarks at the meeting'.
DEFINITE = frozenset({"the", "these", "those", "this", "that"})

if not Doc.has_extension("events"):
    Doc.set_extension("events", default=())


@Language.factory(
    "communique_events",
    assigns=["doc._.events"],
    requires=["doc._.actors", "doc._.times", "doc._.places", "doc._.statements", "token.dep"],
)
def make_events(nlp: Language, name: str) -> "Events":
    """Make the component that codes events."""
    return Events()


class Events:
    """Sets ``doc._.events``."""

    def __init__(self) -> None:
        self.ontology = ontology()

    def __call__(self, doc: Doc) -> Doc:
        """Code the events."""
        doc._.events = tuple(events(doc, ontology=self.ontology))
        return doc


def events(doc: Doc, *, ontology: Ontology) -> Iterator[Event]:
    """Yield the events of a Doc in text order, each once, with all its mentions as evidence."""
    statements: Sequence[Statement] = doc._.statements or ()
    sentences = _sentence_numbers(doc)
    drafts = [d for match in matches(doc, ontology=ontology) for d in _narrated(match, statements, sentences)]
    drafts += _performed(doc, drafts, statements, sentences)
    drafts.sort(key=lambda draft: draft.trigger)
    _inherit(drafts)
    known = [draft for draft in map(_at_home, merged(drafts)) if _codable(draft, ontology)]
    article = doc._.article.id if doc._.article is not None else ""
    told: set[str] = set()
    for draft in known:
        event = _event(draft, article, ontology)
        if event.id not in told:  # two senses of one word, with the same roles, are one event
            told.add(event.id)
            yield event


def _narrated(match: Match, statements: Sequence[Statement], sentences: Sequence[int]) -> Iterator[Draft]:
    """The drafts of an act that the text tells of, by the narrator or within what somebody said."""
    stands = standing(match.head, statements)
    if stands is None:
        return
    for played in roles(match, Who(statements)):
        draft = _draft(match, played, stands, sentences)
        # One who 'spoke' or 'met' alone makes no meeting; a bare 'the talks' may add to one told before.
        if draft.definite or (len(draft.source) > 1 if draft.symmetric else draft.source or draft.target):
            yield draft


def _draft(match: Match, played: Roles, stands: Standing, sentences: Sequence[int]) -> Draft:
    head, doc = match.head, match.head.doc
    clause = _clause(head)
    where = {t.i for t in clause} if played.around is None else set(played.around)
    time = time_of(doc._.times or (), {t.i for t in clause}, head=head.i)
    claim = stands.statement
    lone = match.trigger.symmetric and len(played.source) < 2
    return Draft(
        type=match.trigger.type,
        mode=match.trigger.mode,
        cameo=match.trigger.cameo,
        source=played.source,
        target=played.target,
        symmetric=played.symmetric,
        status=stands.status,
        conditional=stands.conditional or _conditional(head),
        trigger=char_span(doc, head.i, head.i + 1),
        evidence=char_span(doc, clause[0].i, clause[-1].i + 1),
        lemma=head.lemma_.lower(),
        sentence=sentences[head.i],
        rule=f"{match.trigger.pos} {' '.join((match.trigger.lemma, *match.trigger.others))}",
        context=match.trigger.context,
        date=time.value if time is not None else _document_date(match),
        place=place_of(doc._.places or (), where, head=head.i) or _place_left(match),
        attributed_to=claim.speaker.actor if claim is not None and claim.speaker is not None else None,
        statement=claim,
        counts=counts(clause),
        basis={"status": stands.why},
        definite=head.pos_ == "NOUN" and lone and any(c.lower_ in DEFINITE or c.dep_ == "poss" for c in head.children),
    )


def _document_date(match: Match) -> str | None:
    """'Signed up to it in the 1994 memorandum': a document's year dates the agreement made in it."""
    if match.trigger.type in {"AGREE", "SUPPORT"}:
        for noun in prepositional(match.head, "in", "under") + [
            n for c in match.head.children if c.dep_ == "xcomp" for n in prepositional(c, "in", "under")
        ]:
            within = [t for t in noun.doc._.times or () if noun.left_edge.i <= t.start <= noun.i]
            if within:
                return str(within[0].value)
    return None


def _place_left(match: Match) -> Place | None:
    """'Withdrew from Kyiv', 'was freed from X': where one leaves is where it happens."""
    if match.trigger.type == "RETREAT":
        for noun in prepositional(match.head, "from") + [
            n for thing in patients(match.head) for t in coordinated(thing) for n in prepositional(t, "from")
        ]:
            found = next((p.place for p in noun.doc._.places or () if p.start <= noun.i < p.end), None)
            if found is not None:
                return found
    return None


def _clause(head: Token) -> list[Token]:
    """The clause that says the act: a verb's, or of a noun its phrase and the clause that it stands in."""
    if head.pos_ != "NOUN":
        return clause_tokens(head)
    return sorted({*head.subtree, *clause_tokens(clause_head(head))}, key=lambda token: token.i)


def _conditional(head: Token) -> bool:
    words = [t.lower_ for t in _clause(head)]
    return "unless" in words or any(words[i : i + 3] == ["in", "the", "event"] for i in range(len(words)))


def _performed(
    doc: Doc, drafts: Sequence[Draft], statements: Sequence[Statement], sentences: Sequence[int]
) -> list[Draft]:
    """What statements perform; where a trigger already told it, the statement is linked to that draft instead."""
    made = []
    for act in performatives.of_all(statements, doc):
        cue = act.statement.cue or act.statement.content[0]
        told = next((d for d in drafts if d.type == act.type and cue[0] <= d.trigger[0] < cue[1]), None)
        if told is not None:
            told.statement, told.target = act.statement, told.target or act.target
            continue
        evidence = (min(cue[0], act.statement.content[0][0]), max(cue[1], act.statement.content[-1][1]))
        span = doc.char_span(*cue, alignment_mode="expand")
        head = span.root if span is not None else doc[0]
        time = (
            time_of(doc._.times or (), {t.i for t in clause_tokens(clause_head(head))}) if act.statement.cue else None
        )
        made.append(
            Draft(
                type=act.type,
                mode=act.mode,
                cameo=act.cameo,
                source=act.source,
                target=act.target,
                symmetric=False,
                status="happened",
                conditional=act.statement.conditional,
                trigger=cue,
                evidence=evidence,
                lemma=head.lemma_.lower(),
                sentence=sentences[head.i],
                rule=f"statement {act.statement.act}",
                date=time.value if time is not None else None,
                statement=act.statement,
                basis={"type": f"what was said is to {act.statement.act}"},
            )
        )
    return made


def _inherit(drafts: Sequence[Draft]) -> None:
    """Fill a target or day that a draft leaves to the one before: 'rejected it, but proposed other steps'."""
    for draft in drafts:
        earlier = [d for d in drafts if d.trigger < draft.trigger and draft.sentence - d.sentence <= 1]
        if draft.type == "REJECT" and not draft.target:
            asked = [d for d in earlier if d.type in {"REQUEST", "AGREE"} and not _overlap(d.source, draft.source)]
            draft.target = asked[-1].source if asked else ()
        if draft.type in {"AGREE", "REQUEST"} and not draft.target and draft.source:
            same = [
                d for d in earlier if d.sentence == draft.sentence and d.target and _overlap(d.source, draft.source)
            ]
            draft.target = same[-1].target if same else ()


def _overlap(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    return bool({x.country or x.name for x in a} & {x.country or x.name for x in b})


def _at_home(draft: Draft) -> Draft:
    """Protesters without a nation are of the country that they protest in."""
    if draft.type == "PROTEST" and draft.place is not None and draft.place.country is not None:
        country = draft.place.country
        draft.source = tuple(a if a.country else replace(a, country=country) for a in draft.source)
        draft.basis["source"] = f"protests in {draft.place.name}"
    return draft


def _codable(draft: Draft, ontology: Ontology) -> bool:
    """PLOVER codes no event without a named actor, and some types not without a recipient."""
    named = [actor for actor in (*draft.source, *draft.target) if actor.id or actor.country]
    if not named:
        return False
    if draft.symmetric and len(draft.source) < 2:
        return False
    return not ontology.types[draft.type].needs_target or bool(draft.target) or draft.symmetric


def _event(draft: Draft, article: str, ontology: Ontology) -> Event:
    rule = next(row for row in table("event_rules.tsv") if row["rule"] == draft.rule.split(" ", 1)[0])
    claim = draft.statement
    return Event(
        id=content_id(
            "e", article, draft.type, draft.trigger, [a.name for a in draft.source], [a.name for a in draft.target]
        ),
        article=article,
        type=draft.type,
        source=draft.source,
        target=draft.target,
        status=draft.status,
        trigger=draft.trigger,
        evidence=draft.evidence,
        made_by=f"grammar:{draft.rule}",
        confidence=float(rule["precision"]),
        mode=draft.mode,
        context=draft.context,
        cameo=draft.cameo,
        quad=ontology.types[draft.type].quad,
        goldstein=ontology.goldstein[draft.cameo],
        symmetric=draft.symmetric,
        conditional=draft.conditional,
        date=draft.date,
        place=draft.place,
        attributed_to=draft.attributed_to if draft.status == "alleged" else None,
        statement=claim.id if claim is not None else None,
        counts=draft.counts,
        also=draft.also,
        basis=draft.basis,
    )


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, current = [], -1
    for token in doc:
        current += bool(token.is_sent_start) or token.i == 0
        numbers.append(current)
    return numbers
