"""Who may see and do what on the pages: the whole table, cell by cell."""

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute

from tests.web.world import OWNER, Browser, World
from web import cookies
from web.access import Gate
from web.site import found_routers

ROLES = ("nobody", "foreigner", "outsider", "guest", "member", "operator", "admin")
# Written by hand, and not taken from the routes that it checks. A foreigner is signed in, and a
# member, in another community. yes: the page, or what the form does; in: asked to sign in;
# no: told that it is not for him. ~ is /c/{community}. The world has no playground: test_play.py
# tells who may play.
MAY = """
                                         nobody foreigner outsider guest member operator admin
GET  /                                   yes    yes       yes      yes   yes    yes      yes
GET  /livez                              yes    yes       yes      yes   yes    yes      yes
GET  /play                               yes    yes       yes      yes   yes    yes      yes
GET  /play/news                          yes    yes       yes      yes   yes    yes      yes
POST /play/say                           yes    yes       yes      yes   yes    yes      yes
POST /play/enter                         yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}                   yes    yes       yes      yes   yes    yes      yes
POST /join/{community}                   yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}/files             yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/files             yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}/summary           yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/summary           yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}/code              yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/code              yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/code/send         yes    yes       yes      yes   yes    yes      yes
GET  /join/{community}/progress          yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/progress          yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/progress/answer   yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/progress/withdraw yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/progress/leave    yes    yes       yes      yes   yes    yes      yes
POST /join/{community}/progress/erase    yes    yes       yes      yes   yes    yes      yes
GET  ~                                   yes    yes       yes      yes   yes    yes      yes
GET  ~/sign-in                           yes    yes       yes      yes   yes    yes      yes
POST ~/sign-in                           yes    yes       yes      yes   yes    yes      yes
POST ~/sign-in/code                      yes    yes       yes      yes   yes    yes      yes
GET  ~/enter/{token}                     yes    yes       yes      yes   yes    yes      yes
POST ~/enter/{token}                     yes    yes       yes      yes   yes    yes      yes
POST ~/sign-out                          yes    yes       yes      yes   yes    yes      yes
GET  ~/unsubscribe/{token}               yes    yes       yes      yes   yes    yes      yes
POST ~/unsubscribe/{token}               yes    yes       yes      yes   yes    yes      yes
GET  ~/find                              in     in        no       yes   yes    yes      yes
GET  ~/posts/{number}                    in     in        no       yes   yes    yes      yes
POST ~/posts/{number}/undo               in     in        no       yes   yes    yes      yes
GET  ~/new                               in     in        no       no    yes    yes      yes
POST ~/new                               in     in        no       no    yes    yes      yes
POST ~/posts/{number}/word               in     in        no       no    yes    yes      yes
POST ~/posts/{number}/renew              in     in        no       no    yes    yes      yes
POST ~/posts/{number}/withdraw           in     in        no       yes   yes    yes      yes
GET  ~/posts/{number}/edit               in     in        no       no    yes    yes      yes
POST ~/posts/{number}/edit               in     in        no       no    yes    yes      yes
GET  ~/posts/{number}/done               in     in        no       yes   yes    yes      yes
POST ~/posts/{number}/done               in     in        no       yes   yes    yes      yes
GET  ~/members                           in     in        no       no    yes    yes      yes
GET  ~/members/{number}                  in     in        no       no    yes    yes      yes
POST ~/members/{number}/word             in     in        no       no    yes    yes      yes
POST ~/posts/{number}/meet               in     in        no       no    yes    yes      yes
POST ~/members/{number}/meet             in     in        no       no    yes    yes      yes
GET  ~/me/introductions                  in     in        no       no    yes    yes      yes
POST ~/me/introductions/{number}/agree   in     in        no       no    yes    yes      yes
POST ~/me/introductions/{number}/decline in     in        no       no    yes    yes      yes
POST ~/me/introductions/{number}/outcome in     in        no       no    yes    yes      yes
GET  ~/events                            in     in        no       yes   yes    yes      yes
GET  ~/events/{number}                   in     in        no       yes   yes    yes      yes
POST ~/events/{number}/sign-up           in     in        no       no    yes    yes      yes
POST ~/events/{number}/confirm           in     in        no       no    yes    yes      yes
POST ~/events/{number}/sign-off          in     in        no       yes   yes    yes      yes
POST ~/events/{number}/feedback          in     in        no       yes   yes    yes      yes
GET  ~/me/follows                        in     in        no       no    yes    yes      yes
POST ~/me/follows                        in     in        no       no    yes    yes      yes
GET  ~/me                                in     in        no       yes   yes    yes      yes
GET  ~/me/profile                        in     in        no       yes   yes    yes      yes
POST ~/me/profile                        in     in        no       yes   yes    yes      yes
GET  ~/me/privacy                        in     in        no       yes   yes    yes      yes
POST ~/me/privacy                        in     in        no       yes   yes    yes      yes
GET  ~/me/mail                           in     in        no       yes   yes    yes      yes
POST ~/me/mail                           in     in        no       yes   yes    yes      yes
POST ~/me/mail/add                       in     in        no       yes   yes    yes      yes
POST ~/me/mail/code                      in     in        no       yes   yes    yes      yes
POST ~/me/mail/remove                    in     in        no       yes   yes    yes      yes
GET  ~/me/devices                        in     in        no       yes   yes    yes      yes
POST ~/me/devices/end                    in     in        no       yes   yes    yes      yes
POST ~/me/devices/end-all                in     in        no       yes   yes    yes      yes
POST ~/covenant                          in     in        no       yes   yes    yes      yes
POST ~/me/mute                           in     in        yes      yes   yes    yes      yes
POST ~/me/follows/remove                 in     in        yes      yes   yes    yes      yes
GET  ~/me/data                           in     in        yes      yes   yes    yes      yes
GET  ~/me/data.json                      in     in        yes      yes   yes    yes      yes
POST ~/me/data/code                      in     in        yes      yes   yes    yes      yes
POST ~/me/data/erase                     in     in        yes      yes   yes    yes      yes
GET  ~/covenant                          yes    yes       yes      yes   yes    yes      yes
GET  ~/about                             yes    yes       yes      yes   yes    yes      yes
GET  ~/office/proofs                     in     in        no       no    no     yes      yes
GET  ~/office/proofs/{number}            in     in        no       no    no     yes      yes
GET  ~/office                            in     in        no       no    no     yes      yes
GET  ~/office/queue                      in     in        no       no    no     yes      yes
POST ~/office/queue/bulk                 in     in        no       no    no     yes      yes
GET  ~/office/queue/{number}             in     in        no       no    no     yes      yes
POST ~/office/queue/{number}/approve     in     in        no       no    no     yes      yes
POST ~/office/queue/{number}/reject      in     in        no       no    no     yes      yes
POST ~/office/queue/{number}/ask         in     in        no       no    no     yes      yes
GET  ~/office/events                     in     in        no       no    no     yes      yes
POST ~/office/events                     in     in        no       no    no     yes      yes
GET  ~/office/events/{number}            in     in        no       no    no     yes      yes
POST ~/office/events/{number}/change     in     in        no       no    no     yes      yes
POST ~/office/events/{number}/cancel     in     in        no       no    no     yes      yes
POST ~/office/events/{number}/attendance in     in        no       no    no     yes      yes
POST ~/office/charts/{name}/announce     in     in        no       no    no     no       yes
GET  ~/office/members                    in     in        no       no    no     no       yes
GET  ~/office/members/{number}           in     in        no       no    no     no       yes
POST ~/office/members/{number}/role      in     in        no       no    no     no       yes
POST ~/office/members/{number}/remove    in     in        no       no    no     no       yes
POST ~/office/members/{number}/bar       in     in        no       no    no     no       yes
POST ~/office/members/{number}/lift      in     in        no       no    no     no       yes
GET  ~/office/posts                      in     in        no       no    no     no       yes
GET  ~/office/posts/{number}             in     in        no       no    no     no       yes
POST ~/office/posts/{number}/withdraw    in     in        no       no    no     no       yes
POST ~/office/posts/{number}/edit        in     in        no       no    no     no       yes
GET  ~/office/settings                   in     in        no       no    no     no       yes
POST ~/office/settings                   in     in        no       no    no     no       yes
GET  ~/office/audit                      in     in        no       no    no     no       yes
POST ~/office/audit/export               in     in        no       no    no     no       yes
GET  ~/office/health                     in     in        no       no    no     no       yes
"""
# The address itself is the secret; mail programs send these forms, which have no such token.
BY_LINK = {"/c/{community}/unsubscribe/{token}"}
VISITOR = "a-browser-of-somebodys-own"
VALUES = {"community": "renren", "token": "x", "number": "1", "name": "posts"}


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Cells by method and path."""
    rows = [line.split() for line in MAY.strip().splitlines()]
    roles = rows.pop(0)
    assert tuple(roles) == ROLES
    return {
        (method, path.replace("~", "/c/{community}")): dict(zip(roles, cells, strict=True))
        for method, path, *cells in rows
    }


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
