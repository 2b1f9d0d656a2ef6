"""What applicants say to the form without answering it, and the name of a community alone."""

import pytest

from community.form import ApplicationRules, FormField
from community.vetting.asides import aside, is_community_name

RULES = ApplicationRules()
NAME, COMPANY, YEARS, TITLE = "name", "company", "years", "title"


@pytest.mark.parametrize(
    ("key", "text", "kind"),
    [
        (NAME, "上一步", "back"),
        (NAME, "能不能用网名？", "question"),
        (NAME, "为什么要填真名", "question"),
        (NAME, "在吗", "word"),
        (NAME, "申请加入", "word"),
        (NAME, "稍等", "word"),
        (NAME, "等一下，我在开会", "word"),
        (COMPANY, "我想想……", "word"),
        ("gives", "等下再填", "word"),
        (COMPANY, "马上消费金融", None),
        (COMPANY, "等等科技", None),
        ("seeks", "我想找投资人", None),
        (TITLE, "我看书的时候多", None),
        (TITLE, "多久能审完", "question"),
        (NAME, "刘洋", None),
        (COMPANY, "这个必须填么", "question"),
        (COMPANY, "饿了么", None),
        (COMPANY, "什么值得买", None),
        (COMPANY, "去哪儿", None),
        (YEARS, "2012-2015?", None),
        (YEARS, "不记得了怎么办", "question"),
        ("seeks", "有没有人一起创业？", None),
        ("seeks", "可以不填吗", "question"),
        ("gives", "怎么写商业计划书", None),
        ("gives", "为什么要填这个", "question"),
    ],
)
def test_what_is_no_answer(key: str, text: str, kind: str | None) -> None:
    field = RULES.field(key)
    assert field is not None
    assert aside(text, field) == kind


def test_a_question_of_the_communitys_own_may_want_a_yes() -> None:
    assert aside("好的", FormField(key="rules", label="守规矩")) is None


@pytest.mark.parametrize(
    ("text", "is_it"),
    [
        ("老友记", True),
        ("我想加入老友记！", True),
        ("申请老友记", True),
        ("老友记是什么", False),
        ("#申请老友记", True),
        ("＃ 加入老友记", True),
    ],
)
def test_the_name_of_a_community_alone(text: str, is_it: bool) -> None:
    assert is_community_name(text, "老友记") is is_it
