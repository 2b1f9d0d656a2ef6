"""Several commands in one message, a line each: all of them are carried out."""

import pytest

from community.rules import Limits
from storage.queries.pool import credits
from tests.conversations.chat import ADMIN, Chat
from tests.conversations.conftest import ChatMaker


def states(chat: Chat, *numbers: int) -> list[str]:
    return [chat.post(number).state for number in numbers]


@pytest.fixture
def pool(chat: Chat) -> Chat:
    """张三 has three posts, and 李四 is known."""
    chat.sits("张三", "李四", "李四光")
    for text in ("#求 律师", "#求 二手投影仪", "#供 闲置显示器三台"):
        chat.says("张三", text)
    return chat


@pytest.mark.both_databases
def test_each_line_is_carried_out_and_one_message_answers(pool: Chat) -> None:
    answer = pool.says("张三", "#撤 1\n#搞定 2 @李四\n\n＃续 3")
    assert answer.splitlines() == [
        "#1 需求「律师」撤下了。手滑了就发 #撤回（10 分钟内）。",
        "#2 需求「二手投影仪」办成了，谢谢 李四！已经转告 ta。",
        "#3 刚发不久，3 天后再续；到期前我会提醒你。",
    ]
    assert states(pool, 1, 2, 3) == ["withdrawn", "done", "active"]
    assert len([send for send in pool.sent if send.group]) == 1


def test_numbers_may_run_into_the_words(pool: Chat) -> None:
    answer = pool.says("张三", "#撤1\n#搞定第2条谢谢@李四\n#撤3号")
    assert [line[:2] for line in answer.splitlines()] == ["#1", "#2", "#3"]
    assert states(pool, 1, 2, 3) == ["withdrawn", "done", "withdrawn"]


@pytest.mark.both_databases
def test_what_is_refused_leaves_no_trace_and_the_rest_is_done(pool: Chat) -> None:
    pool.says("李四", "#求 面包车")
    answer = pool.says("张三", "#搞定 1 @李四 @路人\n#撤 4\n#撤 99\n#撤 2")
    assert [line.partition(" ")[0] for line in answer.splitlines()] == ["#1", "#4", "没有", "#2"]
    assert states(pool, 1, 2, 3, 4) == ["done", "withdrawn", "active", "active"]


def test_who_is_mentioned_in_a_line_is_meant_there(pool: Chat) -> None:
    pool.says("张三", "#搞定 1 @李四光\n#搞定 2 @李四\n#搞定 3")
    with pool.database.read() as session:
        thanked = [credits.of_post(session, community_id="renren", post_id=n) for n in (1, 2, 3)]
    assert [len(one) for one in thanked] == [1, 1, 0]
    assert thanked[0] != thanked[1]


def test_a_command_of_another_kind_is_no_part_of_the_first(pool: Chat) -> None:
    assert "「跨境电商」，" in pool.says("张三", "#订阅 跨境电商\n#我的")
    assert pool.says("张三", "#订阅").startswith("你订阅了：「跨境电商」\n")
    pool.says("张三", "#勿扰")
    assert pool.says("张三", "#勿扰 关\n#我的").startswith("好，有合适的会再 @ 你。\n\n你进行中的")
    pool.says("张三", "#名片 公司 字节\n职位 产品经理\n#找 投影仪")
    assert "公司：字节 · 职位：产品经理\n" in pool.says("张三", "#名片")


def test_a_post_and_commands_around_it(pool: Chat) -> None:
    answer = pool.says("张三", "#撤 1\n#求 会计师\n深圳，兼职\n#改 2 新的投影仪\n#撤3")
    assert "已记下 #4 需求：会计师，深圳\n" in answer
    assert "改好了 #2 需求：新的投影仪\n" in answer
    assert states(pool, 1, 2, 3, 4) == ["withdrawn", "active", "withdrawn", "active"]


