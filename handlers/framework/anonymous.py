"""Acting as the author of one's anonymous post: in private, where nobody else reads it, and
nowhere else. In a group its author is told what anybody would be told.
"""

import re
from dataclasses import replace

from community.anonymity import authors
from community.anonymity.hiding import is_hidden
from community.posts import finding, undoing
from community.scene import Scene
from handlers.framework.context import Context
from storage.tables import Post

_NUMBER = re.compile(r"#(\d{1,9})")


def as_author(ctx: Context, post: Post) -> Context:
    """The context in which the alias does it, from nowhere, where the member wrote the post as
    that; else the one there is.
    """
    if not ctx.private:
        return ctx
    alias = authors.alias_of(ctx.scene, person=ctx.member, post=post)
    if alias is None:
        return ctx
    ctx.discretion.kept = True
    return replace(ctx, known=alias, scene=replace(ctx.scene, via=""))


def keep_nothing_of_own(ctx: Context, post: Post) -> None:
    """Where it is the member's own, nothing is kept of what he says of it, in a group too."""
    own = authors.alias_of(ctx.scene, person=ctx.member, post=post) is not None
    ctx.discretion.kept |= own


def of_last_step(ctx: Context) -> Context:
    """As which of his aliases, or under his name, the member did the last thing of all."""
    if not ctx.private:
        return ctx
    now = ctx.scene.now
    mine = authors.posts_of(ctx.scene, person=ctx.member)
    done = [(undoing.last_step(ctx.scene, ctx.member), ctx)]
    for post in (one for one in mine if now - one.updated_at <= undoing.FRESH):
        acting = as_author(ctx, post)
        done.append((undoing.last_step(ctx.scene, acting.member), acting))
    return max(done, key=lambda one: (one[0] is not None, one[0] or now))[1]


def keep_quiet(ctx: Context) -> None:
    """Keep nothing of what somebody says in private who may be speaking as one of his aliases."""
    if ctx.private and ctx.known is not None:
        ctx.discretion.kept |= bool(authors.aliases_of(ctx.scene, person=ctx.known))


def running(ctx: Context) -> list[Post]:
    """What the member has in the pool; what is anonymous only in private."""
    return _together(finding.running(ctx.scene, author=ctx.member), _own(ctx, "active"))


def run_out(ctx: Context) -> list[Post]:
    """Likewise what ran out lately and may be renewed."""
    return _together(finding.run_out(ctx.scene, author=ctx.member), _own(ctx, "expired"))


def is_seen(ctx: Context, post: Post) -> bool:
    """The post may be spoken of here, to this member."""
    if ctx.private and authors.alias_of(ctx.scene, person=ctx.member, post=post) is not None:
        return True
    if not is_hidden(ctx.scene, post, by=ctx.member, group=ctx.message.group):
        return True
    # Without the key it is hidden from everybody, and somebody has to take it down.
    return ctx.private and ctx.is_admin and not authors.is_sealed_by_us(ctx.scene, post)


def quoted_notice(ctx: Context) -> Post | None:
    """The member's own anonymous post, of which a message speaks that he quotes: what the bot has
    told him of it is not kept, so the message itself has to tell.
    """
    quoted = ctx.message.quoted
    if not ctx.private or ctx.known is None or quoted is None:
        return None
    found = _NUMBER.search(quoted.text)
    post = _numbered(ctx.scene, int(found[1])) if found else None
    own = post is not None and authors.alias_of(ctx.scene, person=ctx.known, post=post)
    return post if own else None


def _numbered(scene: Scene, number: int) -> Post | None:
    return scene.session.get(Post, (scene.community_id, number))


def _own(ctx: Context, state: str) -> list[Post]:
    if not ctx.private:
        return []
    since = ctx.scene.now - finding.LATELY if state == "expired" else None
    found = authors.posts_of(ctx.scene, person=ctx.member, state=state, since=since)
    ctx.discretion.kept |= bool(found)
    return found


def _together(named: list[Post], anonymous: list[Post]) -> list[Post]:
    if not anonymous:
        return named
    return sorted([*named, *anonymous], key=lambda post: (post.created_at, post.id), reverse=True)
