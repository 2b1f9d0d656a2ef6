"""A member says what he needs or offers: stored, matched, and told to those it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from community.errors import UserError
from community.lookback import tips
from community.lookback.looking import note_uncalled
from community.matches.mentions import Called, choose
from community.matches.search import find_matches, found_in, store_result
from community.pool.alerts import fans, tell_privately
from community.pool.found_post import FoundPost
from community.pool.indexing import index_first, index_post
from community.posts import lifetime, texts
from community.posts.expiry import forget_notices
from community.posts.history import note
from community.rights import is_admin
from community.scene import Scene
from matching import Analysis, keywords
from storage.queries import counters
from storage.queries.pool import matches, posts
from storage.tables import Member, Post

SAME_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class Published:
    """What became of a text: the post, what fits it, and who is called because of it."""

    post: Post
    keywords: Sequence[str] = ()
    cities: Sequence[str] = ()
    matches: Sequence[FoundPost] = ()
    mentions: Sequence[Called] = ()
    later: bool = False  # members fit, of whom the author hears in a letter
    bumped: bool = False  # the same words were there already


def publish(
    scene: Scene,
    *,
    author: Member,
    kind: str,
    text: str,
    source_group: str | None = None,
    source_message: str | None = None,
    collected_by: Member | None = None,
    on_page: bool = False,
) -> Published:
    """Store the text as a post of the author. Raises UserError, with the text if it is refused.

    ``source_group`` is None for a private chat: then nobody is mentioned. What somebody else
    collected (``collected_by``) calls nobody either, for the author has not agreed yet.
    ``on_page``: the author reads at once all that fits, the members as well.
    """
    texts.check(text, kind=kind)
    old = same_post(scene, author=author, kind=kind, text=text)
    if old is not None:
        return _bump(scene, old, author, text, source_group, on_page=on_page)
    _check_limit(scene, collected_by or author, f"{texts.TAGS[kind]} {text}")
    post = Post(
        community_id=scene.community_id,
        id=counters.take(scene.session, community_id=scene.community_id, name="post"),
        kind=kind,
        author_id=author.id,
        text="",
        title="",
        fingerprint="",
        created_at=scene.now,
        updated_at=scene.now,
        expires_at=scene.now,
        source_group=source_group,
        source_message=source_message,
        collected_by=collected_by.id if collected_by else None,
    )
    texts.write(post, text)
    lifetime.run(scene, post)
    published = index_and_match(scene, post, author, group=source_group, new=True, on_page=on_page)
    note(scene, post=post, actor=collected_by or author, verb="collect" if collected_by else "post")
    return published


def same_post(scene: Scene, *, author: Member, kind: str, text: str) -> Post | None:
    """The author's post of that kind in the same words, if he said it lately."""
    return posts.same(
        scene.session,
        community_id=scene.community_id,
        author_id=author.id,
        kind=kind,
        fingerprint=texts.identity(text),
        since=scene.now - SAME_WITHIN,
    )


def agree_to_collected(post: Post, *, actor: Member) -> bool:
    """Who goes on with what somebody kept for him agrees to it; True: only now."""
    agrees = post.collected_by is not None and actor.id == post.author_id
    if agrees:
        post.collected_by = None
    return agrees


def index_and_match(
    scene: Scene,
    post: Post,
    author: Member,
    *,
    group: str | None,
    new: bool = False,
    on_page: bool = False,
) -> Published:
    """Index a new or changed post, match it, and call whom it concerns.

    One that is ``new`` has no matches to forget, and nobody has heard of it. Members are called
    in the group where the author hears of it, so in none after a private word. What he reads
    ``on_page`` is no news in a letter.
    """
    before = None if new else Analysis.load(post.analysis)
    analysis = _store(scene, post) if new else index_post(scene, post)
    known = set() if new else _unlink(scene, post)
    looked = find_matches(scene, query=analysis, kind=post.kind, author=post.author_id, group=group)
    called: list[Called] = []
    if post.collected_by is None:
        listeners = fans(scene, post=post, analysis=analysis, before=before, new=new)
        called = choose(scene, post=post, group=group, calls=looked.calls, fans=listeners, new=new)
        told = {one.member.id for one in called}
        tell_privately(scene, post=post, author=author, fans=listeners, except_=told)
        told |= {member.id for member, _ in listeners}
        known |= set() if new else tips.noted_with(scene, post=post)
        tips.note_for_new_post(scene, post=post, looked=looked, told=told, known=known)
    found = found_in(looked)
    told_of = {one.member.id for one in called}
    later: set[int] = set()
    if on_page:
        told_of |= {one.id for one in looked.calls}
    # A follower wants to know of the post, which does not mean that he can help.
    elif all(one.keyword for one in called) and not any(one.sure for one in found):
        uncalled = [one for one in looked.calls if one.id not in told_of]
        later = note_uncalled(scene, post=post, author=author, calls=uncalled, new=new)
    store_result(scene, post=post, query=analysis, looked=looked, called=told_of | later)
    return Published(post, keywords(analysis, 4), _cities(analysis), found, called, bool(later))


def _store(scene: Scene, post: Post) -> Analysis:
    """A new post, together with what was found in it."""
    analysis = index_first(scene, post)
    posts.add(scene.session, post=post)
    return analysis


def _unlink(scene: Scene, post: Post) -> set[int]:
    """Forget its matches; gives the posts that it was shown with."""
    session, here = scene.session, scene.community_id
    known = matches.listed_with(session, community_id=here, post_id=post.id)
    matches.forget(session, community_id=here, post_id=post.id)
    return known


def _cities(analysis: Analysis) -> list[str]:
    return sorted(analysis.cities)


def _bump(
    scene: Scene, post: Post, author: Member, text: str, group: str | None, *, on_page: bool
) -> Published:
    """The same again: the old post runs anew under its old number."""
    agree_to_collected(post, actor=author)
    forget_notices(scene, post)
    texts.write(post, text)
    lifetime.run(scene, post)
    post.bumps += 1
    note(scene, post=post, actor=author, verb="bump")
    return replace(index_and_match(scene, post, author, group=group, on_page=on_page), bumped=True)


def _check_limit(scene: Scene, member: Member, text: str) -> None:
    """So many new posts from midnight to midnight, where the community lives."""
    most = scene.settings.limits.posts_per_day
    if most == 0:
        return
    midnight = scene.now.astimezone(scene.settings.zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    brought = posts.count_since(
        scene.session, community_id=scene.community_id, member_id=member.id, since=midnight
    )
    if brought >= most and not is_admin(scene, member):
        raise UserError(
            f"今天已经发了 {brought} 条（每人每天最多 {most} 条），这条没有保存。",
            private=True,
            back=f"你的原文，明天可以再发：\n{text}",
        )
