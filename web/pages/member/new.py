"""A new need or offer."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.errors import UserError
from community.lookback import letters
from community.posts import match_list
from community.posts.publishing import publish
from community.posts.texts import LONGEST, without_tag
from web.access import Visit, may
from web.form_values import words

router = APIRouter(prefix="/c/{community}")
_KINDS = ("need", "offer")


@router.get("/new")
def write(visit: Annotated[Visit, may("need")], kind: str = "need", text: str = "") -> Response:
    """The form; it may come with words that somebody looked for in vain."""
    known = kind if kind in _KINDS else "need"
    return _form(visit, known, words(text), "")


@router.post("/new")
def post(visit: Annotated[Visit, may("need")]) -> Response:
    """Store it, and show at once what fits."""
    visit.at_most(10, "new")
    kind, text = without_tag(visit.text("text").strip(), kind=visit.text("kind"))
    if kind not in _KINDS:
        return _form(visit, "", text, "先选一下：是需要，还是能提供？", status=422)
    try:
        with visit.writing() as scene:
            me = visit.me(scene)
            done = publish(scene, author=me, kind=kind, text=text, on_page=True)
            number, bumped = done.post.id, done.bumped
            found, told = (
                match_list.of_post(scene, post=done.post, viewer=me),
                letters.hears_of_later_matches(scene, me),
            )
    except UserError as error:
        return _form(visit, kind, text, error.why, status=422)
    said = f"和 #{number} 一样，已经替你顶上来，不另记一条。" if bumped else f"已发布 #{number}。"
    if found:
        said += "合适的列在下面。"
    else:
        said += f"暂时没有合适的，以后有了{'我告诉你' if told else '会列在这里'}。"
    return visit.go(f"/posts/{number}", said=said)


def _form(visit: Visit, kind: str, text: str, wrong: str, *, status: int = 200) -> Response:
    return visit.page(
        "member/new.html", kind=kind, text=text, wrong=wrong, longest=LONGEST, status=status
    )
