"""The examples in the docstrings run."""

import doctest
from types import ModuleType

import pytest

from communique.web import guards, languages, render, text, visits


@pytest.mark.parametrize("module", [guards, languages, render, text, visits])
def test_examples_say_what_happens(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert failed == 0
    assert tried > 0
