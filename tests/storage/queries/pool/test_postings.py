"""The search index finds the same items as counting by hand, on both databases."""

import random
from collections.abc import Iterable, Mapping

import pytest

from storage.database import Database
from storage.queries.pool import postings
from tests.listening import statements

NEED = {"community_id": "a", "shelf": "need"}


def put(
    database: Database, items: Mapping[int, Iterable[str]], where: Mapping[str, str] = NEED
) -> None:
    with database.begin() as session:
        for item_id, terms in items.items():
            postings.replace(session, **where, item_id=item_id, terms=alike(terms))


def alike(terms: Iterable[str]) -> dict[str, int]:
    return terms if isinstance(terms, dict) else dict.fromkeys(terms, 1)


def find(database: Database, weights: Mapping[str, float], limit: int = 10) -> list[int]:
    with database.read() as session:
        return postings.candidates(session, **NEED, weights=weights, limit=limit)


def count(database: Database, terms: Iterable[str], cap: int = 100) -> dict[str, int]:
    with database.read() as session:
        return postings.counts(session, **NEED, terms=terms, cap=cap)[1]


def size(database: Database) -> int:
    with database.read() as session:
        size = postings.size(session, **NEED)
        assert postings.counts(session, **NEED, terms=["设计"], cap=9)[0] == size
        assert postings.counts(session, **NEED, terms=[], cap=9) == (size, {})
    return size


def test_heaviest_first_and_newest_among_equals(filled: Database) -> None:
    put(filled, {1: ["亚马逊", "运营"], 2: ["亚马逊"], 3: ["运营"], 4: ["运营"], 5: ["法务"]})
    assert find(filled, {"亚马逊": 2.0, "运营": 1.0}) == [1, 2, 4, 3]
    assert find(filled, {"亚马逊": 2.0, "运营": 1.0}, limit=2) == [1, 2]


def test_nothing_is_found_for_nothing(filled: Database) -> None:
    put(filled, {1: ["亚马逊"]})
    assert find(filled, {}) == []
    assert find(filled, {"报税": 1.0}) == []
    assert count(filled, []) == {}


def test_shelves_and_communities_are_apart(filled: Database) -> None:
    put(filled, {1: ["设计"]})
    put(filled, {2: ["设计"]}, {"community_id": "a", "shelf": "offer"})
    put(filled, {3: ["设计"]}, {"community_id": "b", "shelf": "need"})
    assert find(filled, {"设计": 1.0}) == [1]
    assert count(filled, ["设计"]) == {"设计": 1}
    assert size(filled) == 1


def test_which_terms_are_there(filled: Database) -> None:
    put(filled, {1: ["设计"], 2: ["设计", "海报"]})
    put(filled, {3: ["印刷"]}, {"community_id": "a", "shelf": "offer"})
    put(filled, {4: ["报税"]}, {"community_id": "b", "shelf": "need"})
    many = ["设计", "印刷", "报税", "无" * 65, *(f"w{number}" for number in range(600))]
    with filled.read() as session:
        for shelves, found in ((["need"], {"设计"}), (["need", "offer"], {"设计", "印刷"})):
            assert found == postings.present(session, community_id="a", shelves=shelves, terms=many)
        assert postings.present(session, community_id="a", shelves=["need"], terms=[]) == set()


def test_one_statement_asks_for_as_many_terms_as_come(filled: Database) -> None:
    put(filled, {1: ["词2", "词7"]})
    with filled.read() as session, statements(filled) as seen:
        for length in range(1, 33):
            terms = [f"词{number}" for number in range(length)]
            found = postings.present(session, community_id="a", shelves=["need"], terms=terms)
            assert found == {"词2", "词7"} & set(terms)
    assert len(set(seen)) == 6


def test_replace_leaves_only_the_new_terms(filled: Database) -> None:
    put(filled, {1: ["设计", "海报"]})
    put(filled, {1: ["海报", "印刷"]})
    assert count(filled, ["设计", "海报", "印刷"]) == {"设计": 0, "海报": 1, "印刷": 1}
    assert size(filled) == 1


def test_several_items_are_replaced_at_once(filled: Database) -> None:
    put(filled, {1: ["设计", "海报"], 2: ["设计"], 9: ["设计"]})
    with filled.begin() as session:
        items = {1: alike(["海报", "印刷"]), 2: {}, 3: alike(["印刷"])}
        postings.replace_all(session, **NEED, items=items)
        postings.replace_all(session, **NEED, items={})
    assert count(filled, ["设计", "海报", "印刷"]) == {"设计": 1, "海报": 1, "印刷": 2}
    assert find(filled, {"印刷": 2.0, "海报": 1.0, "设计": 0.5}) == [1, 3, 9]
    assert size(filled) == 3


