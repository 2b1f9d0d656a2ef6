"""Who leaves the group, is put out, or comes back."""

import pytest

from tests.conversations.arriving import COMMENT, answers, approved, cards
from tests.conversations.chat import ADMIN, ADMIN_GROUP, Chat


def test_who_leaves_is_asked_nothing_more(club: Chat) -> None:
    club.joins("阿强")
    club.leaves("阿强")
    club.passes(days=4)
    assert club.sent == []


@pytest.mark.both_databases
def test_who_is_put_out_by_hand_stays_a_member_and_the_admins_hear_how_to_end_it(
    club: Chat,
) -> None:
    approved(club)
    club.joins("张三")
    club.leaves("张三", by=ADMIN)
    assert club.heard(ADMIN_GROUP) == (
        "张三 被人移出了群，但还是成员（M2），在私聊里照样能用。"
        "要结束成员资格，发 #移除 M2 理由；不用就不必管。ta 再申请进群时我会先问你们。"
    )
    assert club.heard() == ""
    club.requests_to_join("张三", COMMENT, flag="f9")
    assert answers(club) == []
    assert "⚠ 被人从群里移出过。" in club.heard(ADMIN_GROUP)
    club.says(ADMIN, "#通过 A2", group=ADMIN_GROUP)
    assert answers(club) == [(True, "f9", "")]
    club.joins("张三")
    club.leaves("张三")
    assert club.heard(ADMIN_GROUP) == ""
    club.requests_to_join("张三", "又走错了", flag="f10")
    assert answers(club) == [(True, "f10", "")]


def test_who_quits_and_stays_in_the_group_is_not_asked_for_a_card(club: Chat) -> None:
    approved(club)
    club.joins("张三")
    assert cards(club) == [("张三", "张三-字节-产品经理")]
    club.says("张三", "#退出 确认", private=True)
    for days in range(1, 5):
        club.passes(days=1)
        assert club.told("张三") == "", days
    club.wears("张三", "张三-字节-产品经理")
    club.wears("张三", "吃瓜群众")
    assert club.told("张三") == ""


def test_who_was_put_out_need_not_say_again_what_was_vetted(club: Chat) -> None:
    approved(club)
    club.joins("张三")
    club.leaves("张三", by=ADMIN)
    club.requests_to_join("张三", "刚才是手滑吧", flag="f9")
    assert "姓名：张三\n公司：字节\n" in club.heard(ADMIN_GROUP)
    assert "以前：#A1 3月2日 12:00 已通过" in club.heard(ADMIN_GROUP)
    club.says(ADMIN, "#通过 A2", group=ADMIN_GROUP)
    assert answers(club) == [(True, "f9", "")]
    club.joins("张三")


def test_who_was_removed_by_command_is_not_spoken_of_again(club: Chat) -> None:
    approved(club)
    club.joins("张三")
    club.says(ADMIN, "#移除 @张三 广告", group=ADMIN_GROUP)
    club.leaves("张三", by="bot")
    assert club.heard(ADMIN_GROUP) == ""
    club.joins("阿强")
    club.leaves("阿强", by=ADMIN)
    assert club.heard(ADMIN_GROUP) == ""


def test_who_comes_back_is_not_introduced_again(club: Chat) -> None:
    approved(club)
    club.joins("张三")
    club.leaves("张三")
    club.joins("张三")
    assert club.heard() == ""
    assert cards(club) == [("张三", "张三-字节-产品经理")]
