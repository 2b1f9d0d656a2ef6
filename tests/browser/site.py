"""A tiny site, as strict about what its pages may do as ours are."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

_PAGE = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>老友</title>
<link rel="icon" href="data:,"></head>
<body><main><h1>老友 Laoyou</h1>{body}</main></body>
</html>
"""


def site(body: str, *, scripts: bool = False) -> ASGIApp:
    """A page at ``/`` with this in it. Scripts in the text run only where they are let in."""

    def page(_request: Request) -> HTMLResponse:
        policy = "default-src 'none'; img-src data:"
        if scripts:
            policy = "script-src 'unsafe-inline'"
        return HTMLResponse(_PAGE.format(body=body), headers={"Content-Security-Policy": policy})

    return Starlette(routes=[Route("/", page)])
