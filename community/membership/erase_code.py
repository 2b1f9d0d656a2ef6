"""The code that confirms an erasure which is asked for on a page: it goes where only he reads."""

from community.actions import Send, Text
from community.errors import UserError
from community.membership import codes
from community.notices import by_mail, send, way_to
from community.scene import Scene
from storage.tables import Member


def send_code(scene: Scene, *, member: Member) -> str:
    """Send a code to the chat that he used last, or by mail; gives where, as he knows it.

    Raises UserError for somebody whom nothing reaches.
    """
    account = way_to(scene, member=member)
    if account is None:
        raise UserError("你没有能收验证码的账号，请联系管理员。")
    code = codes.issue(scene, member=member, purpose="erase")
    name = scene.settings.name
    text = (
        f"你的验证码是 {code}，10 分钟内有效。\n"
        f"有人在「{name}」的网页上要删除你的全部数据。不是你的话，不用管，也不要把验证码告诉别人。"
    )
    letter = Send(
        account=account,
        segments=(Text(text=text),),
        subject=f"{name}：删除数据的验证码",
        forget=True,
    )
    send(scene, letter)
    return f"邮箱 {account.removeprefix('mail:')}" if by_mail(account) else "机器人私聊"
