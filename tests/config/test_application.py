"""The application form in config.yaml."""

import pytest

from bot.config import Config
from community.form import ApplicationRules
from tests.config.conftest import Loaded, Said

COMMUNITY = "communities:\n  - id: a\n    name: 甲\n    application:\n"
REFUSED = [
    ("      fields:\n        - key: Name\n", "fields[0].key 应由小写英文字母、数字和 _ 组成"),
    ("      fields:\n        - key: hometown\n", "fields[0] 是自定义的一栏，应写明 label"),
    ("      fields:\n        - {key: name, min: 9, max: 3}\n", "fields[0] 的 min 不能大于 max"),
    ("      fields:\n        - key: name\n        - key: name\n", "fields 里 name 写了两次"),
    ("      fields:\n        - key: city\n", "application 的 fields 里应有 name"),
    ("      request_required: [age]\n", "request_required 里 age 不在 fields 中"),
    ("      auto_approve: 也许\n", 'auto_approve 应为 true 或 false，现在是 "也许"'),
    ("      approvals: 4\n", "approvals 不能大于 3"),
    ("      deadline: 4\n", "不认识 communities[0].application.deadline"),
]


def rules(config: Config) -> ApplicationRules:
    return config.settings[0].application


def test_without_a_section_the_default_form_is_asked(loaded: Loaded) -> None:
    found = rules(loaded("limits:\n  posts_per_day: 3\n"))
    assert [one.key for one in found.fields if one.required] == [
        "name", "company", "years", "title", "city", "consent",
    ]  # fmt: skip
    assert "consent" not in [one.key for one in found.asked]


def test_a_form_of_ones_own(loaded: Loaded) -> None:
    form = (
        "      fields:\n        - {key: name, required: true}\n"
        "        - {key: hometown, label: 籍贯}\n"
        "        - {key: city, label: 常住地, question: 常住哪里？, max: 10}\n"
        "      auto_approve: true\n      approvals: 2\n      mail_domains: [x.cn]\n"
    )
    found = rules(loaded(COMMUNITY + form))
    assert [(one.shown, one.asked) for one in found.fields] == [
        ("姓名", "你的真实姓名？"),
        ("籍贯", "籍贯？"),
        ("常住地", "常住哪里？"),
    ]
    assert (found.auto_approve, found.approvals, found.mail_domains) == (True, 2, ("x.cn",))


@pytest.mark.parametrize(("text", "told"), REFUSED)
def test_a_mistake_is_told(said: Said, text: str, told: str) -> None:
    assert told in said(COMMUNITY + text)
