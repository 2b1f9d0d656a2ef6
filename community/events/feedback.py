"""What those who came say of it: asked twice, then there are points for saying nothing."""

from collections.abc import Sequence
from datetime import timedelta

from community.errors import UserError
from community.events import strikes
from community.events.finding import LASTS
from community.events.wording import item, name_in_group
from community.notices import tell
from community.posts.lifetime import not_at_night
from community.scene import Scene
from storage.queries.events import registrations
from storage.tables import Event, Member, Registration

LONGEST = 1_000
QUESTION = "说说感受和建议"
_DAY = timedelta(days=1)
_CAME = ("seated", "attended")  # as far as is known
_ASKS = 2  # the question, and one reminder
# From one step to the next, the first from when it was written down who came: asked on day 1 and
# 2, points on day 3, 5 and 7.
_PAUSES = (_DAY, _DAY, _DAY, 2 * _DAY, 2 * _DAY)


def begin(scene: Scene, event: Event, row: Registration) -> None:
    """Whoever came is asked the day after, unless he has said something already."""
    over = max(scene.now, event.starts_at + LASTS)
    row.asked = 0
    row.due_at = None if row.feedback else not_at_night(over + _PAUSES[0], scene.settings.zone)


def step(scene: Scene, row: Registration) -> None:
    """Ask, remind, or write down that he has said nothing; then wait for the next step."""
    event = scene.session.get_one(Event, (scene.community_id, row.event_id))
    member = scene.session.get_one(Member, (scene.community_id, row.member_id))
    row.asked += 1
    pause = _PAUSES[row.asked] if row.asked < len(_PAUSES) and member.active else None
    row.due_at = None if pause is None else not_at_night(scene.now + pause, scene.settings.zone)
    if not member.active:
        return
    how = f"引用这条直接写，或发 #反馈 E{event.id} 加你的话，只有管理员和运营看。"
    if row.asked == 1:
        text = f"{item(event)}谢谢你来！{QUESTION}：{how}"
    elif row.asked <= _ASKS:
        text = f"{item(event)}还没收到你的反馈，{QUESTION}：{how}明天还没写要记分。"
    else:
        why = strikes.give(scene, event, member_id=member.id, reason="feedback")
        text = f"{item(event)}{why}{QUESTION}：{how}"
    if not tell(scene, member=member, text=text, until=row.due_at):
        row.due_at = None  # whoever cannot be asked has not failed to answer


def write(scene: Scene, event: Event, *, member: Member, text: str) -> bool:
    """Keep it; True: in place of what he said before. Raises UserError."""
    row = _row(scene, event, member)
    if event.state == "cancelled":
        raise UserError(f"{item(event)}取消了，不用写反馈。")
    if scene.now < event.starts_at:
        raise UserError(f"{item(event)}还没办，办完再写反馈。")
    if row is None or row.state not in _CAME:
        raise UserError(f"没有记你来过 {item(event)}，来过就请管理员补记一下。")
    if len(text) > LONGEST:
        raise UserError(
            f"反馈最多 {LONGEST} 字，超出 {len(text) - LONGEST} 字，没有保存。",
            private=True,
            back=f"你的原文，改好再发：\n#反馈 E{event.id} {text}",
        )
    again = bool(row.feedback)
    row.feedback, row.due_at = text, None
    return again


def own(scene: Scene, event: Event, *, member: Member) -> str | None:
    """What the member has said of it so far; None: there is nothing for him to say."""
    row = _row(scene, event, member)
    takes_place = event.state != "cancelled" and scene.now >= event.starts_at
    return row.feedback if row is not None and row.state in _CAME and takes_place else None


def written(scene: Scene, event: Event) -> Sequence[tuple[str, str]]:
    """Who said what, for those who run the community."""
    rows = registrations.of_event(
        scene.session,
        community_id=scene.community_id,
        event_id=event.id,
        states=_CAME,
    )
    return [(name_in_group(member), row.feedback) for row, member in rows if row.feedback]


def _row(scene: Scene, event: Event, member: Member) -> Registration | None:
    return registrations.get(
        scene.session, community_id=scene.community_id, event_id=event.id, member_id=member.id
    )
