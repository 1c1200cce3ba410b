"""Doc → events: who did what to whom in PLOVER's terms, from one clause each, mentions of one event merged."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from communique.events.coding import Coder
from communique.events.drafts import Draft
from communique.events.lexicon import Lexicon, lexicon
from communique.events.merging import merged
from communique.events.parties import Parties
from communique.events.performatives import performatives
from communique.events.roles import Frames
from communique.events.status import Standings
from communique.ontology import Ontology, ontology
from communique.records import Event, content_id

__all__ = ["events", "make_events"]

if not Doc.has_extension("events"):
    Doc.set_extension("events", default=())

# Confidence by what made a record. For verbs it is the share of events whose type was the gold's on the development
# half of PLOVER's gold standard records (of 150 events .71 without a target, .86 with one). Of the other kinds that
# set holds 15, too few to measure: they are set lower by hand.
PRIORS = {"verb": 0.7, "noun": 0.5, "statement": 0.6, "refusal": 0.6}
WITH_TARGET = 0.15


@Language.factory(
    "communique_events",
    assigns=["doc._.events"],
    requires=["doc._.actors", "doc._.places", "doc._.times", "doc._.statements", "token.dep"],
    default_config={"ontology": None},
)
def make_events(nlp: Language, name: str, ontology: str | None) -> "Events":
    """Make the component that finds events; ``ontology`` is the path of a user's own to use beside PLOVER.

    Raises KnowledgeError when the file is wrong.
    """
    return Events(ontology)


class Events:
    """Sets ``doc._.events``."""

    def __init__(self, own: str | None = None) -> None:
        self.ontology, self.lexicon = ontology(), lexicon()
        if own is not None:
            # Only here, as it reads YAML, which coding without an own ontology needs not load.
            from communique.extension import Extension

            extension = Extension(own)
            self.ontology, self.lexicon = extension.ontology, extension.triggers

    def __call__(self, doc: Doc) -> Doc:
        """Find the events."""
        doc._.events = tuple(events(doc, ontology=self.ontology, lexicon=self.lexicon))
        return doc


def events(doc: Doc, *, ontology: Ontology, lexicon: Lexicon) -> Iterator[Event]:
    """Yield the events of a Doc in text order, each once however often the article tells of it.

    An event without a known actor is left out, as in PLOVER's codebook; so is what is only feared, demanded,
    threatened or made a condition (the fear or threat may be an event). ``doc._.statements`` may be empty: cue verbs
    ('accused', 'urged') then still make events, other acts of word don't.
    """
    if doc._.actors is None:
        return
    statements = doc._.statements or ()
    parties = Parties(doc, statements)
    frames = Frames(parties, lexicon)
    coder = Coder(doc, ontology, lexicon, parties, frames, Standings(lexicon), statements)
    drafts = performatives(
        doc,
        list(coder.drafts()),
        statements=statements,
        parties=parties,
        frames=frames,
        ontology=ontology,
        lexicon=lexicon,
    )
    article = doc._.article.id if doc._.article is not None else ""
    for draft in sorted(merged(drafts), key=lambda d: d.trigger):
        yield _event(draft, article, ontology)


def _event(draft: Draft, article: str, ontology: Ontology) -> Event:
    prior = PRIORS[draft.rule.partition(":")[0]]
    return Event(
        id=content_id(
            "e", article, draft.type, draft.trigger, draft.evidence, [a.name for a in (*draft.source, *draft.target)]
        ),
        article=article,
        type=draft.type,
        source=draft.source,
        target=draft.target,
        status=draft.status,
        trigger=draft.trigger,
        evidence=draft.evidence,
        made_by=f"grammar:{draft.rule}",
        confidence=round(prior + (WITH_TARGET if draft.target or draft.symmetric else 0.0), 2),
        mode=draft.mode,
        context=draft.context,
        cameo=draft.cameo or None,
        quad=ontology.types[draft.type].quad,
        goldstein=ontology.score(draft.type, draft.cameo),
        symmetric=draft.symmetric,
        conditional=draft.conditional,
        date=draft.date,
        place=draft.place,
        attributed_to=draft.attributed_to,
        statement=draft.statement,
        counts=draft.counts,
        also=draft.also,
        basis=draft.basis,
    )
