"""Filters: each is explained, each value checked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import UsageError
from communique.filters import FILTERS, KINDS, condition, kinds, sentence

GOOD = {
    "act": "deny", "kind": "direct", "type": "AID", "status": "planned", "min-confidence": "0.5", "mode": "aerial",
    "country": "ken", "sector": "gov", "since": "2024-02-29", "until": "2024", "language": "en", "article": "a-1",
}  # fmt: skip


@pytest.mark.parametrize("key", FILTERS)
def test_every_filter_is_explained_and_gets_the_values_that_its_condition_reads(key: str) -> None:
    known = FILTERS[key]
    assert "{}" in known.sentence
    assert known.help
    assert known.metavar.isupper()
    for kind in known.kinds:
        sql, parameters = condition(kind, {key: GOOD.get(key, "Kenya")})
        assert set(re.findall(r":(\w+)", sql)) <= parameters.keys()
    for kind in set(KINDS) - set(known.kinds):
        with pytest.raises(UsageError, match=f"{kind} have no filter '{key}'"):
            condition(kind, {key: GOOD.get(key, "Kenya")})


@given(st.text())
def test_whatever_the_value_it_is_bound_and_never_written_into_the_condition(value: str) -> None:
    try:
        sql, _ = condition("events", {"actor": value})
    except UsageError:
        return
    assert sql == condition("events", {"actor": "Kenya"})[0]


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("events", "type", "war"),
        ("statements", "act", "sing"),
        ("events", "since", "yesterday"),
        ("events", "since", "2023-02-29"),
        ("events", "until", "2023-13"),
        ("events", "until", "20230101"),
        ("events", "country", "Kenya"),
        ("events", "mode", "loud"),
        ("events", "source", "--"),
        ("events", "min-confidence", "much"),
        ("events", "min-confidence", "2"),
        ("articles", "actor", "Kenya"),
        ("events", "colour", "red"),
    ],
)
def test_a_bad_filter_is_refused_with_what_is_allowed(kind: str, key: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        condition(kind, {key: value})
    assert caught.value.remedy


def test_types_and_modes_of_ones_own_are_taken_when_there_are_any() -> None:
    own = {"type": ["AID", "FISHERY"], "mode": ["stop"]}
    for key, value, taken in (("type", "fishery", "FISHERY"), ("type", "aid", "AID"), ("mode", "Stop", "stop")):
        assert condition("events", {key: value}, own=own.__getitem__)[1][key] == taken
    with pytest.raises(UsageError) as caught:
        condition("events", {"type": "WAR"}, own=own.__getitem__)
    assert caught.value.remedy.endswith("COERCE, ASSAULT, FISHERY")


def test_a_query_says_what_it_shows() -> None:
    assert sentence("events", {"source": "Kenya", "type": "AID"}) == "events by Kenya, type AID"
    assert sentence("events", {}) == "events"


def test_filters_tell_which_kinds_they_leave() -> None:
    assert kinds({}) == KINDS
    assert kinds({"country": "KEN"}) == ("statements", "events")
    assert kinds({"country": "KEN", "act": "deny"}) == ("statements",)
    with pytest.raises(UsageError, match="act, type"):
        kinds({"act": "deny", "type": "AID"})
