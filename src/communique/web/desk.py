"""The desk that codes and explains: one language model, loaded when it is first needed, one page at a time."""

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from communique.errors import CommuniqueError, UsageError
from communique.records import Article, Coding, Event, Statement

if TYPE_CHECKING:
    from spacy.language import Language

    from communique.coder import Coder
    from communique.explain import Explanation
    from communique.positions.judging import Judge

T = TypeVar("T")

WAITING = 8
"""Pages that may wait for their turn; more are turned away."""
LONGEST = 100_000
"""Characters of a page that is coded or explained while somebody waits."""
PATIENCE = 60.0
REMEMBERED = 200


class Busy(CommuniqueError):  # noqa: N818 - reads as what it is
    """Too many wait, or a page takes too long."""


class Desk:
    """Codes and explains in a thread of its own, with the coder that ``make`` makes when it is first needed.

    Raises Busy rather than let people wait without end.
    """

    def __init__(self, make: "Callable[[], Coder]") -> None:
        self._make = make
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._coder: Coder | None = None
        self._judge: Judge | None = None
        self._waiting = 0
        self._lock = Lock()
        self._explained: OrderedDict[str, Explanation] = OrderedDict()

    def code(self, article: Article) -> tuple[Coding, str]:
        """Return an article's coding, and what made it. Raises UsageError for one that is too long, CodingError."""
        _refuse_long(article)
        return self._ask(lambda coder: (coder.code(article), coder.name))

    def explain(self, record: Statement | Event, article: Article) -> "Explanation":
        """Return why a record is there. Raises UsageError for an article that is too long."""
        from communique.explain import explain

        known = self._explained.get(record.id)
        if known is not None:
            return known
        _refuse_long(article)
        found = self._ask(lambda coder: explain(record, article, coder.nlp))
        self._explained[record.id] = found
        if len(self._explained) > REMEMBERED:
            self._explained.popitem(last=False)
        return found

    def compare(self, work: "Callable[[Language, Judge | None], T]") -> T:
        """Return what is made with the part of the coder's pipeline that parses, and the judge of positions.

        Where the coder has no trained parts, there is no judge.
        """
        from communique.language import STAGES  # only here: it loads spaCy
        from communique.positions.judging import trained_judge

        def with_parser(coder: "Coder") -> T:
            if coder.trained and self._judge is None:
                self._judge = trained_judge()
            kept = [
                name for name in coder.nlp.pipe_names if name not in {"ner", *STAGES} or name == "communique_repairs"
            ]
            with coder.nlp.select_pipes(enable=kept):
                return work(coder.nlp, self._judge)

        return self._ask(with_parser)

    @property
    def coder_name(self) -> str | None:
        """What codes here, as archives name it; None while it is not loaded."""
        return self._coder.name if self._coder is not None else None

    def warm(self) -> None:
        """Begin to load the model if it is not loaded, as it will soon be needed."""
        if self._coder is None and not self._waiting:
            self._send(lambda coder: None)

    def close(self) -> None:
        """Take no more pages."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _ask(self, work: "Callable[[Coder], T]") -> T:
        future = self._send(work)
        try:
            return future.result(PATIENCE)
        except TooLate as error:
            future.cancel()
            raise Busy("this takes too long", remedy="try a shorter page, or later") from error

    def _send(self, work: "Callable[[Coder], T]") -> "Future[T]":
        with self._lock:
            if self._waiting >= WAITING:
                raise Busy("too many pages wait to be read", remedy="try again in a moment")
            self._waiting += 1
        future = self._thread.submit(self._do, work)
        future.add_done_callback(self._done)
        return future

    def _done(self, _: object) -> None:
        with self._lock:
            self._waiting -= 1

    def _do(self, work: "Callable[[Coder], T]") -> T:
        if self._coder is None:
            self._coder = self._make()
        return work(self._coder)


def _refuse_long(article: Article) -> None:
    if len(article.text) > LONGEST:
        raise UsageError(
            f"the page has more than {LONGEST:,} characters", remedy="code it with communique add, then read it here"
        )