@pytest.mark.parametrize(
    "text",
    [
        "#求 会计师\n#找工作 #深圳",
        "#求 会计师\n#求 审计师",
        "#求 会计师\n#完成 年度审计\n#帮助",
        "#求 会计师\n#完成 2024 年度审计",
        "#改 1 会计师\n#求 审计师",
        "#改 1\n#求 会计师\n二三线城市都行",
    ],
)
def test_the_text_of_a_post_may_hold_tags(pool: Chat, text: str) -> None:
    answer = pool.says("张三", text)
    number = 1 if text.startswith("#改") else 4
    assert f"#{number} 需求：会计师" in answer
    assert states(pool, 1, 2, 3) == ["active"] * 3
    assert f"（{max(number, 3)} 条）" in pool.says("张三", "#我的")
    kept = pool.post(number).text
    assert kept.split("\n")[1:] == text.split("\n")[1 if number == 4 else -1 :]


def test_two_posts_with_something_between_are_not_kept(pool: Chat) -> None:
    answer = pool.says("张三", "#求 会计师\n#撤 1\n#供 投影仪")
    assert answer == "一条消息里有几条需求或供给，没有改动：请分开发，一条消息一条。"
    assert states(pool, 1, 2, 3) == ["active"] * 3
    assert "#4 " in pool.says("张三", "#求 会计师")


def test_too_many_at_once_change_nothing(pool: Chat) -> None:
    answer = pool.says("张三", "#撤 1\n" + "#我的\n" * 10)
    assert answer == "一条消息最多 10 个指令，这里有 11 个，没有改动：请分几条发。"
    assert states(pool, 1) == ["active"]


def test_what_is_for_one_alone_is_said_in_private(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=1))
    chat.says("张三", "#求 律师")
    assert chat.says("张三", "#撤 1\n#求 会计师") == (
        "#1 需求「律师」撤下了。手滑了就发 #撤回（10 分钟内）。"
    )
    assert chat.told("张三").endswith("明天可以再发：\n#求 会计师")


def test_the_same_twice_is_answered_once(pool: Chat) -> None:
    assert pool.says("张三", "#订阅\n#订阅").count("你还没有订阅") == 1
    assert pool.says("陌生人", "#我的\n#撤 1", private=True).count("我还不认识你") == 1


def test_quoting_the_answer_means_the_post_that_all_of_it_is_about(pool: Chat) -> None:
    pool.says("张三", "#改 1 劳动法律师\n#订阅 会计师")
    assert pool.says("张三", "撤", quote=pool.reply_id).startswith("#1 需求「劳动法律师」撤下了")
    pool.says("张三", "#改 2 新的投影仪\n#改 3 显示器三台")
    assert "没有对应的编号" in pool.says("张三", "撤", quote=pool.reply_id)


def test_a_report_is_handed_on_as_it_was_written(pool: Chat) -> None:
    pool.says(ADMIN, "#帮助")
    text = "#举报 第3条 @李四 一直在刷：\n#出 假发票\n#求 假发票"
    pool.says("张三", text, private=True)
    assert "#4 " in pool.says("张三", "#求 会计师")


def test_a_message_with_a_name_in_front(pool: Chat) -> None:
    assert (
        pool.says("张三", "@李四 #搞定 1\n#撤 2")
        .splitlines()[0]
        .endswith("谢谢 李四！已经转告 ta。")
    )
    assert states(pool, 1, 2) == ["done", "withdrawn"]


def test_the_next_order_of_an_admin_is_no_part_of_his_reason(pool: Chat) -> None:
    pool.says(ADMIN, "#帮助")
    pool.says("李四", "#帮助")
    pool.says("李四光", "#帮助")
    answer = pool.says(ADMIN, "#移除 M3 一直刷屏\n#移除 M4 也在刷屏", private=True)
    assert [line.split("，")[0] for line in answer.splitlines()] == ["已移除 李四", "已移除 李四光"]
    assert pool.told("李四光").count("刷屏") == pool.told("李四").count("刷屏") == 1
    assert "#5 " not in pool.says("张三", "#供 二手电脑\n#处理 R5 3600 一台")
    assert pool.post(4).text.endswith("\n#处理 R5 3600 一台")
