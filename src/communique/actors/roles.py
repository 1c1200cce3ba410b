"""What a noun phrase says about an actor: roles ('foreign minister'), countries ('Russian', 'of Kenya'), standing."""

from spacy.tokens import Token

from communique.actors.lexicon import Lexicon, Role
from communique.actors.names import Hit
from communique.records import Actor
from communique.syntax import coordinated, noun_phrase

FORMER = frozenset({"former", "ex", "late", "then", "erstwhile", "deposed", "ousted", "onetime", "one-time"})
ORIGIN = frozenset({"of", "from", "for", "in", "at", "within", "across", "inside", "throughout"})
WITHIN = frozenset({"in", "at", "within", "across", "inside", "throughout"})
BACKED = frozenset("backed supported sponsored funded financed trained brokered mediated allied aligned armed".split())
LED = frozenset({"led", "run", "controlled", "dominated", "ruled", "commanded"})
PARTITIVES = frozenset(
    "number group majority dozen dozens score scores hundred hundreds thousand thousands handful series host couple "
    "pair some many most all several both one two three four five half part member members coalition range".split()
)


def role_ending_at(head: Token, *, lexicon: Lexicon) -> Role | None:
    """Return the longest role that ends with this word: 'foreign minister', 'riot police', 'troops'."""
    lasts = (head.lower_, head.lemma_.lower())
    longest = max((lexicon.role_lengths.get(last.rsplit("-", 1)[-1], 0) for last in lasts), default=0)
    if longest:
        # A hyphen is a token of its own here, and no space in the table: 'vice-president'.
        start = max(head.sent.start, head.i - 2 * longest)
        before = [token.lower_ for token in head.doc[start : head.i]]
        for i in range(len(before) + 1):
            for last in lasts:
                words = " ".join([*before[i:], last]).replace(" - ", "-")
                if words in lexicon.roles:
                    return lexicon.roles[words]
    if head.lower_.startswith("ex-"):
        return lexicon.roles.get(head.lower_[3:])
    return None


def title_role(head: Token, *, lexicon: Lexicon) -> tuple[Role | None, int]:
    """Return the role that stands before a name ('Foreign Minister' Lavrov) and the index where the name begins."""
    start = noun_phrase(head)[0]
    for i in range(head.i - 1, start - 1, -1):
        token = head.doc[i]
        role = role_ending_at(token, lexicon=lexicon)
        if role is not None and role.kind == "person":
            return role, i + 1
    return None, start


def is_former(head: Token) -> bool:
    """Tell whether the phrase speaks of an office that is no longer held."""
    start, end = noun_phrase(head)
    return any(t.lower_ in FORMER or t.lower_.startswith("ex-") for t in head.doc[start:end] if t.i <= head.i)


def is_ethnic(name: Token) -> bool:
    """Tell whether a people's name tells descent, not whose citizens they are: 'ethnic Albanian guerrillas'."""
    return name.i > 0 and name.nbor(-1).lower_ == "ethnic"


def is_stance(name: Token) -> bool:
    """Tell whether a state's name tells who or whom others are for: 'pro-Russian', 'anti-Syria', 'UN-backed'."""
    if name.i > 1 and name.nbor(-1).text == "-" and name.nbor(-2).lower_ in {"pro", "anti"}:
        return True
    after = name.doc[name.i + 1 : name.i + 3]
    return len(after) == 2 and after[0].text == "-" and after[1].lower_ in BACKED


def owners(head: Token, *, hits: dict[int, Hit]) -> tuple[Actor, ...]:
    """Return the states and bodies that a noun phrase belongs to: 'Russian', "Kenya's", 'UN', 'from Washington'.

    Coordinated owners come one by one: 'decisions by the UK and US', 'negotiators from Washington and NATO'.
    """
    found: list[Actor] = []
    seen: set[int] = set()
    for modifier in _modifiers(head):
        if found and modifier.dep_ == "pobj" and modifier.head.lower_ in WITHIN:
            continue  # 'Polish monks in Chad' are where they are, and Polish
        for token in coordinated(modifier):
            hit = hits.get(token.i)
            if hit is None or hit.start in seen or hit.start <= head.i < hit.end or _is_elsewhere(head.doc[hit.start]):
                continue
            seen.add(hit.start)
            name = hit.of("adjective", "state", "capital", "metonym", "organisation", "demonym", "place")
            if name is not None and name.actor is not None and name.actor not in found:
                found.append(name.actor)
    return tuple(found or _leaders(head, hits))


def _is_elsewhere(name: Token) -> bool:
    return is_ethnic(name) or is_stance(name)


def _leaders(head: Token, hits: dict[int, Hit]) -> list[Actor]:
    """Return who leads or holds those who bear no country of their own: 'Vietnamese-led forces', not 'US-backed'."""
    modifiers = [c for c in head.children if c.dep_ in {"amod", "compound"} and c.lower_ in LED]
    leaders = [c for m in modifiers for c in m.children if c.i < m.i and c.dep_ != "punct"]
    names = [hits[c.i].of("adjective", "state", "capital", "organisation") for c in leaders if c.i in hits]
    return [name.actor for name in names if name is not None and name.actor is not None]


def sector_of(role: Role | None, owner: Actor | None) -> str | None:
    """Return a role's sector; of a body that is no state the body's own: 'Hamas spokesman' REB."""
    if role is None:
        return None
    if owner is not None and owner.sector not in {None, "GOV"} and role.sector in {"GOV", "", "UNK", "ELI"}:
        return owner.sector
    return role.sector or None


def _modifiers(head: Token) -> list[Token]:
    found = []
    for child in head.children:
        if child.dep_ in {"amod", "compound", "poss", "nmod", "nummod"}:
            found.append(child)
            # 'Russian foreign ministry spokeswoman': the country hangs on the inner noun.
            found += [c for c in child.subtree if c.i < child.i and c.dep_ in {"amod", "compound", "poss", "nmod"}]
        elif child.dep_ == "prep" and child.lower_ in ORIGIN:
            for noun in child.children:
                if noun.dep_ == "pobj":
                    found.append(noun)
                    # 'spokesman for the Russian defence ministry'
                    found += [c for c in noun.children if c.dep_ in {"amod", "compound", "poss", "nmod"}]
    return found
