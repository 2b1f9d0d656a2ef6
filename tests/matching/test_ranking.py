"""Ranking, reasons and the decision, on small shelves."""

from dataclasses import replace

import pytest
from pydantic_core import from_json, to_json

from matching import (
    Analyser,
    Analysis,
    Candidate,
    Profile,
    Ranked,
    Stats,
    Stored,
    candidate_terms,
    follows,
    keywords,
    mention_candidates,
    rank,
    rank_jointly,
    search_results,
    shortlist,
    unrelated_terms,
)
from matching.comparing import Query
from matching.fitted import FITTED
from matching.ranking import measure, named
from matching.reasons import Reason
from matching.stored import TERMS


def shelf(analyser: Analyser, *texts: str, kind: str = "offer") -> list[Candidate]:
    return [Candidate(at, analyser.analyse(text, kind).stored) for at, text in enumerate(texts, 1)]


def stats(query: Analysis, candidates: list[Candidate]) -> Stats:
    held = [{term for row in c.stored.rows for term, _ in row[TERMS]} for c in candidates]
    return Stats(len(candidates), {term: sum(term in one for one in held) for term in query.terms})


def find(analyser: Analyser, text: str, *texts: str, kind: str = "need") -> list[Ranked]:
    query = analyser.analyse(text, kind)
    other = "offer" if kind == "need" else "need"
    candidates = shelf(analyser, *texts, kind=other)
    return rank(query, candidates, stats(query, candidates))


def test_where_it_is_is_no_reason_alone_but_what_both_are_about_is(analyser: Analyser) -> None:
    text = "深圳，插座没电"
    query = analyser.analyse(text, "need")
    [power, crabs] = find(analyser, text, "家电安装，灯具更换，深圳", "阳澄湖大闸蟹礼券，深圳")
    assert [reason.text for reason in power.reasons] == ["深圳", "都与「维修到家」有关"]
    assert [reason.text for reason in crabs.reasons] == ["深圳"]
    assert shortlist(query, [power], likely=True) == [power]
    assert shortlist(query, [replace(crabs, score=0.9)], likely=True) == []


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("找人代账报税", "代理记账，两百一个月", "二手显示器出"),
        ("求前端开发，React", "五年 Vue 前端求职", "出租南山工位"),
        ("求租海淀工位", "上地工位转租，可注册", "上海工位转租"),
        ("找月嫂，北京", "金牌月嫂，北京可上户", "金牌月嫂，广州可上户"),
        ("收一台 Switch", "任天堂续航版带卡带", "出 iPhone 15"),
        ("找投流团队", "信息流投放代运营", "短视频拍摄"),
        ("想找货代，走美国海运", "美森快船双清包税", "同城搬家"),
        ("求雅思口语老师", "雅思一对一陪练", "钢琴陪练"),
    ],
)
def test_the_right_one_is_first(analyser: Analyser, text: str, right: str, wrong: str) -> None:
    assert find(analyser, text, wrong, right)[0].id == 2
    assert find(analyser, text, right, wrong)[0].id == 1


def test_equals_by_newness(analyser: Analyser) -> None:
    found = find(analyser, "找代账", "代账两百", "代账两百", "代账两百")
    assert [r.id for r in found] == [3, 2, 1]


def test_order_of_candidates_does_not_matter(analyser: Analyser) -> None:
    query = analyser.analyse("找前端和后端，北京", "need")
    candidates = shelf(analyser, "前端求职，北京", "Java 后端求职", "UI 接单", "北京全栈接外包")
    counts = stats(query, candidates)
    assert_alike(rank(query, candidates, counts), rank(query, candidates[::-1], counts))


def assert_alike(one: list[Ranked], other: list[Ranked]) -> None:
    assert one == other
    assert [each.reasons for each in one] == [each.reasons for each in other]


