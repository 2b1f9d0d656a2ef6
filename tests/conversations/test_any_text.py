"""Whatever people type, the bot never runs into trouble of its own."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.incoming.processor import FAILURE_TEXT
from tests.conversations.chat import ADMIN, Chat

pytestmark = pytest.mark.both_databases

WORDS = (
    "#need ", "#求 ", "#供", "#done ", "搞定", "#改 1 ", "#撤 ", "#撤回 ", "#续 1", "#收", "不要",
    "#申请 老友记 ", "#申请", "取消", "确认", "#通过 A1", "#拒绝 A1 ", "#补充 A1", "#待审",
    "#转 A1 ", "认识", "姓名 张三 公司 人人网 在职时间 2016 职位 产品 城市 北京",
    "#我的", "#找 ", "@张三 ", "跨境电商", "招 Java 工程师", "\n", "１", "12", "#", "「", "」",
    "👨‍👩‍👧", "𠮷", "\0", "\ud800", "%", "'", "{0}",
)  # fmt: skip


def test_any_text(chat: Chat) -> None:
    said = ["m0"]

    @settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=10),
        st.sampled_from(["甲", "乙", "丙", ADMIN]),
        st.booleans(),
        st.booleans(),
    )
    def say(words: list[str], who: str, quoting: bool, private: bool) -> None:
        quote = said[-1] if quoting else None
        chat.says(who, "".join(words), quote=quote, private=private)
        said.append(chat.last_id)
        assert FAILURE_TEXT not in [send.text for send in chat.sent]

    say()
