"""Members say whether a match was of use; what they do says so, too."""

import re

import pytest

from community.members import privacy
from community.members.people import get_or_create_member
from community.members.privacy import Privacy
from matching import FITTED
from matching.feature_version import measure_version
from storage.queries.learning import labels
from storage.queries.pool import matches
from storage.tables import Label
from tests.conversations.chat import Chat
from tests.conversations.looking_back import NEED, OFFER, SKILLS

GOOD = "记下了，谢谢你告诉我。"
BAD = "记下了，不合适。要是几位朋友都这么说，类似的就会少出现。"


def stored(chat: Chat) -> list[Label]:
    with chat.database.read() as session:
        return labels.all_of(session, community_id="renren")


def brief(chat: Chat) -> list[tuple[int, int | None, int | None, int, str, bool]]:
    """Post, target post, target member, who, how, and whether it was good."""
    return [
        (one.post_id, one.target_post_id, one.target_member_id, one.by_id, one.source, one.good)
        for one in stored(chat)
    ]


def test_a_listed_post_by_its_number_with_all_that_the_match_was_made_of(chat: Chat) -> None:
    chat.says("王五", OFFER)
    chat.says("张三", NEED)
    assert chat.says("张三", "#有用 1") == GOOD
    (label,) = stored(chat)
    assert (label.post_id, label.target_post_id, label.by_id, label.good) == (2, 1, 2, True)
    assert label.rules == chat.analyser.version
    assert 0.4 <= label.score <= 1
    assert 0 < label.coverage <= 1
    first = label.parts[0]
    assert (first["term"], first["word"], first["theirs"]) == ("C跨境电商",) + ("跨境电商",) * 2
    assert first["field"] == ""
    assert first["near"] == 1
    assert 0 < first["share"] <= 1


@pytest.mark.parametrize("text", ["#没用", "#没用 2", "#没用 1", "#USELESS #1", "#没用 2 @王五"])
def test_the_ways_to_mean_it(chat: Chat, text: str) -> None:
    chat.says("王五", OFFER)
    chat.says("张三", NEED)
    assert chat.says("张三", text) == BAD
    assert brief(chat) == [(2, 1, None, 2, "said", False)]


@pytest.mark.parametrize("text", ["没用", "不准", "#没用"])
def test_quoting_the_receipt(chat: Chat, text: str) -> None:
    chat.says("王五", OFFER)
    chat.says("张三", NEED)
    receipt = chat.reply_id
    chat.says("张三", "#求 二手投影仪")
    assert chat.says("张三", text, quote=receipt) == BAD
    assert brief(chat) == [(2, 1, None, 2, "said", False)]