def test_a_loaded_analysis_ranks_alike(analyser: Analyser) -> None:
    query = analyser.analyse("找前端和后端，北京", "need")
    candidates = shelf(analyser, "前端求职，北京", "Java 后端求职")
    loaded = [
        Candidate(at, Stored(from_json(to_json(analyser.analyse(text, "offer").dump()))))
        for at, text in enumerate(("前端求职，北京", "Java 后端求职"), 1)
    ]
    counts = stats(query, candidates)
    assert_alike(rank(query, loaded, counts), rank(query, candidates, counts))


def test_nothing_in_common_is_no_candidate(analyser: Analyser) -> None:
    assert find(analyser, "找代账", "出显示器", "") == []
    assert find(analyser, "。。。", "出显示器") == []


def test_nothing_fits_nothing_is_shown(analyser: Analyser) -> None:
    query = analyser.analyse("求推荐靠谱的装修队，深圳", "need")
    assert (
        shortlist(query, find(analyser, "求推荐靠谱的装修队，深圳", "深圳代账", "深圳工位")) == []
    )


def test_the_best_of_a_bad_lot_is_not_good(analyser: Analyser) -> None:
    def nearness(text: str) -> float:
        query = analyser.analyse("找会报税的财务，要懂跨境电商，会英语，做过审计，能开发票", "need")
        found = shelf(analyser, text, "深圳二手显示器出")
        weighed = Query.weigh(query, stats(query, found))
        return named(measure(weighed, found)[0][2])["relative"]

    assert nearness("代理记账报税，熟悉跨境电商") == 1
    assert nearness("出显示器，可开发票") < 0.8


def test_shortlist_is_short(analyser: Analyser) -> None:
    query = analyser.analyse("找代账", "need")
    found = find(analyser, "找代账", *["代账报税两百一个月"] * 5)
    assert [r.id for r in shortlist(query, found)] == [5, 4, 3]
    assert len(search_results(found)) == 5


def test_who_is_asked_to_stay_away(analyser: Analyser) -> None:
    found = find(analyser, "B 轮融资找领投，FA 勿扰", "老牌 FA，融资顾问", "人民币基金，B 轮领投")
    assert found[0].id == 2
    assert found[1].against == ("对方说明不要：fa",)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        (Reason("跨境电商", "跨境电商", "", 1.0, 0.5), "跨境电商"),
        (Reason("报税", "代理记账", "skills", 1.0, 0.5), "代理记账（技能）≈ 报税"),
        (Reason("报税", "代账", "", 1.0, 0.5), "代账 ≈ 报税"),
        (Reason("前端", "前端", "keywords", 1.0, 0.5), "前端（关键词）"),
    ],
)
def test_reasons_for_people(reason: Reason, text: str) -> None:
    assert reason.text == text


def test_reasons_name_both_words(analyser: Analyser) -> None:
    reason = find(analyser, "找人报税", "代账两百")[0].reasons[0]
    assert (reason.word, reason.theirs, reason.field) == ("报税", "代账", "")


def members(analyser: Analyser, *profiles: Profile) -> list[Candidate]:
    return [Candidate(at, analyser.profile(p).stored, at) for at, p in enumerate(profiles, 1)]


ACCOUNTANT = Profile(title="会计", industry="财税", bio="代账报税，公司注册", keywords=("代账",))
FOUNDER = Profile(title="创始人", industry="餐饮", bio="三家面馆", keywords=("代账",))
DRIVER = Profile(title="司机", bio="商务车接送", keywords=("用车",))


def test_who_has_it_is_called_for_a_need(analyser: Analyser) -> None:
    query = analyser.analyse("找代账报税的", "need")
    found = rank(query, people := members(analyser, DRIVER, ACCOUNTANT), stats(query, people))
    calls = mention_candidates(query, rank_jointly(query, (), found, FITTED).people)
    assert [call.id for call in calls] == [2]
    assert "代账" in calls[0].reasons[0].text


def test_who_wants_it_comes_before_the_competitor_for_an_offer(analyser: Analyser) -> None:
    query = analyser.analyse("承接代账报税，两百一个月", "offer")
    rival = replace(ACCOUNTANT, keywords=())  # with the keyword he would have asked for it
    people = members(analyser, rival, FOUNDER)
    assert rank(query, people, stats(query, people))[0].id == 2


