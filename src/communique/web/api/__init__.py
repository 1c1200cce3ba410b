"""Routes for programs, and their description as OpenAPI."""

from fastapi import APIRouter

from communique.web.api import desk, mine, pictures, positions, records

router = APIRouter(prefix="/api")
# Lists last: their addresses have the form of others.
for module in (desk, mine, pictures, positions, records):
    router.include_router(module.router)
