"""What the tests of people who come into the group share."""

from community.actions import AnswerRequest, SetCard
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat

COMMENT = "姓名：张三；公司：字节；职位：产品经理；城市：北京"
WELCOME = "欢迎 @张三 ！\n张三 · 字节 · 产品经理 · 北京"
RULE = "群名片请用「姓名-公司-职位」"


def answers(chat: Chat) -> list[tuple[bool, str, str]]:
    """What the platform was told of requests in the last turn: yes or no, the flag, the reason."""
    asked = [action for action in chat.did if isinstance(action, AnswerRequest)]
    return [(action.approve, action.flag, action.reason) for action in asked]


def cards(chat: Chat) -> list[tuple[str, str]]:
    """The cards that were set in the last turn."""
    given = [action for action in chat.did if isinstance(action, SetCard)]
    return [(action.account.removeprefix("onebot:"), action.card) for action in given]


def approved(chat: Chat, who: str = "张三", comment: str = COMMENT) -> None:
    """Somebody has asked, and an admin has agreed."""
    chat.requests_to_join(who, comment)
    number = chat.heard(ADMIN_GROUP).split()[0]
    chat.says(ADMIN, f"#通过 {number}", group=ADMIN_GROUP)
