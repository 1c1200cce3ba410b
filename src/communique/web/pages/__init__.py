"""Pages: each route parses its address, calls a function of data/, and renders a template."""

from fastapi import APIRouter

from communique.web.pages import actors, articles, lists, pictures

router = APIRouter(include_in_schema=False)
for module in (articles, actors, pictures, lists):
    router.include_router(module.router)
