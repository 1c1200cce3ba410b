"""CAMEO's codes of actors and acts, as GDELT writes them."""

from functools import cache

from communique.export.rows import Row
from communique.knowledge import table
from communique.ontology import ontology
from communique.records import Actor, Event

ROOT = 2
"""Digits of a root code; three are a base code, four the finest."""
BASE = 3


def actor_columns(number: int, actor: Actor | None) -> Row:
    """Return the columns of an actor, 1 or 2: name, country, known group and types; not ethnic group and religion.

    The code is these codes one after the other, empty when the record knows none of them.
    """
    if actor is None:
        return {}
    country = _codes("gdelt_countries.tsv", "country", "cameo").get(actor.country or "", "")
    groups = _codes("gdelt_groups.tsv", "actor", "group")
    group = groups.get(actor.id or "") or groups.get(actor.country or "", "")
    sectors = _codes("gdelt_sectors.tsv", "sector", "type")
    # A country that is none, such as IGO or IMG, tells the type.
    types = list(dict.fromkeys(t for s in (actor.sector, actor.country) if (t := sectors.get(s or ""))))
    return {
        f"Actor{number}Code": "".join((country, *types, group)),
        f"Actor{number}Name": actor.name,
        f"Actor{number}CountryCode": country,
        f"Actor{number}KnownGroupCode": group,
        **{f"Actor{number}Type{place}Code": code for place, code in enumerate(types, start=1)},
    }


def act_columns(event: Event) -> Row:
    """Return the columns of what is done: the CAMEO code with its base and root, quad class and Goldstein score."""
    code = event.cameo or _only_root(event.type)
    root = code[:ROOT]
    quad = _codes("cameo_roots.tsv", "root", "quad").get(root)
    return {
        "EventCode": code,
        "EventBaseCode": code[:BASE],
        "EventRootCode": root,
        "QuadClass": quad or event.quad,
        "GoldsteinScale": event.goldstein,
    }


@cache
def _only_root(type: str) -> str:
    """Return the code that says no more than a type's root ("040"); "" for a type that has several roots, or none.

    CAMEO's codes by PLOVER's types are those of the PLOVER manual, in cameo.tsv.
    """
    roots = {code[:ROOT] for code, facts in ontology().codes.items() if facts.type == type}
    return f"{roots.pop()}0" if len(roots) == 1 else ""


@cache
def _codes(name: str, key: str, value: str) -> dict[str, str]:
    return {row[key]: row[value] for row in table(name)}
