"""Asking to be put in touch with a member, on his own page or at a post of his."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from community.errors import UserError
from community.introductions import asking, contacts
from community.scene import Scene
from storage.tables import Member, Post
from web.access import Visit
from web.pages.member.leaving import Meant


def ask(
    visit: Visit, *, meant: Meant, about: Callable[[Scene], dict[str, Any]], page: str, onward: str
) -> Response:
    """Ask him; where that cannot be, ``page`` comes back with what ``about`` gives it."""
    visit.at_most(10, "meet")
    try:
        with visit.writing() as scene:
            asked, post = meant(scene)
            words = visit.text("words")
            asking.ask(scene, asker=visit.me(scene), asked=asked, words=words, post=post)
            name = asked.shown
    except UserError as error:
        with visit.reading() as scene:
            context = about(scene)
            typed = {"open": True, "words": visit.text("words"), "wrong": error.why}
            context["meeting"] |= typed
            return visit.page(page, status=422, **context)
    return visit.go(onward, said=f"已转达给 {name}，对方愿意的话私聊告诉你。")


def form(visit: Visit, scene: Scene, asked: Member, post: Post | None = None) -> dict[str, Any]:
    """What the form needs; ``open``: he can be asked at all, ``closed``: why not now.

    Why not at all is told where word can be left for him.
    """
    me = visit.me(scene)
    return {
        "open": asking.seems_open(scene, asker=me, asked=asked, post=post),
        "closed": _why_not_now(scene, me, asked),
        "contact": contacts.known(scene, member=me),
        "words": "",
        "wrong": "",
        "longest": asking.LONGEST,
    }


def _why_not_now(scene: Scene, me: Member, asked: Member) -> str:
    try:
        asking.check_begun(scene, asker=me, asked=asked)
    except UserError as error:
        return error.why
    return ""
