"""The good end of a post, and thanks."""

import pytest

from storage.queries import audit, credits, postings
from tests.conversations.chat import ADMIN, OTHER_GROUP, Chat

NEED = "#求 二手投影仪"


def helpers(chat: Chat, number: int = 1) -> list[int]:
    with chat.database.read() as session:
        return credits.of_post(session, community_id="renren", post_id=number)


@pytest.mark.parametrize(
    "text",
    [
        "#done 1",
        "#搞定 #1",
        "＃完成＃１",
        "#已解决 1，谢谢大家",
        "#DONE 1",
        "#搞定 #1谢谢大家",
        "#搞定1",
        "#搞定 第1条",
        "#搞定 多谢各位 #1",
    ],
)
def test_by_number(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", text) == "#1 需求「二手投影仪」办成了，真好。"
    assert (chat.post().state, chat.post(2).state) == ("done", "active")


@pytest.mark.parametrize("text", ["搞定", "完成！", "#搞定", "#done 多谢"])
def test_by_quoting_the_receipt(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    receipt = chat.reply_id
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", text, quote=receipt).startswith("#1 ")
    assert chat.post().state == "done"


@pytest.mark.parametrize("text", ["搞定1", "搞定 #1", "#搞定 1"])
def test_the_number_may_be_said_under_the_receipt_too(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", text, quote=chat.reply_id).startswith("#1 ")
    assert chat.post().state == "done"


@pytest.mark.parametrize("text", ["#搞定 @李四 1", "#搞定 @李四 #1", "#搞定1 @李四"])
def test_the_number_may_stand_behind_the_names(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    assert "谢谢 李四" in chat.says("张三", text)
    assert (chat.post().state, chat.post(2).state) == ("done", "active")


WRONG = (
    *("#搞定 @李四 99", "#撤 A1", "#撤 12345678901", "#续 #A9", "#撤 三", "#撤 第九条", "#撤回 三"),
    *(
        "#撤 No.3",
        "#撤 编号3",
        "#撤 “3”",
        "#撤 （3）",
        "#撤 「3」",
        "#撤 ③",
        "#撤 -3",
        "#撤 #三",
        "#撤 三号",
    ),
    *("#搞定 李四 8", "#撤 3和4", "#撤 三、四", "#没用 三"),
)


@pytest.mark.parametrize("text", WRONG)
def test_no_other_post_is_taken_for_a_number_that_is_wrong(chat: Chat, text: str) -> None:
    chat.says("李四", "#供 二手投影仪")
    chat.says("张三", NEED)
    assert "编号" in chat.says("张三", text)
    assert chat.post(2).state == "active"
    assert chat.says("张三", "#有用").startswith("记下了")


@pytest.mark.parametrize(
    "text",
    [
        "#撤 二",
        "#撤 第二条",
        "#撤 （２）",
        "#撤 “2”",
        "#撤 No.2",
        "#撤 编号2",
        "#撤 编号：#2",
        "#撤 二号",
    ],
)
def test_a_number_as_people_write_it(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    chat.says("张三", "#求 键盘")
    assert chat.says("张三", text).startswith("#2 ")


@pytest.mark.parametrize(
    "text",
    [
        "1 #撤 2",
        "1和2",
        "1 和 2",
        "1-2",
        "1/2",
        "1跟2",
        "#1、#2",
        "第一条和第二条",
        "1 以及 2",
        "一和二",
    ],
)
def test_of_several_numbers_none_is_passed_over(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", f"#撤 {text}").startswith("一次只写一个编号，例如 #撤 ")
    chat.says("张三", "#撤 2")
    assert chat.says("张三", f"#撤 {text}").startswith("一次只写一个编号，例如 #撤 ")
    assert chat.post().state == "active"


@pytest.mark.parametrize(
    "text", ["3个地方都问到了", "第二天就找到了", "一直没人，算了", "十分感谢", "两家都谈妥了"]
)
def test_words_with_figures_are_no_number(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", f"#撤 {text}").startswith("#1 ")


def test_by_quoting_one_s_own_message(chat: Chat) -> None:
    chat.says("张三", NEED)
    source = chat.last_id
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", "#搞定", quote=source).startswith("#1 ")


def test_the_only_one_needs_no_number_and_several_do(chat: Chat) -> None:
    assert "你没有进行中的" in chat.says("张三", "#done")
    chat.says("张三", NEED)
    chat.says("张三", "#求 显示器")
    assert chat.says("张三", "#搞定 买到了").splitlines() == [
        "是哪一条？写上编号，例如 #搞定 2：",
        "#2 需求「显示器」",
        "#1 需求「二手投影仪」",
    ]
    chat.says("张三", "#done 2")
    assert chat.says("张三", "#搞定 3个地方都问到了").startswith("#1 ")


@pytest.mark.both_databases
def test_the_helper_is_credited_and_told_in_private(chat: Chat) -> None:
    chat.says("李四", "#帮助")
    chat.says("张三", NEED)
    reply = chat.says("张三", "#done 1 @李四 @张三")
    assert reply == "#1 需求「二手投影仪」办成了，谢谢 李四！已经转告 ta。"
    assert helpers(chat) == [1]
    assert chat.told("李四") == "张三 说多亏你，#1「二手投影仪」办成了。谢谢你！"
    assert chat.told("张三") == ""
    assert chat.called == []


def test_a_helper_who_never_spoke_is_known_by_the_mention(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "搞定 @王五", quote=chat.reply_id)
    assert helpers(chat) == [2]
    assert "谢谢你" in chat.told("王五")


@pytest.mark.parametrize("text", ["李四", "谢谢李四！", "，感谢 李四"])
def test_a_whole_name_without_an_at_is_enough(chat: Chat, text: str) -> None:
    chat.says("李四", "#帮助")
    chat.says("张三", NEED)
    assert "谢谢 李四" in chat.says("张三", f"#搞定 1 {text}", private=True)
    assert helpers(chat) == [1]


@pytest.mark.parametrize("text", ["李四、王五", "谢谢李四和王五！", "感谢 李四 王五", "李四，王五"])
def test_several_whole_names_without_an_at(chat: Chat, text: str) -> None:
    for who in ("李四", "王五"):
        chat.says(who, "#帮助")
    chat.says("张三", NEED)
    assert "谢谢 李四、王五" in chat.says("张三", f"#搞定 1 {text}")


@pytest.mark.parametrize("text", ["李四、路人", "李四 帮的忙", "李四和他的朋友", "和平、李四"])
def test_one_who_is_no_member_thanks_nobody(chat: Chat, text: str) -> None:
    for who in ("李四", "和平"):
        chat.says(who, "#帮助")
    chat.says("张三", NEED)
    thanked = "谢谢" in chat.says("张三", f"#搞定 1 {text}")
    assert thanked == (text == "和平、李四")


@pytest.mark.parametrize("text", ["李", "李四帮的忙", "张三", "买到了"])
def test_other_words_thank_nobody(chat: Chat, text: str) -> None:
    chat.says("李四", "#帮助")
    chat.says("张三", NEED)
    assert chat.says("张三", f"#搞定 1 {text}") == "#1 需求「二手投影仪」办成了，真好。"


def test_nothing_is_done_while_it_is_unclear_who_helped(chat: Chat) -> None:
    for who in ("甲", "乙"):
        chat.says(who, "#名片 姓名 李四")
    chat.says("张三", NEED)
    assert chat.says("张三", "#搞定 1 李四") == (
        "没认出 李四，没有改动：在群里真的 @ 一下 ta；不用谢谁就只发 #搞定 1。"
    )
    assert chat.post().state == "active"


@pytest.mark.both_databases
def test_nobody_helps_himself(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", "#done 1 @张三") == "#1 需求「二手投影仪」办成了，真好。"
    assert helpers(chat) == []


def test_strangers_may_not(chat: Chat) -> None:
    chat.says("张三", NEED)
    expected = "#1 是 张三 发的，只有 ta 本人或管理员能改。"
    assert chat.says("李四", "#done 1 @李四") == expected
    assert chat.says("李四", "搞定", quote="bot-1") == expected
    assert (chat.post().state, helpers(chat)) == ("active", [])


def test_an_admin_may_and_the_author_is_told(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says(ADMIN, "#done 1").startswith("#1 ")
    assert chat.told("张三") == "管理员 管理员 标记办成了你的 #1「二手投影仪」。"


def test_what_is_over_stays_as_it_is(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#撤 1")
    assert chat.says("张三", "#done 1") == "#1「二手投影仪」已撤下，没有改动。"
    chat.says("张三", "#求 显示器")
    chat.says("张三", "#done 2")
    assert chat.says("张三", "#done 2 @李四") == "#2「显示器」已办成，没有改动。"
    assert helpers(chat, 2) == []


@pytest.mark.parametrize("number", ["99", "999999999", "0"])
def test_an_unknown_number_is_said(chat: Chat, number: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", f"#done {number}").startswith(f"没有 #{int(number)} 这一条")


@pytest.mark.both_databases
def test_numbers_of_another_community_are_unknown(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", "#done 1", group=OTHER_GROUP).startswith("没有 #1")
    assert chat.post().state == "active"


def test_one_number_at_a_time(chat: Chat) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", "#done 1 2") == "一次只写一个编号，例如 #done 1。"
    assert chat.post().state == "active"


def test_a_quoted_message_without_a_post_asks_for_the_number(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#帮助")
    assert "没有对应的编号" in chat.says("张三", "搞定", quote=chat.reply_id)
    assert chat.post().state == "active"


def test_a_done_post_is_found_no_more(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#done 1")
    assert "#1 " not in chat.says("李四", "#供 二手投影仪")
    with chat.database.read() as session:
        assert postings.size(session, community_id="renren", shelf="need") == 0


@pytest.mark.both_databases
def test_the_audit_keeps_who_and_from_where(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#done 1", private=True)
    with chat.database.read() as session:
        last = audit.of(session, community_id="renren", subject="post", subject_id=1)[-1]
    assert (last.verb, last.actor_id, last.via) == ("done", 1, "onebot:张三")
    assert last.detail == {"before": "active"}


def test_a_helper_without_an_account_cannot_be_told(chat: Chat) -> None:
    chat.imports(["姓名", "公司"], ["李思思", "人人网"])
    chat.says("张三", NEED)
    reply = chat.says("张三", "#搞定 1 李思思")
    assert reply.endswith("办成了，谢谢 李思思！我联系不上 李思思，请你转告一声。")
    assert len(helpers(chat)) == 1


def test_an_admin_s_thanks_are_not_the_author_s_words(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says(ADMIN, "#搞定 1 @李四")
    assert chat.told("李四").startswith(f"{ADMIN} 说多亏你，#1「二手投影仪」办成了。")
