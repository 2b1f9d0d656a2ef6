"""The card of somebody in a group: set where the bot can, else asked for, with restraint."""

from datetime import timedelta

from community.actions import Mention, Send, SetCard, Text
from community.members import nicknames
from community.notices import enqueue
from community.scene import Scene
from storage.queries.people import arrivals, people
from storage.tables import Arrival, Member

LOOKS = (timedelta(0), timedelta(hours=24), timedelta(hours=72))
"""When the card of a newcomer is looked at, from his coming on."""


def check_card(
    scene: Scene, arrival: Arrival, *, card: str, name: str, member: Member | None
) -> bool:
    """Look at a newcomer's card; gives whether it is wrong and this was the last look."""
    if nicknames.fits(scene.settings.nickname, card):
        arrival.due_at = None
        return False
    arrival.looks += 1
    last = arrival.looks >= len(LOOKS)
    # However long the bot was off, nobody is asked twice within a day.
    later = None if last else max(arrival.since + LOOKS[arrival.looks], scene.now + LOOKS[1])
    arrival.due_at = later
    _see_to(scene, arrival, card or name, member)
    return last


def remind(scene: Scene, arrival: Arrival, *, card: str, name: str, member: Member | None) -> None:
    """A card that was right is so no more: say it once, and change nothing of it."""
    if arrival.reminded or arrival.due_at is not None:
        return
    arrival.reminded = True
    enqueue(scene, _please(scene, arrival, card or name, member))


def on_profile_changed(scene: Scene, member: Member) -> None:
    """The member has changed his profile: a card that only lacked that is seen to at once."""
    if nicknames.filled_pattern(scene.settings.nickname, member) is None:
        return
    accounts = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    for arrival in arrivals.waiting(
        scene.session,
        community_id=scene.community_id,
        accounts=[account.address for account in accounts],
    ):
        _see_to(scene, arrival, member.shown, member)


def _see_to(scene: Scene, arrival: Arrival, shown: str, member: Member | None) -> None:
    """Set the card where it is known what it should be; else, or where that fails, ask."""
    please = _please(scene, arrival, shown, member)
    wished = None if member is None else nicknames.filled_pattern(scene.settings.nickname, member)
    if wished is None:
        enqueue(scene, please)
        return
    group, account = arrival.group_address, arrival.account
    enqueue(scene, SetCard(group=group, account=account, card=wished, otherwise=please))


def _please(scene: Scene, arrival: Arrival, shown: str, member: Member | None) -> Send:
    """The request in private, with the text to copy; in the group where that is refused."""
    pattern = scene.settings.nickname
    wished = None if member is None else nicknames.filled_pattern(pattern, member)
    rule = f"群名片请用「{nicknames.described(pattern)}」"
    private = f"你好，{scene.settings.name}的{rule}，方便大家认识你。"
    if wished is not None:
        private += f"请把你在群里的昵称改成下面这行，可以直接复制：\n{wished}"
    else:
        private += f"例如：{nicknames.example(pattern)}"
        lacking = [] if member is None else nicknames.missing(pattern, member)
        if lacking:
            fill = " ".join(f"{label} …" for label in lacking)
            private += f"\n我还不知道你的{'、'.join(lacking)}：发 #名片 {fill} 告诉我。"
    group = arrival.group_address
    aloud = f"{rule}，例如：{wished or nicknames.example(pattern)}"
    return Send(
        account=arrival.account,
        via_group=group,
        segments=(Text(text=private),),
        otherwise=Send(
            group=group, segments=(Mention(account=arrival.account, name=shown), Text(text=aloud))
        ),
    )
