"""Is a name a place where it stands? What its neighbours and its part in the clause say."""

from spacy.tokens import Doc, Span, Token

from communique.places.mentions import LOCATIVE

MOVEMENT = frozenset(
    "arrive travel visit fly go come return head move march advance drive sail flee retreat withdraw walk run rush "
    "deploy evacuate transfer deport extradite trip visit journey flight tour arrival return".split()
)
# Their object is where they happen, if it is a place at all.
STRIKING = frozenset(
    "leave visit reach enter bomb attack shell strike hit capture seize retake take recapture storm besiege surround "
    "encircle liberate occupy invade annex cross tour flee abandon evacuate raid target control hold defend approach "
    "rock devastate pound blockade rebuild quit exit threaten conquer overrun destroy flood".split()
)
# Of these only a place can be the object; 'attack', 'visit' and 'hit' take people too.
HOLDING = frozenset(
    "seize retake recapture storm besiege encircle liberate occupy invade annex conquer overrun".split()
)
# A place, not its government, is the subject of these.
STATES = frozenset(
    "be lie sit have see host remain stay fall suffer become stand wake lose burn flood border stretch belong "
    "experience shake celebrate mourn brace face record welcome boast contain sprawl count".split()
)
# With these, a state or a capital is a party: 'sanctions against Moscow', 'talks with Iran', 'deal between'.
PARTY = frozenset({"with", "against", "between", "by", "for", "upon"})
# Between two ends of these, and with them, are places: 'flights between London and Harare', 'the border with Mexico'.
WAYS = frozenset("border frontier flight road route train service link ferry distance line crossing pipeline".split())
ACT_NOUNS = frozenset(
    "decision demand claim statement position policy plan proposal offer refusal response reaction threat warning "
    "concern call request stance view interest intention aim goal role insistence accusation allegation ally "
    "commitment promise pledge support opposition objection rejection criticism condemnation denial effort attempt "
    "aggression invasion annexation withdrawal attack actions envoy ambassador ambition security".split()
)
TITLES = frozenset("mr mrs ms dr sir lady lord king queen prince princess general colonel captain pope".split())
# Words before 'of' or after a name that make an organisation or another name of the whole.
HEADS_OF_NAMES = frozenset(
    "university bank bishop archbishop duke duchess earl institute church battle treaty college museum times post "
    "house club declaration convention protocol agreement".split()
)
# What is in one of these is in the place that it belongs to: 'the port of Odesa', "Kyiv's outskirts".
PARTS = frozenset(
    "port city town village region outskirts suburb capital district area centre center north south east west part "
    "province coast border island street square airport station neighbourhood neighborhood county state front harbour "
    "northeast northwest southeast southwest hub peninsula metropolis municipality".split()
)
ILLNESSES = frozenset("virus fever flu disease syndrome variant ebolavirus".split())
DIRECTIONS = frozenset("north south east west northern southern eastern western central upper lower greater".split())
ARTICLES = frozenset("the a an its their".split())
NOUN_PARTS = frozenset("pobj dobj nsubj nsubjpass attr appos conj ROOT".split())
# What is somewhere, before whose name its place stands: 'a Longview woman', 'the Pirbright laboratory'.
AT_HOME = frozenset(
    "resident residents man woman men women teenager couple family native area district neighborhood neighbourhood "
    "suburb region town village home house apartment hospital clinic laboratory school jail prison court "
    "courthouse airport station campus office plant factory mine farm farms camp camps police firefighters "
    "authorities mayor council councillor councilman lawmaker mosque church synagogue street road junction".split()
)
# What a place is called before its name: 'the town of Esperance'.
CALLED = frozenset(
    "town city village island state province county district area region port suburb municipality community hamlet "
    "borough township neighborhood neighbourhood capital resort settlement enclave prefecture".split()
)
# Before a name these make another: 'West Nile'; 'South London' is in London all the same.
QUARTERS = frozenset("north south east west".split())
# Bodies, buildings and offices that are named for the place where they are or rule.
BODIES = frozenset(
    "department ministry agency authority bureau police sheriff court council government parliament assembly senate "
    "congress house legislature commission hospital airport army navy forces embassy "
    "consulate district governor mayor president premier minister senator representative congressman congresswoman "
    "attorney board service services administration association institute centre center centers museum library "
    "stadium cathedral jail prison station supreme secretary coordinator coast bridge".split()
)
SEPARATORS = frozenset({",", "and", "or", "in", "at", "near", "from", "(", ")", ";", ":", "–", "—"})


