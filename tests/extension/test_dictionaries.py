"""TABARI and PETRARCH dictionaries, read as they are: what they code and leave alone, what is told as unused."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.coder import Coder
from communique.errors import KnowledgeError
from communique.extension import Extension
from communique.records import Article, Event

PETRARCH = """\
# An invented dictionary in PETRARCH's format.
<!-- a comment
over two lines -->
&SHIP_
+FRIGATE
+DESTROYER   # comment
+PATROL_BOAT
+LARGE_GREY_PATROL_BOAT

&ENVOY
+ENVOY
+AMBASSADORS

---  SHADOW   [150]  ---
SHADOW {SHADOWS SHADOWING SHADOWED}  # oy 8 Mar 2006
BUZZ [195]
+GLARE_AT {}
- * &SHIP                             [154]         # SHADOW
- &SHIP *                            [152]
- * (INTO {TERRITORIAL WATERS})      [192]
- * (BY/WITH MISSILES)               [194]
- + * BY $                           [153]
- * POLLS                            [---]
- * REMARKS                          [012]
- * &NOBODY                          [154]
- * {THREE WORD NAME}                [154]
- WOULD NOT *                        [120]
- NAVY &SHIP *                       [150]
- * FLEET $                          [150]
- * FERRY                            [999]
- * CONVOY                           [:150]
- * BARGE                            [150:190]

---  NEEDLE   [---]  ---
NEEDLE
- * &ENVOY                           [114]
- % *                                [110:110]
- * (TO BLOCK &SHIP)                 [1381]
- * {&SHIP CREW}                     [121]
- * CEASE-FIRE                       [1246]
- OPENLY *                           [112]
RE-NEEDLE
+WAS_NETTLED

---  RE_ARM  [152]  ---
RE_+ARM
- * &SHIP                            [154]

