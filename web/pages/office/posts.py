"""All posts: look through them, put one in other words, take one down."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from community.anonymity.hiding import is_hidden
from community.errors import UserError
from community.office import pool
from community.posts import closing, editing
from community.posts.texts import mark
from community.scene import Scene
from community.wording import KINDS, STATES
from storage.tables import Member, Post
from web.access import Visit, may
from web.errors import NotFoundError
from web.form_values import Number, Place
from web.pages.office.frame import asked, office

router = APIRouter(prefix="/c/{community}/office/posts")


@router.get("")
def listed(visit: Annotated[Visit, may("office.posts")], before: Place = 0) -> Response:
    """All, or those that fit."""
    chosen = asked(visit, q="", kind="", state="", author="")
    wrong, page = "", pool.Page((), 0)
    with visit.reading() as scene:
        try:
            me = visit.me(scene)
            page = pool.page(scene, chosen, viewer=me, before=before)
            if before and not page.posts:
                before, page = 0, pool.page(scene, chosen, viewer=me)
        except UserError as error:
            wrong = error.text
        # htmx shows nothing of what is refused.
        status = 422 if wrong and "hx-request" not in visit.request.headers else 200
        return office(
            visit, "posts.html", status=status, page=page, chosen=chosen,
            query=urlencode(chosen), wrong=wrong, before=before, among=pool.AMONG,
            kinds=list(KINDS.items()), states=list(STATES.items()),
        )  # fmt: skip


@router.get("/{number}")
def one(visit: Annotated[Visit, may("office.posts")], number: Number) -> Response:
    """One post with its history."""
    return _shown(visit, number)


@router.post("/{number}/withdraw")
def withdraw(visit: Annotated[Visit, may("office.posts")], number: Number) -> Response:
    """Take it down; its author hears of it."""
    try:
        with visit.writing() as scene:
            closing.withdraw(scene, post=_found(visit, scene, number), actor=visit.me(scene))
    except UserError as error:
        return _shown(visit, number, wrong=error.text, status=422)
    return visit.go(f"/office/posts/{number}", said=f"#{number} 撤下了，已经告诉作者。")


@router.post("/{number}/edit")
def edit(visit: Annotated[Visit, may("office.posts")], number: Number) -> Response:
    """Put it in other words; its author hears of it."""
    text = visit.text("text").strip()
    try:
        with visit.writing() as scene:
            post = _found(visit, scene, number)
            if not text:
                raise UserError("内容不能是空的。不要了就撤下。")
            if text == post.text:
                raise UserError("内容没有变。")
            me, seen = visit.me(scene), visit.text("seen")
            editing.edit(scene, post=post, actor=me, text=text, group=None, seen=seen)
    except UserError as error:
        return _shown(visit, number, wrong=error.why, typed=visit.text("text"), status=422)
    return visit.go(f"/office/posts/{number}", said=f"#{number} 改好了，已经告诉作者。")


def _found(visit: Visit, scene: Scene, number: int) -> Post:
    post = scene.session.get(Post, (scene.community_id, number))
    if post is None or is_hidden(scene, post, by=visit.me(scene)):
        raise NotFoundError
    return post


def _shown(
    visit: Visit, number: int, *, wrong: str = "", typed: str | None = None, status: int = 200
) -> Response:
    with visit.reading() as scene:
        post = _found(visit, scene, number)
        author = scene.session.get_one(Member, (scene.community_id, post.author_id))
        return office(
            visit, "post.html", status=status, post=post, author=author, wrong=wrong,
            typed=post.text if typed is None else typed, history=pool.history(scene, post),
            seen=mark(post),
        )  # fmt: skip
