"""Event types, words and patterns of a user's ontology: the sentences that they code and leave alone."""

from pathlib import Path

import pytest

from communique.coder import Coder
from communique.errors import KnowledgeError
from communique.extension import Extension
from communique.extension.examples import count, failures
from communique.records import Article, Event, from_json, to_json

FISHERIES = """\
classes:
  fishing_vessel: [trawler, fishing boat]
types:
  FISHERY:
    definition: Boards, stops or takes fishing vessels of another state.
    quad: 4
    goldstein: -4
    cameo: "171"
    modes: {stop: the vessel is stopped, seize: the vessel is taken}
    verbs: [harass at sea]
    nouns: [boarding]
    patterns:
      - words: [board, turn back]
        object: "@fishing_vessel"
        target: [owner, inside]
        mode: stop
      - words: seize|impound
        object: "@fishing_vessel"
        target: owner|inside
        mode: seize
        cameo: "1711"
      - words: dump
        subject: "@fishing_vessel"
        target: "on"
  POISONING:
    definition: Poisons.
    quad: 4
    recipient: true
    verbs: [poison]
  SANCTION:
    verbs: [delist]
"""


def coded(coder: Coder, text: str) -> tuple[Event, ...]:
    return coder.code(Article(id="a-test", text=text, paragraphs=((0, len(text)),), language="en")).events


