"""One person, two accounts, one member."""

import re

import pytest
from sqlmodel import Session, col, select

from storage.queries.people import people
from storage.tables import Account, Audit, Credit, Follow, Label, Member, Mention, Post
from tests.conversations.chat import ADMIN, Chat

CODE = re.compile(r"#绑定 (\d{6})")


def code_for(chat: Chat, who: str) -> str:
    found = CODE.search(chat.says(who, "#绑定", private=True))
    assert found is not None
    return found[1]


def binds(chat: Chat, first: str, second: str) -> str:
    return chat.says(second, f"#绑定 {code_for(chat, first)}", private=True)


def holder(session: Session, who: str) -> Member:
    member = people.by_account(session, community_id="renren", account=f"onebot:{who}")
    assert member is not None
    return member


def labels(chat: Chat) -> list[tuple[int, int | None, bool]]:
    """Who said of whom that he was of use."""
    with chat.database.read() as session:
        said = session.exec(select(Label).order_by(col(Label.id))).all()
    return [(one.by_id, one.target_member_id, one.good) for one in said]


def live(chat: Chat) -> None:
    """Two accounts of one person, each with some life."""
    chat.says("小明", "#名片 公司 字节")
    chat.says("小明", "#求 一台投影仪")
    chat.says("小明", "#订阅 咖啡机、猎头")
    chat.says("小明二号", "#名片 城市 北京 公司 拾光")
    chat.says("小明二号", "#供 办公桌六张")
    chat.says("小明二号", "#订阅 咖啡机")
    chat.says("小红", "#求 打印机一台")
    chat.says("小红", "#搞定 3 @小明二号")


@pytest.mark.both_databases
def test_two_become_one(chat: Chat) -> None:
    live(chat)
    answer = binds(chat, "小明", "小明二号")
    assert answer.startswith("绑定好了，现在你的 2 个账号是同一个人：小明。")
    assert "你的另一个账号绑定好了" in chat.told("小明")
    mine = chat.says("小明", "#我的")
    assert "#1" in mine
    assert "#2" in mine
    assert chat.says("小明二号", "#我的") == mine
    card = chat.says("小红", "#谁是 @小明二号")
    assert "公司：字节" in card
    assert "城市：北京" in card
    with chat.database.read() as session:
        who = holder(session, "小明二号")
        assert who.id == holder(session, "小明").id
        assert [one.keyword for one in session.exec(select(Follow).order_by(col(Follow.id)))] == [
            "咖啡机",
            "猎头",
        ]
        assert session.exec(select(Credit.helper_id)).all() == [who.id]
        assert len(session.exec(select(Member)).all()) == 2
        assert session.exec(select(Audit.verb).where(Audit.verb == "link")).all() == ["link"]
        assert len(session.exec(select(Account)).all()) == 3


