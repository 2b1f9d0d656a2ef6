"""How labels become weights: shared among words, believed slowly, never beyond the bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.learning.bounds import FLOOR, STEP, next_weights, target
from community.learning.evidence import Labelled, Word, gather

MATCH = (
    {"term": "C会计", "share": 0.6},
    {"term": "上海", "share": 0.2},
    {"term": "王", "share": 0.05},
)


def label(
    id_: int, *, by: int, good: bool, source: str = "said", parts: object = MATCH
) -> Labelled:
    return Labelled(id_, by, source, good, parts)  # type: ignore[arg-type]


def word(good: float, bad: float, *, labels: int = 9, people: int = 2) -> Word:
    return Word(good, bad, labels, set(range(people)))


def test_a_match_is_shared_among_its_words_and_trifles_have_no_part() -> None:
    words = gather([label(1, by=1, good=True), label(2, by=2, good=False)])
    assert words.keys() == {"C会计", "上海"}
    assert (round(words["C会计"].good, 3), round(words["C会计"].bad, 3)) == (0.706, 0.706)
    assert (words["上海"].labels, words["上海"].people) == (2, {1, 2})


def test_a_mute_counts_half() -> None:
    said, mute = (gather([label(1, by=1, good=False, source=one)]) for one in ("said", "mute"))
    assert mute["C会计"].bad == said["C会计"].bad / 2


def test_void_labels_count_no_more_for_their_words() -> None:
    labels = [label(number, by=number, good=False) for number in (1, 2, 3)]
    words = gather(labels, [("C会计", 1), ("C会计", 2), ("猫", 9)])
    assert (words["C会计"].labels, words["上海"].labels) == (1, 3)


def test_a_match_without_parts_says_nothing() -> None:
    assert gather([label(1, by=1, good=False, parts=())]) == {}


@pytest.mark.parametrize(
    ("what", "aim"),
    [
        (word(0, 5), 0.667),
        (word(0, 10), 0.5),
        (word(0, 90), FLOOR),
        (word(5, 5), 0.812),
        (word(8, 2), 1),
        (word(90, 0), 1),  # praise does not make a word count more than in full
        (word(0, 4, labels=4), 1),  # too few
        (word(0, 50, people=1), 1),  # one person alone
    ],
)
def test_targets(what: Word, aim: float) -> None:
    assert round(target(what), 3) == aim


def test_steps() -> None:
    words = {"a": word(0, 90)}
    held: dict[str, float] = {}
    seen = []
    for _ in range(5):
        held = next_weights(words, held)
        seen.append(held["a"])
    assert seen == [0.75, 0.5, 0.25, 0.25, 0.25]


def test_a_word_without_evidence_comes_back() -> None:
    held = {"a": 0.3}
    seen = []
    while held:
        held = next_weights({}, held)
        seen.append(held.get("a", 1.0))
    assert seen == [0.55, 0.8, 1.0]


words = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(word, st.floats(0, 99), st.floats(0, 99), labels=st.integers(0, 99)),
)


@given(words=words, before=st.dictionaries(st.sampled_from("abcdefgh"), st.floats(FLOOR, 0.99)))
def test_never_beyond_the_bounds_and_at_rest_in_the_end(
    words: dict[str, Word], before: dict[str, float]
) -> None:
    held = before
    for _ in range(5):
        after = next_weights(words, held)
        for term in held.keys() | after.keys():
            assert abs(after.get(term, 1.0) - held.get(term, 1.0)) <= STEP + 0.006
        assert all(FLOOR <= weight < 1 for weight in after.values())
        held = after
    assert next_weights(words, held) == held
