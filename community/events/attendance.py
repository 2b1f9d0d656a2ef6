"""Who came, as an operator says; before that nobody is taken to have stayed away."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from community import audit_log
from community.errors import UserError
from community.events import feedback, strikes
from community.events.wording import item, name_in_group
from community.membership import probation
from community.notices import tell
from community.scene import Scene
from storage.queries.events import registrations
from storage.tables import Event, Member, Registration

_SAT = ("seated", "attended", "absent")


@dataclass
class Recorded:
    """What was written down, by the names in the group; ``open`` are those of whom nobody knows."""

    came: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    seatless: list[str] = field(default_factory=list)  # they could not stay away
    open: list[str] = field(default_factory=list)


def record(
    scene: Scene,
    event: Event,
    *,
    actor: Member,
    came: Collection[Member] = (),
    absent: Collection[Member] = (),
    all_others: bool = False,
) -> Recorded:
    """Write down who came and who did not; ``all_others`` who had a seat came. Raises UserError.

    What was written down by mistake is put right, and whoever had a strike for it hears so.
    """
    _check_begun(scene, event)
    done = Recorded()
    for member in absent:
        row = _row(scene, event, member)
        if row is None or row.state not in _SAT:
            done.seatless.append(name_in_group(member))
            continue
        _was_absent(scene, event, row, member)
        done.absent.append(name_in_group(member))
    for member in came:
        _came(scene, event, _row(scene, event, member) or _walk_in(scene, event, member), member)
        done.came.append(name_in_group(member))
    for row, member in unrecorded(scene, event):
        if all_others:
            _came(scene, event, row, member)
            done.came.append(name_in_group(member))
        else:
            done.open.append(name_in_group(member))
    scene.session.flush()
    audit_log.note(scene, verb="attend", subject="event", subject_id=event.id, actor=actor)
    return done


def unrecorded(scene: Scene, event: Event) -> Sequence[tuple[Registration, Member]]:
    """Who had a seat, and nobody has said whether he came."""
    scene.session.flush()
    return registrations.of_event(
        scene.session,
        community_id=scene.community_id,
        event_id=event.id,
        states=("seated",),
    )


def sheet(scene: Scene, event: Event) -> Sequence[tuple[Member, str]]:
    """Who had a seat or came, and what is known of him: seated | attended | absent."""
    rows = registrations.of_event(
        scene.session,
        community_id=scene.community_id,
        event_id=event.id,
        states=_SAT,
    )
    return [(member, row.state) for row, member in rows]


def _check_begun(scene: Scene, event: Event) -> None:
    if event.state == "cancelled":
        raise UserError(f"{item(event)}取消了，不用记到场。")
    if scene.now < event.starts_at:
        raise UserError(f"{item(event)}还没开始，开始后再记到场。")


def _came(scene: Scene, event: Event, row: Registration, member: Member) -> None:
    if row.state == "attended":
        return
    if row.state == "absent":
        _take_back(scene, event, member)
    row.state = "attended"
    feedback.begin(scene, event, row)
    if scene.settings.terms.probation:
        probation.attend(scene, actor=None, member=member)


def _was_absent(scene: Scene, event: Event, row: Registration, member: Member) -> None:
    if row.state == "absent":
        return
    row.state, row.due_at = "absent", None
    strikes.take_back(scene, event, member_id=member.id, reason="feedback")  # he had nothing to say
    why = strikes.give(scene, event, member_id=member.id, reason="absent")
    tell(scene, member=member, text=f"{item(event)}{why}记错了请找管理员改。")


def _take_back(scene: Scene, event: Event, member: Member) -> None:
    if strikes.take_back(scene, event, member_id=member.id, reason="absent"):
        text = f"{item(event)}管理员改记你到场了，上次记的分去掉了。"
        tell(scene, member=member, text=text)


def _walk_in(scene: Scene, event: Event, member: Member) -> Registration:
    """He came without having signed up."""
    row = Registration(
        community_id=scene.community_id, event_id=event.id, member_id=member.id, state="left",
        asked_at=scene.now,
    )  # fmt: skip
    scene.session.add(row)
    return row


def _row(scene: Scene, event: Event, member: Member) -> Registration | None:
    return registrations.get(
        scene.session, community_id=scene.community_id, event_id=event.id, member_id=member.id
    )