def facts(event: Event) -> tuple[str, str | None, str, str]:
    return (
        event.type,
        event.mode,
        *(" ".join(a.country or "?" for a in side) for side in (event.source, event.target)),
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("own") / "fisheries.yaml"
    path.write_text(FISHERIES, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def coder(path: Path) -> Coder:
    return Coder(ontology=path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norwegian coastguards boarded a Russian trawler.", [("FISHERY", "stop", "NOR", "RUS")]),
        ("British police turned back two French fishing boats.", [("FISHERY", "stop", "GBR", "FRA")]),
        ("A Russian trawler was boarded by Norwegian coastguards.", [("FISHERY", "stop", "NOR", "RUS")]),
        ("Norway seized a Russian trawler.", [("FISHERY", "seize", "NOR", "RUS")]),  # before PLOVER's own 'seize'
        ("The boarding of Russian trawlers by Norway was criticised.", [("FISHERY", None, "NOR", "RUS")]),
        ("Norway poisoned Russia.", [("POISONING", None, "NOR", "RUS")]),
        ("Norway delisted Russia.", [("SANCTION", None, "NOR", "RUS")]),  # a word more for one of PLOVER's types
        ("Norway accused Russia of lies.", [("ACCUSE", "allege", "NOR", "RUS")]),  # PLOVER's own words go on
    ],
)
def test_own_words_make_events(coder: Coder, text: str, expected: list[tuple[str, ...]]) -> None:
    assert [facts(event) for event in coded(coder, text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The French president boarded a plane.",  # another object
        "Norway boarded the train of peace.",
        "Norway did not board the Russian trawler.",  # negated
        "Norway fears that Russia could board a Norwegian trawler.",  # only feared
        "The police of Norway dumped files on Russia.",  # the subject is no vessel
        "Norway's coastguards poisoned the well.",  # the type needs a target
    ],
)
def test_own_words_leave_alone(coder: Coder, text: str) -> None:
    assert not [event for event in coded(coder, text) if event.type in {"FISHERY", "POISONING"}]


def test_a_record_of_an_own_type_holds_what_the_ontology_says(coder: Coder) -> None:
    (event,) = coded(coder, "Norway impounded a Russian trawler.")
    assert (event.quad, event.goldstein, event.cameo) == (4, -4.0, "1711")
    assert "fisheries.yaml" in event.made_by
    assert from_json(to_json(event)) == event


def test_a_type_without_a_code_has_none(coder: Coder) -> None:
    (event,) = coded(coder, "Norway poisoned Russia.")
    assert (event.cameo, event.goldstein) == (None, None)


def test_the_default_pipeline_knows_nothing_of_it() -> None:
    assert not [e for e in coded(Coder(), "Norway boarded a Russian trawler.") if e.type == "FISHERY"]


EXAMPLES = """\
types:
  FISHERY:
    definition: Boards fishing vessels.
    quad: 4
    verbs: [board]
    examples:
      - Norway boarded a Russian trawler.
      - text: Norway boarded a Russian trawler.
        target: FRA
      - The weather was fine.
    counterexamples:
      - The weather was fine.
      - France boarded a plane.
"""


def test_examples_that_fail_are_told_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(EXAMPLES)
    form = Extension(path).form
    failed = list(failures(form, Coder(ontology=path)))
    assert count(form) == 5
    places = [f"{path}:{line}: FISHERY.{key}" for line, key in ((8, "examples[1]"), (10, "examples[2]"))]
    assert [failure.where for failure in failed[:2]] == places
    assert failed[0].found == ("FISHERY happened NOR → RUS",)
    assert "expected FISHERY, found no event" in str(failed[1])
    assert [failure.wanted for failure in failed[2:]] == ["no FISHERY"]


BAD = {
    "types: [": "mine.yaml:1: no YAML",
    "": "mine.yaml:1: no ontology",
    "just words": "mine.yaml:1: no ontology",
    "types:\n  A: {}\ntyps: {}": "mine.yaml:3: typs: unknown key `typs`",
    "types:\n  fishery: {}": "mine.yaml:2: 'fishery' is no type name",
    "types:\n  A:\n    quad: 4": "mine.yaml:2: A has no definition",
    "types:\n  A:\n    definition: x": "mine.yaml:2: A has no quad",
    "types:\n  A:\n    definition: x\n    quad: 5": "mine.yaml:4: quad 5 is not 1 to 4",
    "types:\n  A:\n    definition: x\n    quad: four": "mine.yaml:4: types.A.quad: Expected",
    "types:\n  A:\n    definition: x\n    quad: 4\n    verb: [x]": "mine.yaml:5: types.A.verb: unknown key",
    "types:\n  A:\n    definition: x\n    quad: 4\n    goldstein: 11": "mine.yaml:5: goldstein 11",
    "types:\n  A:\n    definition: x\n    quad: 4\n    cameo: 171": "mine.yaml:5: types.A.cameo: Expected `str",
    'types:\n  A:\n    definition: x\n    quad: 4\n    cameo: "999"': "mine.yaml:5: unknown CAMEO code '999'",
    "types:\n  AID:\n    quad: 4": "mine.yaml:3: AID is PLOVER's: its quad is fixed",
    "types:\n  AID:\n    patterns:\n      - words: lend\n        object: '@no'": "mine.yaml:4: unknown class",
    "types:\n  AID:\n    patterns:\n      - words: lend\n        flags: [loud]": "mine.yaml:4: unknown class, flag",
    "types:\n  AID:\n    patterns:\n      - words: lend\n        pos: adverb": "mine.yaml:4: unknown class",
    "types:\n  AID:\n    patterns:\n      - words: lend\n        mode: slow": "mine.yaml:4: AID has no mode",
    "types:\n  AID:\n    patterns:\n      - words: lend\n        context: no": "mine.yaml:5: types.AID.pattern",
    "types:\n  AID:\n    verbs: ['']": "mine.yaml:3: AID has a word without letters",
    "types:\n  AID: {}\n  AID: {}": "mine.yaml:3: 'AID' stands twice",
    "classes:\n  aid: [bread]": "mine.yaml:2: class 'aid' is one of triggers.toml",
    "classes:\n  food: [loaf of bread]": "mine.yaml:2: 'loaf of bread' has more than two words",
    "types:\n  A:\n    ? [a, b]\n    : c": "mine.yaml:3: no YAML",
    "types: !!python/object:os.system x": "mine.yaml:1: no YAML",
    "types:\n  A:\n    definition: 2018-99-99": "mine.yaml: no YAML: month must be",
    "types: &a\n  A: *a": "mine.yaml:2: types.A.A: unknown key",
    "types:\n  AID: &a\n    examples: [*a]": "mine.yaml:3: types.AID.examples",
    "\0": "mine.yaml: no YAML",
    "petrarch_verbs: [none.txt]": "none.txt: cannot be read",
    "petrarch_actors: [none.txt]": "none.txt: cannot be read",
}


@pytest.mark.parametrize(("text", "told"), BAD.items(), ids=BAD.values())
def test_a_wrong_file_is_one_error_with_file_and_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(KnowledgeError) as error:
        extension = Extension(path)
        assert extension.triggers
        assert extension.actors
    assert str(error.value).startswith(f"{tmp_path}/{told}")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"nowhere\.yaml: cannot be read"):
        Extension("nowhere.yaml")