def is_part_of_name(doc: Doc, start: int, end: int) -> bool:
    """Tell whether the words are part of a longer name: 'Paris Hilton', 'Bank of England', 'Manchester United'."""
    before, after = _text(doc, start - 1), _text(doc, end)
    if before.rstrip(".").lower() in TITLES:
        return True
    if before.lower() == "of" and start > 1:
        head = doc[start - 2]
        if head.lower_ in HEADS_OF_NAMES and head.text[0].isupper():
            return True
    if before.lower() in QUARTERS and before[0].isupper() and not doc[start].is_sent_start and end - start == 1:
        return True
    last = doc[end - 1]
    # 'US dollars', 'US$5', and the road 'U.S. 31'.
    if after.lower() in {"dollar", "dollars"} or after.isdigit() or before in {"$", "£", "€"}:
        return True
    if after[:1].isupper() and last.head.i >= end and last.dep_ == "compound" and last.head.tag_ in {"NNP", "NNPS"}:
        return True
    if last.dep_ == "compound" and last.head.lower_ in ILLNESSES:
        return True
    # 'Agent Orange', 'Godfather of Soul'; 'Central Luzon' and 'President Macron' of the sentence's start stay out.
    previous = doc[start - 1] if start else None
    return (
        previous is not None
        and previous.text[0].isupper()
        and previous.tag_ == "NNP"
        and previous.dep_ == "compound"
        and start <= previous.head.i < end
        and previous.lower_ not in DIRECTIONS
    )


def has_article(span: Span) -> bool:
    """Tell whether the words stand after an article as the noun itself, as names of towns don't: 'the Centre'."""
    if span.start == 0 or span.doc[span.start - 1].lower_ not in ARTICLES:
        return False
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return span.root.dep_ in NOUN_PARTS and (after is None or after.text not in {",", "-"})


def heads_public_body(span: Span) -> bool:
    """Tell whether a public body, an office or a building follows that is named for the place."""
    before = span.doc[span.start - 1] if span.start else None
    if before is not None and not span[0].is_sent_start and before.text[0].isupper() and before.lower_ != "the":
        return False  # 'Royal Alexandra Hospital', 'the All India Institute'
    for token in span.doc[span.end :]:
        if token.lower_ in BODIES and token.text[0].isupper():
            return True
        if not (token.text[0].isupper() or token.lower_ in {"of", "and", "for", "'s", "the"}):
            return False
    return False


