"""What all tests share: the language pipeline, loaded once, as it takes seconds."""

import pytest
from spacy.language import Language

from communique.coder import Coder
from communique.language import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, all stages included."""
    return load()


@pytest.fixture(scope="session")
def grammar() -> Language:
    """The pipeline without what is trained."""
    return load(trained=False)


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The whole way from article to records."""
    return Coder()
