"""The ontology and the lexicon of triggers are whole and say what the codebook says."""

from typing import get_args

from communique.events.counts import value
from communique.events.lexicon import lexicon
from communique.ontology import ontology
from communique.records import EventType


def test_the_ontology_is_plover_whole() -> None:
    known = ontology()
    assert set(known.types) == set(get_args(EventType))
    assert len(known.contexts) == 37
    assert {facts.quad for facts in known.types.values()} == {1, 2, 3, 4}


def test_each_type_has_codes_and_each_code_a_score() -> None:
    known = ontology()
    assert {code.type for code in known.codes.values() if code.type is not None} == set(known.types)
    # What is only said is no event in PLOVER.
    assert all((facts.type is None) == code.startswith(("01", "02")) for code, facts in known.codes.items())
    assert all(meaning for facts in known.types.values() for meaning in facts.modes.values())
    assert all(-10 <= code.goldstein <= 10 for code in known.codes.values())
    assert known.goldstein("190") == -10
    assert known.goldstein(None) is None


def test_acts_of_word_are_coded_by_what_they_are_about() -> None:
    known = ontology()
    assert known.about("THREATEN", "SANCTION", "163").cameo == "1312"
    assert known.about("REJECT", "CONSULT", "046").mode == "meet"
    assert known.about("REQUEST", "RETREAT", "0841").mode == "yield"
    assert known.about("ACCUSE", "ASSAULT", "190").cameo is None


def test_the_lexicon_covers_all_types_and_modes() -> None:
    known, words = ontology(), lexicon()
    senses = [sense for table in (words.verbs, words.nouns) for group in table.values() for sense in group]
    assert len(senses) >= 600
    assert {sense.type for sense in senses} == set(known.types)
    covered = {(sense.type, sense.mode) for sense in senses}
    missing = [
        (name, mode) for name, facts in known.types.items() for mode in facts.modes if (name, mode) not in covered
    ]
    # These modes come from what an act of word is about, or where a meeting is, not from its own word.
    assert all(name in {"REQUEST", "REJECT", "THREATEN"} or mode == "third-party" for name, mode in missing)


def test_number_words() -> None:
    assert value(["two", "hundred"]) == 200
    assert value(["1.5", "million"]) == 1_500_000
    assert value(["twenty-five"]) == 25
    assert value(["several"]) is None
