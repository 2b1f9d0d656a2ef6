"""Telling those who follow a keyword of a new post, each of them once."""

from collections.abc import Collection, Mapping, Sequence

from community.anonymity.authors import is_alias
from community.anonymity.hiding import barred
from community.notices import by_mail, tell_each, ways_to
from community.scene import Scene
from community.wording import KINDS
from matching import Analysis, follows
from storage.queries.people import members
from storage.queries.pool import follows as queries
from storage.queries.pool import mentions
from storage.queries.traffic import subjects
from storage.queries.web import preferences
from storage.tables import Follow, Member, Post

Fan = tuple[Member, Follow]
_MOST_OLDER = 20  # posts of one follow, however long no letter is wanted


def fans(
    scene: Scene,
    *,
    post: Post,
    analysis: Analysis,
    before: Analysis | None = None,
    new: bool = False,
) -> list[Fan]:
    """Who follows a keyword of the post and has not heard of it yet, the oldest wish first.

    ``before`` is what was found in its former words.
    """
    found = wishes(scene, analysis=analysis, author=post.author_id)
    found = _without_barred(scene, post, found)
    ways = ways_to(scene, ids={member.id for member, _ in found})
    heard = set() if new or not found else _heard(scene, post, ways)
    found = [fan for fan in found if fan[0].id not in heard]
    letters = {member.id for member, _ in found if by_mail(ways.get(member.id, ""))}
    _leave_to_letters(scene, post, [fan for fan in found if fan[0].id in letters], before)
    found = [fan for fan in found if fan[0].id not in letters]
    for _, follow in found:
        follow.last_post_id = max(follow.last_post_id, post.id)
    return [fan for fan in _once(found) if fan[0].active]


def _without_barred(scene: Scene, post: Post, found: list[Fan]) -> list[Fan]:
    """Colleagues hear nothing of an anonymous post."""
    if not found:
        return found
    author = scene.session.get_one(Member, (scene.community_id, post.author_id))
    kept_out = barred(scene, author=author, ids={member.id for member, _ in found})
    return [fan for fan in found if fan[0].id not in kept_out]


def _heard(scene: Scene, post: Post, ways: Mapping[int, str]) -> set[int]:
    """Those who were called for the post, or told of it in private, while it had other words."""
    session, here = scene.session, scene.community_id
    lanes = set(ways.values())
    told = subjects.lanes_about(session, community_id=here, post_id=post.id, among=lanes)
    heard = {id_ for id_, way in ways.items() if way in told}
    return heard | mentions.of_post(session, community_id=here, post_id=post.id)


def wishes(scene: Scene, *, analysis: Analysis, author: int | None = None) -> list[Fan]:
    """Everything followed that a text fulfils, the oldest wish first; nothing is changed."""
    fulfilled = [
        follow
        for follow in queries.candidates(
            scene.session, community_id=scene.community_id, terms=list(analysis.terms)
        )
        if follow.member_id != author and follows(Analysis.load(follow.analysis), analysis)
    ]
    ids = list({follow.member_id for follow in fulfilled})
    known = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    by_id = {member.id: member for member in known}
    return [(by_id[follow.member_id], follow) for follow in fulfilled]


def _leave_to_letters(
    scene: Scene, post: Post, found: Sequence[Fan], before: Analysis | None
) -> None:
    """Whom only mail reaches hears of it in the letters that he has asked for.

    They look for what is new by its number; an older post that has just come to say the word is
    put down for the next one.
    """
    session, here = scene.session, scene.community_id
    members = {member.id for member, _ in found}
    preferences.hurry(session, community_id=here, now=scene.now, members=members)
    for _, follow in found:
        said = before is not None and follows(Analysis.load(follow.analysis), before)
        if not (is_news(follow, post) or said):
            follow.older = [*follow.older, post.id][-_MOST_OLDER:]


def is_news(follow: Follow, post: Post) -> bool:
    """Whether the next letter tells of the post by the follow, if it says the word."""
    younger = post.id > follow.last_post_id and post.created_at >= follow.created_at
    return younger or post.id in follow.older


def _once(found: Sequence[Fan]) -> list[Fan]:
    first: dict[int, Fan] = {}
    for member, follow in found:
        first.setdefault(member.id, (member, follow))
    return list(first.values())


def tell_privately(
    scene: Scene, *, post: Post, author: Member, fans: Sequence[Fan], except_: Collection[int]
) -> None:
    """Tell those who were not called in the group."""
    way = f"在{scene.settings.name}群里找 ta 聊聊。"
    if is_alias(scene, author):
        way = f"想认识 ta，私聊我发 #认识 {post.id} 加一句话。"
    news = (
        f"有新消息：\n#{post.id} {KINDS[post.kind]}「{post.title}」— {author.shown}\n"
        f"{way}不想再收到，引用这条回 退订。"
    )
    texts = {
        member.id: f"你订阅的「{follow.keyword}」{news}"
        for member, follow in fans
        if member.id not in except_
    }
    tell_each(scene, texts=texts, about=post.id, until=post.expires_at)
