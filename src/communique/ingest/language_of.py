"""The language of an article's text, as an ISO 639-1 code."""

from functools import cache

from py3langid.langid import LanguageIdentifier

MIN_CHARS = 60
"""Below this many letters a guess is worth little: a sentence of names looks like many languages."""

SAMPLE_CHARS = 6_000

# Languages that have news sites of some size; rarer ones only draw short or odd texts away from these.
CANDIDATES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr gl gu he hi hr hu hy id is it ja ka kk km kn ko ky"
    " lo lt lv mk ml mn mr ms mt ne nl no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur uz vi zh"
).split()


def detect(text: str, *, hint: str | None = None) -> str | None:
    """Return the language of ``text``; ``hint``, what the page declares, when the text is too short to tell, or None.

    The page's own declaration is otherwise not believed: many are a template's default.
    """
    if sum(char.isalpha() for char in text[:SAMPLE_CHARS]) < MIN_CHARS:
        return hint.replace("_", "-").split("-")[0].lower() if hint else None
    found, _ = _identifier().classify(text[:SAMPLE_CHARS])
    return str(found)


@cache
def _identifier() -> LanguageIdentifier:
    # An identifier of our own: the module's shared one would be restricted for every other user in the process.
    identifier = LanguageIdentifier.from_model_file("data/model.npz.xz")
    identifier.set_languages([code for code in CANDIDATES if code in identifier.labels])
    return identifier
