"""When sending stops, and how it is taken up again."""

from datetime import timedelta

from bot.outbox.breaker import COOL_DOWN, THRESHOLD, TRIAL, Breaker
from tests.fakes import START

SECOND = timedelta(seconds=1)


def opened() -> Breaker:
    breaker = Breaker()
    for _ in range(THRESHOLD):
        breaker.record_failure(START)
    return breaker


def test_three_failures_in_a_row_open_it_and_only_the_third_says_so() -> None:
    breaker = Breaker()
    assert [breaker.record_failure(START) for _ in range(4)] == [False, False, True, False]
    assert breaker.wait(START) == COOL_DOWN.total_seconds()


def test_a_success_in_between_starts_the_count_again() -> None:
    breaker = Breaker()
    breaker.record_failure(START)
    breaker.record_failure(START)
    assert not breaker.record_success()
    assert not breaker.record_failure(START)
    assert breaker.wait(START) == 0


def test_after_the_cool_down_one_trial_holds_back_the_others() -> None:
    breaker, later = opened(), START + COOL_DOWN
    assert breaker.wait(later - SECOND) == 1
    assert breaker.wait(later) == 0
    breaker.record_attempt(later)
    assert breaker.wait(later) == TRIAL.total_seconds()


def test_a_trial_that_succeeds_closes_it() -> None:
    breaker = opened()
    breaker.record_attempt(START + COOL_DOWN)
    assert breaker.record_success()
    assert breaker.wait(START + COOL_DOWN) == 0
    assert not breaker.record_failure(START + COOL_DOWN)


def test_a_trial_that_fails_opens_it_again_without_a_second_alarm() -> None:
    breaker, later = opened(), START + COOL_DOWN
    breaker.record_attempt(later)
    assert not breaker.record_failure(later)
    assert breaker.wait(later) == COOL_DOWN.total_seconds()


def test_a_trial_that_never_took_place_costs_half_a_minute() -> None:
    breaker, later = opened(), START + COOL_DOWN
    breaker.record_attempt(later)
    assert breaker.wait(later + TRIAL) == 0


def test_a_trial_that_never_left_is_left_to_another() -> None:
    breaker, later = opened(), START + COOL_DOWN
    breaker.record_attempt(later)
    breaker.record_unsent(later + SECOND)
    assert breaker.wait(later + SECOND) == 0
    breaker.record_attempt(later + SECOND)
    assert breaker.wait(later + SECOND) == TRIAL.total_seconds()


def test_what_began_before_it_opened_and_never_left_shortens_nothing() -> None:
    breaker = opened()
    breaker.record_unsent(START + SECOND)
    assert breaker.wait(START + SECOND) == (COOL_DOWN - SECOND).total_seconds()
    breaker.record_attempt(START + COOL_DOWN)
    assert not breaker.record_failure(START + COOL_DOWN)
    breaker.record_unsent(START + COOL_DOWN)
    assert breaker.wait(START + COOL_DOWN) == COOL_DOWN.total_seconds()


def test_sending_while_closed_holds_back_nobody() -> None:
    breaker = Breaker()
    breaker.record_attempt(START)
    assert breaker.wait(START) == 0


def test_a_clock_that_is_set_back_does_not_silence_the_channel() -> None:
    assert opened().wait(START - timedelta(days=1)) == 0
