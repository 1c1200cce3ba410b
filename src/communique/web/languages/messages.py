"""What the program says beside its pages: errors, remedies, warnings of articles, reasons of records → a translation.

They are made of English texts with words of the case in them. A file of translations has them as ``{}``:
``"no actor {}" = "нет участника {}"``; where the order changes, the translation numbers them, from 0.
"""

import re
from collections.abc import Mapping

PLACE = "{}"


class Messages:
    """Translates messages. What fills a place is kept as it is, unless it is a message without places itself."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self._plain = {text: translation for text, translation in told.items() if PLACE not in text}
        # What says more in its own words comes first: "no role {}" before "no {}".
        filled = sorted((text for text in told if PLACE in text), key=lambda text: (-len(text), text))
        self._filled = [(re.compile(_pattern(text), re.DOTALL), told[text]) for text in filled]

    def __call__(self, text: str) -> str:
        """Return the translation of a message, or the message; of reasons joined by "; " each part is looked up.

        >>> told = Messages({"no actor {}": "нет участника {}", "object": "дополнение", "agent: {}": "деятель: {}"})
        >>> told("no actor 'x:{}'"), told("agent: minister; object"), told("of 'use'")
        ("нет участника 'x:{}'", 'деятель: minister; дополнение', "of 'use'")
        """
        known = self._one(text)
        if known is None and "; " in text:
            return "; ".join(self._one(part) or part for part in text.split("; "))
        return text if known is None else known

    def _one(self, text: str) -> str | None:
        if text in self._plain:
            return self._plain[text]
        for pattern, translation in self._filled:
            if found := pattern.fullmatch(text):
                return translation.format(*(self._plain.get(part, part) for part in found.groups()))
        return None


def _pattern(text: str) -> str:
    return "(.*?)".join(re.escape(part) for part in text.split(PLACE))
