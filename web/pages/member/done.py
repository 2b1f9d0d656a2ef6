"""A post has come to its good end: who helped is chosen by name, and thanked."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from community.errors import UserError
from community.posts import closing, helpers
from community.scene import Scene
from storage.tables import Post
from web.access import Visit, may
from web.form_values import Number, as_number, words
from web.pages.member.changing import own_post
from web.pages.member.posts import seen_post

router = APIRouter(prefix="/c/{community}/posts/{number}/done")
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
            me, post = visit.me(scene), seen_post(visit, scene, number)
            thanked = helpers.meant(scene, post=post, viewer=me, chosen=chosen)
            thanks = closing.finish(scene, post=post, actor=me, helpers=thanked).text
    except UserError as error:
        with visit.reading() as scene:
            post = own_post(visit, scene, number)
            context = _context(visit, scene, post, "", chosen) | {"wrong": error.why}
            return visit.page("member/done.html", status=422, **context)
    return visit.go(f"/posts/{number}", said=f"#{number} 办成了{thanks}")


def _context(visit: Visit, scene: Scene, post: Post, who: str, chosen: list[int]) -> dict[str, Any]:
    found = helpers.candidates(scene, post=post, viewer=visit.me(scene), chosen=chosen, name=who)
    return {
        "post": post,
        "people": found.people,
        "chosen": chosen,
        "who": who,
        "nobody": found.nobody,
        "wrong": "",
    }


def _ids(typed: list[str]) -> list[int]:
    found = (as_number(one) for one in typed[:_MOST_HELPERS])
    return list(dict.fromkeys(one for one in found if one is not None))
