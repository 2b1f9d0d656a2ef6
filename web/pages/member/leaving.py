"""Leaving word for a member, on his own page or at a post of his."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from community.errors import UserError
from community.members import contacting, privacy
from community.members.contacting import Word
from community.scene import Scene
from storage.tables import Member, Post
from web.access import Visit

Meant = Callable[[Scene], tuple[Member, Post | None]]
"""Finds whom the word is for, and the post that it is about. Raises PageError."""


def leave(
    visit: Visit, *, meant: Meant, about: Callable[[Scene], dict[str, Any]], page: str, onward: str
) -> Response:
    """Pass the word on; where that cannot be, ``page`` comes back with what ``about`` gives it."""
    visit.at_most(10, "word")
    text, contact = visit.text("text"), bool(visit.text("contact"))
    try:
        with visit.writing() as scene:
            receiver, post = meant(scene)
            word = Word(text, post, contact)
            contacting.pass_on(scene, sender=visit.me(scene), receiver=receiver, word=word)
            name = receiver.shown
    except UserError as error:
        with visit.reading() as scene:
            context = about(scene) | {"text": text, "ticked": contact, "wrong": error.why}
            return visit.page(page, status=422, **context)
    return visit.go(onward, said=f"捎给 {name} 了，ta 会在私聊或邮箱里看到。")


def form(visit: Visit, scene: Scene, receiver: Member, post: Post | None = None) -> dict[str, Any]:
    """What the form for leaving word needs; ``closed`` tells why there is none."""
    me, closed = visit.me(scene), ""
    try:
        contacting.check(scene, sender=me, receiver=receiver, post=post)
    except UserError as error:
        closed = error.why
    own = privacy.of(scene, member=me).contact
    return {
        "closed": closed,
        "contact": own,
        "text": "",
        "ticked": False,
        "wrong": "",
        "longest": contacting.LONGEST,
    }
