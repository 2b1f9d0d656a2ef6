"""What is taken out of a text before anybody reads it."""

import pytest

from community.anonymity.cleaning import clean


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("在腾讯做推荐", "在［某公司］做推荐"),
        ("在深圳市腾讯计算机系统有限公司做推荐", "在［某公司］做推荐"),
        ("曾在华为技术有限公司、中国建设银行工作", "曾在［某公司］工作"),
        ("想去阿里巴巴集团，求一家律师事务所", "想去［某公司］，求一家律师事务所"),
        ("Foo Bar Inc. 也待过", "［某公司］ 也待过"),
        ("我是张三，来自 TENCENT", "我是［已隐去］，来自 ［某公司］"),
        ("电话 13800138000，或 138 0013 8000", "［已隐去］，或 ［已隐去］"),
        ("座机 0755-26012345 转 8", "座机 ［已隐去］ 转 8"),
        ("微信号：zhang_san88", "［已隐去］"),
        ("V信: abc12345 加我", "［已隐去］ 加我"),
        ("加我 zhangsan1990 或 wxid_a1b2c3", "加我 ［已隐去］ 或 ［已隐去］"),
        ("QQ 12345678，a.b@c.com", "［已隐去］"),
        ("见 https://example.com/me，谢谢", "见 ［已隐去］，谢谢"),
        ("@李四 认识我", "［已隐去］ 认识我"),
        ("会 Java17、Python3 和 iPhone15，预算 50000 元", None),
        ("张三丰的太极，三年经验，2019 年起", "［已隐去］丰的太极，三年经验，2019 年起"),
    ],
)
def test_what_is_left(text: str, left: str | None) -> None:
    found = clean(text, companies=["腾讯", "Tencent"], names=["张三", "三"])
    assert found.text == (text if left is None else left)
    assert bool(found.removed) == (left is not None)


def test_what_was_taken_out_is_told() -> None:
    text = "张三，腾讯，微信 abc12345，腾讯"
    assert clean(text, companies=["腾讯"], names=["张三"]).removed == (
        "微信 abc12345",
        "张三",
        "腾讯",
    )
