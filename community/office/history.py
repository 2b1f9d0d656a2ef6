"""Entries of the audit in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from community.membership.wording import ROLES
from community.office.choosing import label
from community.profiles import FIELDS
from community.scene import Scene
from storage.queries import members
from storage.tables import Audit

VERBS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "post": {
            "post": "发了",
            "collect": "收进了别人的",
            "bump": "顶了上来",
            "edit": "改了内容",
            "renew": "续了期",
            "done": "标记办成了",
            "withdrawn": "撤下了",
            "expire": "到期了",
            "undo": "撤回了上一步",
            "recall": "撤回了消息",
        },
        "application": {
            "submit": "提交了申请",
            "ask": "请申请人补充",
            "answer": "补充了资料",
            "agree": "同意（还要别的管理员）",
            "approve": "通过了",
            "reject": "拒绝了",
            "withdraw": "取消了申请",
            "time_out": "超时作废了",
            "supersede": "被新的申请替换了",
            "hand_over": "转给了别的管理员",
        },
        "member": {
            "profile": "改了名片",
            "mute": "开了勿扰",
            "unmute": "关了勿扰",
            "accept": "同意了公约",
            "attend": "记了到场",
            "dues": "记了会费",
            "role": "改了角色",
            "remove": "移除了",
            "bar": "拉黑了",
            "lift": "恢复了资格",
            "leave": "退出了",
            "report": "处理了举报",
            "link_code": "要了绑定码",
            "link": "绑定了账号",
            "sign_in": "登录了网页",
            "sign_out": "退出了网页",
            "erase": "删除了个人资料",
        },
        "community": {
            "import": "导入了名册",
            "settings": "改了设置",
            "export": "导出了记录",
            "announce": "把图表发到了群里",
        },
    }
)
"""By the kind of thing, and by what was done to it."""

SUBJECTS: Final[Mapping[str, str]] = MappingProxyType(
    {"application": "申请", "post": "帖子", "member": "成员", "community": "社群"}
)
_PREFIX: Final = {"post": "#", "application": "#A"}


@dataclass(frozen=True)
class Entry:
    """One line of what happened."""

    number: int
    at: datetime
    who: str
    who_id: int | None  # None: the bot itself
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
        who="机器人" if row.actor_id is None else _named(names, row.actor_id),
        who_id=row.actor_id,
        did=VERBS.get(row.subject, {}).get(row.verb, row.verb),
        what=_what(row, names),
        subject=row.subject,
        subject_id=row.subject_id,
        more=_more(row),
        place=_place(scene, row.via),
    )


def _what(row: Audit, names: Mapping[int, str]) -> str:
    if row.subject == "member":
        return _named(names, row.subject_id) if row.subject_id else "（没有点名）"
    if row.subject == "community":
        return "社群"
    return f"{_PREFIX.get(row.subject, row.subject)}{row.subject_id}"


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
    if count := detail.get("posts"):
        told.append(f"撤下 {count} 条帖子")
    return "，".join(told)


_UPHELD: Final = {"upheld": "成立", "dismissed": "不成立"}


def _role(name: Any) -> str:
    return ROLES.get(str(name), str(name))


def _field(name: str) -> str:
    field = FIELDS.get(name)
    return field.label if field else name


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
