"""Pages: each route parses its address, calls a function of data/, and renders a template."""

from fastapi import APIRouter

from communique.web.pages import articles, lists

router = APIRouter(include_in_schema=False)
for module in (lists, articles):
    router.include_router(module.router)
