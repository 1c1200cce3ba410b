"""Pages: each route parses its address, calls a function of data/, and renders a template."""

from fastapi import APIRouter

from communique.web.pages import (
    actors,
    articles,
    corrections,
    desk,
    downloads,
    lists,
    notebook,
    pictures,
    positions,
    stories,
)

router = APIRouter()
# Lists last: their addresses have the form of any other.
for module in (articles, actors, stories, positions, pictures, desk, downloads, notebook, corrections, lists):
    router.include_router(module.router)