def test_remove_takes_the_item_off_the_shelf(filled: Database) -> None:
    put(filled, {1: ["设计"], 2: ["设计"]})
    with filled.begin() as session:
        postings.remove(session, **NEED, item_id=1)
        postings.remove(session, **NEED, item_id=1)
        postings.remove(session, **NEED, item_id=99)
    assert find(filled, {"设计": 1.0}) == [2]
    assert size(filled) == 1


def test_size_follows_items_that_have_terms(filled: Database) -> None:
    assert size(filled) == 0
    put(filled, {1: ["设计"], 2: [], 3: ["海报"]})
    assert size(filled) == 2
    put(filled, {1: []})
    assert size(filled) == 1


def test_size_falls_back_with_the_transaction(filled: Database) -> None:
    def fail() -> None:
        with filled.begin() as session:
            postings.replace(session, **NEED, item_id=1, terms={"设计": 1})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert size(filled) == 0
    assert find(filled, {"设计": 1.0}) == []


def test_counting_stops_at_the_cap(filled: Database) -> None:
    put(filled, {number: ["招聘", *(["前端"] if number < 3 else [])] for number in range(1, 10)})
    assert count(filled, ["招聘", "前端", "保洁"], cap=5) == {"招聘": 5, "前端": 2, "保洁": 0}


def test_a_term_that_is_too_long_is_left_out(filled: Database) -> None:
    put(filled, {1: ["x" * 64, "y" * 65]})
    assert count(filled, ["x" * 64, "y" * 65]) == {"x" * 64: 1, "y" * 65: 0}


def test_more_terms_than_one_statement_takes(filled: Database) -> None:
    terms = [f"词{number}" for number in range(150)]
    put(filled, {1: terms, 2: terms[:10]})
    assert count(filled, terms) == {term: 2 if at < 10 else 1 for at, term in enumerate(terms)}
    assert find(filled, dict.fromkeys(terms, 1.0)) == [1, 2]


def test_what_a_term_weighs_in_an_item_counts(filled: Database) -> None:
    put(filled, {1: {"设计": 150}, 2: {"设计": 90, "海报": 40}, 3: {"设计": 90}})
    assert find(filled, {"设计": 1.0}) == [1, 3, 2]
    assert find(filled, {"设计": 1.0, "海报": 2.0}) == [2, 1, 3]
    put(filled, {3: {"设计": 151}})
    assert find(filled, {"设计": 1.0}) == [3, 1, 2]
    assert count(filled, ["设计"]) == {"设计": 3}
    assert size(filled) == 3


def test_only_those_are_looked_at_in_which_a_common_term_weighs_most(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(filled, {number: ["招聘"] for number in range(1, 8)} | {1: ["招聘", "前端"]})
    put(filled, {2: {"招聘": 2}})
    monkeypatch.setattr(postings, "HEAVIEST", 3)
    assert find(filled, {"招聘": 1.0}) == [2, 7, 6]
    assert find(filled, {"招聘": 1.0, "前端": 3.0}) == [1, 2, 7, 6]


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_counting_by_hand(filled: Database, seed: int) -> None:
    dice = random.Random(seed)
    words = [f"词{number}" for number in range(30)]
    items = {
        number: {word: dice.randint(1, 200) for word in dice.sample(words, dice.randint(1, 8))}
        for number in range(1, 120)
    }
    put(filled, items)
    weights = {word: dice.uniform(0.1, 7.0) for word in dice.sample(words, 9)}
    total = {
        item: sum(round(weights.get(term, 0) * 10_000) * held for term, held in terms.items())
        for item, terms in items.items()
    }
    expected = sorted(
        (item for item in total if total[item]), key=lambda item: (-total[item], -item)
    )
    assert find(filled, weights, limit=40) == expected[:40]
    by_hand = {word: sum(word in terms for terms in items.values()) for word in words}
    assert count(filled, words, cap=1000) == by_hand


def test_a_new_item_is_found_like_one_that_replaced_another(filled: Database) -> None:
    with filled.begin() as session:
        postings.add(session, **NEED, item_id=7, terms={"设计": 3, "运营": 1, "长" * 65: 9})
        postings.add(session, **NEED, item_id=8, terms={})
    assert find(filled, {"设计": 1.0}) == [7]
    assert size(filled) == 1
    put(filled, {7: ["法务"]})
    assert find(filled, {"设计": 1.0}) == []
    assert find(filled, {"法务": 1.0}) == [7]
    assert size(filled) == 1
