"""A user's own actors from a CSV file: offices with terms, bodies and roles, and what a wrong file is told."""

from pathlib import Path

import pytest

from communique.coder import Coder
from communique.errors import KnowledgeError
from communique.extension import Extension
from communique.records import Actor, Article

ROWS = """\
name,aliases,kind,country,sector,office,from,to
Ilda Marsovic,I. Marsovic,,HRV,GOV,Minister of Fisheries,2016-10-19,2019-07
Ilda Marsovic,,person,HRV,LEG,Member of Parliament,2020,
Blue Anchor Front,BAF|Blue Anchors,armed group,HRV,REB,,,
netmakers,netmaker,role,,LAB,,,
Emmanuel Macron,,person,FRA,AGR,Wine Grower,2030,
"""


def files(folder: Path, rows: str) -> Path:
    (folder / "own.csv").write_text(rows, encoding="utf-8")
    ontology = folder / "own.yaml"
    ontology.write_text("actors: [own.csv]\n", encoding="utf-8")
    return ontology


@pytest.fixture(scope="module")
def coder(tmp_path_factory: pytest.TempPathFactory) -> Coder:
    return Coder(trained=False, ontology=files(tmp_path_factory.mktemp("own"), ROWS))


def accuser(coder: Coder, text: str, day: str) -> Actor:
    coding = coder.code(Article(id="a-own", text=text, paragraphs=((0, len(text)),), language="en", published=day))
    (event,) = coding.events
    return event.source[0]


@pytest.mark.parametrize(
    ("day", "sector", "office"),
    [
        ("2018-03-01", "GOV", "Minister of Fisheries"),
        ("2019-07-31", "GOV", "Minister of Fisheries"),
        ("2019-08-01", "ELI", None),
        ("2021-03-01", "LEG", "Member of Parliament"),
    ],
)
def test_a_person_has_the_office_of_the_day(coder: Coder, day: str, sector: str, office: str | None) -> None:
    actor = accuser(coder, "Ilda Marsovic accused Norway of lying.", day)
    assert (actor.name, actor.country, actor.sector, actor.office) == ("Ilda Marsovic", "HRV", sector, office)


def test_a_body_and_a_role(coder: Coder) -> None:
    actor = accuser(coder, "The BAF accused Norway of lying.", "2018-03-01")
    assert (actor.name, actor.kind, actor.country, actor.sector) == ("Blue Anchor Front", "armed group", "HRV", "REB")
    assert accuser(coder, "Croatian netmakers accused Norway of lying.", "2018-03-01").sector == "LAB"


def test_the_packaged_offices_of_a_person_stay(coder: Coder) -> None:
    assert accuser(coder, "Emmanuel Macron accused Norway of lying.", "2022-03-01").office == "President"
    assert accuser(coder, "Emmanuel Macron accused Norway of lying.", "2031-03-01").office == "Wine Grower"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", "own.csv:1: no column 'name'"),
        ("name,rank\nA,1\n", "own.csv:1: unknown column 'rank'"),
        ("name,country\nAda Roe,Croatia\n", "own.csv:2: 'Croatia' is no country"),
        ("name,sector\nAda Roe,FISH\n", "own.csv:2: 'FISH' is no sector"),
        ("name,office,from\n\nAda Roe,Mayor,spring\n", "own.csv:3: 'spring' is no date"),
        ("name,office,from,to\nAda Roe,Mayor,2020,2019-05\n", "own.csv:2: the term ends before it begins"),
        ("name,office\nAda Roe\n", "own.csv:2: 1 cells, expected 2"),
        ("name,office\n,Mayor\n", "own.csv:2: no name"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, rows: str, told: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        _ = Extension(files(tmp_path, rows)).actors
    assert told in str(error.value)


def test_a_file_that_is_missing_or_no_text(tmp_path: Path) -> None:
    ontology = files(tmp_path, ROWS)
    (tmp_path / "own.csv").write_bytes(b"name\n\xff\xfe\xfd\n")
    with pytest.raises(KnowledgeError, match=r"own.csv: is not UTF-8"):
        _ = Extension(ontology).actors
    (tmp_path / "own.csv").unlink()
    with pytest.raises(KnowledgeError, match="cannot be read"):
        _ = Extension(ontology).actors
