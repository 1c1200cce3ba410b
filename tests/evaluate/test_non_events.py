"""The measure of events that are recorded where nothing happened."""

from communique.coder import Coder
from communique.evaluate.non_events import NonEvent, false_events, figures


def test_texts_are_counted_in_which_an_event_is_said_to_have_happened() -> None:
    texts = [
        NonEvent("1", "Norway condemned the attack.", "politics"),
        NonEvent("2", "Norway will condemn the attack. Oslo may impose sanctions on Belarus.", "politics"),
        NonEvent("3", "Rain fell on Bergen.", "weather"),
    ]
    codings = Coder(trained=False).code_many(text.article() for text in texts)
    made = figures((text, false_events(text, coding)) for text, coding in zip(texts, codings, strict=True))
    assert made.lines() == [
        "all            1 of 3      0.333",
        "politics       1 of 2      0.500",
        "weather        0 of 1      0.000",
    ]
