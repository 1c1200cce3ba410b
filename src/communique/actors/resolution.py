"""Doc → mentions of actors, each resolved as far as the page and the knowledge base tell. One pass, in text order."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from communique.actors import anaphora
from communique.actors.datelines import Reporting
from communique.actors.descriptions import described
from communique.actors.lexicon import Lexicon, Name, slug, straight
from communique.actors.mentions import ActorMention
from communique.actors.names import Hit, is_location
from communique.actors.page import Page
from communique.actors.persons import make_person, person_named, person_of
from communique.actors.roles import is_ethnic, is_stance, role_ending_at
from communique.records import Actor

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})
# Two words of three, which head no mention.
NEVER = frozenset({"PUNCT", "SPACE", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "SYM", "INTJ"})
# What the recogniser calls these names nobody: 'in May' is no prime minister.
NO_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "EVENT", "WORK_OF_ART"})
# A participle with one of these is a verb.
VERBAL = frozenset({"dobj", "agent", "aux", "auxpass"})
MODIFIERS = frozenset({"amod", "compound", "nmod"})


def mentions(
    doc: Doc, *, lexicon: Lexicon, day: str | None, home: str | None = None, reporting: Reporting | None = None
) -> Iterator[ActorMention]:
    """Yield the mentions of actors in text order, pronouns and descriptions resolved to those named before them.

    ``day`` (YYYY-MM-DD) is the article's: offices are those held on it. For None only present offices are used.
    ``home`` is the country, ISO 3166-1 alpha-3, of the dateline or else of the outlet: on a page that names no other
    state 'the president' is its president. ``reporting`` tells of each part of the text from which capital it comes.
    """
    page = Page(doc, lexicon=lexicon, day=day, home=home, reporting=reporting)
    for token in doc:
        found = _mention(page, token)
        if found is not None:
            page.take(found, token)
            yield found


def _mention(page: Page, head: Token) -> ActorMention | None:
    if head.pos_ in NEVER:
        return None
    if head.pos_ == "PRON" or head.tag_ == "PRP$":
        return _pronoun(page, head)
    either = anaphora.one_of_two(head, cast=page.cast, sentence=page.sentences[head.i])
    if either is not None:
        return page.make(head, head.i - 1, head.i + 1, *either)
    hit = page.hits.get(head.i)
    if hit is not None:
        return _named(page, hit, head) if head.i == page.doc[hit.start : hit.end].root.i else None
    if (head.pos_ not in NOMINAL and not _stands_for_noun(head)) or head.is_space or head.is_punct:
        return None
    if head.i in page.people or (head.pos_ == "PROPN" and head.ent_type_ not in NO_NAMES):
        found = person_named(page, head)
        if found is not None:
            return found
    # 'The injured' are somebody, 'a general strike' is nobody: an adjective counts where it stands for a noun.
    if head.pos_ == "ADJ" and head.dep_ not in {"nsubj", "nsubjpass", "dobj", "pobj", "conj"}:
        return None
    return described(page, head) or _body_named(page, head)


def _stands_for_noun(head: Token) -> bool:
    """Tell whether a participle means people: "the state's displaced", 'the accused'."""
    if head.tag_ != "VBN" or head.i == 0 or any(child.dep_ in VERBAL for child in head.children):
        return False
    before = head.nbor(-1)
    return before.lower_ in {"'s", "’s"} or (before.lower_ == "the" and before.head == head)


def _pronoun(page: Page, head: Token) -> ActorMention | None:
    resolved = anaphora.pronoun(head, cast=page.cast, sentence=page.sentences[head.i])
    if resolved is None:
        return None
    actors, basis = resolved
    return page.make(head, head.i, head.i + 1, actors, basis)


def _named(page: Page, hit: Hit, head: Token) -> ActorMention | None:
    """A name of the lexicon, by what it may stand for."""
    if hit.of("person") is not None:
        known = person_of([n.person for n in hit.names if n.person is not None], page.day)
        return make_person(page, head, known, f"{known.name} in the table of offices")
    body = hit.of("organisation", "metonym")
    if body is not None and body.actor is not None:
        # 'the Hamas leader': the phrase is its head's; the name alone is the body.
        return _make_named(page, head, hit, body.actor, f"{body.actor.name} in the table of {_table(body)}")
    name = hit.of("state", "capital", "adjective", "demonym")
    if name is None or name.actor is None:
        return None
    if is_stance(page.doc[hit.start]) and head.dep_ in MODIFIERS:
        return None
    if name.what in {"adjective", "demonym"} and is_ethnic(page.doc[hit.start]):
        return _ethnic(page, head, hit)
    if name.what == "capital":
        if hit.of("state") is None and is_location(head):
            return None
        return _make_named(page, head, hit, name.actor, f"{head.text}: capital for the government")
    if name.what == "adjective" and head.dep_ in MODIFIERS:
        basis = f"{head.text}: adjective of {name.actor.name}"
        return page.make(head, hit.start, hit.end, (name.actor,), basis, note=False)
    if name.what == "demonym" and (residence := _residence(page, head, name)) is not None:
        return residence
    return _make_named(page, head, hit, name.actor, f"{name.what} name")


def _residence(page: Page, head: Token, name: Name) -> ActorMention | None:
    """'The Albanians of southern Serbia' belong to Serbia."""
    for child in head.children:
        if child.dep_ != "prep" or child.lower_ != "of":
            continue
        hits_of = [page.hits[c.i] for c in child.children if c.dep_ == "pobj" and c.i in page.hits]
        states = [state for h in hits_of if (state := h.of("state")) is not None and state.country != name.country]
        if states:
            start, end = page.phrase(head)
            actor = Actor(None, page.words(start, end), "population", states[0].country, "CVL")
            return page.make(head, start, end, (actor,), "where they live")
    return None


def _ethnic(page: Page, head: Token, hit: Hit) -> ActorMention | None:
    """'Ethnic Albanians' belong to the state where they live, which the page may tell or not."""
    if head.dep_ in MODIFIERS:
        return None
    actor = Actor(None, page.words(hit.start - 1, hit.end), "population", None, "CVL")
    return page.make(head, *page.phrase(head), (actor,), "ethnic group")


def _body_named(page: Page, head: Token) -> ActorMention | None:
    """An organisation that only the recogniser knows: its own name may tell its country and sector."""
    if head.i not in page.bodies:
        return None
    start, end = page.bodies[head.i]
    aside = next((c for c in head.children if c.dep_ == "appos" and c.i in page.hits), None)
    short = page.hits[aside.i].of("organisation") if aside is not None else None
    if short is not None and short.actor is not None:
        # 'the International Labor Office (ILO)': the table knows it by its short name.
        return page.make(head, *page.phrase(head), (short.actor,), f"{short.actor.name}, in apposition")
    if head.i != page.doc[start:end].root.i or head.dep_ in MODIFIERS:
        return None
    while start < end - 1 and (page.doc[start].pos_ == "DET" or page.doc[start].is_punct):
        start += 1
    words = page.words(start, end)
    entry = page.cast.named(words)
    if entry is not None:
        return page.make(head, *page.phrase(head), (entry.actor,), f"{words}: named before")
    belongs = page.owners(head)
    role = role_ending_at(head, lexicon=page.lexicon)
    sector = role.sector or None if role is not None and role.kind != "person" else None
    actor = Actor(f"org:{slug(words)}", words, "organisation", belongs[0].country if belongs else None, sector)
    return page.make(head, *page.phrase(head), (actor,), "organisation's name")


def _make_named(page: Page, head: Token, hit: Hit, actor: Actor, basis: str) -> ActorMention:
    start, end = (hit.start, hit.end) if head.dep_ in MODIFIERS else page.phrase(head)
    names = {straight(actor.name), page.words(hit.start, hit.end)}
    return page.make(head, min(start, hit.start), max(end, hit.end), (actor,), basis, names=names)


def _table(name: Name) -> str:
    return "seats and houses" if name.what == "metonym" else "organisations"
