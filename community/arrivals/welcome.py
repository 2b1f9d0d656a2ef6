"""The words with which a newcomer is received in the group."""

from community.actions import Mention, Segment, Send, Text
from community.arrivals.common import acquaintances
from community.matches import mentions
from community.members import nicknames, privacy
from community.members.privacy import Seen
from community.notices import send
from community.scene import Scene
from storage.tables import Arrival, Member

_SHOWN = ("company", "title", "city", "industry")  # as everybody may read it with #谁是
_HOW = "要找人找资源，发 #求 …；能帮上忙，发 #供 …；想认识谁，发 #谁是 名字。"


def welcome(scene: Scene, arrival: Arrival, *, name: str, member: Member | None) -> bool:
    """Introduce a newcomer, once for each group; False: there is nothing to tell of him yet."""
    if member is None:
        return False
    seen = privacy.seen(scene, member=member, viewer=None)
    if not seen.listed or not any(getattr(seen, field) for field in _SHOWN):
        return False
    if arrival.welcomed_at is None and scene.settings.welcome:
        arrival.welcomed_at = scene.now
        lines = [*_head(arrival, name, member), Text(text=f"！\n{_line(seen)}\n")]
        lines += _introduced(scene, arrival.group_address, member)
        _say(scene, arrival, lines)
    return True


def greet(scene: Scene, arrival: Arrival, *, name: str, member: Member | None) -> None:
    """Say hello to somebody of whom nothing is known, or may be told."""
    if not scene.settings.welcome:
        return
    pattern = scene.settings.nickname
    card = f"群名片请用「{nicknames.described(pattern)}」，再" if pattern.strip() else "可以"
    how = "私聊我发 #申请" if member is None else "发 #名片"
    lines = [*_head(arrival, name, member), Text(text=f"！{card}{how} 介绍一下自己。\n")]
    _say(scene, arrival, lines)


def greet_many(scene: Scene, group: str, count: int) -> None:
    """Say hello to all of them with one message."""
    if count and scene.settings.welcome:
        words = Text(text=f"欢迎新来的 {count} 位朋友！\n{_HOW}")
        send(scene, Send(group=group, segments=(words,)))


def _head(arrival: Arrival, name: str, member: Member | None) -> list[Segment]:
    muted = member is not None and member.muted
    called = Text(text=name) if muted else Mention(account=arrival.account, name=name)
    return [Text(text="欢迎 "), called]


def _say(scene: Scene, arrival: Arrival, lines: list[Segment]) -> None:
    words = (*lines, Text(text=_HOW))
    send(scene, Send(group=arrival.group_address, segments=words))


def _line(member: Seen) -> str:
    """The newcomer in one line."""
    parts = (member.shown, *(getattr(member, field) for field in _SHOWN))
    return " · ".join(part for part in parts if part)


def _introduced(scene: Scene, group: str, member: Member) -> list[Segment]:
    """Those who have most in common are really called, each with the reason."""
    found = acquaintances(scene, member, group=group)
    lines: list[Segment] = [Text(text="可以先认识一下：\n")] if found else []
    mentions.record_mentions(scene, [one.member.id for one in found], group=group)
    for one in found:
        lines.append(Mention(account=one.account, name=one.member.shown))
        lines.append(Text(text=f"{'，'.join(one.reasons)}\n"))
    return lines
