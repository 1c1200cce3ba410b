"""Page furniture: buttons, menus, captions, notices. What a line is, told from its shape and its words alone."""

import re
from collections.abc import Sequence
from functools import cache

from communique.ingest import dates
from communique.knowledge import table, values

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*&?")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE_END = re.compile(r"""[.!?…:;。！？؟।۔][\s"'”’“»«›)\]」』*]*$""")
_CLOSED_QUOTE = re.compile(r"""[,–—-]?["”»」』]\)?$""")
_QUOTED = re.compile(r"“[^”]*”?|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"?")
_BULLET = re.compile(r"^(?:[•●▪◦‣*·–—-]|\(?\d{1,2}[.)])\s+(?=\S)")
_SEPARATED = re.compile(r"\s+[|•·/›»>]\s+")
_COUNTER = re.compile(
    r"^\W*(?:\d[\d.,]*\s*[km]?\s+[\w'’ -]{3,20}|[\w'’ -]{3,20}\s*[(:]?\s*\d[\d.,]*\s*[km]?\)?|\d[\d.,:/ ]*)\W*$", re.I
)
_CREDIT_MARK = re.compile(
    r"(?:(?<!\w)©|\(c\)|(?:\b(?:photo(?:graph)?|image|picture|credit|foto|фото)\s*:))\s*\S[^.!?]{0,80}\.?$", re.I
)
_BRACKETED = re.compile(r"[\[(]([^\[\]()]{3,80})[\])]\.?$")

MAX_FURNITURE_WORDS = 60
"""Words above which a block is never furniture by its words: notices of more than this are rare, losses dear."""

_FUNCTION_WORDS = frozenset(
    "the a an of to in on at for with by from as and or but that this which who is are was were be been has have had"
    " will would its his her their it he she they after over into not than amid "
    "der die das und in von zu mit auf für im den dem le la les des du de et en un une dans pour sur au que qui est"
    " el los las y con por para se una del al il che di per e o da do dos em no na não и в на с по не что он как из к"
    " için ve bir bu".split()
)


def words(line: str) -> list[str]:
    """Return the words of a line; in scripts without spaces every two characters count as one."""
    cjk = _CJK.findall(line)
    if len(cjk) * 2 > len(line):
        return ["".join(cjk[i : i + 2]) for i in range(0, len(cjk), 2)]
    return _WORD.findall(line)


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as sentences do: with a full stop, a colon, a closed quotation…"""
    # "Nobody was hurt, officials said. (Agency)": what stands in brackets after the end is no part of the sentence.
    line = _BRACKETED.sub("", line[-200:]).rstrip() or line.rstrip()
    return bool(_SENTENCE_END.search(line[-12:]) or _CLOSED_QUOTE.search(line[-4:]))


def function_word_share(found: Sequence[str]) -> float:
    """Return the share of words that only grammar needs: high in prose, low in lists of labels."""
    return sum(word.casefold() in _FUNCTION_WORDS for word in found) / max(1, len(found))


def is_list_item(line: str) -> bool:
    """Tell whether a line starts with a bullet or a number as items of a list do."""
    return bool(_BULLET.match(line))


def is_label(line: str) -> bool:
    """Tell whether a line is a button, menu, icon, tag list, counter or other label.

    Not told from the words of one site: a label has no sentence punctuation and consists of words that pages use for
    their own parts, or of many words with no grammar between them, or of one word repeated ("icon").
    """
    line = line.strip()
    found = words(line)
    if not found:
        return True
    folded = fold(line)
    if folded in _labels() or _is_counter(line):
        return True
    if ends_sentence(line) and not line.endswith(":"):
        return len(found) <= 4 and folded.rstrip(".!:… ") in _labels()
    covered = _covered(found)
    if re.fullmatch(r"\S+(?: \S+)?\|\S+(?: \S+)?", line):  # "News|Water": a path of sections, set close
        return True
    if len(found) <= 3:
        return covered == len(found)
    # A headline may have several label words ("UK election: live updates from Europe"), a menu has little else.
    if covered >= (0.8 if len(found) < 8 else 0.6) * len(found):
        return True
    if len(_SEPARATED.split(line)) >= 4 and len(found) < 6 * len(_SEPARATED.split(line)):
        return True
    return len(found) >= 8 and _is_word_heap(found)


def is_section_heading(line: str) -> bool:
    """Tell whether a line opens a list of other pages, comments, or the like: "Related stories", "Comments (12)"."""
    return _bare_heading(line) in _phrases("section") or is_end_heading(line)


def is_end_heading(line: str) -> bool:
    """Tell whether a line opens what only comes after an article: comments, or notes about its author."""
    return _bare_heading(line) in _phrases("end")


def is_notice(line: str) -> bool:
    """Tell whether a line speaks to the visitor of the page: cookies, newsletters, rights, "Read more: …".

    What stands in quotation marks is never such a notice: a minister may say "subscribe to our plan".
    """
    found = words(line)
    if len(found) > MAX_FURNITURE_WORDS:
        return False
    folded = fold(line)
    own = fold(_QUOTED.sub(" … ", line)) if len(found) > 3 else folded
    if _anywhere_pattern("tell").search(own):
        return True
    # "Sign up to get alerts in your …": one word such as "email" or "comment" may be the news itself, two with a
    # "you" or "our" outside quotation marks are the page talking.
    if _addresses_visitor(own) and len({hint[0] for hint in _anywhere_pattern("hint").finditer(own)}) >= 2:
        return True
    start = folded.lstrip("•●▪◦‣*·–—-→►▶>[( ")
    if _opening_pattern("signoff").match(start):
        return True
    lead = _opening_pattern("lead").match(start)
    if not lead or len(found) > 40:
        return False
    # "More on …", "If you …" also start sentences of an article: those have a full stop and no colon after the lead.
    certain = lead[0][-1] in ":(©" or start[lead.end() : lead.end() + 1] in {":", ""}
    return certain or not ends_sentence(line) or _addresses_visitor(folded)


def is_caption(line: str) -> bool:
    """Tell whether a line is a picture's caption, by the credit at its end: "© …", "[Name/Agency]", "(AP Photo/…)"."""
    line = line.strip()
    found = words(line)
    if len(found) > MAX_FURNITURE_WORDS:
        return False
    if _CREDIT_MARK.search(line):
        return True
    bracketed = _BRACKETED.search(line)
    if bracketed and is_source(bracketed[1]):
        # "(Reuters)" after a sentence of an article credits the report; a picture's credit also names its maker.
        return "/" in bracketed[1] or line[bracketed.start()] == "[" or not ends_sentence(line[: bracketed.start()])
    if ends_sentence(line):
        return False
    tail = re.split(r"\s[-–—|]\s|,\s|/|\svia\s", line)[-1]
    return tail != line and len(words(tail)) <= 4 and is_source(tail)


def is_date_line(line: str) -> bool:
    """Tell whether a line gives a date or an age of the page and hardly anything else."""
    found = words(line)
    if len(found) > 24:
        return False
    rest = line
    for stamp in reversed(list(dates.stamps(line))):
        rest = rest[: stamp.start] + " " + rest[stamp.end :]
    if rest == line:
        return bool(_AGE.fullmatch(fold(line)))
    if re.search(r"[.!?]\s*$", rest):
        return False
    left = words(_AGE.sub(" ", _date_labels().sub(" ", rest.casefold())))
    # "PTI / New Delhi / Updated: Jan 17, 2024 20:15 IST": names between bars may stand beside the date.
    named = re.search(r"[|/·•]", rest) and not re.search(r"(?<!\w)[a-z]{4,}", _date_labels().sub(" ", rest))
    return len(left) <= (6 if named else 3)


def is_source(text: str) -> bool:
    """Tell whether words name an agency or another source of pictures and reports: "AFP", "Jane Doe/Reuters"."""
    parts = [fold(part).strip(" .") for part in re.split(r"[/,|]|\bvia\b|:|\s[-–—]\s", text)]
    return any(part in _phrases("credit") for part in parts)


def fold(line: str) -> str:
    """Return a line in lower case with plain apostrophes and single spaces, as the table has it."""
    return " ".join(line.casefold().replace("’", "'").split())


_AGE = re.compile(
    r"(?:(?:last )?(?:updated|published|posted|modified)\s*:?\s*)?(?:(?:an?|\d+|one|two|three|few)\s+)"
    r"(?:sec(?:ond)?|min(?:ute)?|hr|hour|day|week|month|year)s?\s+ago|today|yesterday|just now"
)


@cache
def _phrases(kind: str) -> frozenset[str]:
    return frozenset(
        fold(phrase) for row in table("page_furniture.tsv") if row["kind"] == kind for phrase in values(row["words"])
    )


@cache
def _labels() -> frozenset[str]:
    return _phrases("label") | _phrases("section") | _phrases("end")


@cache
def _label_words() -> frozenset[str]:
    return frozenset(phrase for phrase in _phrases("label") if " " not in phrase)


@cache
def _longest_label() -> int:
    return max(len(phrase.split()) for phrase in _labels())


@cache
def _anywhere_pattern(kind: str) -> re.Pattern[str]:
    longest_first = sorted(_phrases(kind), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")


@cache
def _opening_pattern(kind: str) -> re.Pattern[str]:
    longest_first = sorted((fold(p) for p in _phrases(kind)), key=len, reverse=True)
    return re.compile(
        "(?:" + "|".join(re.escape(p) + (r"(?!\w)" if p[-1].isalnum() else "") for p in longest_first) + ")"
    )


@cache
def _date_labels() -> re.Pattern[str]:
    names = sorted(_phrases("updated") | _phrases("published"), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)")


@cache
def is_update_label(text: str) -> bool:
    """Tell whether the words before a date say that it is the date of a change."""
    names = sorted(_phrases("updated"), key=len, reverse=True)
    return bool(re.search(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)", fold(text)))


def _covered(found: Sequence[str]) -> int:
    """Return how many of the words belong to labels, the longest labels first."""
    folded = [fold(word) for word in found[:200]]
    count = at = 0
    while at < len(folded):
        for size in range(min(_longest_label(), len(folded) - at), 0, -1):
            if " ".join(folded[at : at + size]) in _labels() or (size == 1 and _glued(folded[at])):
                count, at = count + size, at + size
                break
        else:
            at += 1
    return count


def _glued(word: str) -> bool:
    """Tell whether a word is two labels run together, as flattening leaves them: "searchicon", "mailicon"."""
    return any(word[:cut] in _label_words() and word[cut:] in _label_words() for cut in range(2, len(word) - 1))


def _is_word_heap(found: Sequence[str]) -> bool:
    """Tell whether many words stand together without grammar: one of them over and over, or none that binds them."""
    folded = [fold(word) for word in found[:400]]
    share = function_word_share(folded)
    ends: dict[str, int] = {}
    for word in folded:
        for end in {word, word[-4:]} if len(word) > 4 else {word}:
            ends[end] = ends.get(end, 0) + 1
    repeated = (
        max(count for end, count in ends.items() if end not in _FUNCTION_WORDS) if ends.keys() - _FUNCTION_WORDS else 0
    )
    # Set on the examples in tests/cases/ingest_lines.toml: headlines of 8-20 words repeat none of theirs three times.
    return (repeated >= 4 and repeated >= 0.2 * len(folded) and share < 0.15) or (len(folded) >= 25 and share < 0.06)


def _bare_heading(line: str) -> str:
    return re.sub(r"[\s\d(),.:;!?…>»›|-]+$", "", fold(line))


def _is_counter(line: str) -> bool:
    """Tell whether a line is a number with a label, either way round: "12 comments", "Shares: 1.2k", "3 min read"."""
    if len(line) > 40 or not _COUNTER.match(line):
        return False
    named = [word for word in words(line) if not word[0].isdigit()]
    return not named or _covered(named) == len(named)


def _addresses_visitor(folded: str) -> bool:
    return bool(re.search(r"\b(?:you|your|our|us|here)\b", folded))
