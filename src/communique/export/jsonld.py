"""Pages in schema.org's terms, as JSON-LD: one NewsArticle a line, with what is said and done in it.

Words in quotation marks are a Quotation. What is said in other words is a Claim if the speaker holds it to be so
(asserts, warns, accuses, complains, criticises); of other acts, such as a denial or a demand, it is none, and a plain
CreativeWork. Unless it is asserted, its text has the words that say which act it is, so that nobody is taken to say
what they deny; the act is also its keyword. What somebody did not say, or said on a condition, is left out. An event
that is told as a fact is an Action. Nobody is made a Person or an Organization whose kind is not known: they stand as
the page names them.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import IO, Any

import msgspec

from communique.export.facts import told_as_fact, whole_day
from communique.knowledge import table, values
from communique.records import Actor, Article, Coding, Event, Party, Place, Statement

CONTEXT = "https://schema.org"
HELD = frozenset({"assert", "warn", "accuse", "complain", "criticise"})
"""The acts whose content the speaker holds to be so."""
PLACES = {"country": "Country", "city": "City"}
STATUSES = {"happened": "CompletedActionStatus", "ongoing": "ActiveActionStatus"}
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")

Node = dict[str, Any]
"""A node of JSON-LD: a type, and properties by their names in schema.org."""


def document(coding: Coding) -> Node:
    """Return a page as a document of JSON-LD. A property that is not known is not there."""
    article = coding.article
    name = _name(article)
    said = [s for s in coding.statements if not (s.negated or s.conditional)]
    outlet = article.outlet
    return {
        "@context": CONTEXT,
        "@id": name,
        **_node(
            "NewsArticle",
            identifier=article.id,
            url=article.url,
            headline=article.title,
            description=article.standfirst,
            creditText=", ".join(article.byline),
            datePublished=article.published,
            inLanguage=article.language,
            publisher=outlet and _node("Organization", name=outlet.name or outlet.domain, identifier=outlet.domain),
            locationCreated=_place(article.place),
            articleBody=article.text,
            hasPart=[_said(s, article, name, number) for number, s in enumerate(said, start=1)],
            about=[_action(event, article) for event in coding.events if told_as_fact(event)],
            mentions=list(_mentioned(coding)),
        ),
    }


def _name(article: Article) -> str:
    """Return the name of an article's node: its address, or a name that holds in this document alone."""
    return article.url if article.url and WEB_ADDRESS.fullmatch(article.url) else f"_:{article.id}"


def _node(kind: str | list[str], /, **properties: Any) -> Node:
    """Return a node with the properties that have a value."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value not in (None, [], "")}}


def _said(statement: Statement, article: Article, home: str, number: int) -> Node:
    """Return a statement; ``number`` is its place among those of the article."""
    shared = {
        "identifier": statement.id,
        # What somebody says that another said is part of what the first one says.
        "isPartOf": {"@id": f"_:{statement.within}"} if statement.within else None,
        "creator": _speaker(statement.speaker),
        "dateCreated": whole_day(statement.said_on),
        "datePublished": article.published,
        "inLanguage": article.language,
        "position": number,
        "keywords": statement.act,
    }
    node = {"@id": f"_:{statement.id}"}
    if statement.kind == "direct":
        quoted = {"text": statement.content_text, "spokenByCharacter": shared["creator"]}
        return node | _node("Quotation", **quoted, **shared)
    text = statement.content_text if statement.act == "assert" else _with_cue(statement, article)
    if statement.act in HELD:
        return node | _node("Claim", text=text, appearance={"@id": home}, **shared)
    return node | _node("CreativeWork", text=text, **shared)


def _with_cue(statement: Statement, article: Article) -> str:
    spans = [*statement.content, *([statement.cue] if statement.cue else [])]
    return article.text[min(start for start, _ in spans) : max(end for _, end in spans)]


def _speaker(party: Party | None) -> Node | str | None:
    if party is None:
        return None
    return party.mention.text if party.actor is None else _actor(party.actor)


def _action(event: Event, article: Article) -> Node:
    """Return an event: its type as the name, the clause as the description; what several do together has no object."""
    return _node(
        "Action",
        identifier=event.id,
        name=event.type,
        description=article.text[slice(*event.evidence)],
        agent=[_actor(actor) for actor in event.source],
        object=[_actor(actor) for actor in event.target],
        location=_place(event.place),
        startTime=event.date.partition("/")[0] if event.date else None,
        endTime=event.date.partition("/")[2] or None if event.date else None,
        actionStatus=f"{CONTEXT}/{STATUSES[event.status]}",
    )


def _actor(actor: Actor) -> Node | str:
    """Return an actor as a node, or by name alone where schema.org has no type for its kind."""
    types = _types().get(actor.kind)
    if types is None:
        return actor.name
    kind = list(types) if len(types) > 1 else types[0]
    return _node(kind, name=actor.name, identifier=actor.id, jobTitle=actor.office if kind == "Person" else None)


@cache
def _types() -> dict[str, tuple[str, ...]]:
    return {row["kind"]: values(row["type"]) for row in table("schema_org.tsv")}


def _place(place: Place | None) -> Node | None:
    if place is None:
        return None
    known = place.lat is not None and place.lon is not None
    number = place.gazetteer_id
    return _node(
        PLACES.get(place.precision or "", "Place"),
        name=place.name,
        address=place.country and _node("PostalAddress", addressCountry=place.country),
        geo=_node("GeoCoordinates", latitude=place.lat, longitude=place.lon) if known else None,
        sameAs=f"https://sws.geonames.org/{number}/" if number and number.isascii() and number.isdigit() else None,
    )


def _mentioned(coding: Coding) -> Iterator[Node]:
    """Yield everybody who speaks, is spoken to, acts or is acted on, then the places where this is, each once."""
    seen: list[Node] = []
    parties = [party for s in coding.statements for party in (s.speaker, s.addressee)]
    actors = [party.actor for party in parties if party is not None and party.actor is not None]
    actors += [actor for event in coding.events for actor in (*event.source, *event.target)]
    places = [s.place for s in coding.statements] + [event.place for event in coding.events]
    for node in (*(_actor(actor) for actor in actors), *(_place(place) for place in places)):
        if isinstance(node, dict) and node not in seen:
            seen.append(node)
            yield node


def write_jsonld(codings: Iterable[Coding], out: IO[str]) -> int:
    """Write pages, one a line; return how many."""
    written = 0
    for coding in codings:
        out.write(msgspec.json.encode(document(coding)).decode() + "\n")
        written += 1
    return written
