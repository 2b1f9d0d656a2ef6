"""Looking through the pool, in words."""

import pytest

from community.membership import standing
from storage.tables import Member
from tests.conversations.chat import OTHER_GROUP, Chat


def fill(chat: Chat) -> None:
    """Some posts and members."""
    chat.says("小红", "#名片 姓名 王红 公司 拾光 职位 摄影师 技能 商业摄影、修图")
    chat.says("小红", "#offer 转让一台九成新的咖啡机，自提")
    chat.says("小刚", "#need 求一台二手咖啡机")
    chat.says("小明", "#need 收一台咖啡机放办公室")


def test_posts_of_both_kinds_with_reasons(chat: Chat) -> None:
    fill(chat)
    lines = chat.says("小明", "#找 咖啡机").splitlines()
    assert lines[0] == "和「咖啡机」有关的："
    assert sorted(lines[1:3]) == [
        "#1 供给 王红：转让一台九成新的咖啡机 · 因为：咖啡机",
        "#2 需求 小刚：求一台二手咖啡机 · 因为：咖啡机",
    ]
    assert len(lines) == 3


def test_members(chat: Chat) -> None:
    fill(chat)
    lines = chat.says("小明", "#搜 摄影师").splitlines()
    assert lines[:2] == ["和「摄影师」有关的：", "成员："]
    assert lines[2].startswith("王红 · 拾光 · 摄影师 · 因为：摄影师（职务）")


@pytest.mark.both_databases
def test_a_city_alone_finds_who_lives_there(chat: Chat) -> None:
    chat.says("小红", "#名片 姓名 王红 公司 拾光 城市 深圳")
    chat.says("小刚", "#名片 姓名 陈刚 城市 深圳市 简介 在深圳做外贸")
    chat.says("小李", "#名片 姓名 李理 城市 广州")
    said = chat.says("小明", "#找 深圳")
    assert "王红 · 拾光 · 因为：深圳（城市）" in said
    assert said.count("陈刚") == 1
    assert "李理" not in said
    assert "王红" in chat.says("小明", "#找 南山")  # which lies in it
    assert "王红" not in chat.says("小红", "#找 深圳")  # herself


def test_a_city_beside_other_words_finds_nobody_who_only_lives_there(chat: Chat) -> None:
    chat.says("小红", "#名片 姓名 王红 公司 拾光 城市 深圳")
    assert "王红" not in chat.says("小明", "#找 深圳 直升机驾照")


def test_nobody_is_mentioned(chat: Chat) -> None:
    fill(chat)
    chat.says("小明", "#find 咖啡机")
    assert chat.called == []
    chat.says("小明", "#find 摄影师")
    assert chat.called == []


def test_the_same_in_private(chat: Chat) -> None:
    fill(chat)
    assert chat.says("小明", "#找 咖啡机", private=True) == chat.says("小明", "#找 咖啡机")


@pytest.mark.both_databases
def test_five_posts_and_three_members_at_most(chat: Chat) -> None:
    for number in range(7):
        who = f"成员{number}号"
        chat.says(who, "#名片 技能 摄影棚")
        chat.says(who, f"#offer 摄影棚出租，第 {number} 间")
    lines = chat.says("小明", "#找 摄影棚").splitlines()
    assert sum(line.startswith("#") for line in lines) == 5
    assert len(lines[lines.index("成员：") + 1 :]) == 3


def test_what_is_over_is_not_found(chat: Chat) -> None:
    chat.says("小红", "#need 求一台咖啡机")
    chat.passes(days=6, hours=23)
    assert "#1" in chat.says("小明", "#找 咖啡机")
    chat.passes(hours=1)
    assert chat.says("小明", "#找 咖啡机").startswith("没找到")


@pytest.mark.both_databases
def test_nothing_found(chat: Chat) -> None:
    fill(chat)
    assert chat.says("小明", "#找 直升机驾照") == (
        "没找到和「直升机驾照」有关的。发 #求 直升机驾照，有人能帮上时我告诉你。"
    )
    assert chat.says("小明", "#找 合作") == (
        "「合作」太宽泛，找不准；换个具体点的词，例如 #找 跨境电商。"
    )
    assert chat.says("小明", "#找 王红") == (
        "没有和「王红」有关的内容。要看这位成员，发 #谁是 王红"
    )


def test_finding_nothing_in_particular(chat: Chat) -> None:
    assert chat.says("小明", "#找") == "想找什么？例如：#找 跨境电商"


