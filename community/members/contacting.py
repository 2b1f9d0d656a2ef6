"""Leaving word for another member: the bot passes it on in private, with who it is from.

Nobody has to show an address for that. The rules, with whom they protect:

- Only members write, not guests, and not to themselves.
- Who is not listed can be written to about a post of his, or in answer to his own word.
- Who wants no calls (勿扰) gets none, but for answers to what he wrote himself.
- Who left, and who has no account by which he could be reached, gets none.
- One a day to the same person, five a day in all, by the community's calendar.

The audit learns who wrote to whom, and about which post; the words are gone once they are sent.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from community import urls
from community.actions import Send, Text
from community.anonymity.authors import is_alias
from community.errors import UserError
from community.learning import labels
from community.members import privacy
from community.membership import standing
from community.membership.history import note
from community.notices import send, way_to
from community.rights import may
from community.scene import Scene
from storage.queries import audit
from storage.tables import Audit, Member, Post

LONGEST: Final = 300  # characters
MOST_A_DAY: Final = 5
ANSWERABLE: Final = timedelta(days=30)
_VERB = "word"


@dataclass(frozen=True)
class Word:
    """What somebody has to say; ``contact``: his own contact text goes with it."""

    text: str
    post: Post | None = None
    contact: bool = False


def pass_on(scene: Scene, *, sender: Member, receiver: Member, word: Word) -> None:
    """Pass the word on. Raises UserError."""
    text = "\n".join(line.rstrip() for line in word.text.strip().splitlines())
    if not text:
        raise UserError("还没写要说什么。")
    if len(text) > LONGEST:
        raise UserError(f"最多 {LONGEST} 字，超出 {len(text) - LONGEST} 字。")
    check(scene, sender=sender, receiver=receiver, post=word.post)
    own = privacy.of(scene, member=sender).contact
    if word.contact and not own:
        raise UserError("你还没写联系方式，去「我的 · 隐私」里写上，再附给 ta。")
    account = way_to(scene, member=receiver)
    assert account is not None  # checked above
    letter = Send(
        account=account,
        segments=(Text(text=_letter(scene, sender, text, word.post, own * word.contact)),),
        subject=f"{sender.shown} 给你捎了句话",
        forget=True,
    )
    send(scene, letter, about=None if word.post is None else word.post.id)
    about = {} if word.post is None else {"post": word.post.id}
    note(scene, member_id=receiver.id, verb=_VERB, actor=sender, **about)
    labels.record_interest(scene, by=sender, about=receiver, source="word", post=word.post)


def check(scene: Scene, *, sender: Member, receiver: Member, post: Post | None = None) -> None:
    """Raises UserError when the one may leave no word for the other now."""
    if post is not None and is_alias(scene, receiver):
        raise UserError("这是匿名发的，捎不到话。想认识 ta，在下面写一句话问问。")
    check_reach(scene, sender=sender, receiver=receiver, post=post)
    _check_limits(scene, sender, receiver)


def check_reach(
    scene: Scene,
    *,
    sender: Member,
    receiver: Member,
    post: Post | None,
    reader: Member | None = None,
    deed: str = "捎话",
    fails: str = "捎不到",
) -> None:
    """Raises UserError when the one may not turn to the other at all, whatever the ``deed``.

    ``reader``: who hears it in the receiver's place.
    """
    reader = reader or receiver
    if sender.id == reader.id:
        raise UserError(f"这是你自己，不用{deed}。")
    if not may(scene, sender, "whois"):
        raise UserError(f"成为成员以后才能{deed}。")
    name = receiver.shown
    if not reader.active or standing.is_out(scene, member=reader):
        raise UserError(f"{name} 已经不是成员了，{fails}。")
    asked = _wrote_lately(scene, sender=receiver, receiver=sender)
    if reader.muted and not asked:
        raise UserError(f"{name} 开了勿扰，现在不收{deed}。")
    if not asked and not _is_open(scene, sender, receiver, post):
        raise UserError("没有这位成员。")
    if way_to(scene, member=reader) is None:
        raise UserError(f"{name} 还没有能收到消息的账号，{fails}。")


def may_know_of(scene: Scene, *, viewer: Member, other: Member) -> bool:
    """The viewer may know of the other by his number: he is listed, or has written to him."""
    return _is_open(scene, viewer, other, None) or _wrote_lately(
        scene, sender=other, receiver=viewer
    )


def _is_open(scene: Scene, viewer: Member, other: Member, post: Post | None) -> bool:
    if (
        post is not None
        and post.author_id == other.id
        and post.state in ("active", "done", "expired")
    ):
        return True
    return other.active and other.id not in privacy.unlisted(scene, ids=[other.id], viewer=viewer)


def _check_limits(scene: Scene, sender: Member, receiver: Member) -> None:
    midnight = scene.now.astimezone(scene.settings.zone).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    today = _words(scene, sender, midnight)
    if any(one.subject_id == receiver.id for one in today):
        raise UserError(f"今天已经给 {receiver.shown} 捎过一句了，明天再来。")
    if len(today) >= MOST_A_DAY:
        raise UserError(f"今天已经捎了 {len(today)} 句（每人每天最多 {MOST_A_DAY} 句），明天再来。")


def _wrote_lately(scene: Scene, *, sender: Member, receiver: Member) -> bool:
    lately = _words(scene, sender, scene.now - ANSWERABLE)
    return any(one.subject_id == receiver.id for one in lately)


def _words(scene: Scene, sender: Member, since: datetime) -> list[Audit]:
    entries = audit.by_actor(
        scene.session,
        community_id=scene.community_id,
        actor_id=sender.id,
        subject="member",
        since=since,
    )
    return [one for one in entries if one.verb == _VERB]


def _letter(scene: Scene, sender: Member, text: str, post: Post | None, contact: str) -> str:
    about = "" if post is None else f"（说的是 #{post.id}「{post.title}」）"
    lines = [f"{sender.shown} 在「{scene.settings.name}」给你捎了句话{about}：", text]
    if contact:
        lines.append(f"ta 的联系方式：{contact}")
    if page := urls.home(scene.settings, f"/members/{sender.id}"):
        lines.append(f"看 ta 的名片、回一句：{page}")
    return "\n".join(lines)
