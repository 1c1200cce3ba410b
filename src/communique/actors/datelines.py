"""Which capital each part of an article is reported from, as its datelines tell."""

from bisect import bisect_right
from itertools import islice

from communique.actors.lexicon import Lexicon, straight
from communique.ingest import wire
from communique.records import Article


class Reporting:
    """The countries from whose capitals an article's parts are reported.

    A dateline holds to the next one. News of several capitals has one at the head of each part.
    """

    def __init__(self, article: Article | None, lexicon: Lexicon) -> None:
        self._starts, self._countries = [0], [""]
        if article is None:
            return
        if article.place is not None:
            self._countries[0] = lexicon.capitals.get(straight(article.place.name), "")
        texts = [article.text[start:end] for start, end in article.paragraphs]
        for number, (start, _) in enumerate(article.paragraphs):
            dateline = wire.dateline(texts[number], later=islice(texts, number + 1, None))
            if dateline is not None:
                self._starts.append(start)
                self._countries.append(lexicon.capitals.get(straight(dateline.place), ""))

    def country(self, offset: int) -> str | None:
        """Return the country whose capital the code point stands under, None where it is under none."""
        return self._countries[bisect_right(self._starts, offset) - 1] or None
