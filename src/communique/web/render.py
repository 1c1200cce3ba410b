"""Templates → pages: every value is escaped and its unsafe signs replaced, wherever it stands."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from communique.web import text
from communique.web.data.article import kind_of
from communique.web.languages import Language, preferred
from communique.web.names import name_of
from communique.web.visits import COOKIE, LANGUAGE, csrf_of, keep, new_secret


class Renderer:
    """Renders templates in the reader's language: the one chosen before (a cookie), else the browser's."""

    def __init__(self, known: Mapping[str, Language], *, auth: bool) -> None:
        self.known = known
        self._auth = auth
        self._templates = Environment(
            loader=PackageLoader("communique.web"),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=text.harmless,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters |= {
            "short": text.short,
            "link": text.link,
            "kind": kind_of,
            "name_of": name_of,
            "query": query,
            "query_with": lambda chosen, key, value: query(chosen, **{key: value}),
            "query_without": lambda chosen, key: query(chosen, **{key: None}),
        }

    def page(self, request: Request, template: str, /, *, code: int = 200, **values: object) -> HTMLResponse:
        """Return a page.

        Templates know, beside ``values``: ``_`` (translates), ``language``, ``languages``, ``path``, ``here`` (path
        and query), ``code``, ``user`` (None for nobody), ``auth`` (whether people sign in), ``csrf`` (the word that
        every form of method post sends back as "csrf"), ``bookmarked`` (the ids of records whose rows say so).
        """
        language = self.language(request)
        secret = request.cookies.get(COOKIE) or new_secret()
        told = self._templates.get_template(template).render(
            _=language,
            language=language,
            languages=self.known,
            path=request.url.path,
            here=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
            code=code,
            user=getattr(request.state, "user", None),
            auth=self._auth,
            csrf=csrf_of(secret),
            **{"bookmarked": (), **values},
        )
        response = HTMLResponse(told, status_code=code, headers={"Content-Language": language.code})
        if COOKIE not in request.cookies:
            keep(response, request, secret)
        return response

    def language(self, request: Request) -> Language:
        """Return the language in which this reader is answered."""
        chosen = self.known.get(request.cookies.get(LANGUAGE, ""))
        return chosen or preferred(request.headers.get("accept-language", ""), self.known)


def query(chosen: Mapping[str, object], /, **changed: object) -> str:
    """Return "?…" with the chosen filters and changes; a None takes one away.

    >>> query({"type": "AID", "page": 2}, page=None, actor="Kenya")
    '?type=AID&actor=Kenya'
    """
    values = {key: value for key, value in {**chosen, **changed}.items() if value not in (None, "")}
    return "?" + urlencode(values) if values else ""
