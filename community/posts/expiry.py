"""The end of a post's time: its author hears of it beforehand, then the post is put away."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from community import audit_log, urls
from community.anonymity import watch
from community.anonymity.authors import is_alias, person_of
from community.due import Round
from community.notices import Letter, tell
from community.pool.indexing import index_post
from community.scene import Scene
from community.wording import KINDS
from storage.queries.people import introductions, people
from storage.queries.pool import due
from storage.queries.traffic import timely
from storage.tables import Member, Post

DAY = timedelta(days=1)
MOST_RENEWALS = 5  # then its author posts it anew
_NEWS = timedelta(days=90)  # for so long it is worth saying that a post has run out
_LONG_LIFE = timedelta(days=8)  # shorter ones get no notice a week before


def first_notice(*, expires_at: datetime, now: datetime) -> datetime:
    """When the author of a post that begins to run now hears of its end for the first time."""
    week_before = expires_at - timedelta(days=7)
    return week_before if expires_at - now >= _LONG_LIFE else _next_notice(expires_at, now)


def tick(turn: Round) -> int:
    """Send the notices that are due in a community, and put away what has expired; gives how many
    posts it were, 0 when nothing is left.
    """
    here = due.communities(turn.session, now=turn.now, among=turn.settings.keys())
    return turn.take_up(here, due.claim, _notify_all)


def forget_notices(scene: Scene, post: Post) -> None:
    """The post runs anew: what its author has not been told of its end yet is not true any more."""
    session, here = scene.session, scene.community_id
    held = people.accounts(session, community_id=here, member_id=post.author_id)
    lanes = [one.address for one in held]
    timely.forget(session, community_id=here, post_id=post.id, lanes=lanes)


def _notify_all(scene: Scene, posts: Sequence[Post]) -> None:
    for post in posts:
        _notify(scene, post)


def _notify(scene: Scene, post: Post) -> None:
    author = scene.session.get_one(Member, (post.community_id, post.author_id))
    if is_alias(scene, author) and not _tells_alias(scene, post, author):
        return
    if scene.now < post.expires_at:
        post.notice_at = _next_notice(post.expires_at, scene.now)
        watch.look_soon(scene, post)
    elif introductions.is_running(scene.session, community_id=scene.community_id, post_id=post.id):
        _prolong(scene, post)
        return
    else:
        _expire(scene, post)
    if person_of(scene, author).active:
        tell(
            scene,
            member=author,
            text=_fact(scene, post) + how_to_answer(post),
            letter=_letter(scene, post),
            about=post.id,
            until=post.notice_at or scene.now + _NEWS,
        )


def _prolong(scene: Scene, post: Post) -> None:
    """As long as two talk because of it, it goes on from day to day; its author is left alone."""
    while post.expires_at <= scene.now:
        post.expires_at += DAY
    post.notice_at = post.expires_at


def _tells_alias(scene: Scene, post: Post, author: Member) -> bool:
    """Whether a notice is due; else it was only looked whether its author is still here."""
    if scene.now < post.expires_at and watch.has_left(scene, author):
        post.state, post.closed_at, post.notice_at = "withdrawn", scene.now, None
        index_post(scene, post)
        audit_log.note(scene, verb="withdrawn", subject="post", subject_id=post.id)
        return False
    notices, planned = (post.expires_at - DAY, post.expires_at), post.notice_at or scene.now
    if any(planned <= one <= scene.now for one in notices):
        return True
    post.notice_at = next(one for one in notices if one > scene.now)
    watch.look_soon(scene, post)
    return False


def _expire(scene: Scene, post: Post) -> None:
    post.state, post.closed_at, post.notice_at = "expired", scene.now, None
    index_post(scene, post)
    audit_log.note(scene, verb="expire", subject="post", subject_id=post.id)


def _next_notice(expires_at: datetime, now: datetime) -> datetime:
    """A day before the end, or at the end."""
    day_before = expires_at - DAY
    return day_before if day_before > now else expires_at


def how_to_answer(post: Post) -> str:
    """The words by which the author says what becomes of a post whose time is up, or nearly."""
    if post.bumps >= MOST_RENEWALS:
        return f"续过 {MOST_RENEWALS} 次了，还要就重新发一条；办成了引用这条回 搞定，不要了回 撤。"
    return "引用这条回一个词：还要就回 续，办成了回 搞定，不要了回 撤。"


def _letter(scene: Scene, post: Post) -> Letter:
    ends = "到期了" if post.state == "expired" else "快到期了"
    return Letter(
        f"你的{KINDS[post.kind]}「{post.title}」{ends}",
        _fact(scene, post)
        + urls.leading("还要、办成了或不要了，在这里说一声", urls.home(scene.settings, "/me")),
    )


def _fact(scene: Scene, post: Post) -> str:
    what = f"#{post.id} {KINDS[post.kind]}「{post.title}」"
    if post.state == "expired":
        return f"{what}到期了，已收起。"
    end = post.expires_at.astimezone(scene.settings.zone)
    left = _left(post.expires_at - scene.now)
    return f"{what}还有 {left}到期（{end.month}月{end.day}日 {end:%H:%M}）。"


def _left(time: timedelta) -> str:
    """Rounded up, in days or hours."""
    unit, name = (DAY, "天") if time > DAY else (timedelta(hours=1), "小时")
    return f"{-(-time // unit)} {name}"
