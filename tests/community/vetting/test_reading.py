"""What people write about themselves, understood."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.form import ApplicationRules, FormField
from community.vetting.checking import reads_like_proof
from community.vetting.reading import (
    answered,
    changed,
    corrected,
    labelled,
    read,
    says_nothing,
    without_prompt,
)
from matching import Analyser

RULES = ApplicationRules()
NAME, COMPANY, YEARS, TITLE, CITY = "name", "company", "years", "title", "city"

WRITTEN = [
    (
        "我是张三，2016-2019在人人网做产品，现在字节，北京",
        {NAME: "张三", COMPANY: "人人网", YEARS: "2016-2019", CITY: "北京"},
    ),
    ("张三-人人网-产品经理", {NAME: "张三", COMPANY: "人人网", TITLE: "产品经理"}),
    (
        "张三 人人网 2015-2018 产品经理 上海",
        {NAME: "张三", COMPANY: "人人网", YEARS: "2015-2018", TITLE: "产品经理", CITY: "上海"},
    ),
    (
        "姓名 张三 公司 人人网 在职时间 2016-2019 职位 产品经理 城市 北京",
        {NAME: "张三", COMPANY: "人人网", YEARS: "2016-2019", TITLE: "产品经理", CITY: "北京"},
    ),
    (
        "姓名：张三，公司：人人网，城市：深圳市",
        {NAME: "张三", COMPANY: "人人网", CITY: "深圳市"},
    ),
    (
        "姓名=张三\n公司 = 人人网\n职位：CTO",
        {NAME: "张三", COMPANY: "人人网", TITLE: "CTO"},
    ),
    ("姓名张三 公司字节", {NAME: "张三", COMPANY: "字节"}),
    ("1. 张三\n2. 人人网\n3、2016-2019", {NAME: "张三", COMPANY: "人人网", YEARS: "2016-2019"}),
    (
        "我叫欧阳娜娜，来自人人网 2016年-2018年",
        {NAME: "欧阳娜娜", COMPANY: "人人网", YEARS: "2016年-2018年"},
    ),
    (
        "韩梅梅/人人游戏/运营/杭州",
        {NAME: "韩梅梅", COMPANY: "人人游戏", TITLE: "运营", CITY: "杭州"},
    ),
    ("李雷，人人，li@renren.com", {NAME: "李雷", COMPANY: "人人", "proof": "li@renren.com"}),
    (
        "张三，2016-2019 在人人网做产品",
        {NAME: "张三", COMPANY: "人人网", YEARS: "2016-2019"},
    ),
    ("张三", {NAME: "张三"}),
    ("你好", {}),
    ("我想加入你们", {}),
    ("我是产品经理", {}),
    ("", {}),
]
ANSWERED = [
    (
        COMPANY,
        "字节，产品经理，2016-2019",
        {COMPANY: "字节", TITLE: "产品经理", YEARS: "2016-2019"},
    ),
    (COMPANY, "公司字节跳动", {COMPANY: "字节跳动"}),
    (COMPANY, "公司宝", {COMPANY: "公司宝"}),
    (COMPANY, "字节，抖音", {COMPANY: "字节，抖音"}),
    (COMPANY, "字节，抖音，北京", {COMPANY: "字节，抖音，北京"}),
    (TITLE, "产品经理，北京", {TITLE: "产品经理", CITY: "北京"}),
    (TITLE, "产品经理、运营", {TITLE: "产品经理、运营"}),
    (CITY, "城市北京", {CITY: "北京"}),
    (CITY, "北京，上海", {CITY: "北京，上海"}),
    (NAME, "我叫李小红", {NAME: "李小红"}),
    (NAME, "我的名字是刘洋", {NAME: "刘洋"}),
    (NAME, "叫我刘洋就行", {NAME: "刘洋"}),
    (NAME, "我姓刘名洋", {NAME: "刘洋"}),
    (NAME, "姓刘，叫刘洋", {NAME: "刘洋"}),
    (NAME, "我是刘洋，人人网的", {NAME: "刘洋"}),
    (COMPANY, "人人网 2012-2015", {COMPANY: "人人网", YEARS: "2012-2015"}),
    (COMPANY, "字节跳动（2018-2021）", {COMPANY: "字节跳动", YEARS: "2018-2021"}),
    (COMPANY, "2012-2015在人人网", {COMPANY: "人人网", YEARS: "2012-2015"}),
    (COMPANY, "我在人人网工作了3年，2012-2015", {COMPANY: "人人网", YEARS: "2012-2015"}),
    (COMPANY, "人人网 产品经理 北京", {COMPANY: "人人网", TITLE: "产品经理", CITY: "北京"}),
    (COMPANY, "在人人网待过", {COMPANY: "人人网"}),
    (COMPANY, "人人网的", {COMPANY: "人人网"}),
    (COMPANY, "我在美的", {COMPANY: "美的"}),
    (COMPANY, "在行", {COMPANY: "在行"}),
    (COMPANY, "腾讯 深圳", {COMPANY: "腾讯 深圳"}),
    (COMPANY, "Google China", {COMPANY: "Google China"}),
    (YEARS, "2012-2015，产品经理", {YEARS: "2012-2015", TITLE: "产品经理"}),
    (TITLE, "我现在在字节做产品经理", {TITLE: "产品经理"}),
    (TITLE, "当当网运营总监", {TITLE: "当当网运营总监"}),
    (COMPANY, "人人网 2015.10-2018.03", {COMPANY: "人人网", YEARS: "2015.10-2018.03"}),
    (COMPANY, "人人网2015年7月到2018年3月", {COMPANY: "人人网", YEARS: "2015年7月到2018年3月"}),
    (CITY, "坐标北京", {CITY: "北京"}),
    (CITY, "在水一方", {CITY: "在水一方"}),
    ("voucher", "李雷认识我", {"voucher": "李雷"}),
    (NAME, "我是产品经理", {NAME: "我是产品经理"}),
    (NAME, "李小红", {NAME: "李小红"}),
    ("gives", "公司注册\n城市调研", {"gives": "公司注册\n城市调研"}),
]
COMMENTS = [
    ("问题：你是谁？\n答案：李雷 人人", "李雷 人人"),
    ("问题:你是谁?答案:李雷", "李雷"),
    ("答案：李雷", "李雷"),
    ("回答: 李雷", "李雷"),
    ("问题：你的答案是什么？\n答案： 李雷", "李雷"),
    ("李雷 人人", "李雷 人人"),
    ("问题：你是谁？\n答案：", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "found"), WRITTEN)
def test_free_forms(analyser: Analyser, text: str, found: dict[str, str]) -> None:
    assert read(text, RULES, analyser) == found


@pytest.mark.parametrize(("key", "text", "found"), ANSWERED)
def test_an_answer_to_one_question(
    analyser: Analyser, key: str, text: str, found: dict[str, str]
) -> None:
    field = RULES.field(key)
    assert field is not None
    assert answered(text, field, analyser) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("改城市：杭州", {CITY: "杭州"}),
        ("改一下城市 杭州", {CITY: "杭州"}),
        ("我改一下城市，杭州", {CITY: "杭州"}),
        ("改城市：杭州 公司：人人网", {CITY: "杭州", COMPANY: "人人网"}),
        ("把城市改成杭州", {CITY: "杭州"}),
        ("公司写错了，是人人网", {COMPANY: "人人网"}),
        ("城市 杭州", {}),
        ("改天再说", {}),
    ],
)
def test_what_is_to_be_changed(text: str, found: dict[str, str]) -> None:
    assert changed(text, RULES) == found


@pytest.mark.parametrize(
    ("key", "text", "found"),
    [
        (TITLE, "姓名 刘洋", {NAME: "刘洋"}),
        (COMPANY, "我叫刘洋", {NAME: "刘洋"}),
        (YEARS, "不对，我叫刘洋", {NAME: "刘洋"}),
        ("industry", "城市：上海", {CITY: "上海"}),
        (TITLE, "城市 规划", {}),
        (COMPANY, "名字：字节跳动", {}),
        (COMPANY, "我叫了外卖", {}),
        ("voucher", "姓名 李雷", {}),
        ("gives", "城市：上海", {}),
        (NAME, "姓名 刘洋", {}),
        (CITY, "上海", {}),
    ],
)
def test_what_is_said_of_another_field(
    analyser: Analyser, key: str, text: str, found: dict[str, str]
) -> None:
    field = RULES.field(key)
    assert field is not None
    assert corrected(text, field, RULES, analyser) == found


@pytest.mark.parametrize(("comment", "words"), COMMENTS)
def test_what_a_platform_wraps_around_an_answer(comment: str, words: str) -> None:
    assert without_prompt(comment) == words


def test_a_word_in_running_text_is_no_field() -> None:
    assert labelled("我在 公司 做 行业 研究", RULES) == {}
    assert labelled("我在人人，城市：北京", RULES) == {CITY: "北京"}


def test_fields_of_ones_own() -> None:
    form = ApplicationRules(fields=(FormField(key=NAME), FormField(key="home", label="籍贯")))
    assert labelled("姓名 张三 籍贯 四川 公司 人人", form) == {
        NAME: "张三",
        "home": "四川 公司 人人",
    }


@pytest.mark.parametrize(
    "word",
    [
        "无",
        "没有",
        "跳过",
        "PASS",
        "skip。",
        "-",
        "暂时没有",
        "没想好",
        "都没有呢",
        "没人认识我",
        "跳过跳过",
    ],
)
def test_nothing_to_say(word: str) -> None:
    field = FormField(key="gives")
    assert says_nothing(word, field)
    assert not says_nothing(f"{word}敌", field)


@pytest.mark.parametrize(("word", "is_it"), [("没有", False), ("无", False), ("跳过", True)])
def test_a_question_of_the_community_may_want_a_no(word: str, is_it: bool) -> None:
    assert says_nothing(word, FormField(key="sells", label="做不做微商")) is is_it


PIECES = st.sampled_from(
    [
        "姓名：",
        "，公司:",
        "\n城市 ",
        "：",
        " ",
        "\u3000",
        "\n",
        "张三",
        "人人网",
        "我是",
        "答案",
        "问题",
    ]
)


@given(st.lists(PIECES | st.sampled_from("12.-/，@#公"), max_size=20).map("".join))
def test_any_text_is_read_without_trouble(text: str) -> None:
    found = labelled(without_prompt(text), RULES)
    assert set(found) <= {field.key for field in RULES.asked}
    assert all(found.values())


@pytest.mark.parametrize("run", ["条会计", "张三-人人-", "北京", "千", "a", " ", "\n", "以前在"])
def test_long_runs_cost_no_time(analyser: Analyser, run: str) -> None:
    text = f"工作{run * (10_000 // len(run))}x"
    begun = process_time()
    read(text, RULES, analyser)
    for field in RULES.asked:
        answered(text, field, analyser)
    rules = ApplicationRules(mail_domains=("example.com",))
    reads_like_proof(rules, account="", answers={"proof": text})
    assert process_time() - begun < 0.8


def test_what_could_begin_many_sentences_costs_no_time(analyser: Analyser) -> None:
    begun = process_time()
    read("以前在" * 13_000, RULES, analyser)
    assert process_time() - begun < 2