def is_within_entity(doc: Doc, start: int, end: int, entity: Span | None) -> bool:
    """Tell whether the recogniser sees a person, organisation or work of which the words are only a part."""
    if entity is None or entity.label_ not in {"PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "LAW", "EVENT"}:
        return False
    # 'Kharkiv and Bakhmut', 'Lavrov, Moscow' as one entity is the recogniser's slip: two names.
    left, right = start, end
    while left > entity.start and doc[left - 1].lower_ not in SEPARATORS:
        left -= 1
    while right < entity.end and doc[right].lower_ not in SEPARATORS:
        right += 1
    return any(t.text[0].isupper() for t in doc[left:right] if not start <= t.i < end)


def relation(span: Span) -> tuple[Token, str, bool]:
    """Return what the name belongs to, how (see PlaceMention), and whether that is a movement."""
    root = span.root
    while root.head != root:
        head = root.head
        through = head.head if root.dep_ == "pobj" and head.lower_ == "of" else head
        if root.dep_ in {"conj", "appos"} and head.pos_ in {"PROPN", "NOUN"}:
            root = head
        elif root.dep_ in {"pobj", "poss", "compound"} and {through.lemma_.lower(), through.lower_} & PARTS:
            if root.dep_ == "compound" and any(child.lower_ == "of" for child in through.children):
                break  # 'the Black Sea port of Odesa' is in Odesa
            root = through
        else:
            break
    head = root.head
    if root.dep_ == "pobj" or (root.dep_ == "conj" and head.dep_ == "prep"):
        preposition = head
        governor = preposition.head
        while governor.dep_ == "prep" or governor.pos_ in {"ADP", "ADV"}:
            if governor.head == governor:
                break
            governor = governor.head
        return governor, preposition.lower_, governor.lemma_.lower() in MOVEMENT
    if root.dep_ in {"dobj", "nsubjpass"} and head.lemma_ in STRIKING:
        return head, "object", head.lemma_ in MOVEMENT
    if root.dep_ in {"poss", "compound", "amod", "nmod"}:
        return head, "title", False
    return head, "", False


def is_metonym(span: Span, *, governs: bool) -> bool:
    """Tell whether a name stands for who rules there; ``governs``: it names a state or a capital.

    'Moscow said', "Beijing's demands", 'talks with Tehran' are not places; 'in Moscow', 'left Kyiv' are.
    """
    root = span.root
    while root.dep_ == "conj" and root.head.pos_ == "PROPN" and root.head != root:
        root = root.head
    dep, head = root.dep_, root.head
    if dep == "nsubj":
        return head.pos_ in {"VERB", "AUX"} and head.lemma_ not in STATES
    if dep == "poss":
        return head.lemma_.lower() in ACT_NOUNS and governs
    if dep == "agent" or (dep == "pobj" and head.dep_ == "agent"):
        return True
    if not governs:
        return False
    if dep in {"dobj", "dative"}:
        return head.lemma_ not in STRIKING
    if dep == "nsubjpass":
        return head.lemma_ not in STRIKING
    return dep == "pobj" and head.lower_ in PARTY and head.head.lemma_.lower() not in WAYS


def is_told(span: Span) -> bool:
    """Tell whether the words say that it is a place: 'the town of Palmyra', 'recaptured Palmyra'."""
    doc, start = span.doc, span.start
    if start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in CALLED:
        return True
    governor, how, _ = relation(span)
    return how == "object" and governor.lemma_ in HOLDING


def is_surely_located(span: Span) -> bool:
    """Tell whether the words can be nothing but a place, whatever the recogniser makes of them: 'in Bakhmut'."""
    return is_told(span) or relation(span)[1] in {"in", "near", "outside", "inside", "throughout"}


def is_based(span: Span) -> bool:
    """Tell whether somebody has their seat there: 'the Moscow-based analyst'."""
    return span.doc[span.end : span.end + 2].text.lower() == "-based"


def is_at_home(span: Span) -> bool:
    """Tell whether the name says where somebody or something is: 'an Oahu home'."""
    root = span.root
    return root.dep_ in {"compound", "nmod", "amod"} and root.head.i >= span.end and root.head.text in AT_HOME


def is_reached(span: Span) -> bool:
    """Tell whether somebody goes there: 'travelling to Cirencester'."""
    _, how, moving = relation(span)
    return moving and how in {"to", "into"}


def is_located(span: Span) -> bool:
    """Tell whether the clause makes the words a place: a preposition of place, a verb of going or striking."""
    _, how, moving = relation(span)
    if how == "object" or how in LOCATIVE - {"by", "on", "over"} or (moving and how in {"to", "from", "into"}):
        return True
    before = span.start - 1
    while before >= 0 and span.doc[before].pos_ in {"DET", "ADJ"}:
        before -= 1
    return before >= 0 and span.doc[before].lower_ in LOCATIVE - {"by", "on", "over"}


def _text(doc: Doc, i: int) -> str:
    return doc[i].text if 0 <= i < len(doc) else ""
