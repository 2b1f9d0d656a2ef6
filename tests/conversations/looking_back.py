"""What the conversations about matches have in common."""

from tests.conversations.chat import Chat

NEED = "#need 找一位懂跨境电商、做过亚马逊运营的合伙人"
SKILLS = "#名片 技能：跨境电商、亚马逊运营"
OFFER = "#供 做过三年亚马逊运营，跨境电商找合伙人"


def asks_in_vain(chat: Chat, who: str = "张三") -> None:
    assert "暂时没有合适的，以后有合适的，我私下告诉你。" in chat.says(who, NEED)
