"""A round table with seats, from the announcement to who came. It is Monday, 2 March, noon."""

import pytest

from tests.conversations.chat import ADMIN, ADMIN_GROUP, OTHER_GROUP, Chat

ROUND = "#办活动 圆桌：出海怎么起步\n时间 3月7日 14:00\n地点 科技园 3 栋\n人数 2\n接着 #E9 说"
TOLD = (
    "#E1 圆桌：出海怎么起步\n"
    "时间：3月7日（周六）14:00\n"
    "地点：科技园 3 栋\n"
    "名额：2 个，满了可以候补\n"
    "报名截止：3月6日（周五）14:00\n"
    "接着 #E9 说\n"
    "报名：发 #报名 E1，或引用这条回 报名"
)


@pytest.fixture
def round_table(chat: Chat) -> Chat:
    """Two seats, announced in the group."""
    chat.says(ADMIN, ROUND)
    return chat


def test_an_announcement_in_the_group_is_its_own_answer(chat: Chat) -> None:
    assert chat.says(ADMIN, ROUND) == TOLD
    assert len(chat.sent) == 1


def test_said_among_the_admins_it_goes_to_the_group(chat: Chat) -> None:
    said = chat.says(ADMIN, ROUND, group=ADMIN_GROUP)
    assert said == f"{TOLD}\n（已经发到 100）"
    assert chat.heard() == TOLD
    told = chat.reply_id
    for who, text in (("小明", "报名"), ("小红", "＋1")):
        assert chat.says(who, text, quote=told).startswith("报上了 #E1")
    assert chat.says("小红", "不来了", quote=told) == "好，#E1「圆桌：出海怎么起步」不算你了。"


def test_in_one_line(chat: Chat) -> None:
    said = chat.says(ADMIN, "#办活动 徒步 时间：周六上午9点，地点：梧桐山北门 人数15 截止 周五")
    assert said.split("\n")[:5] == [
        "#E1 徒步",
        "时间：3月7日（周六）09:00",
        "地点：梧桐山北门",
        "名额：15 个，满了可以候补",
        "报名截止：3月6日（周五）23:59",
    ]


def test_what_is_missing_is_told_and_the_text_comes_back(chat: Chat) -> None:
    said = chat.says(ADMIN, "#办活动 圆桌\n时间 周六\n人数 很多")
    assert said == (
        "活动没有发出：还差：地点；时间「周六」没看懂：没写是几点（写成 11月28日 14:00 这样）；"
        "人数「很多」没看懂：写 1 到 500 的数字。\n"
        "你的原文，改好再发：\n#办活动 圆桌\n时间 周六\n人数 很多"
    )
    assert "时间「昨天 14:00」已经过了" in chat.says(
        ADMIN, "#办活动 圆桌 时间 昨天 14:00 地点 科技园"
    )
    assert "截止要在开始之前" in chat.says(
        ADMIN, "#办活动 圆桌 时间 3月7日 14:00 地点 科技园 截止 3月8日"
    )
    assert chat.says(ADMIN, "#办活动").startswith("活动没有发出：还差：标题（第一行）、时间")
    assert chat.says("小明", "#活动") == "现在没有安排活动，有了会在群里说。"


def test_the_deadline_of_what_begins_soon_is_its_beginning(chat: Chat) -> None:
    said = chat.says(ADMIN, "#办活动 晚饭 时间 今晚7点 地点 老地方")
    assert "报名截止：3月2日（周一）19:00" in said


