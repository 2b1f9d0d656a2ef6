"""Files that are no good YAML, or no files at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import ConfigError, load
from bot.config.source import parse
from tests.config.conftest import Said
from tests.config.test_loaded import CONTRACT

BROKEN = [
    ("limits:\n\tposts_per_day: 3\n", 2, "缩进不能用制表符，请改成空格"),
    ("limits：\n  posts_per_day: 3\n", 2, "键后面的冒号应为半角“:”，后面跟一个空格"),
    ("limits：\n", 1, "键后面的冒号应为半角“:”，后面跟一个空格"),
    ('alerts:\n  mail: ["a@b.c"，"d@e.f"]\n', 2, "两项之间的逗号应为半角“,”"),
    ('mail:\n  url: "abc\n', 3, "引号没有成对"),
    ("a: b: c\n", 1, "这里多了一个“: ”，或缩进不对，文字里有冒号时请加引号"),
    ("limits: {}\n---\nlimits: {}\n", 2, "一个文件里只能有一份配置，请去掉中间的 ---"),
    ("database: @x\n", 1, "文字以 @、` 或 % 这类符号开头时请加引号"),
    ("limits: \x07\n", None, "有看不见的特殊字符，请删掉"),
    ("a: &x 1\nlimits: *x\n", 2, "不支持用 * 引用别处的值，文字以 * 开头时请加引号"),
    ("limits: [1\nweb: 2]: {\n", 2, "请检查这一行和上一行的缩进、引号和冒号"),
]


@pytest.mark.parametrize(("text", "line", "hint"), BROKEN)
def test_broken_yaml_is_told_with_its_line(
    said: Said, text: str, line: int | None, hint: str
) -> None:
    where = "config.yaml" if line is None else f"config.yaml 第 {line} 行"
    assert said(text) == f"{where}：YAML 写法有误，{hint}"


def test_a_file_that_is_nested_without_end(said: Said) -> None:
    assert said("[" * 600 + "]" * 600) == "config.yaml：YAML 写法有误，一层套一层，太深了"


def test_a_key_that_is_written_twice(said: Said) -> None:
    text = "limits:\n  posts_per_day: 3\n  posts_per_day: 4\nlimits: {}\n"
    assert said(text).splitlines() == [
        "config.yaml 第 3 行：limits.posts_per_day 写了两次（第 2 行已经有了），请只留一个",
        "config.yaml 第 4 行：limits 写了两次（第 1 行已经有了），请只留一个",
    ]


@pytest.mark.parametrize("text", ["- a\n", "hello\n"])
def test_the_outermost_must_be_keys(said: Said, text: str) -> None:
    assert said(text) == "config.yaml 第 1 行：文件的最外层应为“键: 值”，例如 limits:"


def test_a_key_must_be_a_word(said: Said) -> None:
    assert said("? [a]\n: b\n") == "config.yaml 第 1 行：键应为一个词，后面跟半角冒号和空格"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "~\n", "limits:\nmail:\n  url:\n"])
def test_what_is_left_empty_counts_as_not_written(text: str) -> None:
    source = parse(text)
    assert source.problems == []
    assert source.data in ({}, {"mail": {}})


def test_values_stay_texts() -> None:
    source = parse("a: 0123\nb: on\nc: 12:30\n")
    assert source.data == {"a": "0123", "b": "on", "c": "12:30"}


def refused(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return caught.value.text.removeprefix(f"{path}：")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.yaml") == "没有这个文件，请检查 -c 后面的路径"
    assert refused(tmp_path) == "这是一个文件夹，应为配置文件"
    (tmp_path / "gbk.yaml").write_bytes("# 老友\n".encode("gbk"))
    assert refused(tmp_path / "gbk.yaml") == "不是 UTF-8 编码，请另存为 UTF-8"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "bom.yaml"
    file.write_bytes(b"\xef\xbb\xbflimits:\r\n  posts_per_day: 5\r\n")
    assert load(file).limits.posts_per_day == 5


SCRAPS = [
    *(f"{line}\n" for line in CONTRACT.splitlines()),
    *("{", "}", "[", "]", ": ", "- ", "\n", "  ", "\t", "&a ", "*a ", "! ", "|\n", ">\n", "'", '"'),
    *(
        "# ",
        "? ",
        "---\n",
        "<<: ",
        "${A}",
        "${",
        "：",
        "\0",
        "\u2028",
        "null",
        "0x1",
        "!!python/name:os ",
    ),
]


@given(st.lists(st.sampled_from(SCRAPS), max_size=30))
def test_whatever_is_written_is_read_or_told_in_sentences(
    tmp_path_factory: pytest.TempPathFactory, scraps: list[str]
) -> None:
    file = tmp_path_factory.getbasetemp() / "scraps.yaml"
    file.write_text("".join(scraps), encoding="utf-8")
    try:
        load(file, {"A": "x"})
    except ConfigError as error:
        for sentence in error.text.splitlines():
            assert sentence.startswith(str(file))
