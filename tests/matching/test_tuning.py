"""A community's own weights: towards its labels, within bounds, or not at all."""

import random

import pytest

from matching.fitted import FITTED
from matching.model import Model
from matching.tuning import BIAS, BOUND, FEWEST, LEVEL, Gain, Labelled, refit, tuned

FEATURES = ("covered", "covers", "same_city", "exact", "head", "apart")


def say(count: int, seed: int = 1, **taste: float) -> list[Labelled]:
    """Labels on matches of which the taste holds other ones for right than the shipped model."""
    draw, said = random.Random(seed), []
    for number in range(count):
        features = {name: round(draw.random(), 2) for name in FEATURES}
        pull = sum(weight * (features[name] - 0.5) for name, weight in taste.items())
        right = draw.random() < Model(pull, {}).chance({})
        said.append(Labelled("post", features, right, group=number // 2))
    return said


def moved(said: list[Labelled]) -> dict[str, float]:
    return dict(refit(FITTED, said).shifts.get("post", {}))


def test_the_taste_of_a_community_is_found() -> None:
    step = refit(FITTED, say(250, same_city=5))
    assert step.directions.holds()
    assert step.directions.after < step.directions.before
    shifts = step.shifts["post"]
    assert shifts["same_city"] == max(shifts.values())
    assert step.shifts.keys() == {"post"}  # of the others nothing was said
    near, far = {"same_city": 1.0}, {"same_city": 0.0}
    own = tuned(FITTED, step.shifts)
    assert own.post.chance(near) > FITTED.post.chance(near)
    assert own.post.chance(far) < FITTED.post.chance(far) * 2
    assert own.member_for_need == FITTED.member_for_need


def test_noise_is_refused_mostly() -> None:
    taken = [refit(FITTED, say(120, seed)).directions.holds() for seed in range(8)]
    assert sum(taken) <= 1


@pytest.mark.parametrize("strength", [30, -30])
def test_no_weight_goes_further_than_its_bound(strength: float) -> None:
    shifts = moved(say(200, same_city=strength, covered=-strength))
    assert max(abs(one) for name, one in shifts.items() if name != BIAS) == BOUND


def test_directions_leave_the_level_of_what_was_labelled() -> None:
    said = [
        Labelled(s.model, s.features, s.right, 1, s.group, explicit=False) for s in say(200, head=6)
    ]
    own = tuned(FITTED, refit(FITTED, said).shifts).post
    pulls = [
        sum((own.weights[n] - FITTED.post.weights[n]) * v for n, v in one.features.items())
        for one in said
    ]
    assert own.bias - FITTED.post.bias == pytest.approx(-sum(pulls) / len(pulls), abs=0.01)


@pytest.mark.parametrize(("share", "sign"), [(0.97, 1), (0.03, -1)])
def test_the_level_moves_by_little_and_by_words_alone(share: float, sign: int) -> None:
    draw = random.Random(3)
    features = {"covered": 1.0, "relative": 1.0, "exact": 0.33}
    said = [Labelled("post", features, draw.random() < share, group=at) for at in range(120)]
    assert refit(FITTED, said, directions=False).shifts["post"] == {BIAS: sign * LEVEL}
    deeds = [
        Labelled(one.model, one.features, one.right, 1, one.group, explicit=False) for one in said
    ]
    assert refit(FITTED, deeds, directions=False).shifts == {}


def test_a_model_with_few_labels_is_left_alone() -> None:
    few = [
        Labelled("member_for_need", one.features, one.right, group=one.group)
        for one in say(FEWEST - 1, same_city=5)
    ]
    assert refit(FITTED, [*say(200, same_city=5), *few]).shifts.keys() == {"post"}


def test_what_was_taken_is_kept_while_nothing_speaks_against_it() -> None:
    gain = Gain(0.5, 0.49, 0.4)
    assert (gain.holds(), gain.holds(0.0), Gain(0.5, 0.51, -0.4).holds(0.0)) == (False, True, False)


def test_labels_that_can_be_told_apart_completely_do_not_break_it() -> None:
    said = [Labelled("post", {"head": float(at % 2)}, bool(at % 2), group=at) for at in range(100)]
    assert 0 < moved(said)["head"] <= BOUND


def test_no_labels_no_shifts() -> None:
    assert tuned(FITTED, {}) == FITTED
    assert tuned(FITTED, {"post": {"unheard": 1.0}}) == FITTED
