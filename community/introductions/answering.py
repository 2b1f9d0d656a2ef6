"""A yes or a no to being put in touch, and what follows from two yeses."""

from community.errors import UserError
from community.introductions import chasing, contacts, parties, wording
from community.introductions.parties import HALVES, Half
from community.learning import labels
from community.membership import standing
from community.notices import tell
from community.scene import Scene
from storage.queries.people import introductions
from storage.tables import Introduction, Member

_OPEN = ("asked", "declined")
_NOBODY = "没有 I{number} 这个引荐。"
_OWN = "看自己的：私聊我发 #我的引荐"


def by_number(scene: Scene, *, number: int, person: Member) -> Introduction:
    """The introduction, if the person has to do with it. Raises UserError."""
    row = scene.session.get(Introduction, (scene.community_id, number))
    if row is None or parties.side_of(scene, row, person) is None:
        raise UserError(_NOBODY.format(number=number), back=_OWN)
    return row


def awaits(scene: Scene, row: Introduction, person: Member) -> bool:
    """It is the person's turn to say whether he is willing."""
    half = parties.side_of(scene, row, person)
    return half in HALVES and row.state in _OPEN and row.due_at is not None and not _said(row, half)


def may_take_back(scene: Scene, row: Introduction, person: Member) -> bool:
    """The person has said yes, and does not know yet what the other one says."""
    half = parties.side_of(scene, row, person)
    waits = row.state in _OPEN and row.due_at is not None
    return half in HALVES and waits and _said(row, half) == "yes"


def agree(scene: Scene, *, row: Introduction, person: Member, contact: str = "") -> bool:
    """The person is willing; True: so are both, and each has been told how to reach the other.

    ``contact`` is given in place of what is known of him. Raises UserError.
    """
    half = _check_turn(scene, row, person)
    other = parties.named(scene, row, parties.other(half))
    if standing.is_out(scene, member=parties.reader(scene, other)):
        raise UserError(f"{other.shown} 已经不是成员了，I{row.id} 就算过去了。")
    given = contacts.answering(scene, member=person, said=contact)
    if not given:
        example = wording.command(scene, row, "愿意", person)
        raise UserError(
            "还没有记下：对方怎么联系你？",
            back=f"写在后面，例如 {example} 微信 abc123，只给这一位。",
        )
    _say(row, half, "yes", "" if row.state == "declined" else given)
    if row.state == "declined" or "" in (row.asker_said, row.asked_said):
        return False
    _put_in_touch(scene, row)
    return True


def decline(scene: Scene, *, row: Introduction, person: Member) -> None:
    """The person is not, or not any more; nobody is told. Raises UserError."""
    half = _check_turn(scene, row, person, taking_back=True)
    _say(row, half, "no")
    if half == "asker" and row.introducer_id is None:
        chasing.lapse(row)
    else:  # the other one must not see that anything has changed
        row.state, row.asker_contact, row.asked_contact = "declined", "", ""


def _check_turn(
    scene: Scene, row: Introduction, person: Member, *, taking_back: bool = False
) -> Half:
    """Which of the two the person is, if he may answer. Raises UserError."""
    half = parties.side_of(scene, row, person)
    if half is None:
        raise UserError(_NOBODY.format(number=row.id), back=_OWN)
    if half == "introducer":
        raise UserError(f"I{row.id} 是你引荐的，愿不愿意由他们两位说。")
    other = parties.named(scene, row, parties.other(half)).shown
    again = f"想认识 {other}，发 #认识 {other} 加一句话。"
    if row.state == "agreed":
        raise UserError(f"I{row.id} 已经牵上线了，你和 {other} 都拿到了联系方式，收不回来。")
    if row.state not in _OPEN or row.due_at is None or row.due_at <= scene.now:
        raise UserError(f"I{row.id} 已经过去了。", back=again)
    said = _said(row, half)
    if said == "no":
        raise UserError(f"I{row.id} 你已经说了不。", back=again)
    if said == "yes" and not taking_back:
        raise UserError(f"I{row.id} 你已经说过愿意，在等对方回复。")
    return half


def _said(row: Introduction, half: Half) -> str:
    return row.asker_said if half == "asker" else row.asked_said


def _say(row: Introduction, half: Half, word: str, contact: str = "") -> None:
    if half == "asker":
        row.asker_said, row.asker_contact = word, contact
    else:
        row.asked_said, row.asked_contact = word, contact


def _put_in_touch(scene: Scene, row: Introduction) -> None:
    """Each reads how to reach the other, of which nothing is kept; other questions are idle."""
    given = {"asker": row.asked_contact, "asked": row.asker_contact}
    for half in HALVES:
        text = wording.met(scene, row, half, contact=given[half])
        tell(scene, member=parties.named(scene, row, half), text=text, forget=True)
    if row.introducer_id is not None:
        introducer = parties.reader(scene, parties.named(scene, row, "introducer"))
        if introducer.active:
            tell(scene, member=introducer, text=wording.introduced(scene, row))
    row.state, row.agreed_at = "agreed", scene.now
    chasing.forget_words(row)
    chasing.wait(scene, row)
    one, two = (parties.named(scene, row, half) for half in HALVES)
    for same in introductions.open_of(
        scene.session, community_id=scene.community_id, ids=(one.id, two.id)
    ):
        if same.id != row.id:
            chasing.lapse(same)
    post = wording.post_of(scene, row)
    labels.record_interest(scene, by=one, about=two, source="word", post=post)
