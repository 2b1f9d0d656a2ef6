"""Who may do what in the community."""

import re

from community.errors import UserError
from community.membership import roles
from community.membership.wording import ROLES
from community.rights import Role, role_of
from handlers.framework.context import Context
from handlers.framework.feature import Call, Feature
from handlers.framework.targets import meant_member
from matching import fold

feature = Feature(
    "role",
    usage="#角色 @谁 运营（管理员、运营、成员、访客；后面可写理由）",
    summary="看或改一位成员的角色",
    order=310,
    admin=True,
)

_WORD = re.compile(r"(\S+)\s*(.*)", re.DOTALL)
_ROLES: dict[str, Role] = {
    "管理员": "admin",
    "管理": "admin",
    "admin": "admin",
    "运营": "operator",
    "operator": "operator",
    "成员": "member",
    "member": "member",
    "访客": "guest",
    "嘉宾": "guest",
    "guest": "guest",
}


@feature.command("role", "角色")
def role(ctx: Context, call: Call) -> str:
    """List the roles, show one, or give one."""
    if not call.body and not ctx.message.mentions and ctx.message.quoted is None:
        return _all(ctx)
    meant = meant_member(ctx, call)
    word = _WORD.fullmatch(meant.rest)
    if word is None:
        return f"{meant.member.shown} 是{ROLES[role_of(ctx.scene, meant.member)]}。"
    wanted = _ROLES.get(fold(word[1]))
    if wanted is None:
        raise UserError(f"没有「{word[1][:10]}」这个角色，可以写：管理员、运营、成员、访客。")
    before = roles.give(
        ctx.scene, actor=ctx.member, member=meant.member, role=wanted, reason=word[2].strip()
    )
    return f"{meant.member.shown} 从{ROLES[before]}改成了{ROLES[wanted]}，已经告诉 ta。"


def _all(ctx: Context) -> str:
    held = roles.holders(ctx.scene)
    lines = [f"群主：配置文件里的管理员 {len(ctx.scene.settings.admins)} 个账号"]
    for name, members in held.items():
        lines.append(f"{ROLES[name]}：{'、'.join(one.shown for one in members)}")
    return "\n".join([*lines, f"改角色：{feature.usage.partition('（')[0]}"])
