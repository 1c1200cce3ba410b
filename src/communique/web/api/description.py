"""The description of the API as OpenAPI 3.1: routes from FastAPI, answers from the record types."""

from importlib.metadata import version
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from communique.web.api.answers import TYPES
from communique.web.problems import Problem


def description(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application's API."""
    told = get_openapi(
        title="Communiqué",
        version=version("communique"),
        summary="Who said and did what to whom, when and where, and which exact words say so.",
        routes=app.routes,
    )
    schemas, components = msgspec.json.schema_components([*TYPES, Problem], ref_template="#/components/schemas/{name}")
    found = told.setdefault("components", {})
    found.setdefault("schemas", {}).update(components)
    found["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    told["security"] = [{}, {"token": []}]
    for path in told["paths"].values():
        for operation in path.values():
            _complete(operation, schemas)
    return told


def _complete(operation: dict[str, Any], schemas: tuple[dict[str, Any], ...]) -> None:
    problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, response in operation["responses"].items():
        for content in response.get("content", {}).values():
            if "x-type" in content:
                content["schema"] = schemas[content.pop("x-type")]
        if status == "422":
            response["content"] = problem["content"]
    for status, words in (("400", "Wrong"), ("401", "No valid token"), ("403", "Not allowed"), ("404", "None such")):
        operation["responses"].setdefault(status, {"description": words, **problem})
