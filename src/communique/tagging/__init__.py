"""The trained tagger: a small network that marks cues, and the words of their sources and contents, in paragraphs.

Trained by training/train_attribution.py; communique/trained/README.md tells on what, and how good it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Token

from communique.tagging.tags import Part, Tagged, tagged

__all__ = ["NAME", "Tagged", "Tagger", "make_tagger"]

Word = tuple[Token, tuple[int, ...]]
"""A word and its pieces."""

NAME = "attribution"
# As in training: what a window holds without the marks of its start and end, and those marks.
MAX_PIECES = 254
START, END = 101, 102

if not Doc.has_extension("tagged"):
    # None where no tagger has read the Doc.
    Doc.set_extension("tagged", default=None)


@dataclass(frozen=True, slots=True)
class Window:
    """A paragraph, or those of its sentences that fit: its words as Doc indices, their pieces, where each starts."""

    words: list[int]
    pieces: list[int]
    firsts: list[int]


class Settings(msgspec.Struct, frozen=True):
    """What was found best: the chance from which a word counts as one of a cue, and for a cue without a source."""

    threshold: float
    without_source: float


@Language.factory("communique_tagger", assigns=["doc._.tagged"], requires=["token.is_sent_start"])
def make_tagger(nlp: Language, name: str) -> "Tagger":
    """Make the component that tags attributions. Raises ModelError when the trained files are missing or unfit."""
    return Tagger()


class Tagger:
    """Sets ``doc._.tagged``: the attributions that the network sees, in word indices of the Doc."""

    def __init__(self) -> None:
        # Not above: spaCy imports this module with every pipeline, ours or not, and the runtime takes its time.
        from communique.networks import Network, settings

        self.network = Network(NAME)
        self.limits = msgspec.structs.asdict(settings(NAME, Settings))

    def __call__(self, doc: Doc) -> Doc:
        """Tag a Doc. It is read alone, so that a page makes the same records in any company."""
        found: list[Tagged] = []
        windows = list(self.windows(doc))
        outputs = self.network.read([window.pieces for window in windows])
        for window, (cue, as_cue, as_word) in zip(windows, outputs, strict=True):
            as_cue = as_cue.reshape(len(window.pieces), -1, as_word.shape[1])
            found += (
                _in_doc(one, window)
                for one in tagged(cue[window.firsts], as_cue[window.firsts], as_word[window.firsts], **self.limits)
            )
        doc._.tagged = tuple(found)
        return doc

    def windows(self, doc: Doc) -> Iterator[Window]:
        """Yield what the network reads at once: paragraphs, cut between sentences where they are too long."""
        words: list[Word] = []
        sentence: list[Word] = []
        size = size_of_sentence = 0  # in pieces
        after_break = False
        for token in doc:
            if token.is_space:
                after_break = after_break or "\n" in token.text
                continue
            if token.is_sent_start:
                words, sentence = [*words, *sentence], []
                size, size_of_sentence = size + size_of_sentence, 0
                if after_break:
                    yield from _window(words)
                    words, size = [], 0
            after_break = False
            pieces = self.network.pieces(token.text)
            sentence.append((token, pieces))
            size_of_sentence += len(pieces)
            if words and size + size_of_sentence > MAX_PIECES:
                yield from _window(words)
                words, size = [], 0
        yield from _window([*words, *sentence])


def _window(words: Sequence[Word]) -> Iterator[Window]:
    """The window of some words, none for none; of a sentence that is too long, what fits."""
    pieces, firsts = [START], []
    for _, word in words:
        if len(pieces) + len(word) > MAX_PIECES + 1:
            break
        firsts.append(len(pieces))
        pieces += word
    if firsts:
        yield Window([token.i for token, _ in words[: len(firsts)]], [*pieces, END], firsts)


def _in_doc(one: Tagged, window: Window) -> Tagged:
    """The same attribution in word indices of the Doc."""

    def moved(part: Part) -> Part:
        return window.words[part[0]], window.words[part[1] - 1] + 1

    return Tagged(moved(one.cue), tuple(map(moved, one.source)), tuple(map(moved, one.content)), one.score)
