"""A post: what it says, what fits it, what it has been through."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from community.introductions import parties
from community.lookback import letters
from community.members import privacy
from community.posts import match_list, timeline, undoing
from community.rights import may_change
from community.scene import Scene
from storage.tables import Member, Post
from web.access import Visit, may
from web.errors import NotFoundError
from web.form_values import Number
from web.pages.member import leaving, meeting

router = APIRouter(prefix="/c/{community}/posts")


@router.get("/{number}")
def read(visit: Annotated[Visit, may("find")], number: Number) -> Response:
    """The post, with all that the visitor may know of it."""
    with visit.reading() as scene:
        return visit.page("member/post.html", **about(visit, scene, number))


@router.post("/{number}/word")
def leave_word(visit: Annotated[Visit, may("whois")], number: Number) -> Response:
    """Leave word for the author."""

    def meant(scene: Scene) -> tuple[Member, Post]:
        post = seen_post(visit, scene, number)
        return scene.session.get_one(Member, (scene.community_id, post.author_id)), post

    return leaving.leave(
        visit, meant=meant, about=lambda scene: about(visit, scene, number),
        page="member/post.html", onward=f"/posts/{number}",
    )  # fmt: skip


@router.post("/{number}/meet")
def meet(visit: Annotated[Visit, may("meet")], number: Number) -> Response:
    """Ask to be put in touch with the author."""

    def meant(scene: Scene) -> tuple[Member, Post]:
        post = seen_post(visit, scene, number)
        return parties.author(scene, post), post

    return meeting.ask(
        visit, meant=meant, about=lambda scene: about(visit, scene, number),
        page="member/post.html", onward=f"/posts/{number}",
    )  # fmt: skip


def seen_post(visit: Visit, scene: Scene, number: int) -> Post:
    """The post of that number. Raises NotFoundError where the visitor may not read it."""
    post = scene.session.get(Post, (scene.community_id, number))
    if post is None or not timeline.visible(scene, post=post, viewer=visit.me(scene)):
        raise NotFoundError(f"没有 #{number}，或者已经撤下了。")
    return post


def about(visit: Visit, scene: Scene, number: int) -> dict[str, Any]:
    """What the page of a post shows."""
    me, post = visit.me(scene), seen_post(visit, scene, number)
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    mine = may_change(scene, me, post)
    seen = privacy.seen(scene, member=author, viewer=me)
    return {
        "post": post,
        "author": replace(seen, has_card=seen.has_card and author.active),
        "own": post.author_id == me.id,
        "may_change": mine and visit.may("edit"),
        "may_end": mine and visit.may("withdraw"),
        "may_undo": mine and undoing.is_fresh(scene, post),
        "fits": match_list.of_post(scene, post=post, viewer=me) if mine else [],
        "told_later": post.author_id == me.id and letters.hears_of_later_matches(scene, me),
        "steps": timeline.steps(scene, post=post, viewer=me),
        "thanked": timeline.thanked(scene, post=post),
        "refused": "",
        "meeting": meeting.form(visit, scene, parties.author(scene, post), post),
        **leaving.form(visit, scene, author, post),
    }
