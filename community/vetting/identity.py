"""Who an applicant may be, and who may know him."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from community.scene import Scene
from community.vetting.checking import named_members
from matching import fold
from storage.queries.people import members
from storage.queries.vetting import applications
from storage.tables import Application, Member

_SUFFIX = re.compile(r"(?:有限)?(?:责任)?(?:股份)?(?:有限)?公司$|集团$|科技$")
_YEAR = re.compile(r"(?:19|20)\d{2}|(?<!\d)\d{2}(?!\d)|至?今|现在")
_MONTH = re.compile(r"(?<=\d)(?:\s*年\s*\d{1,2}\s*月|[./]\d{1,2}(?!\d))")
_MOST = 5
_CENTURY = 100


@dataclass(frozen=True)
class Acquaintance:
    """A member who may know the applicant, and why."""

    member: Member
    why: str


def possible_duplicates(scene: Scene, application: Application) -> Sequence[Member]:
    """Members of the same name and company: the same person, or somebody in the roster."""
    name, company = (application.answers.get(key, "") for key in ("name", "company"))
    if not name or not company:
        return []
    ids = [
        id_
        for id_, its, at in members.with_company(scene.session, community_id=scene.community_id)
        if same_company(at, company) and fold(its) == fold(name) and id_ != application.member_id
    ]
    return members.by_ids(scene.session, community_id=scene.community_id, ids=ids)


def in_roster(
    scene: Scene, application: Application, *, among: Sequence[Member] | None = None
) -> Member | None:
    """The only member of that name and company, when nobody has spoken for him yet.

    ``among`` are the ``possible_duplicates``, for whoever has them.
    """
    found = [
        one.id for one in (possible_duplicates(scene, application) if among is None else among)
    ]
    free = members.without_account(scene.session, community_id=scene.community_id, ids=found)
    if len(found) != 1 or not free:
        return None
    return scene.session.get_one(Member, (scene.community_id, free[0]))


def acquaintances(scene: Scene, application: Application) -> list[Acquaintance]:
    """Named vouchers first, then former colleagues; those of the same years before the others."""
    named = named_members(scene, application, application.answers.get("voucher", ""))
    found = {one.id: Acquaintance(one, "申请人写的担保人") for one in named}
    for one in _colleagues(scene, application):
        found.setdefault(one.member.id, one)
    return list(found.values())[:_MOST]


def by_same_person(scene: Scene, application: Application) -> list[Application]:
    """All that the applicant has sent, this among it, the newest first."""
    return applications.by_applicant(
        scene.session,
        community_id=scene.community_id,
        account=application.account,
        member_id=application.member_id,
    )


def past(scene: Scene, application: Application) -> list[Application]:
    """What the same person has sent before, the newest first."""
    sent = by_same_person(scene, application)
    return [one for one in sent if one.id < application.id and one.state != "superseded"]


def same_company(one: str, other: str) -> bool:
    """人人网 and 人人, 拾光科技 and 拾光科技有限公司."""
    short, long = sorted((_core(one), _core(other)), key=len)
    return len(short) > 1 and long.startswith(short)


def years(text: str, now: int) -> tuple[int, int] | None:
    """First and last year that a text speaks of."""
    found = []
    for word in _YEAR.findall(_MONTH.sub("", text)):
        if not word.isdigit():
            found.append(now)
        elif len(word) == 4:
            found.append(int(word))
        else:
            found.append(int(word) + (2000 if int(word) <= now % _CENTURY else 1900))
    return (min(found), max(found)) if found else None


def _colleagues(scene: Scene, application: Application) -> list[Acquaintance]:
    company = application.answers.get("company", "")
    ids = [
        id_
        for id_, _, at in members.with_company(scene.session, community_id=scene.community_id)
        if company and same_company(at, company) and id_ != application.member_id
    ]
    told = _told_years(scene)
    mine = _span(scene, application.answers.get("years", ""))
    known = members.by_ids(scene.session, community_id=scene.community_id, ids=ids)
    same, other = [], []
    for one in known:
        theirs = _span(scene, told.get(one.id, ""))
        if mine and theirs and mine[0] <= theirs[1] and theirs[0] <= mine[1]:
            same.append(Acquaintance(one, f"同公司，{told[one.id]}，时间有重叠"))
        elif one.active:
            other.append(Acquaintance(one, "同公司"))
    return same + other


def _told_years(scene: Scene) -> dict[int, str]:
    """The years that members told when they applied themselves."""
    sent = applications.approved_answers(scene.session, community_id=scene.community_id)
    return {member_id: answers["years"] for member_id, answers in sent if answers.get("years")}


def _span(scene: Scene, text: str) -> tuple[int, int] | None:
    return years(text, scene.now.astimezone(scene.settings.zone).year)


@lru_cache(maxsize=4096)
def _core(company: str) -> str:
    return _SUFFIX.sub("", fold(company).replace(" ", ""))