@pytest.mark.both_databases
def test_seats_go_to_whoever_comes_first(round_table: Chat) -> None:
    chat = round_table
    assert chat.says("小明", "#报名 E1") == (
        "报上了 #E1「圆桌：出海怎么起步」：3月7日（周六）14:00，科技园 3 栋。"
        "来不了请在 3月6日（周五）14:00 前发 #取消报名 E1。"
    )
    assert chat.says("小明", "#报名E1") == "#E1「圆桌：出海怎么起步」你已经报过了，你有名额。"
    assert chat.says("小红", "#报名 我俩").startswith("说的是 #E1「圆桌：出海怎么起步」吗？")
    assert chat.says("小红", "#报名 +1").startswith("报上了 #E1")
    assert chat.says("小刚", "#报名 3") == "没有 E3 这个活动。发 #活动 看有哪些。"
    assert chat.says("小刚", "#报名 出海").startswith(
        "#E1「圆桌：出海怎么起步」满了，你候补第 1 位，有名额我私聊告诉你。"
    )
    assert "你候补第 2 位" in chat.says("小丽", "#报名 #e1")
    assert chat.says("小丽", "#活动") == (
        "#E1 圆桌：出海怎么起步 · 3月7日（周六）14:00 · 科技园 3 栋 · 满了，候补 2 人 · 你报了\n"
        "看一个：#活动 E1 · 报名：#报名 E1"
    )
    assert chat.says("小刚", "#活动 E1").endswith(
        "满了，候补 2 人\n来的人（2）：小明、小红\n你候补第 1 位。"
    )
    assert "候补：小刚、小丽" in chat.says(ADMIN, "#活动 1", private=True)
    assert (
        chat.says("小刚", "#报名 E1", group=OTHER_GROUP) == "没有 E1 这个活动。发 #活动 看有哪些。"
    )


@pytest.mark.both_databases
def test_a_free_seat_is_offered_for_a_day(round_table: Chat) -> None:
    chat = round_table
    for who in ("小明", "小红", "小刚", "小丽"):
        chat.says(who, "#报名 E1")
    assert chat.says("小明", "#取消报名") == "好，#E1「圆桌：出海怎么起步」不算你了。"
    assert chat.told("小刚") == (
        "#E1「圆桌：出海怎么起步」有名额了，给你留到 3月3日（周二）12:00。来就引用这条回 我去，"
        "或发 #我去 E1；不来回 不去了。过时让给下一位。"
    )
    assert "满了" in chat.says("小明", "#活动")
    chat.passes(hours=23)
    assert chat.told("小刚") == ""
    chat.passes(hours=2)
    assert chat.told("小刚") == "#E1「圆桌：出海怎么起步」的名额没等到你确认，让给下一位了。"
    assert "有名额了" in chat.told("小丽")
    chat.passes(hours=1)
    assert chat.told("小丽") == ""
    assert chat.says("小丽", "确认", private=True) == (
        "好，#E1「圆桌：出海怎么起步」算你一个：3月7日（周六）14:00，科技园 3 栋。"
    )
    chat.passes(days=2)
    assert chat.told("小丽") == ""
    assert "来的人（2）：小红、小丽" in chat.says("小丽", "#活动 E1")


def test_an_offer_is_taken_by_quoting_it(round_table: Chat) -> None:
    chat = round_table
    for who in ("小明", "小红", "小刚"):
        chat.says(who, "#报名 E1")
    chat.says("小明", "#不去了 E1")
    said = chat.says("小刚", "参加", quote=chat.reply_id, private=True)
    assert said.startswith("报上了 #E1")


def takes_place(chat: Chat, *came: str) -> None:
    """The first round table is over, and these are written down."""
    for who in came:
        chat.says(who, "#报名 E1")
    chat.passes(days=5, hours=7)
    chat.says(ADMIN, "#到场 E1 全到", private=True)


def test_whoever_came_last_time_comes_first(round_table: Chat) -> None:
    chat = round_table
    takes_place(chat, "小明", "小红")
    said = chat.says(ADMIN, "#办活动 拜访 时间 周五 14:00 地点 园区 人数 2 优先 E1")
    assert "优先：来过 E1 的朋友" in said
    for who in ("小刚", "小丽", "小赵"):
        chat.says(who, "#报名 E2")
    said = chat.says("小红", "#报名 E2")
    assert said.startswith("报上了 #E2")
    assert said.endswith("你来过 E1，这次优先。")
    assert chat.told("小丽") == (
        "#E2「拜访」的名额满了，截止前来过 E1 的朋友优先，你报得最晚，名额先让给了其中一位。"
        "你现在候补第 1 位，有空出来的先给你。"
    )
    assert chat.told("小刚") == ""
    assert "你候补第 2 位" in chat.says("小赵", "#活动 E2")
    chat.says("小刚", "#取消报名")
    assert "有名额了" in chat.told("小丽")


