"""Weights of a community's own, from its labels to the version that holds."""

from datetime import timedelta

import pytest

from community.learning import lessons, tuning
from community.learning.learned_weights import learned_of
from community.learning.match_features import traits_of
from community.learning.tuning import AGAIN, MOST_OF_ONE, evidence, is_enough
from community.scene import Scene
from matching import FITTED, Ranked
from matching.feature_version import measure_version, weights_version
from matching.features import POST
from storage.queries.learning import labels, tunings
from storage.tables import Tuning
from tests.community.conftest import NOW, NewScene
from tests.community.learning.telling import label, say


def held(scene: Scene) -> int | None:
    found = tuning.in_force(scene.session, community_id="renren")
    return None if found is None else found.id


def learn(scene: Scene) -> bool:
    """Whether there was anything to try."""
    trial = tuning.learn(scene.session, community_id="renren", now=scene.now)
    return trial.step is not None


def test_what_was_measured_is_kept_without_what_is_nothing() -> None:
    measured = {"head": 0.12345, "apart": 0.0, "best": 0.0001}
    values = tuple(measured.get(name, 0.0) for name in POST)
    found = Ranked(1, 1, 0.9, (), values, tuple)
    assert traits_of("post", found) == {
        "by": measure_version(), "model": "post", "values": {"head": 0.123},
    }  # fmt: skip


def test_the_last_word_on_a_match_and_words_before_deeds() -> None:
    told = [
        label(1, post_id=5, good=False),
        label(2, post_id=5, source="done"),
        label(3, post_id=5, by=2, source="mute", good=False),
        label(4, post_id=5, by=2, source="done"),
    ]
    said = [(one.right, one.weight, one.explicit, one.group) for one in evidence(told)]
    assert said == [(False, 1.0, True, 5), (True, 1.0, False, 5)]


@pytest.mark.parametrize("features", [None, {"by": "else", "model": "post", "values": {}}])
def test_what_other_rules_measured_does_not_mix(features: object) -> None:
    assert evidence([label(1, features=features), label(2)]) == evidence([label(2)])


def test_nobody_counts_for_more_than_his_share_and_half_deeds_for_half() -> None:
    many = [label(number, by=1) for number in range(1, 2 * MOST_OF_ONE + 1)]
    said = evidence([*many, label(99, by=2, source="card")])
    assert sum(one.weight for one in said) == MOST_OF_ONE + 0.5


@pytest.mark.parametrize(
    ("good", "bad", "people", "enough"),
    [(80, 20, 10, True), (81, 19, 10, False), (60, 30, 10, False), (80, 40, 7, False)],
)
def test_enough_is_of_both_outcomes_and_of_several_people(
    good: int, bad: int, people: int, enough: bool
) -> None:
    told = [label(at, by=at % people, good=at < good) for at in range(good + bad)]
    assert is_enough(evidence(told), told) is enough


def test_a_version_holds_until_it_is_taken_back(scene_in: NewScene) -> None:
    with scene_in() as scene:
        say(scene, 99)
        assert not learn(scene)  # too few
        say(scene, 111, first=100)
        trial = tuning.attempt(scene.session, community_id="renren")
        assert held(scene) is None  # only tried
        assert learn(scene)
        assert not learn(scene)  # nothing new
    with scene_in() as scene:
        kept = scene.session.get_one(Tuning, ("renren", 1))
        assert (kept.labels, kept.last_label_id, kept.created_at) == (210, 210, NOW)
        assert kept.gains == trial.gains
        assert kept.gains["directions"]["after"] < kept.gains["directions"]["before"]
        own = learned_of(scene).weights
        assert own.post.weights["same_city"] > FITTED.post.weights["same_city"]
        assert own.member_for_need == FITTED.member_for_need
        say(scene, 1, first=211)
        assert learn(scene)
        assert held(scene) == 2
        assert tuning.roll_back(scene.session, community_id="renren") is not None
        assert held(scene) == 1
        assert tuning.roll_back(scene.session, community_id="renren") is not None
        assert learned_of(scene).weights == FITTED
        assert tuning.roll_back(scene.session, community_id="renren") is None
        assert not learn(scene)  # those labels count no more
        say(scene, 99, first=212)
        assert not learn(scene)


def test_weights_that_held_fall_when_labels_speak_against_them(scene_in: NewScene) -> None:
    with scene_in() as scene:
        say(scene, 210)
        assert learn(scene)
        assert held(scene) == 1
        say(scene, 260, first=300, taste=-2.0)
        assert learn(scene)
        own = learned_of(scene).weights
        assert own.post.weights["same_city"] <= FITTED.post.weights["same_city"] + 0.1


def test_what_was_made_for_other_weights_holds_no_more(scene_in: NewScene) -> None:
    with scene_in() as scene:
        for number, made_for in enumerate((weights_version(FITTED), "others"), 1):
            one = Tuning(
                community_id="renren",
                id=number,
                shifts={"post": {"head": 1.0}},
                weights=made_for,
                labels=200,
                last_label_id=1,
                created_at=NOW,
            )
            scene.session.add(one)
            scene.session.flush()
            assert held(scene) == (1 if number == 1 else None)


def test_a_night_tries_when_enough_was_said_and_once(scene_in: NewScene) -> None:
    with scene_in() as scene:
        settings = scene.settings
        lessons.tick(scene.session, settings=settings, now=NOW)  # met for the first time
        say(scene, 210)

    def night(days: int) -> int:
        with scene_in() as scene:
            now = NOW + timedelta(days=days)
            lessons.tick(scene.session, settings=settings, now=now)
            lessons.tick(scene.session, settings=settings, now=now)
            return len(tunings.all_of(scene.session, community_id="renren"))

    assert night(1) == 1
    with scene_in() as scene:
        say(scene, AGAIN - 1, first=300)
    assert night(2) == 1
    with scene_in() as scene:
        say(scene, 1, first=400)
        assert labels.count_after(scene.session, community_id="renren", after=210) == AGAIN
        assert labels.count_after(scene.session, community_id="other", after=0) == 0
    assert night(3) == 2
