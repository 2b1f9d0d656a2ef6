"""What stories about anonymous posts have in common."""

import re

from community.actions import Send
from tests.conversations.chat import GROUP, Chat, account

WHO = "小明"
WISH = "求 想聊聊增长黑客，看看新机会"
_ALIAS = re.compile(r"匿名·\w+")


def works(chat: Chat, **companies: str) -> None:
    """They sit in the group, and have put their companies on their cards."""
    chat.sits(*companies)
    for who, company in companies.items():
        if company:
            chat.says(who, f"#名片 公司 {company}", private=True)
    chat.passes(minutes=1)


def publishes(chat: Chat, who: str = WHO, text: str = WISH) -> str:
    """Asks for it and confirms; gives what the group reads."""
    asked = chat.says(who, f"#匿名 {text}", private=True)
    assert asked.startswith("还没有发布。"), asked
    assert chat.says(who, "发布", private=True).startswith("匿名发布了 #")
    return chat.heard(GROUP)


def alias_in(text: str) -> str:
    """The name under which it was posted."""
    found = _ALIAS.search(text)
    assert found is not None, text
    return found[0]


def told(chat: Chat, who: str) -> list[Send]:
    """What the bot sent to somebody in the last turn."""
    return [one for one in chat.sent if one.target == account(who)]