def test_more_seats_make_several_happy_at_once(round_table: Chat) -> None:
    chat = round_table
    for who in ("小明", "小红", "小刚", "小丽", "小赵"):
        chat.says(who, "#报名 E1")
    assert chat.says(ADMIN, "#改活动 E1 人数 1", private=True) == (
        "没有改动：已经有 2 个人有名额，人数不能再少。"
    )
    chat.says(ADMIN, "#改活动 E1 人数 4", private=True)
    assert "有名额了" in chat.told("小刚")
    assert "有名额了" in chat.told("小丽")
    assert "有名额了" not in chat.told("小赵")
    assert chat.told("小赵") == ("#E1「圆桌：出海怎么起步」有变动：名额 2 改为 4。")
    assert "你候补第 1 位" in chat.says("小赵", "#活动 E1")


def test_a_change_is_told_to_those_whom_it_concerns(round_table: Chat) -> None:
    chat = round_table
    for who in ("小明", "小红", "小刚"):
        chat.says(who, "#报名 E1")
    said = chat.says(ADMIN, "#改活动 E1 时间改到 3月8日 15:00\n地点：老地方", private=True)
    assert said == (
        "#E1「圆桌：出海怎么起步」改好了：时间 3月7日（周六）14:00 改为 3月8日（周日）15:00；"
        "地点 科技园 3 栋 改为 老地方；报名截止 3月6日（周五）14:00 改为 3月7日（周六）15:00。"
        "3 位报名和候补的人都通知了。"
    )
    told = {send.target for send in chat.sent}
    assert told == {f"onebot:{who}" for who in ("小明", "小红", "小刚", ADMIN)}
    assert chat.says(ADMIN, "#改活动 E1 大家好", private=True).startswith("没有改动：写上改什么")
    assert chat.says(ADMIN, "#改活动 E1 地点 老地方").endswith("本来就是这样，没有改动。")
    assert "优先写的是 E1 自己" in chat.says(ADMIN, "#改活动 E1 优先 E1", private=True)
    chat.says(ADMIN, "#办活动 徒步 时间 3月14日 9:00 地点 北门 优先 E1")
    assert chat.says(ADMIN, "#改活动 E2 优先 无") == "#E2「徒步」改好了：没有优先了。"
    assert chat.says("小明", "#改活动 E1 地点 我家") == "只有管理员和运营能用 #改活动。"


def test_who_signed_up_hears_why_it_is_called_off(round_table: Chat) -> None:
    chat = round_table
    for who in ("小明", "小红", "小刚"):
        chat.says(who, "#报名 E1")
    assert chat.says(ADMIN, "#取消活动", private=True) == (
        "说的是 #E1「圆桌：出海怎么起步」吗？是就发 #取消活动 E1。"
    )
    assert chat.says(ADMIN, "#取消活动 E1", private=True).startswith("写上原因，")
    assert chat.says(ADMIN, "#取消活动 E1 场地没了", private=True) == (
        "#E1「圆桌：出海怎么起步」取消了，3 位报名和候补的人都通知了。"
    )
    assert chat.told("小刚") == (
        "#E1「圆桌：出海怎么起步」（3月7日（周六）14:00）取消了。原因：场地没了"
    )
    assert chat.says("小丽", "#报名 E1") == "#E1「圆桌：出海怎么起步」已经取消了。"
    assert "名额。" not in chat.says("小明", "#活动 E1")
    assert chat.says("小丽", "#活动") == "现在没有安排活动，有了会在群里说。"
    chat.passes(days=7)
    assert chat.sent == []


