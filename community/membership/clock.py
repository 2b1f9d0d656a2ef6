"""What the calendar brings about for members: reminders, and lists for the admins."""

from datetime import time

from community import urls
from community.due import Round
from community.membership import dues, probation, standing
from community.notices import Letter, tell
from community.scene import Scene
from community.vetting.notifications import tell_admins
from storage.queries import communities
from storage.queries.people import memberships
from storage.tables import Member

_DAYTIME = (time(8), time(22))
_COVENANTS_AT_ONCE = 5  # private messages to many people at once get an account blocked


def tick(turn: Round) -> int:
    """Send what is due, by day only. Gives 0: whatever is left comes with the next tick."""
    for one in turn.settings.values():
        terms = one.terms
        if not (terms.dues or terms.probation or terms.covenant.version):
            continue
        if not _DAYTIME[0] <= turn.now.astimezone(one.zone).time() < _DAYTIME[1]:
            continue
        if communities.exists(turn.session, community_id=one.id):
            _remind(turn.scene(one.id), turn.limit)
    return 0


def _remind(scene: Scene, limit: int) -> None:
    terms, here = scene.settings.terms, scene.community_id
    if terms.dues:
        for row, member in memberships.dues_due(
            scene.session, community_id=here, now=scene.now, limit=limit
        ):
            dues.remind(scene, row, member)
    if terms.probation:
        due = memberships.probation_due(
            scene.session, community_id=here, now=scene.now, limit=limit
        )
        over = [member for row, member in due if probation.remind(scene, row, member)]
        if over:
            tell_admins(scene, _list(over))
    if terms.covenant.version:
        _ask_for_covenant(scene)


def _ask_for_covenant(scene: Scene) -> None:
    version = scene.settings.terms.covenant.version
    for member in memberships.without_covenant(
        scene.session, community_id=scene.community_id, version=version, untold=True,
        limit=_COVENANTS_AT_ONCE,
    ):  # fmt: skip
        row = standing.of(scene, member=member)
        changed = "有改动，请再看一遍" if row.covenant else "请看一下"
        row.covenant_told = version
        name = scene.settings.name
        said = f"「{name}」的公约{changed}"
        there = urls.leading("看全文、同意", urls.home(scene.settings, "/covenant"))
        tell(
            scene, member=member,
            text=f"{said}：发 #公约 看全文，同意就发 #同意。",
            letter=Letter(f"{name}：公约{changed.partition('，')[0]}", f"{said}。{there}"),
        )  # fmt: skip


def _list(over: list[Member]) -> str:
    names = "、".join(f"{member.shown}（M{member.id}）" for member in over)
    return (
        f"这些新人 {probation.DAYS} 天里还没参加过活动：{names}。"
        "参加过的发 #到场 加名字；怎么处理由你们定，我不会移除任何人。"
    )
