"""What the analyser finds in texts and profiles."""

import json
import logging
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from matching import Analyser, Analysis, Profile


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("找人代账", {"代账", "C代理记账"}),
        ("找人報稅", {"报税", "C代理记账"}),
        ("iPhone 15", {"iphone15", "iphone"}),
        ("出ｉＰｈｏｎｅ１５", {"iphone15"}),
        ("苹果 15 Pro", {"苹果15"}),
        ("保险杠刮了", {"保险杠"}),
        ("3D打印手板", {"3d打印", "C手板"}),
        ("c++ 高手", {"c++"}),
    ],
)
def test_terms(analyser: Analyser, text: str, terms: set[str]) -> None:
    assert terms <= set(analyser.analyse(text).terms)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("预算 3 万，100 平米", {"3", "万", "100", "平米"}),
        ("剪辑，微信 zhou_yi_08", {"zhou", "yi", "微信"}),
        ("前端，电话 13800138000", {"13800138000"}),
        ("我们想找一个靠谱的", {"我们", "靠谱", "一个"}),
        ("livehouse 演出", {"live", "house"}),
    ],
)
def test_what_is_no_term(analyser: Analyser, text: str, absent: set[str]) -> None:
    assert not absent & set(analyser.analyse(text).terms)


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("深圳南山找工位", {"深圳"}),
        ("海淀租房", {"北京"}),
        ("朝阳找室友", {"北京"}),
        ("上海，朝阳产业", {"上海"}),
        ("北京上海都行", {"北京", "上海"}),
        ("远程前端", set()),
    ],
)
def test_cities(analyser: Analyser, text: str, cities: set[str]) -> None:
    assert analyser.analyse(text).cities == analyser.cities(text) == cities


@pytest.mark.parametrize(
    ("text", "kind", "work"),
    [
        ("招前端两名，薪资面议", "need", "hire"),
        ("五年前端求职，刚离职看机会", "offer", "seek"),
        ("闲置显示器出", "offer", ""),
    ],
)
def test_side_of_a_job(analyser: Analyser, text: str, kind: str, work: str) -> None:
    assert analyser.analyse(text, kind).work == work


@pytest.mark.parametrize(
    ("text", "remote"), [("可远程", True), ("不接受远程", False), ("坐班", False)]
)
def test_remote(analyser: Analyser, text: str, remote: bool) -> None:
    assert analyser.analyse(text).remote is remote


def test_on_the_spot(analyser: Analyser) -> None:
    assert analyser.analyse("西二旗合租").local
    assert not analyser.analyse("logo 设计").local


@pytest.mark.parametrize(
    ("text", "excluded"),
    [("B 轮融资，FA 勿扰", "C财务顾问"), ("找拍摄，不要剪辑", "C后期"), ("找拍摄和剪辑", "")],
)
def test_exclusions(analyser: Analyser, text: str, excluded: str) -> None:
    found = analyser.analyse(text, "need")
    assert found.excluded == ({excluded} if excluded else set())
    assert excluded not in found.terms


def test_the_head_is_what_is_asked_for(analyser: Analyser) -> None:
    units = analyser.analyse("找做过连锁餐饮的设计团队", "need").units
    assert [unit.surface for unit in units if unit.head] == ["设计团队"]


def test_profile_keeps_fields_and_sides(analyser: Analyser) -> None:
    found = analyser.profile(
        Profile(
            title="CTO",
            city="北京",
            bio="做 CRM 软件，长期缺前端",
            skills=("架构师",),
            keywords=("后端",),
            posts=(("need", "求工位"), ("offer", "二手显示器出")),
        )
    )
    by_word = {unit.surface: unit for unit in found.units}
    assert found.cities == {"北京"}
    assert by_word["crm"].field == "bio"
    assert not by_word["crm"].wants
    assert by_word["前端"].wants
    assert by_word["后端"].field == "keywords"
    assert by_word["架构师"].field == "skills"
    assert by_word["工位"].wants
    assert not by_word["显示器"].wants


def test_empty_texts(analyser: Analyser) -> None:
    for text in ("", " \n", "。。。", "🙏", "我想要"):
        assert analyser.analyse(text, "need").units == ()
    assert analyser.profile(Profile()).units == ()


@pytest.mark.parametrize(
    "text", ["深圳找代账，FA 勿扰，可远程", "招前端", "", "iPhone 15 Pro 256G"]
)
def test_dump_and_load(analyser: Analyser, text: str) -> None:
    found = analyser.analyse(text, "need")
    again = Analysis.load(json.loads(json.dumps(found.dump())))
    assert again == found
    assert again.terms == found.terms
    assert again.surface == found.surface


def test_a_word_of_the_caller_stays_whole(analyser: Analyser) -> None:
    own = Analyser(extra_words=("小满财税",))
    assert "小满财税" in own.analyse("小满财税的会计").terms
    assert "小满财税" not in analyser.analyse("小满财税的会计").terms
    assert own.version != analyser.version


def test_version_and_terms_are_the_same_in_every_process() -> None:
    code = (
        "from matching import Analyser; a = Analyser(); print(a.version, a.analyse('代账').dump())"
    )
    outputs = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", code],
            env={"PYTHONHASHSEED": seed, "TMPDIR": "/nonexistent"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_threads_share_an_analyser(analyser: Analyser) -> None:
    texts = [f"找{trade}，深圳" for trade in ("代账", "前端", "月嫂", "货代", "摄影棚")] * 40
    alone = [analyser.analyse(text, "need") for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: analyser.analyse(text, "need"), texts))
    assert together == alone


def test_loading_leaves_the_root_logger_alone() -> None:
    before = list(logging.getLogger().handlers), logging.getLogger().level
    Analyser()
    assert (list(logging.getLogger().handlers), logging.getLogger().level) == before


@pytest.mark.parametrize("piece", ["1", "a", "a1", "1万", "勿扰", "不要", "V:x_", "找", "@a", "."])
def test_long_rubbish_takes_no_time(analyser: Analyser, piece: str) -> None:
    begun = time.process_time()
    analyser.analyse(piece * 5000, "need")
    assert time.process_time() - begun < 1.5
