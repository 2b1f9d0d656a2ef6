"""Removing somebody, keeping him out, and taking that back. Whoever it concerns hears why."""

from community import urls
from community.actions import Kick, Send, Text
from community.errors import UserError
from community.group_names import group_names
from community.membership import blacklist, reports, standing
from community.membership.covenant import check_clause
from community.membership.history import note
from community.membership.roles import check_outranks
from community.notices import Letter, enqueue, tell
from community.scene import Scene
from storage.queries.people import people, personal
from storage.tables import Member

LONGEST_REASON = 300


def remove(
    scene: Scene, *, actor: Member, member: Member, clause: int, reason: str, bar: bool = False
) -> int:
    """End the membership, with ``bar`` for good; gives how many posts were withdrawn.

    Raises UserError. The member reads clause and reason, whoever reported him reads that it was
    done, and the groups are asked to let him go.
    """
    check_outranks(scene, actor=actor, member=member)
    _check_reason(reason)
    check_clause(scene, clause)
    if standing.is_out(scene, member=member) and not bar:
        raise UserError(f"{member.shown} 已经不是成员了，没有改动。")
    if bar and blacklist.is_barred(scene.session, member):
        raise UserError(f"{member.shown} 已经在黑名单里，没有改动。")
    withdrawn = standing.end(scene, member=member, state="removed", actor=actor)
    row = standing.of(scene, member=member)
    row.clause, row.reason = clause, reason
    accounts = _accounts(scene, member)
    if bar:
        blacklist.bar(
            scene.session, member=member, accounts=accounts, by=actor, clause=clause,
            reason=reason, at=scene.now,
        )  # fmt: skip
    note(scene, member_id=member.id, verb="bar" if bar else "remove", actor=actor, clause=clause)
    told = _told(scene, clause, reason, bar=bar)
    data = urls.leading("要看或删除自己的资料", urls.home(scene.settings, "/me/data"))
    tell(
        scene, member=member, text=f"{told}；要看或删除自己的资料，发 #我的数据。",
        letter=Letter("", f"{told}。{data}"),
    )  # fmt: skip
    reports.uphold_open(scene, actor=actor, about=member, answer="已移出社群")
    _kick(scene, actor, member, accounts, bar=bar)
    return withdrawn


def lift(scene: Scene, *, actor: Member, member: Member, reason: str) -> bool:
    """Take back a removal or a bar; gives whether there was a bar. Raises UserError."""
    if not standing.is_out(scene, member=member):
        raise UserError(f"{member.shown} 现在就是成员，没有什么要解除的。")
    barred = blacklist.unbar(scene.session, member=member)
    scene.session.flush()
    standing.restore(scene, member=member)
    note(scene, member_id=member.id, verb="lift", actor=actor, bar=barred)
    because = f"理由：{reason}。" if reason else ""
    text = f"管理员 {actor.shown} 恢复了你在「{scene.settings.name}」的成员资格。{because}"
    tell(scene, member=member, text=f"{text}撤下的需求和供给不会自己回来，还要的请重新发。")
    return barred


def _check_reason(reason: str) -> None:
    if not reason:
        raise UserError("要写上理由，本人会看到。例如：#移除 @谁 第3条 多次发广告")
    if len(reason) > LONGEST_REASON:
        over = len(reason) - LONGEST_REASON
        raise UserError(f"理由最多 {LONGEST_REASON} 字，超出 {over} 字。")


def _told(scene: Scene, clause: int, reason: str, *, bar: bool) -> str:
    also = "，并列入黑名单" if bar else ""
    basis = f"依据公约{scene.settings.terms.covenant.named(clause)}，" if clause else ""
    return (
        f"管理员把你移出了「{scene.settings.name}」{also}。{basis}理由：{reason}\n"
        "你的需求和供给已经撤下。有异议请联系管理员"
    )


def _accounts(scene: Scene, member: Member) -> list[str]:
    held = people.accounts(scene.session, community_id=scene.community_id, member_id=member.id)
    return [account.address for account in held]


def _kick(scene: Scene, actor: Member, member: Member, accounts: list[str], *, bar: bool) -> None:
    """Where a platform does not let the bot do it, the admins read that they have to."""
    known = people.accounts(scene.session, community_id=scene.community_id, member_id=actor.id)
    group = scene.settings.admin_group
    told = None if group else next((one.address for one in known), None)
    seats = personal.seats(scene.session, member=member, accounts=accounts)
    named = group_names(scene, [seat.group_address for seat in seats])
    for seat in seats:
        if seat.left_at is not None:
            continue
        text = f"我没法把 {member.shown} 请出群「{named[seat.group_address]}」，请管理员手动移出。"
        to = Send(group=group, account=told, segments=(Text(text=text),))
        kick = Kick(group=seat.group_address, account=seat.account, for_good=bar, otherwise=to)
        enqueue(scene, kick)
