"""Bytes → clean text: which encoding, and the few code points that are changed."""

import codecs
import re

from charset_normalizer import from_bytes

from communique.errors import InputError, UsageError

SAMPLE_BYTES = 200_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
)
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I
)
# What a Windows-1252 page holds beside ASCII when it is English: typographic marks, currency signs, the degree sign.
_WINDOWS_MARKS = frozenset(
    b"\x80\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb"
)
# UTF-8 read as Windows-1252 and saved again.
_MOJIBAKE = re.compile(r"â€[™œ˜\x9d“”¦\"]|Ã[©¨¡¶¼¤±§³\xad]|Â[\xa0 «»£°]|Ð[°-¿].?Ð")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ud800-\udfff]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NO_BREAK_SPACE = re.compile(r"[\u00a0\u2007\u202f]")


def decode(
    data: bytes, *, where: str, encoding: str | None = None, declared: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """Return the clean text of ``data`` and warnings about doubtful decoding.

    Tried in order: the caller's ``encoding``, a byte order mark, UTF-8, what is ``declared``, by the server that gave
    the page or else in the HTML's or XML's head, detection. Raises InputError for binary data, and for bytes that are
    not in the caller's encoding; UsageError for an encoding that does not exist.
    """
    if encoding is not None:
        return clean(_decode_as(data, encoding, where=where)), ()
    _refuse_binary(data, where=where)
    text, warnings = _detect(data, where=where, declared=declared)
    if len(_MOJIBAKE.findall(text[:SAMPLE_BYTES])) >= 2:
        warnings = (*warnings, "text looks decoded with the wrong encoding before it came here (such as Ã© for é)")
    return clean(text), warnings


def clean(text: str) -> str:
    """Return ``text`` with line ends as "\\n", no-break spaces as spaces, and without control characters.

    Nothing else is changed, above all no Unicode normalisation: the words stay as the page has them.

    >>> clean("“Nous\\u00a0verrons”\\r\\nsaid\\x00 he")
    '“Nous verrons”\\nsaid he'
    """
    return _CONTROL.sub("", _NO_BREAK_SPACE.sub(" ", _LINE_END.sub("\n", text)))


def _decode_as(data: bytes, encoding: str, *, where: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise UsageError(f"no such encoding: {encoding}", remedy="use a name such as utf-8 or cp1252") from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte {error.start} is not {encoding}",
            where=where,
            remedy="name the right --encoding, or none to have it detected",
        ) from error


def _refuse_binary(data: bytes, *, where: str) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"is {name}, not text", where=where, remedy="give the page as HTML or text")
    sample = data[:SAMPLE_BYTES]
    if any(data.startswith(bom) for bom, _ in _BOMS) or _wide(sample):
        return
    controls = sum(sample.count(bytes([code])) for code in (*range(9), *range(14, 27), *range(28, 32)))
    # Text has no control characters; a stray few are dropped by clean().
    if controls > 2 + len(sample) // 100:
        raise InputError("is binary, not text", where=where, remedy="give the page as HTML or text")


def _wide(sample: bytes) -> str | None:
    """Return the name of the two-byte encoding whose zero bytes the sample shows, if it has no mark of its own."""
    if len(sample) >= 8 and sample[1::2].count(0) > len(sample) // 3 and sample[::2].count(0) == 0:
        return "utf-16-le"
    if len(sample) >= 8 and sample[::2].count(0) > len(sample) // 3 and sample[1::2].count(0) == 0:
        return "utf-16-be"
    return None


def _detect(data: bytes, *, where: str, declared: str | None) -> tuple[str, tuple[str, ...]]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace"), ()
    if wide := _wide(data[:SAMPLE_BYTES]):
        return data.decode(wide, errors="replace"), ()
    in_head = _DECLARED.search(data, 0, 4096)
    declared_name = (declared or (in_head[1].decode("ascii") if in_head else "")).lower() or None
    # ISO-2022-JP and HZ are ASCII bytes, so that they would pass for UTF-8.
    if declared_name is None or not declared_name.startswith(("iso-2022", "hz")):
        try:
            return data.decode("utf-8"), ()
        except UnicodeDecodeError:
            pass
    # Browsers read these three as Windows-1252, and so pages mean it.
    windows = declared_name in {"iso-8859-1", "latin1", "us-ascii"}
    if declared_name and (text := _try(data, "cp1252" if windows else declared_name)):
        return text, ()
    replaced = data.decode("utf-8", errors="replace")
    beyond_ascii = sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]+", replaced)))
    bad = replaced.count("\ufffd")
    if bad * 10 <= beyond_ascii:
        return replaced, (f"{bad} bytes are not UTF-8 and were replaced",)
    if set(data) - _WINDOWS_MARKS <= frozenset(range(128)):
        return data.decode("cp1252", errors="replace"), ()
    if _rare_marks(data[:SAMPLE_BYTES]):
        warning = "encoding taken for cp1252: name it with --encoding if the words look wrong"
        return data.decode("cp1252", errors="replace"), (warning,)
    best = from_bytes(data[:SAMPLE_BYTES]).best()
    if best is None:
        raise InputError("has an unknown encoding", where=where, remedy="name it with --encoding")
    warning = f"encoding detected as {best.encoding}: name it with --encoding if the words look wrong"
    return data.decode(best.encoding, errors="replace"), (warning,)


def _rare_marks(sample: bytes) -> bool:
    """Tell whether so few bytes are beyond ASCII that the text is English with some accents: Spanish has above 2 %."""
    letters = sum(map(len, re.findall(rb"[A-Za-z]+", sample)))
    return sum(map(len, re.findall(rb"[\x80-\xff]+", sample))) < 0.015 * letters


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