def test_whoever_was_called_says_it_of_the_mention(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    assert chat.called == ["王五"]
    assert chat.says("王五", "#没用") == BAD
    assert brief(chat) == [(1, None, 1, 1, "said", False)]
    assert stored(chat)[0].parts[0]["field"] == "skills"


def test_of_several_posts_a_good_one_has_to_be_named(chat: Chat) -> None:
    chat.says("赵六", OFFER)
    chat.says("王五", f"{OFFER}，深圳")
    chat.says("张三", NEED)
    lines = chat.says("张三", "#有用").splitlines()
    assert lines[0] == "哪一个有用？写上编号或 @ ta，例如 #有用 7："
    assert {line.partition("「")[0] for line in lines[1:]} == {"#1", "#2"}
    assert brief(chat) == []
    assert chat.says("张三", "#没用").startswith("记下了，这 2 个都不合适。")
    assert len(brief(chat)) == 2


def test_of_several_members_a_good_one_has_to_be_named(chat: Chat) -> None:
    chat.says("赵六", SKILLS)
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    assert set(chat.says("张三", "#有用").splitlines()[1:]) == {"王五（#1）", "赵六（#1）"}
    assert chat.says("张三", "#有用 @赵六") == GOOD
    assert brief(chat) == [(1, None, 1, 3, "said", True)]


def test_the_last_word_counts(chat: Chat) -> None:
    chat.says("王五", OFFER)
    chat.says("张三", NEED)
    chat.says("张三", "#没用 1")
    chat.says("张三", "#有用 1")
    chat.says("王五", "#没用 2")
    assert brief(chat) == [(2, 1, None, 2, "said", True), (2, 1, None, 1, "said", False)]


def test_a_letter_can_be_answered(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    assert chat.told("张三").startswith("你的 #1 ")
    assert chat.says("张三", "没用", quote=chat.reply_id, private=True) == BAD
    assert brief(chat) == [(1, None, 2, 1, "said", False)]


def test_a_letter_about_a_later_post(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("王五", "#帮助")
    chat.says("王五", OFFER, private=True)
    chat.passes(minutes=1)
    assert "#2 王五：" in chat.told("张三")
    assert chat.says("张三", "#有用", private=True) == GOOD
    assert brief(chat) == [(2, 1, None, 1, "said", True)]


def test_a_letter_about_a_later_post_and_a_member(chat: Chat) -> None:
    chat.says("张三", "#求 代理记账")
    chat.passes(hours=10)  # 22:00: what is found waits for the morning
    chat.says("王五", "#名片 技能：代理记账、报税")
    chat.says("李四", "#帮助")
    chat.says("李四", "#供 代理记账，做账报税", private=True)
    chat.passes(hours=12)
    told = chat.told("张三").splitlines()
    assert {line.split(" · ")[0] for line in told[1:-1]} == {"王五", "#2 李四：代理记账，做账报税"}
    letter = chat.reply_id
    asked = chat.says("张三", "有用", quote=letter, private=True).splitlines()
    assert sorted(asked[1:]) == ["#2「代理记账，做账报税」", "王五（#1）"]
    assert "这 2 个都不合适" in chat.says("张三", "没用", quote=letter, private=True)


def test_what_one_has_no_part_in_is_not_one_s_to_judge(chat: Chat) -> None:
    chat.says("王五", OFFER)
    chat.says("张三", NEED)
    assert chat.says("李四", "#没用 1") == "#1 没有和你匹配过，没有记。"
    assert chat.says("李四", "#没用") == "最近没有给你匹配过什么。写上编号也行，例如 #没用 12。"
    assert chat.says("张三", "#没用 2 @李四") == "没有和这几位匹配过，没有记。"
    assert chat.says("张三", "#没用 99").startswith("没有 #99 这一条")
    chat.passes(days=15)
    assert chat.says("张三", "#没用").startswith("最近没有给你匹配过什么")
    assert brief(chat) == []


def test_thanks_for_help_are_a_label(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    chat.says("张三", "#done 1 @王五 @李四")
    assert brief(chat) == [(1, None, 1, 2, "done", True)]
    chat.says("张三", "#撤回")
    assert brief(chat) == []


def test_thanks_for_an_older_need(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("王五", OFFER)
    chat.says("张三", "#done 1 @王五")
    assert brief(chat) == [(2, 1, None, 1, "done", True)]


def test_a_mute_right_after_a_mention_is_a_label(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    chat.says("王五", "#勿扰")
    assert brief(chat) == [(1, None, 1, 1, "mute", False)]


def test_a_mute_without_reason_is_none(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    chat.passes(hours=25)
    chat.says("王五", "#勿扰")
    chat.says("赵六", "#勿扰")
    assert brief(chat) == []


def test_the_mute_of_one_who_asked_to_hear_is_none(chat: Chat) -> None:
    chat.says("赵六", "#订阅 跨境电商")
    chat.says("张三", NEED)
    chat.says("赵六", "#勿扰")
    assert brief(chat) == []


def test_a_post_that_is_taken_back_takes_its_labels_along(chat: Chat) -> None:
    chat.says("王五", OFFER)
    chat.says("张三", NEED)
    chat.says("张三", "#没用 1")
    chat.says("张三", "#撤回 2")
    assert brief(chat) == []


def test_labels_outlive_an_edit(chat: Chat) -> None:
    chat.says("王五", OFFER)
    chat.says("张三", NEED)
    chat.says("张三", "#没用 1")
    chat.says("张三", "#改 2 求一台咖啡机")
    assert brief(chat) == [(2, 1, None, 2, "said", False)]


@pytest.mark.both_databases
def test_a_label_keeps_what_was_measured(chat: Chat) -> None:
    chat.says("赵六", OFFER)
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    chat.says("张三", "#有用 1")
    chat.says("王五", "#没用 2")
    with chat.database.read() as session:
        found = matches.of_post(session, community_id="renren", post_id=2)
    assert {match.features["model"] for match in found if match.features} == {
        "post", "member_for_need",
    }  # fmt: skip
    kept = {match.id: match.features for match in found}
    good, bad = stored(chat)
    assert good.features in kept.values()
    assert bad.features in kept.values()
    assert good.features is not None
    assert good.features["by"] == measure_version()
    values = good.features["values"]
    assert 0 < values["covered"] <= 1
    assert 0 not in values.values()
    assert FITTED.post.chance(values) > 0.9  # it can be judged again, alone


def test_looking_back_keeps_it_too(chat: Chat) -> None:
    chat.says("张三", NEED)
    chat.says("王五", SKILLS)
    chat.passes(minutes=11)
    chat.says("张三", "没用", quote=chat.reply_id, private=True)
    features = stored(chat)[0].features
    assert features is not None
    assert features["model"] == "member_for_need"


def shows_contact(chat: Chat, who: str) -> None:
    with chat.scene() as scene:
        member = get_or_create_member(scene, account=f"onebot:{who}", name=who)
        privacy.choose(
            scene, member=member, chosen=Privacy(shows_contact=True, contact=f"微信 {who}")
        )


@pytest.mark.both_databases
def test_asking_for_the_contact_of_a_match_is_a_label(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    chat.says("张三", "#谁是 王五")
    assert brief(chat) == []  # his card shows no contact
    shows_contact(chat, "王五")
    assert "微信 王五" in chat.says("张三", "#谁是 @王五")
    chat.says("李四", "#谁是 王五")
    chat.says("王五", "#谁是 我")
    assert brief(chat) == [(1, None, 1, 2, "card", True)]
    chat.says("张三", "#没用")
    assert brief(chat) == [(1, None, 1, 2, "said", False)]
    chat.says("张三", "#谁是 王五")  # what was said stands
    assert brief(chat) == [(1, None, 1, 2, "said", False)]


def test_a_contact_that_is_asked_for_much_later_has_other_reasons(chat: Chat) -> None:
    chat.says("王五", SKILLS)
    chat.says("张三", NEED)
    shows_contact(chat, "王五")
    chat.passes(days=15)
    chat.says("张三", "#谁是 王五")
    assert brief(chat) == []


@pytest.mark.both_databases
@pytest.mark.parametrize("choice", ["匿名", "全删"])
def test_an_erased_person_leaves_no_labels_and_can_read_them_before(
    chat: Chat, choice: str
) -> None:
    chat.says("王五", OFFER)
    chat.says("张三", NEED)
    chat.says("张三", "#没用 1")
    chat.says("王五", "#有用 2")
    chat.says("王五", "#我的数据", private=True)
    assert "对匹配的反馈（1）：\n- #2 有用 2026-03-02 12:00" in chat.told("王五")
    code = re.findall(r"\d{6}", chat.says("王五", "#删除我的数据", private=True))[0]
    chat.says("王五", f"#删除我的数据 {code} {choice}", private=True)
    assert brief(chat) == []
