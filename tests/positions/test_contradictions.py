"""What contradicts what: sentences as agencies write them, each with what must be found, or must not."""

from pathlib import Path

import pytest

from communique.coder import Coder
from tests.positions.material import between, pairs

CONTRADICTING = [
    pytest.param(
        "GBR", "RUS", "poisoning",
        "LONDON — Britain accused Russia on Tuesday of poisoning a former spy in Salisbury.\n\n"
        "The Kremlin denied any involvement in the poisoning.",
        "accusation and denial",
        id="involvement in what one is accused of",
    ),
    pytest.param(
        "TUR", "GRC", "islands",
        "ANKARA — Turkey demanded on Monday that Greece withdraw its troops from the Aegean islands.\n\n"
        "“Greece will not withdraw a single soldier from the islands,” Prime Minister Kyriakos Mitsotakis said.",
        "demand and refusal",
        id="what one will not do",
    ),
    pytest.param(
        "TUR", "GRC", "islands",
        "ANKARA — Turkey demanded on Monday that Greece withdraw its troops from the Aegean islands.\n\n"
        "Greek Prime Minister Kyriakos Mitsotakis rejected the demand.",
        "demand and refusal",
        id="the demand",
    ),
    pytest.param(
        "IND", "PAK", "camp",
        "DELHI — India said on Sunday that its air force had destroyed a militant camp near Balakot.\n\n"
        "Pakistan denied that any camp had been destroyed.",
        "claim and denial",
        id="denied that any",
    ),
]  # fmt: skip
AGREEING = [
    pytest.param(
        "EGY", "ETH", "dam",
        "CAIRO — Egypt said on Sunday that the talks on the dam had failed.\n\n"
        "Ethiopia said it regretted that the talks on the dam had failed.",
        id="both say so",
    ),
    pytest.param(
        "IRN", "USA", "attack",
        "TEHRAN — The United States accused Iran of attacking an oil tanker in the Gulf of Oman.\n\n"
        "Iran denied attacking a refinery in Saudi Arabia.",
        id="another object",
    ),
    pytest.param(
        "RUS", "UKR", "withdraw",
        "KYIV — Ukraine said its troops had withdrawn from the town on Friday.\n\n"
        "Russia said its own troops had not withdrawn from the town.",
        id="another subject",
    ),
    pytest.param(
        "CHN", "AUS", "ban",
        "CANBERRA — Australia said China had banned its coal.\n\n"
        "China said it was not aware of reports about a ban.",
        id="not aware of it",
    ),
    pytest.param(
        "SRB", "KOS", "plates",
        "PRISTINA — France accused Serbia of provoking the crisis over licence plates.\n\n"
        "Serbia rejected the accusation. Kosovo said the plates would be replaced.",
        id="a third one's accusation",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "about", "text", "kind"), CONTRADICTING)
def test_what_contradicts(
    one: str, other: str, about: str, text: str, kind: str, coder: Coder, tmp_path: Path
) -> None:
    found = between(tmp_path, coder, one, other, about, text)
    assert pairs(found) == [(kind, one, other)]
    assert all(c.reasons for c in found.contradictions)


@pytest.mark.parametrize(("one", "other", "about", "text"), AGREEING)
def test_what_does_not(one: str, other: str, about: str, text: str, coder: Coder, tmp_path: Path) -> None:
    found = between(tmp_path, coder, one, other, about, text)
    assert found.positions
    assert pairs(found) == []
