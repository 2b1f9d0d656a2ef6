"""A post has come to its good end: who helped is chosen by name, and thanked."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from community.errors import UserError
from community.members import directory, privacy
from community.posts import closing
from community.scene import Scene
from storage.queries.people import members
from storage.queries.pool import matches, posts
from storage.tables import Post
from web.pages.member.changing import own_post
from web.pages.member.posts import seen_post
from web.typed import Number, words
from web.typed import number as numbered
from web.visits import Visit, may

router = APIRouter(prefix="/c/{community}/posts/{number}/done")
_MOST = 8
_MOST_HELPERS = 10
Helpers = Annotated[list[str], Query()]


@router.get("")
def choose(
    visit: Annotated[Visit, may("done")],
    number: Number,
    who: str = "",
    helper: Helpers = [],  # noqa: B006
) -> Response:
    """The form, with those who fitted the post and those of the name that was typed."""
    with visit.reading() as scene:
        post = own_post(visit, scene, number)
        context = _context(visit, scene, post, words(who, 40), _ids(helper))
        if visit.is_partial:
            return visit.page("member/helpers.html", **context)
        return visit.page("member/done.html", **context)


@router.post("")
def done(visit: Annotated[Visit, may("done")], number: Number) -> Response:
    """Close it, and thank them."""
    chosen = _ids([one for one in visit.form.getlist("helper") if isinstance(one, str)])
    if visit.text("look"):  # without scripts: no more than a look for more people
        with visit.reading() as scene:
            post = own_post(visit, scene, number)
            context = _context(visit, scene, post, words(visit.text("who"), 40), chosen)
            return visit.page("member/done.html", **context)
    try:
        with visit.writing() as scene:
            post = seen_post(visit, scene, number)
            helpers = members.by_ids(scene.session, community_id=scene.community_id, ids=chosen)
            hidden = privacy.unlisted(
                scene, ids=set(chosen) - set(_fitting(scene, post)), viewer=visit.me(scene)
            )
            helpers = [one for one in helpers if one.active and one.id not in hidden]
            thanks = closing.finish(scene, post=post, actor=visit.me(scene), helpers=helpers).text
    except UserError as error:
        with visit.reading() as scene:
            post = own_post(visit, scene, number)
            context = _context(visit, scene, post, "", chosen) | {"wrong": error.why}
            return visit.page("member/done.html", status=422, **context)
    return visit.go(f"/posts/{number}", said=f"#{number} 办成了{thanks}")


def _context(visit: Visit, scene: Scene, post: Post, who: str, chosen: list[int]) -> dict[str, Any]:
    """Whom there is to choose from; who was chosen stays in sight."""
    me = visit.me(scene)
    found = directory.page(scene, viewer=me, name=who, size=_MOST).members if who else ()
    fitting = _fitting(scene, post)
    hidden = privacy.unlisted(scene, ids=set(chosen) - set(fitting), viewer=me)
    ids = [one for one in (*chosen, *(() if who else fitting)) if one not in hidden]
    known = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    known = [one for one in known if one.active]
    listed = {one.id: one for one in privacy.seen_all(scene, members=known, viewer=me)}
    people = {**listed, **{one.id: one for one in found}}
    people.pop(post.author_id, None)
    return {
        "post": post,
        "people": list(people.values()),
        "chosen": chosen,
        "who": who,
        "nobody": bool(who) and not found,
        "wrong": "",
    }


def _fitting(scene: Scene, post: Post) -> list[int]:
    """Members who were shown with the post: most likely it was one of them."""
    session, here = scene.session, scene.community_id
    found = [
        one for one in matches.of_post(session, community_id=here, post_id=post.id) if one.shown
    ]
    others = [one.target_post_id if one.post_id == post.id else one.post_id for one in found]
    stored = posts.by_ids(session, community_id=here, ids=[n for n in others if n is not None])
    ids = [stored[n].author_id for n in others if n in stored]
    ids += [one.target_member_id for one in found if one.target_member_id is not None]
    return list(dict.fromkeys(ids))[:_MOST]


def _ids(typed: list[str]) -> list[int]:
    found = (numbered(one) for one in typed[:_MOST_HELPERS])
    return list(dict.fromkeys(one for one in found if one is not None))
