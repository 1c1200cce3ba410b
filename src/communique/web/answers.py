"""Answers that are no pages: JSON and CSV of typed values."""

import csv
import dataclasses
import io
from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi.responses import Response


def json_of(value: object, *, status: int = 200) -> Response:
    """Return records or other typed values as JSON."""
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json")


def csv_of(rows: Sequence[Any], *, name: str) -> Response:
    """Return values of one type as a CSV file of this name, a column a field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow([field.name for field in dataclasses.fields(rows[0])])
        writer.writerows(dataclasses.astuple(row) for row in rows)
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=attachment(name))


def attachment(name: str) -> dict[str, str]:
    """Return the header that has a browser save an answer under a name (plain ASCII)."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
