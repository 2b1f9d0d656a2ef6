"""What a post has been through, from the audit, in as many words as members may know.

Who changed it is named to its author and to admins; others read 作者 and 管理员.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from community.anonymity.hiding import is_hidden
from community.membership.redaction import NOBODY
from community.rights import may_change
from community.scene import Scene
from storage.queries import audit
from storage.queries.people import members
from storage.queries.pool import credits
from storage.tables import Audit, Member, Post

_DONE: Mapping[str, str] = MappingProxyType(
    {
        "post": "发布",
        "collect": "从聊天里记下",
        "bump": "又发了一次，顶上来",
        "edit": "改了内容",
        "renew": "续期",
        "done": "标记办成",
        "withdrawn": "撤下",
        "undo": "撤回了上一步",
        "recall": "撤回了原消息",
        "expire": "到期收起",
    }
)
_OPEN = frozenset({"active", "done", "expired"})


@dataclass(frozen=True)
class Step:
    """Somebody did something; ``who`` is empty where nobody did."""

    at: datetime
    who: str
    what: str


def visible(scene: Scene, *, post: Post, viewer: Member) -> bool:
    """The viewer may read the post: what was taken back or withdrawn is for its author, and what
    is anonymous is not for his colleagues.
    """
    if is_hidden(scene, post, by=viewer):
        return False
    return post.state in _OPEN or may_change(scene, viewer, post)


def steps(scene: Scene, *, post: Post, viewer: Member) -> list[Step]:
    """What happened, in order."""
    entries = audit.of(
        scene.session, community_id=scene.community_id, subject="post", subject_id=post.id
    )
    told = [one for one in entries if one.verb in _DONE]
    names = _names(scene, told) if may_change(scene, viewer, post) else {}
    return [Step(one.at, _who(one, post, names), _DONE[one.verb]) for one in told]


def thanked(scene: Scene, *, post: Post) -> list[Member]:
    """Who helped."""
    ids = credits.of_post(scene.session, community_id=scene.community_id, post_id=post.id)
    return members.by_ids(scene.session, community_id=scene.community_id, ids=ids)


def _names(scene: Scene, entries: list[Audit]) -> dict[int, str]:
    ids = [one.actor_id for one in entries if one.actor_id is not None]
    found = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    return {one.id: one.shown for one in found}


def _who(entry: Audit, post: Post, names: Mapping[int, str]) -> str:
    if entry.verb == "expire":
        return ""
    if entry.actor_id is None:
        return NOBODY
    if entry.actor_id in names:
        return names[entry.actor_id]
    if entry.actor_id == post.author_id:
        return "作者"
    return "一位成员" if entry.verb == "collect" else "管理员"
