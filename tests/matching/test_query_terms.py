"""What the database is asked for, and what a text weighs in its index."""

import pytest

from matching import Analyser, Stats, weighted_terms
from matching.analysis import CITY_WEIGHT
from matching.comparing import Query
from matching.query_terms import ENOUGH_ITEMS


def test_one_thing_said_counts_once(analyser: Analyser) -> None:
    query = analyser.analyse("报税", "need")
    told = weighted_terms(query, Stats(1_000, dict.fromkeys(query.terms, 10)))
    [unit] = query.units
    value = Query.weigh(query, Stats(1_000, dict.fromkeys(query.terms, 10))).values[0]
    again = 0.1 * value * sum(unit.terms[term] for term in told)
    assert len(told) > 3
    assert sum(told.values()) == pytest.approx(value + again)


def test_common_terms_are_left_out_where_rare_ones_lead_far_enough(analyser: Analyser) -> None:
    query = analyser.analyse("找报税的，要懂跨境电商", "need")
    common = dict.fromkeys(query.terms, ENOUGH_ITEMS)
    size = 10 * ENOUGH_ITEMS
    assert weighted_terms(query, Stats(size, common | {"报税": 10})).keys() > {"报税"}
    assert weighted_terms(query, Stats(size, common | {"报税": ENOUGH_ITEMS - 1})).keys() > {"报税"}
    assert len(weighted_terms(query, Stats(size, common))) == 1
    assert not weighted_terms(query, Stats(size, {}))


def test_what_a_text_is_about_weighs_most(analyser: Analyser) -> None:
    alone = analyser.analyse("代理记账报税", "offer").weights
    among = analyser.analyse(
        "出二手显示器和人体工学椅，顺便问下，我也能代理记账报税", "offer"
    ).weights
    assert 200 >= alone["C代理记账"] > among["C代理记账"] > 0
    assert alone["C代理记账"] > alone["C公司注册"]


def test_cities_of_a_post_all_weigh_the_same(analyser: Analyser) -> None:
    post = analyser.analyse("深圳南山，代理记账", "offer")
    assert post.entries == post.weights | {"@深圳": CITY_WEIGHT}
