"""What its author, or an admin, does to a post: the same steps as in the chat."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.posts import closing, editing, renewing, undoing
from community.posts.texts import LONGEST, mark
from community.rights import may_change
from community.scene import Scene
from storage.tables import Member, Post
from web.access import Visit, may
from web.errors import ForbiddenError
from web.form_values import Number
from web.pages.member.posts import about, seen_post

router = APIRouter(prefix="/c/{community}/posts")
Step = Callable[[Scene, Post, Member], str]


@router.post("/{number}/renew")
def renew(visit: Annotated[Visit, may("renew")], number: Number) -> Response:
    """Let it run on."""

    def step(scene: Scene, post: Post, actor: Member) -> str:
        renewing.renew(scene, post=post, actor=actor)
        return f"#{post.id} 续到 {post.expires_at.astimezone(scene.settings.zone):%Y-%m-%d}。"

    return _do(visit, number, step)


@router.post("/{number}/withdraw")
def withdraw(visit: Annotated[Visit, may("withdraw")], number: Number) -> Response:
    """Take it down."""

    def step(scene: Scene, post: Post, actor: Member) -> str:
        closing.withdraw(scene, post=post, actor=actor)
        return f"#{post.id} 撤下了。手滑了，10 分钟内可以撤回。"

    return _do(visit, number, step)


@router.post("/{number}/undo")
def undo(visit: Annotated[Visit, may("undo")], number: Number) -> Response:
    """Take the last step back."""

    def step(scene: Scene, post: Post, actor: Member) -> str:
        if visit.text("state") not in ("", post.state):  # the next step back would be another one
            raise UserError(f"#{post.id} 刚刚变过，没有撤回。看看现在怎样，再决定。")
        undone = undoing.undo(scene, actor=actor, number=post.id)
        return f"#{post.id} {undoing.told(post, undone.step)}"

    return _do(visit, number, step)


@router.get("/{number}/edit")
def rewrite(visit: Annotated[Visit, may("edit")], number: Number) -> Response:
    """The form for other words."""
    with visit.reading() as scene:
        post = own_post(visit, scene, number)
        return _form(visit, post, post.text, "")


@router.post("/{number}/edit")
def edit(visit: Annotated[Visit, may("edit")], number: Number) -> Response:
    """Put the post in other words, and match it anew."""
    visit.at_most(10, "edit")
    text = visit.text("text").strip()
    try:
        with visit.writing() as scene:
            post = seen_post(visit, scene, number)
            me, seen = visit.me(scene), visit.text("seen")
            editing.edit(scene, post=post, actor=me, text=text, group=None, seen=seen, on_page=True)
    except UserError as error:
        with visit.reading() as scene:
            return _form(visit, own_post(visit, scene, number), text, error.why, status=422)
    return visit.go(f"/posts/{number}", said=f"#{number} 改好了，也重新匹配过了。")


def own_post(visit: Visit, scene: Scene, number: int) -> Post:
    """The post, if the visitor may change it. Raises PageError."""
    post = seen_post(visit, scene, number)
    if not may_change(scene, visit.me(scene), post):
        raise ForbiddenError(f"#{number} 只有发的人和管理员能改。")
    return post


def _do(visit: Visit, number: int, step: Step) -> Response:
    try:
        with visit.writing() as scene:
            post = seen_post(visit, scene, number)
            said = step(scene, post, visit.me(scene))
            taken_back = post.state == "undone"
    except UserError as error:
        with visit.reading() as scene:
            context = about(visit, scene, number) | {"refused": error.why}
            return visit.page("member/post.html", status=422, **context)
    back = taken_back or visit.text("from") == "me"
    return visit.go("/me" if back else f"/posts/{number}", said=said)


def _form(visit: Visit, post: Post, text: str, wrong: str, *, status: int = 200) -> Response:
    return visit.page(
        "member/edit.html", post=post, text=text, wrong=wrong, longest=LONGEST, seen=mark(post),
        status=status,
    )  # fmt: skip
