"""What the clock brings about for events, by day only: reminders, ends, seats that pass on."""

from collections.abc import Sequence

from community.due import Round
from community.events import attendance, feedback, seating
from community.events.holding import next_moment
from community.events.wording import item, name_in_group, when
from community.notices import tell, tell_each
from community.posts.lifetime import awake
from community.scene import Scene
from community.vetting.notifications import tell_admins
from storage.queries.events import events, registrations
from storage.tables import Event, Member, Registration


def tick(turn: Round) -> int:
    """Take up what is due in one community; gives how much, 0 when nothing is left."""
    session, now = turn.session, turn.now
    by_day = awake(turn.settings, now=now)
    here = events.communities(session, now=now, among=by_day)
    if here:
        return turn.take_up(here, events.claim, _take_up_events)
    here = registrations.communities(session, now=now, among=by_day)
    return turn.take_up(here, registrations.claim, _take_up_registrations)


def _take_up_events(scene: Scene, found: Sequence[Event]) -> None:
    for event in found:
        if scene.now < event.starts_at:
            event.due_at = next_moment(scene, event)
            _remind(scene, event)
        else:
            event.state, event.due_at = "over", None
            _end(scene, event)


def _take_up_registrations(scene: Scene, found: Sequence[Registration]) -> None:
    for row in found:
        if row.state == "offered":
            seating.run_out(scene, row)
        elif row.state == "attended":
            feedback.step(scene, row)
        else:
            row.due_at = None


def _remind(scene: Scene, event: Event) -> None:
    text = (
        f"提醒一下：{item(event)}{when(scene, event.starts_at)}开始，地点：{event.place}。"
        "来不了就尽早引用这条回 不去了。"
    )
    coming = [member.id for row, member in seating.placed(scene, event) if row.state == "seated"]
    tell_each(scene, texts=dict.fromkeys(coming, text), until=event.starts_at)


def _end(scene: Scene, event: Event) -> None:
    """Who waited goes home; the operators say who came."""
    for row, _ in seating.placed(scene, event):
        if row.state != "seated":
            seating.vacate(row)
    names = [name_in_group(member) for _, member in attendance.unrecorded(scene, event)]
    if not names:
        return
    text = (
        f"{item(event)}办完了，谁来了？都来了发 #到场 E{event.id} 全到；"
        f"有人没来先发 #到场 E{event.id} 缺席 @谁。\n"
        f"有名额的 {len(names)} 位：{'、'.join(names)}"
    )
    if scene.settings.admin_group is not None or not _told_host(scene, event, text):
        tell_admins(scene, text)


def _told_host(scene: Scene, event: Event, text: str) -> bool:
    """Where the admins have no group, whoever holds the event is asked; he may be gone."""
    key = (scene.community_id, event.created_by or 0)
    host = scene.session.get(Member, key)
    return host is not None and host.active and tell(scene, member=host, text=text)
