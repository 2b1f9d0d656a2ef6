"""The good end of a post, and thanks."""

import pytest

from community.members import privacy
from community.members.privacy import Privacy
from storage.queries import audit
from storage.queries.pool import credits, postings
from storage.tables import Member
from tests.conversations.chat import ADMIN, Chat

NEED = "#求 二手投影仪"


def helpers(chat: Chat, number: int = 1) -> list[int]:
    with chat.database.read() as session:
        return credits.of_post(session, community_id="renren", post_id=number)


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


@pytest.mark.parametrize(
    "text",
    [
        "感谢李四师傅",
        "谢谢 李四老师！",
        "李四 先生",
        "多亏了李四总",
        "李四姐，感谢",
        "李四大夫谢谢",
    ],
)
def test_a_title_behind_the_name_is_a_courtesy(chat: Chat, text: str) -> None:
    chat.says("李四", "#帮助")
    chat.says("张三", NEED)
    assert chat.says("张三", f"#搞定 1 {text}").endswith("办成了，谢谢 李四！已经转告 ta。")
    assert helpers(chat) == [1]


@pytest.mark.parametrize("text", ["感谢李四师傅、王五老师", "谢谢李四和王五两位老师！"])
def test_several_with_titles(chat: Chat, text: str) -> None:
    for who in ("李四", "王五"):
        chat.says(who, "#帮助")
    chat.says("张三", NEED)
    assert "谢谢 李四、王五！" in chat.says("张三", f"#搞定 1 {text}")


def test_whose_name_is_with_the_title_goes_first(chat: Chat) -> None:
    for who in ("李四", "李四老师"):
        chat.says(who, "#帮助")
    chat.says("张三", NEED)
    assert "谢谢 李四老师！" in chat.says("张三", "#搞定 1 感谢李四老师")


@pytest.mark.parametrize("who", ["王师傅", "李总", "欧阳老师"])
def test_a_titled_one_whom_nobody_is_called_is_told(chat: Chat, who: str) -> None:
    for name in ("李四", "李", "欧阳修文"):
        chat.says(name, "#帮助")
    chat.says("张三", NEED)
    assert chat.says("张三", f"#搞定 1 感谢{who}！") == (
        f"#1 需求「二手投影仪」办成了，真好。没认出 {who}，没能转告 ta；"
        "ta 在群里的话，先发 #撤回，再发 #搞定 1 @ta。"
    )
    assert helpers(chat) == []
    assert "还在进行中" in chat.says("张三", "#撤回")
    assert "谢谢 李四！" in chat.says("张三", "#搞定 1 @李四")


def test_a_titled_name_that_two_bear_changes_nothing(chat: Chat) -> None:
    for who in ("甲", "乙"):
        chat.says(who, "#名片 姓名 李四")
    chat.says("张三", NEED)
    assert chat.says("张三", "#搞定 1 感谢李四师傅").startswith("没认出 李四师傅，没有改动")
    assert chat.post().state == "active"


@pytest.mark.parametrize("text", ["李四、路人", "李四 帮的忙", "李四和他的朋友", "和平、李四"])
def test_one_who_is_no_member_thanks_nobody(chat: Chat, text: str) -> None:
    for who in ("李四", "和平"):
        chat.says(who, "#帮助")
    chat.says("张三", NEED)
    thanked = "谢谢" in chat.says("张三", f"#搞定 1 {text}")
    assert thanked == (text == "和平、李四")


@pytest.mark.parametrize(
    "text",
    [
        "李", "李四帮的忙", "张三", "买到了", "没到一天就有人回了",
        "感谢各位老师", "谢谢大哥", "谢谢老师！", "找到一位老师", "感谢群里的律师",
    ],
)  # fmt: skip
def test_other_words_thank_nobody(chat: Chat, text: str) -> None:
    chat.says("李四", "#帮助")
    chat.says("张三", NEED)
    assert chat.says("张三", f"#搞定 1 {text}") == "#1 需求「二手投影仪」办成了，真好。"


@pytest.mark.parametrize("text", ["没找到，不用了", "最后没办成", "没有买到", "没成。"])
def test_what_came_to_no_good_end_is_not_done(chat: Chat, text: str) -> None:
    chat.says("张三", NEED)
    assert chat.says("张三", f"#搞定 1 {text}") == (
        "没有改动：没办成就发 #撤 1；办成了只发 #搞定 1。"
    )
    assert chat.post().state == "active"


def test_nothing_is_done_while_it_is_unclear_who_helped(chat: Chat) -> None:
    for who in ("甲", "乙"):
        chat.says(who, "#名片 姓名 李四")
    chat.says("张三", NEED)
    assert chat.says("张三", "#搞定 1 李四") == (
        "没认出 李四，没有改动：在群里真的 @ 一下 ta；不用谢谁就只发 #搞定 1。"
    )
    assert chat.post().state == "active"


@pytest.mark.both_databases
def test_who_is_not_listed_is_found_by_no_part_of_his_name(chat: Chat) -> None:
    chat.says("欧阳修文", "#帮助")
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 1))
        privacy.choose(scene, member=member, chosen=Privacy(listed=False))
    chat.says("张三", NEED)
    assert chat.says("张三", "#搞定 1 ＠欧阳").startswith("没认出 @欧阳，没有改动")
    assert chat.says("张三", "#没用 ＠欧阳").startswith("没认出 @欧阳")
    assert "谢谢 欧阳修文" in chat.says("张三", "#搞定 1 ＠欧阳修文")


def test_a_guest_who_sees_no_cards_finds_nobody_by_part_of_his_name(chat: Chat) -> None:
    chat.says("欧阳修文", "#帮助")
    chat.says("张三", NEED)
    chat.says(ADMIN, "#角色 @张三 访客")
    assert chat.says("张三", "#搞定 1 ＠欧阳").startswith("没认出 @欧阳，没有改动")
    assert "谢谢 欧阳修文" in chat.says("张三", "#搞定 1 ＠欧阳修文")


def test_who_is_not_listed_and_was_shown_is_found(chat: Chat) -> None:
    chat.says("欧阳修文", "#供 二手投影仪")
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 1))
        privacy.choose(scene, member=member, chosen=Privacy(listed=False))
    assert "#1 " in chat.says("张三", NEED)
    assert "谢谢 欧阳修文" in chat.says("张三", "#搞定 2 ＠欧阳")


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


def test_a_done_post_is_found_no_more(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("张三", "#done 1")
    assert "#1 " not in chat.says("李四", "#供 二手投影仪")
    with chat.database.read() as session:
        assert postings.size(session, community_id="renren", shelf="need") == 0


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