def test_the_author_of_a_fitting_post_is_called(analyser: Analyser) -> None:
    query = analyser.analyse("找代账报税的", "need")
    offer = [Candidate(1, analyser.analyse("代账报税，两百一个月", "offer").stored, owner=77)]
    found = rank_jointly(query, rank(query, offer, stats(query, offer)), (), FITTED)
    posts = shortlist(query, found.posts)
    calls = mention_candidates(query, found.people, posts)
    assert [(call.id, call.post) for call in calls] == [(77, 1)]
    assert mention_candidates(query, found.people) == []  # what is not shown is no reason


def test_nobody_is_called_for_nothing(analyser: Analyser) -> None:
    query = analyser.analyse("大家好", "need")
    assert mention_candidates(query, []) == []


@pytest.mark.parametrize(
    ("keyword", "text", "hit"),
    [
        ("保险", "想买保险", True),
        ("保险", "保险杠刮了", False),
        ("保险", "找车险", True),
        ("前端", "招 React 工程师", True),
        ("前端", "招后端", False),
        ("北京 前端", "招前端，北京", True),
        ("北京 前端", "招前端，上海", False),
        ("iPhone", "出 iPhone 15", True),
        ("ai", "email 营销", False),
        ("代账", "找人報稅", True),
        ("", "招前端", False),
        ("。", "招前端", False),
    ],
)
def test_follows(analyser: Analyser, keyword: str, text: str, hit: bool) -> None:
    assert follows(analyser.analyse(keyword), analyser.analyse(text, "need")) is hit


@pytest.mark.parametrize(
    ("said", "text", "words"),
    [
        ("显示器", "二手投影仪", ("显示器",)),
        ("键盘和显示器", "二手投影仪", ("键盘", "显示器")),
        ("投影仪和显示器", "二手投影仪", ()),
        ("投影机", "二手投影仪", ()),
        ("预算不够", "二手投影仪", ()),
        ("", "二手投影仪", ()),
    ],
)
def test_strange(analyser: Analyser, said: str, text: str, words: tuple[str, ...]) -> None:
    assert unrelated_terms(analyser.analyse(said), analyser.analyse(text, "need")) == words


def test_keywords_of_a_receipt(analyser: Analyser) -> None:
    found = keywords(analyser.analyse("找一位懂跨境电商的合伙人，深圳", "need"), 2)
    assert found == ("跨境电商", "合伙人")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("求推荐靠谱月嫂，老婆预产期 10 月，加微", ("月嫂",)),
        ("代理记账，加微信 abc12345 详聊", ("代理记账",)),
        ("求购汽车保险杠，老婆的车撞了，加微聊", ("汽车保险杠", "车")),
        ("想找人一起看樱花", ("樱花",)),
        ("出一台九成新 iPhone 15 Pro，自用", ("iphone", "iphone15", "15pro")),
    ],
)
def test_general_words_are_no_keywords(
    analyser: Analyser, text: str, shown: tuple[str, ...]
) -> None:
    assert keywords(analyser.analyse(text, "need")) == shown


def test_only_the_best_may_be_merely_likely(analyser: Analyser) -> None:
    query = analyser.analyse("找前端", "need")
    between = (FITTED.show + FITTED.show_first) / 2
    found = [Ranked(1, 1, between, (), (), tuple), Ranked(2, 2, between - 0.01, (), (), tuple)]
    assert shortlist(query, found) == []
    assert shortlist(query, found, likely=True) == found[:1]
    sure = Ranked(3, 3, FITTED.show, (), (), tuple)
    assert shortlist(query, [sure, *found], likely=True) == [sure]


def test_probe(analyser: Analyser) -> None:
    query = analyser.analyse("深圳找人代账报税", "need")
    asked = candidate_terms(query)
    assert "C代理记账" in asked[:3]
    assert len(candidate_terms(query, limit=2)) == 2
    assert not [term for term in asked if len(term) == 1]
    assert candidate_terms(analyser.analyse("我想要")) == ()
