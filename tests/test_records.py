"""Records: round trips, ids, the schema."""

import json

import jsonschema
import msgspec
import pytest
from hypothesis import given

from communique.records import Coding, content_id, from_json, json_schema, to_json

from .strategies import codings


@given(codings())
def test_a_record_is_read_back_as_it_was_written(coding: Coding) -> None:
    for record in coding.records():
        assert from_json(to_json(record)) == record


@given(codings())
def test_every_record_is_valid_by_the_published_schema(coding: Coding) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    for record in coding.records():
        assert list(validator.iter_errors(json.loads(to_json(record)))) == []


def test_an_id_depends_on_all_its_parts_and_their_order() -> None:
    made = {
        content_id("s", "a", (1, 2)),
        content_id("s", (1, 2), "a"),
        content_id("s", "a", (1, 3)),
        content_id("e", "a"),
    }
    assert len(made) == 4
    assert content_id("s", "a", (1, 2)) == content_id("s", "a", (1, 2))


def test_a_line_that_is_no_record_is_refused_with_its_field() -> None:
    with pytest.raises(msgspec.ValidationError, match="act"):
        from_json(
            '{"record":"statement","id":"s","article":"a","kind":"direct","speaker":null,"content":[],'
            '"content_text":"","act":"sing","made_by":"x","confidence":1}'
        )
