"""Entries of the audit in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from community.members.profiles import FIELDS
from community.membership.wording import ROLES
from community.office.audit_wording import BY_APPLICANT, PRIVACY, did, number_of
from community.office.editing_settings import label
from community.scene import Scene
from storage.queries.people import members
from storage.tables import Audit


@dataclass(frozen=True)
class Entry:
    """One line of what happened."""

    number: int
    at: datetime
    who: str
    who_id: int | None  # None: the bot itself, or an applicant
    did: str
    what: str  # the thing it was done to
    subject: str
    subject_id: int
    more: str
    place: str


def in_words(scene: Scene, rows: Sequence[Audit]) -> list[Entry]:
    """The entries as admins read them, in the same order."""
    names = _names(scene, rows)
    return [_entry(scene, row, names) for row in rows]


def _entry(scene: Scene, row: Audit, names: Mapping[int, str]) -> Entry:
    return Entry(
        number=row.id,
        at=row.at,
        who=_who(row, names),
        who_id=row.actor_id,
        did=did(row),
        what=_what(row, names),
        subject=row.subject,
        subject_id=row.subject_id,
        more=_more(row),
        place=_place(scene, row.via),
    )


def _who(row: Audit, names: Mapping[int, str]) -> str:
    if row.actor_id is not None:
        return _named(names, row.actor_id)
    return "申请人" if row.subject == "application" and row.verb in BY_APPLICANT else "机器人"


def _what(row: Audit, names: Mapping[int, str]) -> str:
    if row.subject == "member":
        return _named(names, row.subject_id) if row.subject_id else "（没有点名）"
    if row.subject == "community":
        return "社群"
    return number_of(row)


def _more(row: Audit) -> str:
    """What the details add. They hold ids, states and names of fields, never texts."""
    detail = row.detail
    told: list[str] = []
    if row.verb == "role":
        told.append(f"{_role(detail.get('before'))} → {_role(detail.get('after'))}")
    if clause := detail.get("clause"):
        told.append(f"公约第 {clause} 条")
    if row.verb == "report":
        told.append(f"R{detail.get('report')} {_UPHELD.get(str(detail.get('state')), '')}")
    if fields := detail.get("fields"):
        told.append("、".join(_field(str(one)) for one in fields))
    if settings := detail.get("settings"):
        told.append("、".join(label(str(one)) for one in settings))
    if why := detail.get("why"):
        told.append(f"理由：{why}")
    if row.verb == "erase":
        told.append(_ERASED.get(str(detail.get("posts")), ""))
    elif count := detail.get("posts"):
        told.append(f"撤下 {count} 条帖子")
    return "，".join(one for one in told if one)


_ERASED: Final = {"anonymous": "帖子匿名留下", "removed": "帖子也删了"}
_UPHELD: Final = {"upheld": "成立", "dismissed": "不成立"}


def _role(name: Any) -> str:
    return ROLES.get(str(name), str(name))


def _field(name: str) -> str:
    field = FIELDS.get(name)
    return field.label if field else PRIVACY.get(name, name)


def _place(scene: Scene, via: str) -> str:
    """Where it was said; accounts of people are not shown."""
    if not via:
        return "自动"
    if via == "web":
        return "网页"
    if via == scene.settings.admin_group:
        return "管理群"
    return "群里" if via in scene.settings.groups else "私聊"


def _names(scene: Scene, rows: Iterable[Audit]) -> dict[int, str]:
    ids = {row.actor_id for row in rows if row.actor_id is not None}
    ids |= {row.subject_id for row in rows if row.subject == "member" and row.subject_id}
    found = members.by_ids(scene.session, community_id=scene.community_id, ids=sorted(ids))
    return {one.id: one.shown for one in found}


def _named(names: Mapping[int, str], number: int) -> str:
    return f"{names[number]}（M{number}）" if number in names else f"M{number}"
