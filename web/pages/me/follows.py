"""What somebody wants to hear of."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from community.pool import follows
from community.pool.follows import LONGEST, MOST, Followed
from web.access import Visit, may
from web.form_values import words
from web.pages.me.tabs import tabs

router = APIRouter(prefix="/c/{community}/me/follows")


@router.get("")
def show(visit: Annotated[Visit, may("follow")]) -> Response:
    """The keywords, and a box for one more."""
    return _page(visit, "", "")


@router.post("")
def add(visit: Annotated[Visit, may("follow")]) -> Response:
    """One more."""
    visit.at_most(30, "follow")
    keyword = words(visit.text("keyword")).lstrip("#＃")
    if not keyword:
        return _page(visit, "", "想订阅什么？比如：跨境电商", status=422)
    with visit.writing() as scene:
        followed = follows.follow(scene, member=visit.me(scene), keywords=[keyword])
    if followed.added:
        return visit.go("/me/follows", said=f"已订阅「{keyword}」，有人发相关内容我就告诉你。")
    return _page(visit, keyword, _why(followed), status=422)


@router.post("/remove")
def remove(visit: Annotated[Visit, may("unfollow")]) -> Response:
    """One less."""
    keyword = visit.text("keyword")
    with visit.writing() as scene:
        gone = follows.unfollow(scene, member=visit.me(scene), keywords=[keyword])
    return visit.go("/me/follows", said=f"已退订「{gone[0]}」。" if gone else "这个词没有订阅。")


def _page(visit: Visit, keyword: str, wrong: str, *, status: int = 200) -> Response:
    with visit.reading() as scene:
        return visit.page(
            "me/follows.html",
            tabs=tabs(visit),
            follows=follows.listed(scene, member=visit.me(scene)),
            keyword=keyword,
            wrong=wrong,
            longest=LONGEST,
            most=MOST,
            status=status,
        )


def _why(followed: Followed) -> str:
    if followed.known:
        return "这个词早就订阅了。"
    if followed.too_long:
        return f"太长了，最多 {LONGEST} 字。"
    if followed.beyond:
        return f"每人最多订阅 {MOST} 个，先退订几个。"
    return "太宽泛，订阅了也找不准；换个具体点的词，比如：跨境电商。"
