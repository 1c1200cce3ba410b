"""Names of the codes that people see: of countries and sectors, in English; files of translations have others."""

from collections.abc import Mapping
from functools import cache

from communique.knowledge import table
from communique.ontology import ontology

# What news is told of beside states; see the filter country.
BODIES = {"UNO": "United Nations", "EUR": "European Union", "IGO": "International organisations"}


@cache
def names() -> Mapping[str, Mapping[str, str]]:
    """Return the names of codes, by the key of the filter that asks for them."""
    rows = table("states.tsv")
    # Of states that are no more and left their code to another, the other has the name.
    former = {row["code"]: row["name"] for row in rows if row["to"]}
    now = {row["code"]: row["name"] for row in rows if not row["to"]}
    sectors = {code: told.partition(":")[0] for code, told in ontology().sectors.items()}
    return {"country": {**former, **now, **BODIES}, "sector": sectors}


def name_of(code: str, key: str) -> str:
    """Return the name of a value of a filter; the value itself where it has no other.

    >>> name_of("KEN", "country"), name_of("MIL", "sector"), name_of("ACCUSE", "type")
    ('Kenya', 'armed forces', 'ACCUSE')
    """
    return names().get(key, {}).get(code, code)
