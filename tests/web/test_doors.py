"""Who may see and do what on the pages: the whole table, cell by cell."""

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from tests.web.world import OWNER, Browser, World
from web import cookies
from web.site import found_routers
from web.visits import Gate

ROLES = ("nobody", "foreigner", "outsider", "guest", "member", "operator", "admin")
# Written by hand, and not taken from the routes that it checks. A foreigner is signed in, and a
# member, in another community. yes: the page, or what the form does; in: asked to sign in;
# no: told that it is not for him. The world has no playground: test_play.py tells who may play.
MAY = """
                                      nobody foreigner outsider guest member operator admin
GET  /                                yes    yes       yes      yes   yes    yes      yes
GET  /healthz                         yes    yes       yes      yes   yes    yes      yes
GET  /c/{community}                   yes    yes       yes      yes   yes    yes      yes
GET  /c/{community}/sign-in           yes    yes       yes      yes   yes    yes      yes
POST /c/{community}/sign-in           yes    yes       yes      yes   yes    yes      yes
POST /c/{community}/sign-in/code      yes    yes       yes      yes   yes    yes      yes
GET  /c/{community}/enter/{token}     yes    yes       yes      yes   yes    yes      yes
POST /c/{community}/enter/{token}     yes    yes       yes      yes   yes    yes      yes
POST /c/{community}/sign-out          yes    yes       yes      yes   yes    yes      yes
GET  /c/{community}/unsubscribe/{token} yes  yes       yes      yes   yes    yes      yes
POST /c/{community}/unsubscribe/{token} yes  yes       yes      yes   yes    yes      yes
GET  /play                            yes    yes       yes      yes   yes    yes      yes
GET  /play/news                       yes    yes       yes      yes   yes    yes      yes
POST /play/say                        yes    yes       yes      yes   yes    yes      yes
POST /play/enter                      yes    yes       yes      yes   yes    yes      yes
GET  /c/{community}/find              in     in        no       yes   yes    yes      yes
GET  /join/{community}                yes    yes       yes      yes   yes    yes      yes
POST /join/{community}                yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}/files          yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/files          yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}/summary        yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/summary        yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}/code           yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/code           yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/code/send      yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}/progress       yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/progress       yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/progress/answer yes  yes       yes      yes   yes    yes      yes
POST /join/{community}/progress/withdraw yes yes       yes      yes   yes    yes      yes
POST /join/{community}/progress/leave yes   yes       yes      yes   yes    yes      yes
POST /join/{community}/progress/erase yes   yes       yes      yes   yes    yes      yes
GET  /c/{community}/office/proofs        in     in        no       no    no     yes      yes
GET  /c/{community}/office/proofs/{number} in   in        no       no    no     yes      yes
"""
# The address itself is the secret; mail programs send these forms, which have no such token.
BY_LINK = {"/c/{community}/unsubscribe/{token}"}
VISITOR = "a-browser-of-somebodys-own"
VALUES = {"community": "renren", "token": "x", "number": "1"}


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Cells by method and path."""
    rows = [line.split() for line in MAY.strip().splitlines()]
    roles = rows.pop(0)
    assert tuple(roles) == ROLES
    return {(method, path): dict(zip(roles, cells, strict=True)) for method, path, *cells in rows}


def routes() -> Iterator[tuple[str, str, APIRoute]]:
    for router in found_routers():
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods or ():
                yield method, route.path, route


def as_role(world: World, role: str) -> Browser:
    """A browser of somebody of that role."""
    match role:
        case "nobody":
            return world.browser()
        case "foreigner":
            browser = world.signed_in("小外", community="other")
            token = browser.client.cookies.get("laoyou_in") or ""
            browser.client.cookies.set("laoyou_in", token, domain="127.0.0.1", path="/c/renren")
            return browser
        case "admin":
            return world.signed_in(OWNER)
    return world.signed_in(role, role=role)


def outcome(browser: Browser, method: str, path: str, *, token: bool = True) -> str:
    """What became of the request, as the table says it."""
    browser.client.cookies.set(cookies.VISITOR, VISITOR, domain="127.0.0.1", path="/")
    headers = {"X-CSRF-Token": cookies.csrf_of(VISITOR)} if token else {}
    answer = browser.client.request(method, path, headers=headers, follow_redirects=False)
    if answer.status_code == 303 and "/sign-in?next=" in answer.headers["location"]:
        return "in"
    if method == "POST" and answer.headers.get("location", "").endswith("/sign-in"):
        return "in"
    assert answer.status_code < 500, path
    return "no" if answer.status_code == 403 else "yes"


def test_every_page_and_form_is_in_the_table() -> None:
    assert {(method, path) for method, path, _ in routes()} == set(table())


@pytest.mark.parametrize("role", ROLES)
def test_who_may(world: World, role: str) -> None:
    browser, found = as_role(world, role), {}
    for method, path, _ in routes():
        found[method, path] = outcome(browser, method, path.format(**VALUES))
        if method != "GET":  # it may have signed him out
            browser = as_role(world, role)
    assert found == {key: cells[role] for key, cells in table().items()}


def test_no_form_is_taken_without_the_token_of_the_browser(world: World) -> None:
    browser = as_role(world, "admin")
    for method, path, _ in routes():
        if method != "GET" and path not in BY_LINK:
            assert outcome(browser, method, path.format(**VALUES), token=False) == "no", path


def test_every_page_of_a_community_has_a_gate() -> None:
    for _, path, route in routes():
        if path.startswith(("/c/", "/join/")):
            calls = [one.call for one in route.dependant.dependencies]
            assert any(isinstance(call, Gate) for call in calls), path