@pytest.mark.both_databases
def test_a_reminder_the_end_and_who_came(round_table: Chat) -> None:
    chat = round_table
    for who in ("小明", "小红", "小刚"):
        chat.says(who, "#报名 E1")
    chat.says("小明", "#勿扰")
    chat.passes(days=4, hours=1)
    assert chat.told("小明") == ""
    chat.passes(hours=1)
    assert chat.told("小明") == (
        "提醒一下：#E1「圆桌：出海怎么起步」3月7日（周六）14:00开始，地点：科技园 3 栋。"
        "来不了就尽早引用这条回 不去了。"
    )
    assert chat.told("小刚") == ""
    assert chat.says(ADMIN, "#到场 E1 全到", private=True).endswith("还没开始，开始后再记到场。")
    chat.passes(days=1, hours=5)
    assert chat.heard(ADMIN_GROUP) == (
        "#E1「圆桌：出海怎么起步」办完了，谁来了？都来了发 #到场 E1 全到；"
        "有人没来先发 #到场 E1 缺席 @谁。\n有名额的 2 位：小明、小红"
    )
    assert chat.says(ADMIN, "#到场 E1 缺席 @小红 @小刚", group=ADMIN_GROUP) == (
        "#E1「圆桌：出海怎么起步」\n缺席：小红\n没有名额，不算缺席：小刚\n"
        "还没记的 1 位：小明。都来了发 #到场 E1 全到"
    )
    assert chat.told("小红") == (
        "#E1「圆桌：出海怎么起步」有名额没来，记 2 分，20 天后清掉。"
        "现在共 2 分：新活动开放 12 小时后你才能报名。记错了请找管理员改。"
    )
    assert chat.told("小刚") == ""
    assert chat.says(ADMIN, "#到场 E1 全到").startswith("记下了，详细的私聊")
    assert "到场：小明" in chat.told(ADMIN)
    assert "到场（1）：小明" in chat.says("小刚", "#活动 E1")
    chat.says(ADMIN, "#到场 E1 @小红", private=True)
    assert "上次记的分去掉了" in chat.told("小红")


def test_talk_is_no_command(round_table: Chat) -> None:
    for text in (
        "#活动真好玩", "#活动 真好玩", "#活动#", "#活动# 今天真好", "#活动 2026 年会", "#活动2026",
        "#我去 这也太贵了", "报名", "我去", "不去了", "参加", "+1",
    ):  # fmt: skip
        assert round_table.says("小明", text) == "", text


def test_what_is_unclear_is_asked(round_table: Chat) -> None:
    chat = round_table
    chat.says(ADMIN, "#办活动 圆桌二 时间 3月8日 14:00-17:00 地点 科技园")
    both = "#E1「圆桌：出海怎么起步」\n#E2「圆桌二」"
    asked = f"是哪一个？写上编号，例如 #报名 E1：\n{both}"
    assert chat.says("小明", "#报名") == asked
    assert chat.says("小明", "#报名 圆桌") == asked
    assert "大约到 17:00" in chat.says("小明", "#活动 E2")
    listed = chat.says("小明", "#活动")
    assert listed.startswith("#E1 ")
    assert chat.says("小明", "报名", quote=chat.reply_id) == asked
    assert chat.says("小明", "#报名E2").startswith("报上了 #E2")
    assert chat.says("小红", "#报名#E2").startswith("报上了 #E2")
    assert chat.says("小刚", "#报名 E2 取消") == "没有报名。不去了发 #取消报名 E2。"
    assert chat.says("小刚", "#报名 E1、E2").startswith("没有报名：一次只写一个编号")
    said = chat.says(ADMIN, "#改活动 2 人数 15 时间 3月8日 10:00", private=True)
    assert "名额 12 改为 15" in said
    assert "大约到" not in chat.says("小明", "#活动 E2")
    assert chat.says("小明", "#取消报名") == "好，#E2「圆桌二」不算你了。"


def test_without_events_a_topic_is_talk(chat: Chat) -> None:
    assert chat.says("小明", "#报名 马拉松的朋友看过来") == ""
    assert chat.says("小明", "#报名") == "现在没有可以报名的活动。"
    chat.says("小明", "#求 一台投影仪")
    assert chat.says("小明", "报名", quote=chat.reply_id) == ""
