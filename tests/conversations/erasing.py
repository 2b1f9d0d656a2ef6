"""Somebody who leaves traces everywhere, and wants to be erased."""

import re

from sqlalchemy import select

from storage.tables import Table
from tests.conversations.chat import Chat

WHO = "欧阳修文"
CODE = re.compile(r"\d{6}")
TEXT = "找一位懂跨境电商的合伙人，我的微信 xiuwen_1007"


def lives(chat: Chat) -> None:
    """He posts, follows, is thanked, sits in the group, is spoken of; others go on."""
    chat.sits(WHO, "小红", "小刚")
    chat.says(WHO, f"#需求 {TEXT}")
    chat.says(WHO, "#供 办公桌六张，科技园自提")
    chat.says(WHO, "#名片 公司 字节 职位 产品经理 技能 增长、投放")
    chat.says(WHO, "#订阅 投影仪")
    chat.says("小红", "#供 跨境电商的老手，可以合伙")
    chat.says("小红", "#求 一台咖啡机")
    chat.says("小红", f"#搞定 4 @{WHO}")
    chat.says("小刚", "#供 投影仪一台")
    chat.says("小红", f"#谁是 @{WHO}")
    chat.says(WHO, "#勿扰", private=True)


def asks(chat: Chat, who: str = WHO) -> str:
    """He wants to be erased; gives the code."""
    code = CODE.search(chat.says(who, "#删除我的数据", private=True))
    assert code is not None
    return code[0]


def found(chat: Chat, *words: str) -> list[str]:
    """The tables that hold one of the words in any column."""
    hits = []
    with chat.database.read() as session:
        for table in Table.metadata.sorted_tables:
            rows = [str(tuple(row)) for row in session.execute(select(table))]
            hits += [f"{table.name}: {row}" for row in rows if any(word in row for word in words)]
    return hits
