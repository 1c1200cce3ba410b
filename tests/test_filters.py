"""Filters: each is explained, each value checked."""

import pytest

from communique.errors import UsageError
from communique.filters import FILTERS, KINDS, condition, sentence


def test_every_filter_has_a_sentence_a_help_and_as_many_parameters_as_placeholders() -> None:
    good = {"act": "deny", "kind": "direct", "type": "AID", "status": "planned", "min-confidence": "0.5"}
    for key, known in FILTERS.items():
        value = good.get(key, "2024")
        assert known.sql.count("?") == len(known.parameters(value)), key
        assert "{}" in known.sentence
        assert known.help
        assert set(known.kinds) <= set(KINDS)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("events", "type", "war"),
        ("statements", "act", "sing"),
        ("events", "since", "yesterday"),
        ("events", "min-confidence", "2"),
        ("articles", "actor", "Kenya"),
        ("events", "colour", "red"),
    ],
)
def test_a_bad_filter_is_refused_with_what_is_allowed(kind: str, key: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        condition(kind, {key: value})
    assert caught.value.remedy


def test_a_query_says_what_it_shows() -> None:
    assert sentence("events", {"source": "Kenya", "type": "AID"}) == "events by Kenya, type AID"
    assert sentence("events", {}) == "events"
