"""A post and the profile of its author, judged together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import FITTED, Analyser, Analysis, Ranked, mention_candidates, rank_jointly, shortlist
from matching.joint import joint_member_features, joint_post_features

CHANCES = st.floats(0, 1).map(lambda chance: round(chance, 4))


@pytest.fixture(scope="module")
def need(analyser: Analyser) -> Analysis:
    return analyser.analyse("找代账报税的", "need")


def ranked(id_: int, score: float, *, owner: int = 0, against: tuple[str, ...] = ()) -> Ranked:
    return Ranked(id_, owner or id_, score, against, (0.0, 0.0), tuple)


def test_what_is_measured_of_a_post() -> None:
    posts = [ranked(1, 0.8, owner=7), ranked(2, 0.5, owner=8), ranked(3, 0.01, owner=9)]
    measured = [
        values for _, values in joint_post_features(posts, [ranked(8, 0.6), ranked(7, 0.2)])
    ]
    crowd = 0.5 + 0.01  # the next two
    usual = 0.2858  # more than the 0.2 of its author's profile
    assert measured[0] == pytest.approx(
        (1.386, -0.916, 0.8, 0.8 * usual, 0.0, 0.2 * crowd, 0.0, 0.0), abs=1e-3
    )
    assert measured[1] == pytest.approx(
        (0.0, 0.405, 0.6, 0.3, -0.3, 0.5 * crowd, 0.0, 1.0), abs=1e-3
    )
    assert measured[2] is None


def test_people_are_those_with_a_profile_or_a_post() -> None:
    posts = [ranked(1, 0.8, owner=7), ranked(2, 0.5, owner=7), ranked(3, 0.4, owner=9)]
    found = {
        one.id: one.chances
        for one, _ in joint_member_features(posts, [ranked(8, 0.6), ranked(7, 0.2)])
    }
    assert found == {8: (0.6, 0.0), 7: (0.2, 0.8), 9: (0.0, 0.4)}


def test_a_profile_speaks_for_a_post_and_a_post_for_a_profile(need: Analysis) -> None:
    post, profile = ranked(1, 0.5, owner=7), ranked(7, 0.6)
    alone = rank_jointly(need, [post], [], FITTED).posts[0].score
    together = rank_jointly(need, [post], [profile], FITTED)
    assert together.posts[0].score > alone
    by_profile = rank_jointly(need, [], [profile], FITTED).people[0].score
    assert together.people[0].score > by_profile


def test_a_poor_profile_does_not_speak_against_a_post(need: Analysis) -> None:
    post = ranked(1, 0.5, owner=7)
    poor = rank_jointly(need, [post], [ranked(7, 0.04), ranked(8, 0.5)], FITTED).posts
    none = rank_jointly(need, [post], [ranked(8, 0.5)], FITTED).posts
    assert poor == none


def test_nobody_is_less_likely_than_his_post(need: Analysis) -> None:
    others = [ranked(at, 0.96) for at in (8, 9, 10)]
    found = rank_jointly(need, [ranked(1, 0.96, owner=7)], others, FITTED)
    [author] = [one for one in found.people if one.id == 7]
    assert author.score == found.posts[0].score
    shy = rank_jointly(
        need, [ranked(1, 0.96, owner=7)], [*others, ranked(7, 0.1, against=("不要",))], FITTED
    )
    [unwanted] = [one for one in shy.people if one.id == 7]
    assert unwanted.score < shy.posts[0].score / 2


@pytest.mark.parametrize(("chance", "sure"), [(0.7, False), (0.98, True)])
def test_equals_make_each_other_less_likely_unless_they_are_sure(
    need: Analysis, chance: float, sure: bool
) -> None:
    lone = rank_jointly(need, [], [ranked(1, chance)], FITTED).people[0].score
    equals = rank_jointly(need, [], [ranked(at, chance) for at in (1, 2, 3)], FITTED).people
    assert (lone - equals[0].score < 0.05) is sure
    assert len(mention_candidates(need, equals)) == 3 * sure


@pytest.mark.parametrize(("score", "post"), [(FITTED.show, 5), (FITTED.show - 0.01, None)])
def test_a_member_is_called_for_a_post_that_surely_fits_else_for_his_profile(
    need: Analysis, score: float, post: int | None
) -> None:
    people = rank_jointly(need, [ranked(5, 0.9, owner=7)], [ranked(7, 0.9)], FITTED).people
    [call] = mention_candidates(need, people, [ranked(5, score, owner=7)])
    assert (call.id, call.post) == (7, post)


def test_whoever_is_not_wanted_is_called_for_nothing(need: Analysis) -> None:
    posts, members = [ranked(1, 0.95, owner=7)], [ranked(7, 0.95)]
    [person] = mention_candidates(need, rank_jointly(need, posts, members, FITTED).people)
    assert person.id == 7
    unwanted = [replace(posts[0], against=("对方说明不要：中介",))]
    found = rank_jointly(need, unwanted, members, FITTED)
    assert mention_candidates(need, found.people) == []
    assert shortlist(need, found.posts) == []


@given(
    posts=st.lists(st.tuples(CHANCES, st.integers(1, 5)), max_size=8),
    members=st.dictionaries(st.integers(1, 5), CHANCES),
)
def test_nobody_is_lost_or_doubled_and_chances_stay_chances(
    need: Analysis, posts: list[tuple[float, int]], members: dict[int, float]
) -> None:
    best = sorted(posts, reverse=True)
    offered = [ranked(at, score, owner=owner) for at, (score, owner) in enumerate(best, 1)]
    found = sorted((ranked(id_, score) for id_, score in members.items()), key=lambda m: -m.score)
    settled = rank_jointly(need, offered, found, FITTED)
    assert sorted(one.id for one in settled.posts) == [one.id for one in offered]
    assert sorted(one.id for one in settled.people) == sorted(members | {o: 0 for _, o in posts})
    chances = [one.score for one in settled.posts], [one.score for one in settled.people]
    assert all(list(scores) == sorted(scores, reverse=True) for scores in chances)
    assert all(0 <= score <= 1 for scores in chances for score in scores)


def test_without_a_chance_nothing_is_asked(need: Analysis) -> None:
    faint = 0.029
    settled = rank_jointly(need, [ranked(1, faint, owner=2)], [ranked(2, faint / 2)], FITTED)
    assert [one.score for one in settled.posts] == [faint]
    assert [one.score for one in settled.people] == [faint]
