"""What the audit keeps as verbs and numbers, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

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
            "unmask": "看了匿名作者是谁",
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
            "look": "看了证明文件",
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
            "privacy": "改了隐私设置",
            "mail": "改了邮件订阅",
            "mail_add": "加了邮箱",
            "mail_remove": "去掉了邮箱",
            "word": "捎了句话",
            "meet": "想认识",
            "introduce": "引荐了",
            "erase": "删除了个人资料",
        },
        "event": {
            "host": "办了",
            "change": "改了",
            "call_off": "取消了",
            "attend": "记了到场",
            "sign_up": "报了名",
            "sign_off": "取消了报名",
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

BY_APPLICANT: Final = ("submit", "answer", "withdraw", "supersede")
"""What an applicant does himself; he is no member, so the audit names nobody for it."""

SUBJECTS: Final[Mapping[str, str]] = MappingProxyType(
    {"application": "申请", "post": "帖子", "member": "成员", "event": "活动", "community": "社群"}
)

PRIVACY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "listed": "公开名片",
        "shows_company": "公开公司",
        "shows_contact": "公开联系方式",
        "contact": "联系方式",
    }
)
"""What a change of the privacy is about."""

_PREFIX: Final = {"post": "#", "application": "#A", "member": "M", "event": "E"}


def did(row: Audit) -> str:
    """What was done."""
    return VERBS.get(row.subject, {}).get(row.verb, row.verb)


def number_of(row: Audit) -> str:
    """The thing it was done to, as it is called in the chat."""
    return f"{_PREFIX.get(row.subject, row.subject)}{row.subject_id}"


def own(row: Audit) -> str:
    """What somebody did, as he himself reads it."""
    if row.subject == "community" or (
        row.subject_id in (0, row.actor_id) and row.subject == "member"
    ):
        return did(row)
    return f"{did(row)} {number_of(row)}"