~ a (a b ATTACK) SAY = a b 015
"""

TABARI = """\
REPRIMAND  [111] ;ab 10 Jul 2003
- * ENVOY FOR_ +  [114]
INVEIGL  [112!]
- * WEATHER_REPORT [###]
- HAS_* BY_ $ [1121]
- * NAVAL BASE  [0872]
"""

ACTORS = """\
# An invented dictionary of actors and agents.
ZORAN_PETKOV_  # a minister, later none
+PETKOV_THE_ELDER
\t[MKDGOV 20150101-191231]
\t[MKDELI >200101]
RIVER_LIBERATION_FRONT_ [KENREB]
+RLF_
NORTHERN_COAST_GUARD [NORGOVMIL]
UNION_OF_THE_ISLES_ [IGOUNO] # comment
LUSITANIA [PRT]
AVIATION_DESK_\t[NORMED][NORMED]
!PERSON! = MAN, MEN, WOMAN
TRAWLER!PERSON! [~BUS]
CATTLE_THIEF {CATTLE_THIEVES} [~CRM}
BEEKEEPER [~AGR]
NOWHERE_ [KKL]
BAD_DAY_ [NORGOV 20181399]
FERRYBOAT [~XYZ]
BORDER_CROSSING [---]
"""


def coded(coder: Coder, text: str, day: str = "2017-02-10") -> tuple[Event, ...]:
    article = Article(id="a-test", text=text, paragraphs=((0, len(text)),), language="en", published=day)
    return coder.code(article).events


def countries(event: Event) -> tuple[str, str]:
    source, target = (" ".join(a.country or "?" for a in side) for side in (event.source, event.target))
    return source, target


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dictionaries")
    (folder / "new.verbs.txt").write_text(PETRARCH)
    (folder / "old.verbs").write_text(TABARI)
    (folder / "some.actors.txt").write_text(ACTORS)
    (folder / "all.yaml").write_text(
        "petrarch_verbs: [new.verbs.txt, old.verbs]\npetrarch_actors: [some.actors.txt]\n"
    )
    return folder


@pytest.fixture(scope="module")
def coder(folder: Path) -> Coder:
    return Coder(ontology=folder / "all.yaml")


@pytest.mark.parametrize(
    ("text", "cameo", "source", "target"),
    [
        ("Russia shadowed Norway.", "150", "RUS", "NOR"),  # the block's code
        ("Russia buzzed Norway.", "195", "RUS", "NOR"),  # the verb's own
        ("Russia glared at Norway.", "150", "RUS", "NOR"),  # a verb of two words
        ("Russia shadowed a Norwegian frigate.", "154", "RUS", "NOR"),  # a synonym set as the object
        ("Russia shadowed two Norwegian patrol boats.", "154", "RUS", "NOR"),  # a member of two words
        ("A Norwegian destroyer shadowed Russia.", "152", "NOR", "RUS"),  # a synonym set as the subject
        ("Russia shadowed Norway into territorial waters.", "192", "RUS", "NOR"),  # a prepositional phrase
        ("Russia shadowed Norway with missiles.", "194", "RUS", "NOR"),  # alternative prepositions
        ("Norway was buzzed by Russia.", "153", "RUS", "NOR"),  # the target first, the source after "by"
        ("Russia needled the Norwegian ambassadors.", "114", "RUS", "NOR"),  # a verb that counts only with its object
        ("Russia needled Norway to block its frigates.", "1381", "RUS", "NOR"),  # an infinitive after "to"
        ("Russia needled the frigate crews of Norway.", "121", "RUS", "NOR"),  # a synonym set within a name
        ("Russia needled a cease-fire with Norway.", "1246", "RUS", "NOR"),  # a name with a hyphen
        ("Russia shadowed a barge of Norway.", "150", "RUS", "NOR"),  # the first of two codes
        ("Russia nettled a Norwegian ambassador.", "114", "RUS", "NOR"),  # an auxiliary in the verb's name
        ("Russia reprimanded the envoy for Norway.", "114", "RUS", "NOR"),  # TABARI: the target after its preposition
        ("Russia inveigled Norway.", "112", "RUS", "NOR"),  # TABARI: a stem
        ("Russia inveigled a naval base of Norway.", "0872", "RUS", "NOR"),  # TABARI: words without braces
    ],
)
def test_verb_dictionaries_make_events(coder: Coder, text: str, cameo: str, source: str, target: str) -> None:
    (event,) = coded(coder, text)
    assert (event.cameo, *countries(event)) == (cameo, source, target)
    assert event.type == coder_type(cameo)


def coder_type(cameo: str) -> str | None:
    from communique.ontology import ontology

    return ontology().codes[cameo].type


@pytest.mark.parametrize(
    "text",
    [
        "Russia shadowed polls of Norway.",  # [---]: no event
        "Russia shadowed remarks of Norway.",  # [012]: only words
        "Russia needled Norway.",  # a null verb without its object
        "Russia did not shadow Norway.",  # status is the grammar's own matter
        "Russia could shadow Norway.",
    ],
)
def test_verb_dictionaries_leave_alone(coder: Coder, text: str) -> None:
    assert coded(coder, text) == ()


def test_parties_that_act_together_are_one_side(coder: Coder) -> None:
    (event,) = coded(coder, "Russia and Norway needled each other.")
    assert event.symmetric
    assert {a.country for a in event.source} == {"RUS", "NOR"}


def test_a_record_names_the_line_of_the_dictionary(coder: Coder) -> None:
    (event,) = coded(coder, "Russia shadowed a Norwegian frigate.")
    assert event.made_by.endswith("(new.verbs.txt:18)")


def test_what_is_not_used_is_told_with_line_and_reason(folder: Path) -> None:
    new, old, actors = Extension(folder / "all.yaml").dictionaries
    assert {line.line: line.why for line in new.unused} == {
        8: "a name of more than two words",
        25: "a synonym set that the dictionary lacks",
        26: "a name of more than two words",
        27: "a negation, modal verb or report before the verb",
        28: "several words before the verb",
        29: "the source after the verb",
        30: "a code that CAMEO lacks",
        31: "a code for the target alone",
        32: "used, but for the second of its two codes",
        41: "an adverb before the verb",
        42: "a verb with a hyphen, of which the parser makes several words",
        46: "a verb that is not the first of its words",
        47: "a pattern of verbs that are not used",
        49: "a transformation of clauses",
    }
    assert {line.line: line.why for line in old.unused} == {4: "the story is to be discarded"}
    assert {line.line: line.why for line in actors.unused} == {
        16: "a code that names no state and no sector",
        17: "no code or no date in brackets",
        18: "a code for which PLOVER has no sector",
        19: "coded as nobody",
    }
    assert str(old).endswith("old.verbs: 5 entries and patterns used, 1 not: 1 the story is to be discarded")


@pytest.mark.parametrize(
    ("text", "day", "identity", "country", "sector"),
    [
        ("Zoran Petkov accused Russia of lies.", "2017-02-10", "person:zoran-petkov", "MKD", "GOV"),
        ("Petkov the Elder accused Russia of lies.", "2021-02-10", "person:zoran-petkov", "MKD", "ELI"),
        ("The River Liberation Front accused Russia.", "2017-02-10", "org:river-liberation-front", "KEN", "REB"),
        ("The RLF accused Russia of lies.", "2017-02-10", "org:river-liberation-front", "KEN", "REB"),
        ("The Northern Coast Guard accused Russia.", "2017-02-10", "org:northern-coast-guard", "NOR", "GOV"),
        ("The Union of the Isles accused Russia.", "2017-02-10", "org:union-of-the-isles", None, "IGO"),
        ("Lusitania accused Russia of lies.", "2017-02-10", "state:PRT", "PRT", None),
        ("Norwegian beekeepers accused Russia.", "2017-02-10", "NOR:AGR", "NOR", "AGR"),
        ("Norwegian trawlermen accused Russia.", "2017-02-10", "NOR:BUS", "NOR", "BUS"),
        ("Vladimir Putin accused Norway of lies.", "2017-02-10", "person:vladimir-putin", "RUS", "GOV"),
    ],
)
def test_actor_dictionaries_name_who_acts(
    coder: Coder, text: str, day: str, identity: str, country: str | None, sector: str | None
) -> None:
    (event,) = coded(coder, text, day)
    (actor,) = event.source
    assert (actor.id, actor.country, actor.sector) == (identity, country, sector)


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("petrarch_verbs", "Dear reader,\nthis is a letter.\n", "bad.txt:1: no verb dictionary"),
        ("petrarch_verbs", "# only comments\n", "bad.txt: no verb dictionary"),
        ("petrarch_actors", "Dear reader,\nthis is a letter.\n", "bad.txt:1: no actor dictionary"),
        ("petrarch_actors", "\0\0\0", "bad.txt: is no text"),
    ],
)
def test_a_file_that_is_no_dictionary_is_one_error(tmp_path: Path, key: str, text: str, told: str) -> None:
    (tmp_path / "bad.txt").write_text(text)
    (tmp_path / "mine.yaml").write_text(f"{key}: [bad.txt]\n")
    with pytest.raises(KnowledgeError, match=told):
        assert Extension(tmp_path / "mine.yaml").dictionaries


def test_the_digest_changes_with_any_file(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    before = Extension(folder / "all.yaml").digest
    assert Extension(tmp_path / "all.yaml").digest == before
    with (tmp_path / "some.actors.txt").open("a") as lines:
        lines.write("NEW_NAME [NORGOV]\n")
    assert Extension(tmp_path / "all.yaml").digest != before


LINES = st.lists(
    st.text(alphabet="AB_+-*$%^&{}()[]|~!#;:/=<> 0123456789\t.", max_size=30)
    | st.sampled_from([*PETRARCH.splitlines(), *TABARI.splitlines(), *ACTORS.splitlines()]),
    max_size=12,
)


@given(lines=LINES, key=st.sampled_from(["petrarch_verbs", "petrarch_actors"]))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_is_read_or_refused(tmp_path: Path, lines: list[str], key: str) -> None:
    (tmp_path / "any.txt").write_text("\n".join(lines))
    (tmp_path / "mine.yaml").write_text(f"{key}: [any.txt]\n")
    try:
        (dictionary,) = Extension(tmp_path / "mine.yaml").dictionaries
    except KnowledgeError:
        return
    assert dictionary.used >= 0
    assert all(1 <= line.line <= len("\n".join(lines).splitlines()) for line in dictionary.unused)