@pytest.mark.both_databases
def test_what_one_account_is_done_for_the_other_earns_no_thanks(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    chat.says("小明二号", "#帮助")
    chat.says("小明", "#搞定 1 @小明二号")
    assert "帮忙最多" in chat.says("小红", "#统计")
    binds(chat, "小明", "小明二号")
    assert "帮忙最多" not in chat.says("小红", "#统计")


@pytest.mark.both_databases
def test_nobody_is_told_that_he_fits_a_post_of_his_own(chat: Chat) -> None:
    chat.says("小明", "#求 找人代理记账")
    chat.passes(hours=10)  # 22:00: what is found waits for the morning
    chat.says("小明二号", "#名片 技能：代理记账、报税")
    chat.says("小明二号", "#供 代理记账、报税", private=True)
    chat.passes(minutes=11)
    binds(chat, "小明", "小明二号")
    chat.passes(hours=11)
    assert chat.told("小明") == chat.told("小明二号") == ""
    assert "没有给你匹配过" in chat.says("小明", "#有用", private=True)


@pytest.mark.both_databases
def test_what_he_says_of_himself_by_two_accounts_teaches_nothing(chat: Chat) -> None:
    chat.says("小明二号", "#名片 技能：代理记账、报税")
    chat.says("小明", "#求 找人代理记账")
    chat.says("小明", "#没用")
    binds(chat, "小明", "小明二号")
    assert labels(chat) == []


@pytest.mark.both_databases
def test_one_person_has_one_last_word_on_a_match(chat: Chat) -> None:
    for who in ("小明", "小明二号"):
        chat.says(who, "#名片 职位 摄影师 技能 商业摄影、产品拍摄")
    chat.says("小红", "#求 一位商业摄影的摄影师")
    chat.says("小红", "#没用 1 @小明")
    chat.says("小红", "#有用 1 @小明二号")
    chat.says("小明", "#有用 1")
    chat.says("小明二号", "#没用 1")
    binds(chat, "小明", "小明二号")
    with chat.database.read() as session:
        him, her = holder(session, "小明").id, holder(session, "小红").id
    assert labels(chat) == [(her, him, True), (him, him, False)]


@pytest.mark.both_databases
def test_a_post_fits_one_person_once(chat: Chat) -> None:
    for who in ("小明", "小明二号"):
        chat.says(who, "#名片 职位 摄影师 技能 商业摄影、产品拍摄")
    chat.says("小红", "#求 一位商业摄影的摄影师")
    assert chat.says("小红", "#有用 1").startswith("哪一个有用？")
    binds(chat, "小明", "小明二号")
    assert chat.says("小红", "#有用 1").startswith("记下了")


@pytest.mark.both_databases
def test_what_one_account_kept_for_the_other_is_his_own(chat: Chat) -> None:
    chat.says("小明", "谁有二手投影仪，想收一台")
    chat.says("小明二号", "#收", quote=chat.last_id)
    binds(chat, "小明", "小明二号")
    with chat.database.read() as session:
        assert session.get_one(Post, ("renren", 1)).collected_by is None


@pytest.mark.both_databases
def test_the_budget_of_mentions_is_one(chat: Chat) -> None:
    for who in ("小明", "小明二号"):
        chat.says(who, "#名片 职位 摄影师 技能 商业摄影、产品拍摄")
    chat.says("小红", "#求 一位商业摄影的摄影师")
    assert set(chat.called) == {"小明", "小明二号"}
    binds(chat, "小明", "小明二号")
    with chat.database.read() as session:
        assert set(session.exec(select(Mention.member_id)).all()) == {holder(session, "小明").id}
    chat.says("小刚", "#求 商业摄影，产品拍摄两天")
    assert chat.called == []


@pytest.mark.both_databases
def test_wrong_codes_are_counted_and_then_refused(chat: Chat) -> None:
    for who in ("小明", "坏人"):
        chat.says(who, "#帮助")
    code = code_for(chat, "小明")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for left in (4, 3, 2, 1, 0):
        assert f"还能试 {left} 次" in chat.says("坏人", f"#绑定 {wrong}", private=True)
    assert chat.says("坏人", f"#绑定 {code}", private=True) == "输错太多次了，一小时后再试。"
    chat.passes(minutes=61)
    assert "还能试 4 次" in chat.says("坏人", f"#绑定 {wrong}", private=True)


@pytest.mark.both_databases
def test_a_code_serves_once_and_not_for_long(chat: Chat) -> None:
    for who in ("小明", "小明二号", "小红"):
        chat.says(who, "#帮助")
    code = code_for(chat, "小明")
    chat.passes(minutes=11)
    assert "不对或已过期" in chat.says("小明二号", f"#绑定 {code}", private=True)
    code = code_for(chat, "小明")
    assert chat.says("小明二号", f"#绑定 {code}", private=True).startswith("绑定好了")
    assert "不对或已过期" in chat.says("小红", f"#绑定 {code}", private=True)


def test_not_by_the_same_account_not_in_public_not_by_a_word(chat: Chat) -> None:
    chat.says("小明", "#帮助")
    code = code_for(chat, "小明")
    assert "另一个账号" in chat.says("小明", f"#绑定 {code}", private=True)
    assert "只能私聊用" in chat.says("小红", "#绑定")
    assert "6 位数字" in chat.says("小明", "#绑定 12345", private=True)


def test_a_code_said_aloud_is_worth_nothing_any_more(chat: Chat) -> None:
    for who in ("小明", "小明二号", "小红"):
        chat.says(who, "#帮助")
    code = code_for(chat, "小明")
    told = "#绑定 只能私聊用：请单独给我发，不要发在群里。"
    assert chat.says("小明二号", "#绑定 12345") == told
    assert chat.says("小明二号", f"#绑定 {code}") == (
        f"{told}验证码大家都看到了，已经作废，请重新拿一个。"
    )
    assert "不对或已过期" in chat.says("小红", f"#绑定 {code}", private=True)
    assert chat.says("小明二号", f"#绑定 {code}") == told


def test_a_removed_account_does_not_slip_in_by_another(chat: Chat) -> None:
    chat.says("小明", "#帮助")
    chat.says("坏人", "#帮助")
    code = code_for(chat, "坏人")
    chat.says(ADMIN, "#移除 @坏人 诈骗")
    assert "不能绑定" in chat.says("小明", f"#绑定 {code}", private=True)


@pytest.mark.both_databases
@pytest.mark.parametrize("order", [("小明", "小明二号"), ("小明二号", "小明")])
def test_the_higher_role_stays(chat: Chat, order: tuple[str, str]) -> None:
    for who in order:
        chat.says(who, "#帮助")
    chat.says(ADMIN, "#角色 @小明二号 运营")
    binds(chat, *order)
    assert chat.says(ADMIN, "#角色 @小明") == f"{order[0]} 是运营。"


def test_an_owner_vouches_for_whoever_lost_his_account(chat: Chat) -> None:
    chat.says("小明", "#求 一台投影仪")
    assert CODE.search(chat.says("小红", "#绑定 小明", private=True)) is None
    found = CODE.search(chat.says(ADMIN, "#绑定 小明", private=True))
    assert found is not None
    chat.says("小明新号", "#帮助")
    answer = chat.says("小明新号", f"#绑定 {found[1]}", private=True)
    assert answer.startswith("绑定好了，现在你的 2 个账号是同一个人：小明。")
    assert "投影仪" in chat.says("小明新号", "#我的")
    with chat.database.read() as session:
        assert "link_code" in [row.verb for row in session.exec(select(Audit))]
