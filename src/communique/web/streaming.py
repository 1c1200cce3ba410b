"""Lists sent as they are read, for pages and programs alike."""

from collections.abc import Iterator

from fastapi.responses import StreamingResponse

from communique.archive.entries import Entries, Hits
from communique.errors import RecordNotFound
from communique.filters import KINDS
from communique.web.answers import attachment
from communique.web.data.downloads import FORMS, written
from communique.web.state import State

# A large archive takes minutes.
SECONDS = 3600.0


def streamed(state: State, hits: Hits, form: str) -> StreamingResponse:
    """Return a list in a form. Raises RecordNotFound for an unknown kind or form, UsageError for a wrong filter."""
    if hits.kind not in KINDS or form not in FORMS:
        raise RecordNotFound("no such file", remedy=f"{', '.join(KINDS)} as {', '.join(FORMS)}")
    with state.readings.open() as archive:
        Entries(archive).count(hits, most=1)  # a wrong filter is told before anything is sent

    def parts() -> Iterator[bytes]:
        with state.readings.open(seconds=SECONDS) as archive:
            yield from written(archive, hits, form)

    return StreamingResponse(parts(), media_type=FORMS[form], headers=attachment(f"{hits.kind}.{form}"))
