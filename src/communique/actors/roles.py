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
LED = frozenset({"led", "run", "controlled", "dominated", "ruled", "commanded", "based"})
MAX_OF_PHRASE = 5  # words from "of" on
PARTITIVES = frozenset(
    "number group majority dozen dozens score scores hundred hundreds thousand thousands handful series host couple "
    "pair some many most all several both one two three four five half part member members coalition range".split()
)


def role_ending_at(head: Token, *, lexicon: Lexicon) -> Role | None:
    """Return the longest role that ends with this word: 'foreign minister', 'riot police', 'troops'."""
    lasts = (head.lower_, head.lemma_.lower())
    longest = max((lexicon.role_lengths.get(last.rsplit("-", 1)[-1], 0) for last in lasts), default=0)
    if longest:
        # Hyphens and apostrophes are tokens of their own: 'vice-president', "prime minister's office".
        start = max(head.sent.start, head.i - 2 * longest)
        before = [token.lower_ for token in head.doc[start : head.i]]
        whole = (f"{head.lower_} {words}" for words in _of_phrase(head))
        ends = [_joined([*before, last]) for last in dict.fromkeys([*whole, *lasts])]
        for count in range(longest, 0, -1):
            for end in ends:
                found = lexicon.roles.get(" ".join(end.split(" ")[-count:]))
                if found is not None:
                    return found
    if head.lower_.startswith("ex-"):
        return lexicon.roles.get(head.lower_[3:])
    return None


def _of_phrase(head: Token) -> list[str]:
    """What may belong to a role after its noun, the longest first: of 'member', "of parliament"."""
    doc, after = head.doc, head.i + 1
    if after >= len(doc) or doc[after].lower_ != "of":
        return []
    words = [token.lower_ for token in doc[after : after + MAX_OF_PHRASE] if token.i < head.sent.end]
    return [" ".join(words[:end]) for end in range(len(words), 1, -1)]


def _joined(words: list[str]) -> str:
    """Return the words as the table of roles has them: "prime minister's office", 'vice-president'."""
    text = " ".join(words).replace("’", "'")
    return text.replace(" - ", "-").replace(" '", "'")


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


def body_of(head: Token, *, lexicon: Lexicon) -> Role | None:
    """Return the body whose people a noun means: 'an intelligence agency officer', 'the army accountant'."""
    for child in reversed(list(head.lefts)):
        if child.dep_ == "compound":
            role = role_ending_at(child, lexicon=lexicon)
            return role if role is not None and role.kind != "person" and role.sector else None
    return None


def is_spokesman(word: Token, *, lexicon: Lexicon) -> bool:
    """Tell whether somebody speaks for whom the words do not name, or for some ministry: no firm, no party."""
    if not word.lower_.startswith("spokes"):
        return False
    before = word.nbor(-1) if word.i > word.sent.start else None
    if before is None or before.pos_ not in {"NOUN", "PROPN", "ADJ"}:
        # Nobody's: neither "the firm's spokesman" nor 'a spokesman for the firm'.
        return (before is None or before.tag_ not in {"POS", "PRP$"}) and not any(
            t.lower_ in {"for", "of", "at", "from"} for t in word.rights
        )
    role = role_ending_at(before, lexicon=lexicon)
    return role is not None and role.kind == "body" and role.sector == "GOV"


def sector_of(role: Role | None, owner: Actor | None) -> str | None:
    """Return a role's sector; of a body that is no state the body's own: 'Hamas spokesman' REB."""
    if role is None:
        return None
    is_own = owner is not None and owner.sector not in {None, "GOV"}
    # 'Houthi troops' are no state's army.
    is_army = role.sector == "MIL" and owner is not None and owner.kind == "armed group"
    if owner is not None and is_own and (is_army or role.sector in {"GOV", "", "UNK", "ELI"}):
        return owner.sector
    return role.sector or None


def _modifiers(head: Token) -> list[Token]:
    found = []
    for child in head.children:
        # Of a participle that stands for a noun the parser makes the owner a subject: "Kenya's displaced".
        owns = child.dep_ == "nsubj" and any(c.tag_ == "POS" for c in child.children)
        if owns or child.dep_ in {"amod", "compound", "poss", "nmod", "nummod"}:
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
