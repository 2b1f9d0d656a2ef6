"""What begins when an application is approved."""

from community import urls
from community.membership import blacklist, probation, standing
from community.notices import Letter, tell
from community.scene import Scene
from community.vetting.outcomes import Outcome
from storage.queries import communities
from storage.queries.people import arrivals, memberships
from storage.tables import Application, Member, Membership


def on_outcome(scene: Scene, outcome: Outcome) -> None:
    """A hook of the vetting: whoever was let in is a member, with the covenant before him."""
    member = outcome.member
    if outcome.event != "approve" or member is None:
        return
    standing.restore(scene, member=member)
    row = standing.of(scene, member=member)
    row.role = "member" if row.role == "guest" else row.role
    if outcome.newcomer:
        probation.begin(scene, member=member)
    application = outcome.application
    seated = communities.with_seat(scene.session, account=application.account)
    if application.source != "qq_request" or seated:
        show_covenant(scene, member)


def show_covenant(scene: Scene, member: Member) -> None:
    """Put the covenant before somebody who can be written to: once, unless he has accepted it."""
    covenant, row = scene.settings.terms.covenant, standing.of(scene, member=member)
    if not covenant.version or covenant.version in (row.covenant, row.covenant_told):
        return
    row.covenant_told = covenant.version
    name, text = scene.settings.name, covenant.text.strip()
    there = urls.leading("看完同意，在这里点一下", urls.home(scene.settings, "/covenant"))
    tell(
        scene, member=member,
        text=f"这是「{name}」的公约，看完同意就发 #同意：\n{text}",
        letter=Letter(f"{name}：公约", f"这是「{name}」的公约：\n{text}{there}"),
    )  # fmt: skip


def may_not_apply(scene: Scene, account: str) -> str | None:
    """A bar of the vetting: why this account may not apply."""
    found = blacklist.blacklisted(scene.session, community_id=scene.community_id, account=account)
    if found is None:
        return None
    return f"你在「{scene.settings.name}」的黑名单里，不能申请。有异议请联系管理员。"


def warnings(scene: Scene, application: Application) -> list[str]:
    """Lines for the admins' card: what is known of the applicant, or of his namesakes."""
    session, here = scene.session, scene.community_id
    lines = []
    name = application.answers.get("name", "") or application.name
    for found in blacklist.namesakes(session, community_id=here, name=name):
        day = found.at.astimezone(scene.settings.zone).date()
        lines.append(f"⚠ 黑名单里有同名的人（{day}，{found.reason or '理由已删除'}），请核对。")
    barred = blacklist.blacklisted(session, community_id=here, account=application.account)
    if barred is not None:
        lines.append(f"⚠ 在黑名单里：{barred.reason or '理由已删除'}")
    row = None
    if application.member_id is not None:
        row = memberships.get(session, community_id=here, member_id=application.member_id)
    if row is not None and row.state == "removed" and barred is None:
        lines.append(f"⚠ 曾被移出：{row.reason}")
    if row is not None and row.state == "ended":
        lines.append("以前是成员，自己退出的。")
    return lines + _inside(scene, application, row)


def _inside(scene: Scene, application: Application, row: Membership | None) -> list[str]:
    """Of an applicant who is a member all the same."""
    lines = []
    if application.member_id is not None and (row is None or row.state == "active"):
        lines.append(f"ta 已经是成员（M{application.member_id}），通过就是确认资料、放进群。")
    key = {"community_id": scene.community_id, "account": application.account}
    if arrivals.was_removed(scene.session, **key):
        lines.append("⚠ 被人从群里移出过。")
    return lines