@pytest.mark.both_databases
def test_communities_do_not_see_each_other(chat: Chat) -> None:
    fill(chat)
    assert chat.says("外人", "#找 咖啡机", group=OTHER_GROUP).startswith("没找到")


def test_a_sign_alone_is_nothing_to_look_for(chat: Chat) -> None:
    assert chat.says("张三", "#找 ？").startswith("想找什么？")


def test_looking_for_a_person_leads_to_his_card(chat: Chat) -> None:
    chat.says("李四", "#帮助")
    assert chat.says("张三", "#找 @李四").endswith("要看这位成员，发 #谁是 李四")


@pytest.mark.both_databases
def test_a_mistyped_word_is_looked_for_as_it_was_meant(chat: Chat) -> None:
    fill(chat)
    chat.says("小李", "#offer Python 开发接单")
    lines = chat.says("小明", "#找 二手卡飞机").splitlines()
    assert lines[0] == "没有找到「二手卡飞机」，下面是「二手咖啡机」的结果："
    assert sorted(line[:2] for line in lines[1:]) == ["#1", "#2"]
    assert chat.says("小明", "#找 Pyhton").splitlines() == [
        "没有找到「Pyhton」，下面是「python」的结果：",
        "#4 供给 小李：Python 开发接单 · 因为：python开发 ≈ python",
    ]
    assert chat.called == []


@pytest.mark.both_databases
def test_pinyin_means_the_word_that_is_read_so(chat: Chat) -> None:
    fill(chat)
    chat.says("小李", "#offer kafeiji 维修")
    lines = chat.says("小明", "#找 ershou kafeiji").splitlines()
    assert lines[0].startswith("和「ershou kafeiji」有关的")  # somebody has written just that
    lines = chat.says("小明", "#找 shangye sheying").splitlines()
    assert lines[0] == "没有找到「shangye sheying」，下面是「商业摄影」的结果："
    assert any("王红" in line for line in lines[1:])
    assert chat.says("小明", "#找 feixingyuan").startswith("没找到和「feixingyuan」有关的。")
    assert chat.called == []


@pytest.mark.both_databases
def test_half_a_mistyped_word_does_not_hide_the_whole(chat: Chat) -> None:
    fill(chat)
    chat.says("小李", "#offer 咖啡豆批发")
    assert "#4" in chat.says("小明", "#找 咖啡")
    lines = chat.says("小明", "#找 咖啡鸡").splitlines()
    assert lines[0] == "没有找到「咖啡鸡」，下面是「咖啡机」的结果："
    assert "#4" not in "".join(lines)
    assert chat.says("小明", "#找 咖啡机").startswith("和「咖啡机」有关的：")


def test_only_words_of_this_community_are_meant(chat: Chat) -> None:
    fill(chat)
    assert chat.says("外人", "#找 咖啡鸡", group=OTHER_GROUP).startswith("没找到和「咖啡鸡」有关")
    chat.says("小红", "#withdraw 1")
    chat.says("小刚", "#withdraw 2")
    chat.says("小明", "#withdraw 3")
    assert chat.says("小红", "#找 咖啡鸡").startswith("没找到和「咖啡鸡」有关")


@pytest.mark.both_databases
def test_a_name_is_not_taken_for_a_mistyped_word(chat: Chat) -> None:
    chat.says("小红", "#offer 摄影棚出租")
    chat.says("摄影鹏", "#帮助")
    assert "摄影棚" not in chat.says("小明", "#找 摄影鹏")
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 3))
        standing.of(scene, member=member).role = "guest"
    # Whom one may not see, one does not hear of by what is left out either.
    assert "#1 供给 小红：摄影棚出租" in chat.says("小明", "#找 摄影鹏")


def test_a_post_is_taken_as_it_was_written(chat: Chat) -> None:
    fill(chat)
    assert "#1" not in chat.says("小李", "#need 卡飞机")
    assert chat.called == []


def test_guests_find_posts_and_nobody(chat: Chat) -> None:
    fill(chat)
    chat.says("小明", "#帮助")
    with chat.scene() as scene:
        member = scene.session.get_one(Member, ("renren", 3))
        standing.of(scene, member=member).role = "guest"
    assert "成员" not in chat.says("小明", "#找 摄影师")
    assert "名片" not in chat.says("小明", "#找 王红")
    assert "#1 供给 王红" in chat.says("小明", "#找 咖啡机")
