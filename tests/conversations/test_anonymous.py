"""Anonymous posts: asked for in private, shown as they will be read, confirmed, announced."""

import pytest

from community.rules import Limits
from community.settings import AnonymousKey
from community.updates import Message, Sender
from tests.conversations.anonymity import WHO, WISH, alias_in, publishes, works
from tests.conversations.chat import GROUP, OTHER_GROUP, Chat, account
from tests.conversations.conftest import ChatMaker


def test_the_author_reads_what_will_be_read(chat: Chat) -> None:
    works(chat, 小明="腾讯", 李四="阿里")
    text = "求 在深圳市腾讯计算机系统有限公司做数据，想聊聊增长，微信 abc12345，小明"
    asked = chat.says(WHO, f"#匿名 {text}", private=True)
    alias = alias_in(asked)
    assert asked == (
        "还没有发布。大家会看到的需求：\n"
        f"｜{alias}\n"
        "｜在［某公司］做数据，想聊聊增长，［已隐去］\n"
        "去掉了：微信 abc12345、小明、深圳市腾讯计算机系统有限公司\n"
        "公司写「腾讯」的成员看不到。没写公司的人，我认不出是不是你同事。\n"
        "会在「100」里说。\n"
        "别的话里认得出你的，自己再看一遍：发出去就收不回来。\n"
        "就这样发，回 发布（一小时内有效）；要改，重新发 #匿名；不发了，回 取消。"
    )
    assert [one.target for one in chat.sent] == ["onebot:小明"]
    assert chat.says(WHO, "发布", private=True) == (
        f"匿名发布了 #1 需求：在［某公司］做数据（{alias}），在 1 个群里说了。\n"
        "有人想认识你，我私下问你；你答应之前，ta 不知道你是谁。\n"
        "在私聊里：撤下 #撤 1 · 办成 #搞定 1 · 改 #改 1 新内容"
    )
    assert chat.heard(GROUP) == (
        f"#1 匿名需求（{alias}）：\n在［某公司］做数据，想聊聊增长，［已隐去］\n"
        "想认识 ta，私聊我发 #认识 1 加一句话。"
    )
    assert chat.says(WHO, "发布", private=True) == ""


@pytest.mark.both_databases
def test_others_find_it_and_are_called_under_the_alias(chat: Chat) -> None:
    works(chat, 小明="腾讯", 李四="阿里")
    chat.says("李四", "#供 增长黑客咨询，做过三个产品")
    said = publishes(chat)
    alias = alias_in(said)
    assert "@李四 你的 #1 可能对得上，能帮上忙吗？" in said
    assert chat.called == ["李四"]
    assert f"#2 需求 {alias}：" in chat.says("李四", "#找 增长黑客")
    assert f"#2 {alias}：" in chat.says("王五", "#供 增长黑客培训")
    assert alias not in chat.says("李四", f"#谁是 {alias}").replace(f"「{alias}」", "")
    assert "成员 3 位" in chat.says("李四", "#统计")


def test_said_in_a_group_it_is_refused_with_care(club: Chat) -> None:
    for said in ("#匿名 求 换工作", "#anonymous need a new job", "#匿名"):
        assert club.says(WHO, said) == ""
        assert club.told(WHO) == (
            "#匿名 只能私聊我发。刚才那句是在群里说的，大家都看到了：要紧的话尽快撤回那条消息。"
            "什么都没有保存。私聊我发：#匿名 求 加内容。"
        )
    assert club.says(WHO, "发布", private=True) == ""


def test_what_is_not_kept_counts_for_the_limit_of_a_minute(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(), commands_per_minute=2)
    chat.sits(WHO)
    said = [chat.says(WHO, f"#匿名 求 第 {one} 种语言", private=True) for one in range(5)]
    assert [one[:5] for one in said] == ["还没有发布", "还没有发布", "你发得太快", "", ""]
    chat.passes(minutes=2)
    assert chat.says(WHO, "#匿名 求 一种语言", private=True).startswith("还没有发布")


def test_what_comes_twice_is_heard_once(club: Chat) -> None:
    publishes(club, text="求 一位钢琴老师")
    for said in ("#匿名 求 一位法语老师", "#撤 1"):
        club.says(WHO, said, private=True)
        came = Message(
            channel="onebot:bot",
            key=club.last_id,
            time=club.clock.now(),
            group=None,
            message_id=club.last_id,
            sender=Sender(account=account(WHO), name=WHO, card=""),
            text=said,
        )
        club.feed(came)
        assert club.sent == []


def test_talk_about_it_is_chatter(club: Chat) -> None:
    for said in ("匿名墙真好玩", "#匿名墙真好玩", "#匿名者联盟# 来了", "#匿名# 求", "发布"):
        assert club.says(WHO, said) == ""
        assert club.sent == []


def test_need_or_offer(club: Chat) -> None:
    for said, kind in {
        "求 想换个城市工作": "需求",
        "#need 想换个城市工作": "需求",
        "＃供 简历修改，一次一小时": "供给",
        "想找人聊聊换城市": "需求",
    }.items():
        assert f"大家会看到的{kind}：" in club.says(WHO, f"#匿名 {said}", private=True)


