"""What the conversations about applications have in common."""

from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat

ONE_LINE = "#申请 老友记 姓名 张三 公司 人人网 在职时间 2016-2019 职位 产品经理 城市 北京"
SECRETS = ("张三", "人人网", "2016", "产品经理", "北京")


def applies(chat: Chat, who: str = "小张", text: str = ONE_LINE) -> None:
    """A complete application, up to the admins."""
    chat.says(who, text, private=True)
    assert chat.says(who, "确认", private=True).startswith("收到")


def card_for(chat: Chat, target: str = ADMIN_GROUP) -> str:
    """The id of the last message that the bot sent there."""
    ids = [sent.message_id for action, sent in chat.channel.done if action.target == target]
    assert ids[-1]
    return ids[-1]


def orders(chat: Chat, text: str, who: str = ADMIN, quote: str | None = None) -> str:
    """An admin says it in the admins' group."""
    return chat.says(who, text, group=ADMIN_GROUP, quote=quote)
