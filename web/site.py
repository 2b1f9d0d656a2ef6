"""The pages, put together. Made when somebody asks for the first one (web/app.py)."""

import pkgutil
from importlib import import_module

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from web import pages
from web.access import Shared
from web.assets import Assets
from web.door import Door
from web.error_pages import add_error_pages
from web.guard import Guard
from web.limits import Limiter
from web.rendering import Renderer


def create_site(door: Door, *routers: APIRouter) -> ASGIApp:
    """All pages, and those of further routers."""
    app = create_pages(door, *routers)
    return Guard(app, secure=door.is_secure)


def create_pages(door: Door, *routers: APIRouter) -> FastAPI:
    """Likewise without what holds for every page: for looking at the routes."""
    app = create_routes(*routers)
    app.state.shared = Shared(door=door, limiter=Limiter(door.now), renderer=Renderer())
    return app


def create_routes(*routers: APIRouter) -> FastAPI:
    """Likewise without anything behind them."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    add_error_pages(app)
    for router in (*found_routers(), *routers):
        app.include_router(router)
    app.mount("/static", Assets(), name="static")
    return app


def found_routers() -> list[APIRouter]:
    """The router of each module in web/pages: a new page is one new file there."""
    modules = pkgutil.walk_packages(pages.__path__, f"{pages.__name__}.")
    loaded = [import_module(module.name) for module in modules]
    found = [getattr(module, "router", None) for module in loaded]
    return [router for router in found if isinstance(router, APIRouter)]