def test_what_cannot_be_is_refused(club: Chat) -> None:
    for said, answer in {
        "": "想发什么？",
        "今天天气不错": "是求还是供？",
        "求 张三\n#供 李四的简历修改": "一条里既有需求又有供给",
        "求 微信 abc12345": "什么都不剩了",
        "求 " + "长" * 1_801: "太长了",
    }.items():
        assert answer in club.says(WHO, f"#匿名 {said}", private=True)
    assert club.says(WHO, "发布", private=True) == ""


def test_a_colleague_in_the_group_keeps_it_out_of_there(make_chat: ChatMaker) -> None:
    chat = make_chat(groups=(GROUP, "onebot:101"), limits=Limits(posts_per_day=0))
    works(chat, 小明="腾讯", 小红="腾讯云")
    chat.sits("小明", "李四", group="onebot:101")
    asked = chat.says(WHO, f"#匿名 {WISH}", private=True)
    assert "公司写「腾讯」的成员（现在有 1 位）看不到。" in asked
    assert "会在「101」里说；另外 1 个群有你的同事，不在那里说。" in asked
    chat.says(WHO, "发布", private=True)
    assert chat.heard(GROUP) == ""
    assert "匿名需求" in chat.heard("onebot:101")
    chat.sits("小红", group="onebot:101", complete=False)
    assert "群里都有你的同事" in chat.says(WHO, f"#匿名 {WISH}吗", private=True)


def test_without_a_company_he_is_told(club: Chat) -> None:
    assert "没法对同事隐藏：要隐藏就先发 #名片 公司" in club.says(
        WHO, f"#匿名 {WISH}", private=True
    )
    club.says(WHO, "#名片 公司 自由职业", private=True)
    assert "没法对同事隐藏" in club.says(WHO, f"#匿名 {WISH}", private=True)


def test_the_card_in_the_group_tells_the_company_too(chat: Chat) -> None:
    chat.wears("小明", "小明-腾讯-后端")
    chat.says("小明", "#帮助", private=True)
    asked = chat.says(WHO, f"#匿名 {WISH}", private=True)
    assert "公司写「腾讯」的" in asked
    assert "会在「100」里说" in asked
    chat.wears("小红", "小红-腾讯云-产品")  # whom the bot has never heard
    assert "群里都有你的同事" in chat.says(WHO, f"#匿名 {WISH}吗", private=True)


@pytest.mark.both_databases
def test_a_draft_is_replaced_taken_back_and_lapses(club: Chat) -> None:
    club.says(WHO, "#匿名 求 第一个想法", private=True)
    club.says(WHO, "#匿名 求 第二个想法", private=True)
    assert club.says(WHO, "取消", private=True) == "好，没有发布，也没有保存。"
    assert club.says(WHO, "发布", private=True) == ""
    club.says(WHO, "#匿名 求 第三个想法", private=True)
    club.passes(minutes=61)
    assert club.says(WHO, "发布", private=True) == ""
    assert "没有等着发布的匿名内容" in club.says(WHO, "#匿名 发布", private=True)
    club.says(WHO, "#匿名 求 第四个想法", private=True)
    assert "匿名发布了 #1 需求：第四个想法" in club.says(WHO, "＃匿名 发布。", private=True)
    assert "这和你匿名发的 #1 一样" in club.says(WHO, "#匿名 求 第四个想法", private=True)


def test_an_alias_is_of_one_post_alone(chat: Chat) -> None:
    works(chat, 小明="腾讯", 李四="阿里")
    names = {alias_in(publishes(chat, text=f"求 第{one}个不同的机会")) for one in range(5)}
    assert len(names) == 5


@pytest.mark.both_databases
def test_the_limit_of_a_day_counts_for_the_person(make_chat: ChatMaker) -> None:
    chat = make_chat(limits=Limits(posts_per_day=2))
    chat.sits("小明", "小红")
    chat.says(WHO, "#求 咖啡机")
    publishes(chat, text="求 一个机会")
    assert "今天已经发了 2 条" in chat.says(WHO, "#匿名 求 另一个机会", private=True)
    assert chat.says(WHO, "#求 打印机").startswith("已记下")  # nobody learns of the other one


def test_in_several_communities_he_reads_which_one(club: Chat) -> None:
    club.says(WHO, "#帮助", group=OTHER_GROUP)
    club.passes(minutes=1)
    club.says(WHO, "#帮助")
    asked = club.says(WHO, f"#匿名 {WISH}", private=True)
    assert asked.startswith("还没有发布。在「老友记」大家会看到的需求：")
    assert "就这样发，回 #匿名 老友记 发布（" in asked
    elsewhere = club.says(WHO, "#匿名 别家 求 一位法语老师", private=True)
    assert "在「别家」大家会看到的需求：" in elsewhere
    assert "｜一位法语老师\n" in elsewhere
    club.says(WHO, "#帮助", group=OTHER_GROUP)
    club.says(WHO, "#匿名 老友记 发布", private=True)
    assert "匿名需求" in club.heard(GROUP)
    assert "没有发布" in club.says(WHO, "#匿名 别家 取消", private=True)


def test_without_a_key_nothing_is_posted(make_chat: ChatMaker) -> None:
    chat = make_chat(anonymous=AnonymousKey())
    chat.sits("小明")
    assert "匿名发布现在用不了" in chat.says(WHO, f"#匿名 {WISH}", private=True)
    assert "进行中" in chat.says(WHO, "#我的", private=True)
