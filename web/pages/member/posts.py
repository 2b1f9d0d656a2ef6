"""A post: what it says, what fits it, what it has been through."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter
from starlette.responses import Response

from community import privacy
from community.posts import story, undoing
from community.rights import may_change
from community.scene import Scene
from storage.queries import matches, members, posts
from storage.tables import Match, Member, Post
from web.errors import NotFoundError
from web.pages.member import leaving
from web.typed import Number
from web.visits import Visit, may

router = APIRouter(prefix="/c/{community}/posts")
_MOST = 10


@dataclass(frozen=True)
class Fit:
    """A post or a member that fits, and why."""

    post: Post | None
    who: str
    number: int  # of the member, 0: he has no page
    reasons: str


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


def seen_post(visit: Visit, scene: Scene, number: int) -> Post:
    """The post of that number. Raises NotFoundError where the visitor may not read it."""
    post = scene.session.get(Post, (scene.community_id, number))
    if post is None or not story.visible(scene, post=post, viewer=visit.me(scene)):
        raise NotFoundError(f"没有 #{number}，或者已经撤下了。")
    return post


def about(visit: Visit, scene: Scene, number: int) -> dict[str, Any]:
    """What the page of a post shows."""
    me, post = visit.me(scene), seen_post(visit, scene, number)
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    mine = may_change(scene, me, post)
    fresh = scene.now - post.updated_at <= undoing.FRESH
    return {
        "post": post,
        "author": privacy.seen(scene, member=author, viewer=me),
        "own": post.author_id == me.id,
        "may_change": mine and visit.may("edit"),
        "may_undo": mine and fresh and post.state in ("active", "done", "withdrawn"),
        "fits": _fits(scene, post, me) if mine else [],
        "steps": story.steps(scene, post=post, viewer=me),
        "thanked": story.thanked(scene, post=post),
        **leaving.form(visit, scene, author, post),
    }


def _fits(scene: Scene, post: Post, viewer: Member) -> list[Fit]:
    """What the post was matched with and is still there, the best first."""
    session, here = scene.session, scene.community_id
    found = matches.of_post(session, community_id=here, post_id=post.id)[: 3 * _MOST]
    others = {one.id: _other(one, post) for one in found}
    stored = posts.by_ids(session, community_id=here, ids=[n for n in others.values() if n])
    people = [one.target_member_id for one in found if one.target_member_id]
    people += [other.author_id for other in stored.values()]
    known = {one.id: one for one in members.by_ids(session, community_id=here, ids=people)}
    seen = {
        one.id: one for one in privacy.seen_all(scene, members=list(known.values()), viewer=viewer)
    }
    fits: list[Fit] = []
    for one in found:
        other = stored.get(others[one.id] or 0)
        person = known.get(other.author_id if other else one.target_member_id or 0)
        if person is None or not person.active:
            continue
        number = person.id if seen[person.id].listed else 0
        told = privacy.told(one.reasons, seen=seen[person.id], member=person)
        reasons = "、".join(told[:2])
        if other is not None and other.state == "active":
            fits.append(Fit(other, person.shown, number, reasons))
        elif other is None and number and person.id != post.author_id:
            fits.append(Fit(None, person.shown, number, reasons))
    return fits[:_MOST]


def _other(match: Match, post: Post) -> int | None:
    return match.target_post_id if match.post_id == post.id else match.post_id
