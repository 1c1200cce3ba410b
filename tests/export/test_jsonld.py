"""Pages in schema.org's terms: its types and properties, and nobody said to say what they did not say."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from communique.archive import Archive
from communique.cli.export import export
from communique.export.jsonld import document, write_jsonld
from communique.records import Actor, Coding, Mention, Outlet, Party, Place, Statement

from ..archive.test_archive import a_coding
from ..strategies import codings
from .layouts import HOSTILE, layout

TYPES: dict[str, dict[str, set[str]]] = {}
for row in layout("schema_org.tsv"):
    TYPES.setdefault(row["type"], {})[row["property"]] = set(row["values"].split("|"))
# What each type is, too, of those that properties ask for.
BROADER = {
    "NewsArticle": {"CreativeWork"}, "Quotation": {"CreativeWork"}, "Claim": {"CreativeWork"},
    "GovernmentOrganization": {"Organization"}, "PoliticalParty": {"Organization"}, "NGO": {"Organization"},
    "Corporation": {"Organization"}, "WorkersUnion": {"Organization"}, "City": {"Place"}, "Country": {"Place"},
}  # fmt: skip
NUMBERS = {"Number", "Integer"}


def types(node: dict[str, Any]) -> list[str]:
    kind = node["@type"]
    return kind if isinstance(kind, list) else [kind]


def faults(node: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a node and those in it: an unknown type or property, or a value of another type."""
    allowed: dict[str, set[str]] = {}
    for kind in types(node):
        if kind not in TYPES:
            yield f"no type {kind}"
        for name, values in TYPES.get(kind, {}).items():
            allowed[name] = allowed.get(name, set()) | values
    for name, value in node.items():
        if name in {"@type", "@id", "@context"}:
            continue
        if name not in allowed:
            yield f"{types(node)} has no {name}"
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and "@type" in one:
                fits = {"Thing"} | set(types(one)) | {b for kind in types(one) for b in BROADER.get(kind, set())}
                if not fits & allowed[name]:
                    yield f"{name} is a {types(one)}"
                yield from faults(one)
            elif isinstance(one, dict):
                if list(one) != ["@id"]:
                    yield f"{name} is neither a node nor a name of one"
            elif not isinstance(one, int | float if NUMBERS & allowed[name] else str):
                yield f"{name}: {one!r}"


def parts(coding: Coding) -> list[dict[str, Any]]:
    whole = document(coding)
    assert list(faults(whole)) == []
    found: list[dict[str, Any]] = whole.get("hasPart", [])
    return found


def saying(**changes: object) -> Coding:
    """The page of one statement, changed."""
    coding = a_coding()
    return msgspec.structs.replace(coding, statements=(msgspec.structs.replace(coding.statements[0], **changes),))


@settings(max_examples=60, deadline=None)
@given(codings(), HOSTILE)
def test_every_page_is_schema_orgs_and_a_line_whatever_its_text(coding: Coding, text: str) -> None:
    article = msgspec.structs.replace(
        coding.article, title=text, url=text, byline=(text, text), outlet=Outlet(text, text)
    )
    out = io.StringIO(newline="")
    assert write_jsonld([msgspec.structs.replace(coding, article=article)], out) == 1
    (line,) = out.getvalue().removesuffix("\n").split("\n")
    whole = json.loads(line)
    assert (whole["@context"], whole["@type"]) == ("https://schema.org", "NewsArticle")
    assert list(faults(whole)) == []
    assert whole["articleBody"] == coding.article.text


def test_words_in_quotation_marks_are_a_quotation_and_its_speaker_a_person() -> None:
    lavrov = Actor("person:sergey-lavrov", "Sergey Lavrov", "person", "RUS", "GOV", "Minister of Foreign Affairs")
    (part,) = parts(
        saying(
            kind="direct", content_text="“Talk.”", speaker=Party(Mention(0, 5, "Kenya"), lavrov), said_on="2024-02-29"
        )
    )
    assert part == {
        "@id": "_:s-0000000000000000",
        "@type": "Quotation",
        "text": "“Talk.”",
        "spokenByCharacter": part["creator"],
        "identifier": "s-0000000000000000",
        "creator": {
            "@type": "Person", "name": "Sergey Lavrov", "identifier": "person:sergey-lavrov",
            "jobTitle": "Minister of Foreign Affairs",
        },
        "dateCreated": "2024-02-29",
        "datePublished": "2024-03-01",
        "inLanguage": "en",
        "position": 1,
        "keywords": "appeal",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("act", "type", "text"),
    [
        ("assert", "Claim", "to talk"),
        ("accuse", "Claim", "urged Somalia to talk"),
        ("warn", "Claim", "urged Somalia to talk"),
        ("deny", "CreativeWork", "urged Somalia to talk"),  # never a claim of what is denied
        ("demand", "CreativeWork", "urged Somalia to talk"),
        ("promise", "CreativeWork", "urged Somalia to talk"),
    ],
)
@pytest.mark.parametrize("kind", ["indirect", "mixed"])
def test_other_words_are_a_claim_only_if_the_speaker_holds_it_so(kind: str, act: str, type: str, text: str) -> None:
    (part,) = parts(saying(act=act, kind=kind))
    assert (part["@type"], part["text"], part["keywords"]) == (type, text, act)
    assert part.get("appearance") == ({"@id": "_:a-0000000000000000"} if type == "Claim" else None)


