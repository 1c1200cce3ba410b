"""Whom a name can mean on a day: persons by office and date, states, seats and roles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.actors.lexicon import lexicon
from communique.actors.who import Reading, during, readings
from communique.errors import UsageError


def found(name: str, day: str | None = None, country: str | None = None) -> list[Reading]:
    return readings(name, lexicon=lexicon(), day=day, country=country)


@pytest.mark.parametrize(
    ("name", "day", "person", "office"),
    [
        ("David Cameron", "2008-01-01", "David Cameron", "Opposition leader"),
        ("Cameron", "2011-05-05", "David Cameron", "Prime Minister"),
        ("David Cameron", "2024-01-15", "David Cameron", "Foreign Secretary"),
        ("Vladimir Putin", "1999-01-15", "Vladimir Putin", "Director of the FSB"),
        # Between two terms no office is claimed.
        ("Mario Draghi", "2020-06-01", "Mario Draghi", None),
        # Capitals and accents do not count; a month or a year will do.
        ("erdogan", "2010", "Recep Tayyip Erdogan", "Prime Minister"),
        ("ERDOĞAN", "2010-06", "Recep Tayyip Erdogan", "Prime Minister"),
        # The spellings of English news.
        ("Zelenskyy", "2023-05-01", "Volodymyr Zelensky", "President"),
        ("Thaçi", "2018-05-01", "Hashim Thaci", "President"),
    ],
)
def test_a_person_with_the_office_of_the_day(name: str, day: str, person: str, office: str | None) -> None:
    first = found(name, day)[0]
    assert (first.actor.name, first.actor.office, first.taken) == (person, office, True)


@pytest.mark.parametrize(
    ("name", "what", "actor"),
    [
        ("the Kremlin", "metonym", "government:RUS"),
        ("jordan", "state", "state:JOR"),
        ("NATO", "organisation", "org:nato"),
    ],
)
def test_what_is_no_person(name: str, what: str, actor: str) -> None:
    first = found(name)[0]
    assert (first.what, first.actor.id, first.taken, first.held) == (what, actor, True, ())


def test_a_role_of_a_country_is_its_holder() -> None:
    first = found("foreign minister", "2015-01-01", "DEU")[0]
    assert (first.what, first.actor.name) == ("role", "Frank-Walter Steinmeier")
    assert found("foreign minister")[0].actor.id is None


def test_of_two_in_office_none_is_taken_without_a_country() -> None:
    ivanovs = found("Ivanov", "2001-06-01")
    assert {r.actor.name for r in ivanovs if r.held} >= {"Igor Ivanov", "Sergei Ivanov"}
    assert not any(r.taken for r in ivanovs)
    assert [r.actor.name for r in found("Ivanov", "2012-06-01", "MKD") if r.taken] == ["Gjorge Ivanov"]


def test_a_surname_of_nobody_in_office_is_listed_but_not_taken() -> None:
    (merkel,) = found("Merkel", "2023-01-01")
    assert not merkel.taken
    assert not merkel.held
    assert "Chancellor" in {office.title for office in merkel.others}
    assert found("Zyxwv") == []


@pytest.mark.parametrize("day", ["2001-13", "yesterday", "01-02-2003", "2001-02-30", ""])
def test_a_wrong_date_is_refused(day: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        found("Merkel", day)


@given(st.dates(), st.dates(), st.dates())
def test_whole_days_are_compared_as_days(one: object, other: object, day: object) -> None:
    start, end = sorted(map(str, (one, other)))
    assert during(start, end, str(day)) == (start <= str(day) <= end)