@pytest.mark.parametrize("changes", [{"negated": True}, {"conditional": True}])
def test_what_was_not_said_is_no_part(changes: dict[str, bool]) -> None:
    assert parts(saying(**changes)) == []


@pytest.mark.parametrize(
    ("actor", "creator"),
    [
        (None, "Kenya"),  # the page's words
        (Actor(None, "protesters", "group", "KEN", "CVL"), "protesters"),
        (
            Actor("state:KEN", "Kenya", "state", "KEN"),
            {"@type": ["Country", "Organization"], "name": "Kenya", "identifier": "state:KEN"},
        ),
        (
            Actor("government:KEN", "Government of Kenya", "government", "KEN", "GOV"),
            {"@type": "GovernmentOrganization", "name": "Government of Kenya", "identifier": "government:KEN"},
        ),
    ],
)
def test_nobody_is_made_a_person_whose_kind_is_not_known(actor: Actor | None, creator: object) -> None:
    (part,) = parts(saying(speaker=Party(Mention(0, 5, "Kenya"), actor)))
    assert part["creator"] == creator


def test_what_somebody_says_that_another_said_is_part_of_it() -> None:
    coding = a_coding()
    (one,) = coding.statements
    inner: Statement = msgspec.structs.replace(one, id="s-1", act="assert", within=one.id)
    outer, nested = parts(msgspec.structs.replace(coding, statements=(one, inner)))
    assert nested["isPartOf"] == {"@id": outer["@id"]}
    assert (outer["position"], nested["position"]) == (1, 2)


def test_only_facts_are_actions() -> None:
    coding = a_coding()
    place = Place("Nairobi", "KEN", -1.28, 36.82, "184745", "city")
    (event,) = coding.events
    told = msgspec.structs.replace(event, date="2024-02-27/2024-03-01", place=place)
    denied = msgspec.structs.replace(event, id="e-1", status="denied")
    (action,) = document(msgspec.structs.replace(coding, events=(told, denied)))["about"]
    assert (action["name"], action["description"]) == ("REQUEST", "Kenya urged Somalia to talk.")
    assert (action["agent"][0]["name"], action["object"][0]["name"]) == ("Kenya", "Somalia")
    assert (action["startTime"], action["endTime"]) == ("2024-02-27", "2024-03-01")
    assert action["actionStatus"] == "https://schema.org/CompletedActionStatus"
    assert action["location"] == {
        "@type": "City",
        "name": "Nairobi",
        "address": {"@type": "PostalAddress", "addressCountry": "KEN"},
        "geo": {"@type": "GeoCoordinates", "latitude": -1.28, "longitude": 36.82},
        "sameAs": "https://sws.geonames.org/184745/",
    }


def test_a_page_has_its_address_as_its_name_only_if_it_is_one() -> None:
    coding = a_coding()
    for url, name in (("https://daily.example/1", "https://daily.example/1"), ("a page", "_:a-0000000000000000")):
        article = msgspec.structs.replace(coding.article, url=url)
        assert document(msgspec.structs.replace(coding, article=article))["@id"] == name


def test_the_command_writes_whole_pages(tmp_path: Path) -> None:
    with Archive(tmp_path / "news.db", create=True) as archive:
        for number in range(3):
            archive.add(a_coding(number), coder="1")
    every = CliRunner().invoke(export, [str(tmp_path / "news.db"), "--format", "jsonld"])
    assert len(every.stdout.splitlines()) == 3
    some = CliRunner().invoke(export, [str(tmp_path / "news.db"), "--format", "jsonld", "--since", "2024-03-03"])
    assert [json.loads(line)["datePublished"] for line in some.stdout.splitlines()] == ["2024-03-03"]
    refused = CliRunner().invoke(export, [str(tmp_path / "news.db"), "--format", "jsonld", "--records", "events"])
    assert refused.exit_code != 0
